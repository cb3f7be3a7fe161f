/**
 * The instances that a zone gets for the tasks that need one: into what is left of Capacity Reservations first, then On-Demand
 * or Spot, as far as the capacity provider may. Called by managed-plan. Pure but for the places it takes.
 */
import type { ManagedLaunch } from '../../cluster/managed-commands.ts';
import type { ManagedProviderState } from '../../cluster/managed-state.ts';
import type { TaskState } from '../../cluster/state.ts';
import type { InstanceOffer } from '../../model/group-instance-type.ts';
import { type Demand, type Pick, pickCheapestFitting, type Room } from './cheapest-fitting.ts';
import type { Places } from './reserved-places.ts';

export interface ZonePicks {
  readonly zone: string;
  readonly reserved: readonly Pick<TaskState>[];
  readonly others: readonly Pick<TaskState>[];
}

type Provider = Readonly<{ settings: ManagedProviderState['settings']; offers: ManagedProviderState['offers'] }>;

/** Types that may be launched in a zone: with RESERVATIONS_ONLY those for which a place is left. */
export function offersIn(
  zone: string,
  { settings: { reserved }, offers }: Provider,
  places: Places,
): readonly InstanceOffer[] {
  if (reserved?.preference !== 'RESERVATIONS_ONLY') return offers;
  return offers.filter((offer) => places.left(reserved, offer, zone) > 0);
}

export function picksIn(
  zone: string,
  demands: readonly Demand<TaskState>[],
  { settings: { reserved }, offers }: Provider,
  places: Places,
  roomOf: (offer: InstanceOffer) => Room,
): ZonePicks {
  if (reserved === undefined) return { zone, reserved: [], others: pickCheapestFitting(demands, offers, roomOf) };
  const left = (offer: InstanceOffer): number => places.left(reserved, offer, zone);
  const inside = pickCheapestFitting(
    demands,
    offers.filter((offer) => left(offer) > 0),
    roomOf,
    left,
  );
  const placed = new Set(inside.flatMap(({ tasks }) => tasks));
  const isBound = reserved.preference === 'RESERVATIONS_ONLY';
  const rest = isBound ? [] : demands.filter(({ task }) => !placed.has(task));
  return { zone, reserved: inside, others: pickCheapestFitting(rest, offers, roomOf) };
}

/** What is decided: each takes its place. */
export function launchesOf(
  { zone, reserved, others }: ZonePicks,
  { settings: { reserved: wanted } }: Omit<Provider, 'offers'>,
  places: Places,
): ManagedLaunch[] {
  const launch = ({ offer, tasks }: Pick<TaskState>, isReserved: boolean): ManagedLaunch => ({
    zone,
    offer,
    reservation: isReserved && wanted !== undefined ? places.take(wanted, offer, zone) : undefined,
    tasks,
  });
  return [...reserved.map((one) => launch(one, true)), ...others.map((one) => launch(one, false))];
}
