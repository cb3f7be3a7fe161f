/** Zones for Fargate tasks: the one with fewest tasks of the group and provider among those of the subnets. */
import type { ClusterState, TaskState } from '../state.ts';
import type { Origin } from './make-task.ts';

/** Zones of the request's subnets that are up, in the order of the subnets. */
export function zonesOf(state: ClusterState, subnets: readonly string[]): string[] {
  const zones = subnets.map((id) => state.subnets.get(id)?.availabilityZone).filter((zone) => zone !== undefined);
  return [...new Set(zones)].filter((zone) => !state.lostZones.has(zone));
}

/** Tasks of this origin that shall run, by zone; every zone given has an entry. */
export function countByZone(
  zones: readonly string[],
  tasks: Iterable<TaskState>,
  origin: Pick<Origin, 'group' | 'capacityProvider' | 'launchType'>,
): Map<string, number> {
  const counts = new Map(zones.map((zone) => [zone, 0]));
  for (const task of tasks) {
    const zone = task.availabilityZone;
    if (zone === undefined || task.desiredStatus === 'STOPPED' || task.launchType !== origin.launchType) continue;
    if (task.group !== origin.group || task.capacityProvider !== origin.capacityProvider) continue;
    const count = counts.get(zone);
    if (count !== undefined) counts.set(zone, count + 1);
  }
  return counts;
}

/** The first zone with the least count. */
export function emptiest(counts: ReadonlyMap<string, number>): string | undefined {
  let best: string | undefined;
  for (const [zone, count] of counts) {
    if (best === undefined || count < (counts.get(best) as number)) best = zone;
  }
  return best;
}
