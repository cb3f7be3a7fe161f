/**
 * Where new instances go and what they are: the zone with the fewest, On-Demand before Spot as the distribution says
 * (Amazon EC2 Auto Scaling guide). Called by decide. The rules themselves are the core's.
 */
import type { LaunchWish } from '../../cluster/capacity-commands.ts';
import type { GroupInstance, GroupState } from '../../cluster/capacity-state.ts';
import type { ClusterView } from '../../cluster/state.ts';
import type { Decisions } from '../../model/decisions.ts';
import type { Observation } from '../observe.ts';
import { offerFor, type PoolPick } from './offers.ts';

/** Instances by zone; every zone that is up has an entry, by name. */
export function countByZone(zones: readonly string[], instances: readonly GroupInstance[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const zone of [...zones].sort()) counts[zone] = 0;
  for (const { availabilityZone } of instances)
    if (counts[availabilityZone] !== undefined) counts[availabilityZone] += 1;
  return counts;
}

/** @param kept those that will be there besides. Empty while no zone is up, or launching is suspended or held. */
export function launches(
  view: ClusterView,
  seen: Observation,
  count: number,
  kept: readonly GroupInstance[],
): LaunchWish[] {
  if (seen.zones.length === 0 || !seen.runs('Launch') || view.nowMs < seen.group.launchesHeldUntilMs) return [];
  const zones = zonesFor(view.decisions, seen.zones, count, kept);
  const spots = spotsFor(view.decisions, seen.group, count, kept);
  const picks: PoolPick[] = kept.map(({ availabilityZone, offer, isSpot }) => ({
    zone: availabilityZone,
    offer,
    isSpot,
  }));
  return zones.map((zone, k) => {
    const isSpot = k >= count - spots;
    const wish = { zone, isSpot, offer: offerFor(seen.group, { zone, isSpot }, picks) };
    picks.push(wish);
    return wish;
  });
}

/** One after the other, the emptiest first. */
function zonesFor(
  decisions: Decisions,
  zones: readonly string[],
  count: number,
  kept: readonly GroupInstance[],
): string[] {
  const before = countByZone(zones, kept);
  const after = decisions.balanceZones({ instanceCounts: before, change: count });
  const current = { ...before };
  const chosen: string[] = [];
  while (chosen.length < count) {
    const open = Object.keys(after).filter((zone) => (current[zone] ?? 0) < (after[zone] ?? 0));
    const next = open.reduce((best, zone) => ((current[zone] ?? 0) < (current[best] ?? 0) ? zone : best));
    current[next] = (current[next] ?? 0) + 1;
    chosen.push(next);
  }
  return chosen;
}

/** How many of the new ones are Spot. */
function spotsFor(
  decisions: Decisions,
  { settings }: GroupState,
  count: number,
  kept: readonly GroupInstance[],
): number {
  const { mixed } = settings;
  if (mixed === undefined) return 0;
  const { onDemandBaseCapacity, onDemandPercentageAboveBaseCapacity } = mixed;
  const { onDemand } = decisions.mixedInstances({
    onDemandBaseCapacity,
    onDemandPercentageAboveBaseCapacity,
    total: kept.length + count,
  });
  const missing = onDemand - kept.filter(({ isSpot }) => !isSpot).length;
  return count - Math.min(count, Math.max(0, missing));
}
