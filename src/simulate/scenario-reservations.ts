/**
 * Capacity Reservations of a scenario, and whether the capacity providers that launch into them find any: checked before
 * time 0, made in their clusters before any capacity provider is. Called by scenario-capacity.
 */
import { didYouMean } from '../base/nearest.ts';
import type { ClusterState } from '../cluster/state.ts';
import { checkReserved } from '../model/capacity-option.ts';
import { type CapacityReservation, parseCapacityReservations } from '../model/capacity-reservation.ts';
import type { ManagedInstances } from '../model/managed-instances.ts';
import { type Fields, refuse } from '../model/read.ts';
import type { Subnet } from '../model/subnet.ts';
import { clusterNamed } from './scenario-clusters.ts';

export interface ScenarioReservation {
  readonly cluster: string;
  readonly settings: CapacityReservation;
  readonly path: string;
}

const MEMBER = 'capacityReservations';

/** @throws BayplanError for wrong members, and for a capacity provider that no reservation is for. */
export function parseReservations(
  given: Fields,
  managed: readonly { readonly cluster: string; readonly settings: ManagedInstances; readonly path: string }[],
  around: { readonly subnets: readonly Subnet[]; readonly clusters: readonly { readonly name: string }[] },
): ScenarioReservation[] {
  const parsed = parseCapacityReservations((given[MEMBER] ?? []) as readonly unknown[], MEMBER, around);
  const reservations = parsed.map((settings, k) => {
    const path = `${MEMBER}[${k}]`;
    return { cluster: clusterNamed(settings.cluster, `${path}.cluster`, around.clusters), settings, path };
  });
  for (const { cluster, settings, path } of managed) {
    const own = reservations.filter((one) => one.cluster === cluster).map((one) => one.settings);
    checkReserved(settings, own, undefined, path);
  }
  return reservations;
}

/** @throws ValidationException UNKNOWN_INSTANCE_TYPE for a type that nobody knows. */
export function buildReservations(state: ClusterState, reservations: readonly ScenarioReservation[]): void {
  const known = state.capacity.instanceTypes;
  for (const { cluster, settings, path } of reservations) {
    if (cluster !== state.context.cluster) continue;
    const { instanceType } = settings;
    const at = `${path}.InstanceType`;
    if (!Object.hasOwn(known, instanceType))
      refuse(
        'UNKNOWN_INSTANCE_TYPE',
        `${at}: nothing is known of ${instanceType}.${didYouMean(instanceType, Object.keys(known))}`,
        { path: at, value: instanceType },
        'ValidationException',
      );
    state.capacity.managed.reservations.push({ settings, instances: new Set() });
  }
}
