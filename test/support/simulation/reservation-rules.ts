/**
 * What Capacity Reservations must keep to, recounted from the instances after every millisecond: never more than there are
 * places, of their type and zone, and only for who may use them. Used by managed-rules.
 */
import type {
  CapacityReservationState,
  ManagedInstance,
  ManagedProviderState,
} from '../../../src/cluster/managed-state.ts';
import type { ClusterState } from '../../../src/cluster/state.ts';
import type { InstanceOffer } from '../../../src/model/group-instance-type.ts';
import type { RecordedEvent } from '../../../src/simulate/result.ts';

function allOf({ capacity }: ClusterState): ManagedInstance[] {
  return [...capacity.managed.providers.values()].flatMap(({ instances }) => [...instances]);
}

function freeIn(state: ClusterState, one: CapacityReservationState): number {
  return one.settings.count - allOf(state).filter(({ reservation }) => reservation === one).length;
}

/** Places for that type in that zone, of those that the capacity provider may use now. */
export function freePlaces(
  state: ClusterState,
  { settings: { reserved } }: ManagedProviderState,
  { instanceType }: Pick<InstanceOffer, 'instanceType'>,
  zone: string,
): number {
  if (reserved === undefined || reserved.preference === 'RESERVATIONS_EXCLUDED') return 0;
  return state.capacity.managed.reservations
    .filter(({ settings }) => settings.instanceType === instanceType && settings.zone === zone)
    .filter(({ settings }) => settings.groupArn === reserved.groupArn)
    .reduce((sum, one) => sum + freeIn(state, one), 0);
}

function placeWrongs(state: ClusterState, one: CapacityReservationState): string[] {
  const { id, count, instanceType, zone } = one.settings;
  const inside = allOf(state).filter(({ reservation }) => reservation === one);
  const strange = inside.filter(
    ({ offer, availabilityZone, isSpot }) => offer.instanceType !== instanceType || availabilityZone !== zone || isSpot,
  );
  return [
    ...(inside.length > count ? [`${inside.length} instances are in ${id} of ${count}`] : []),
    ...(inside.length === one.instances.size && inside.every((each) => one.instances.has(each))
      ? []
      : [`${inside.length} instances are in ${id}, it holds ${one.instances.size}`]),
    ...strange.map(({ instanceId, offer }) => `${instanceId} of type ${offer.instanceType} is in ${id}`),
  ];
}

export class ReservationRules {
  readonly #known = new Set<ManagedInstance>();
  /** A place may have become free since the launch. */
  #endedAtMs = -1;
  #launches = 0;

  get launches(): number {
    return this.#launches;
  }

  note({ atMs, managedInstance }: RecordedEvent): void {
    if (managedInstance?.instanceState === 'terminated') this.#endedAtMs = atMs;
    if (managedInstance?.instanceState === 'pending' && managedInstance.capacityReservationId !== undefined)
      this.#launches += 1;
  }

  wrongs(state: ClusterState): string[] {
    const fresh = allOf(state).filter((one) => !this.#known.has(one));
    for (const one of fresh) this.#known.add(one);
    return [
      ...state.capacity.managed.reservations.flatMap((one) => placeWrongs(state, one)),
      ...fresh.flatMap((one) => this.#launchWrongs(state, one)),
    ];
  }

  /** Calls come before launches: what holds is what held then. */
  #launchWrongs(state: ClusterState, one: ManagedInstance): string[] {
    const { provider, reservation, instanceId, offer, availabilityZone: zone } = one;
    const { reserved, name } = provider.settings;
    const preference = reserved?.preference;
    if (reservation !== undefined) {
      const { id, groupArn } = reservation.settings;
      const isHis = preference !== undefined && preference !== 'RESERVATIONS_EXCLUDED';
      return isHis && groupArn === reserved?.groupArn ? [] : [`${instanceId} of ${name} is in ${id}`];
    }
    const isLeft = this.#endedAtMs !== state.nowMs && freePlaces(state, provider, offer, zone) > 0;
    return [
      ...(preference === 'RESERVATIONS_ONLY' ? [`${instanceId} of ${name} is in no reservation`] : []),
      ...(isLeft ? [`${instanceId} of ${name} is On-Demand, and a place in ${zone} is free`] : []),
    ];
  }
}
