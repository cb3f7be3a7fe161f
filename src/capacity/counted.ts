/** Which instances of a group its own metrics count, and how a service shares its load. Called by the publishers of groups. */
import { aliveOf, type GroupInstance, type GroupState } from '../cluster/capacity-state.ts';
import type { ClusterView, ServiceState } from '../cluster/state.ts';

/** Registered ones; those that warm up are left out where the group says how long. */
export function countedOf({ nowMs }: Pick<ClusterView, 'nowMs'>, group: GroupState): GroupInstance[] {
  const warmupMs = (group.settings.defaultWarmupSeconds ?? 0) * 1000;
  return aliveOf(group).filter(
    ({ containerInstance, inServiceAtMs = Number.POSITIVE_INFINITY }) =>
      containerInstance !== undefined && nowMs >= inServiceAtMs + warmupMs,
  );
}

/** Its RUNNING tasks, 1 at least. */
export function runningOf({ deployments }: ServiceState): number {
  return Math.max(
    1,
    deployments.reduce((total, one) => total + one.running, 0),
  );
}
