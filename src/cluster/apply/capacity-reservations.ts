/**
 * Places in Capacity Reservations: who leaves one lets others launch. Called by the lives of Managed Instances. Invariant: a
 * reservation holds those instances that were launched into it and are not terminated.
 */
import type { ManagedInstance } from '../managed-state.ts';
import type { ClusterState } from '../state.ts';
import { noteManaged } from './managed-members.ts';

/** Whoever waits for a place looks again. */
export function vacate(state: ClusterState, instance: ManagedInstance): void {
  if (instance.reservation === undefined) return;
  instance.reservation.instances.delete(instance);
  for (const provider of state.capacity.managed.providers.values())
    if (provider.settings.reserved !== undefined) noteManaged(state, provider);
}
