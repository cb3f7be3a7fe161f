/**
 * Which instance type a new instance is, of those that its group may have: by the allocation strategies of the mixed
 * instances policy (Amazon EC2 Auto Scaling guide, allocation strategies). Called by launches and for instances of the start.
 * Pure. How deep Spot pools are nobody publishes: here all are alike, but those that were interrupted count as shallower.
 */
import { type GroupState, poolKey } from '../../cluster/capacity-state.ts';
import type { InstanceOffer } from '../../model/group-instance-type.ts';

/** A type in a zone: what an instance takes or took. */
export interface PoolPick {
  readonly zone: string;
  readonly offer: InstanceOffer;
  readonly isSpot: boolean;
}

type Rank = (offer: InstanceOffer) => number;

function priceOf({ price }: InstanceOffer): number {
  return price ?? Number.POSITIVE_INFINITY;
}

/** The best by the first rank that tells them apart; in the order of the list then. */
function best(offers: readonly InstanceOffer[], ranks: readonly Rank[]): InstanceOffer {
  return offers.reduce((kept, offer) => {
    const rank = ranks.find((one) => one(offer) !== one(kept));
    return rank !== undefined && rank(offer) < rank(kept) ? offer : kept;
  });
}

/** Evenly among the cheapest pools of the zone. */
function lowestPrice(offers: readonly InstanceOffer[], pools: number, taken: Rank): InstanceOffer {
  const cheapest = [...offers].sort((a, b) => (priceOf(a) === priceOf(b) ? 0 : priceOf(a) - priceOf(b)));
  return best(cheapest.slice(0, pools), [taken]);
}

/** @param picks instances that the group keeps, and those that it launches with this one. */
export function offerFor(
  { offers, settings, interruptions }: Pick<GroupState, 'offers' | 'settings' | 'interruptions'>,
  { zone, isSpot }: Omit<PoolPick, 'offer'>,
  picks: readonly PoolPick[],
): InstanceOffer {
  const { mixed } = settings;
  const [first] = offers as [InstanceOffer];
  if (mixed === undefined) return first;
  if (!isSpot) return mixed.onDemandStrategy === 'lowest-price' ? best(offers, [priceOf]) : first;
  const interrupted: Rank = (offer) => interruptions.get(poolKey(offer, zone)) ?? 0;
  switch (mixed.spotStrategy) {
    case 'lowest-price':
      return lowestPrice(offers, mixed.spotPools, (offer) => {
        return picks.filter((one) => one.isSpot && one.zone === zone && one.offer === offer).length;
      });
    case 'price-capacity-optimized':
      return best(offers, [interrupted, priceOf]);
    case 'capacity-optimized':
    case 'capacity-optimized-prioritized':
      return best(offers, [interrupted]);
  }
}
