/**
 * Availability-zone rebalancing (placement.md 1.10): in steady state a task of the fullest zone becomes unfit when another
 * zone has two fewer; its replacement starts first and the spread puts it where fewest are.
 */
import type { ClusterView, TaskState } from '../../cluster/state.ts';
import type { Decision } from '../decision.ts';
import type { Observation } from '../observe.ts';

export function rebalancing(view: ClusterView, seen: Observation): readonly Decision[] | undefined {
  const { service, primary } = seen;
  if (service.settings.availabilityZoneRebalancing !== 'ENABLED' || !service.isSteady) return undefined;
  const zones = tasksByZone(view, seen);
  const sizes = [...zones.values()].map((tasks) => tasks.length);
  const isBalanced = sizes.length < 2 || Math.max(...sizes) - Math.min(...sizes) < 2;
  if (isBalanced) {
    if (!service.isRebalancing) return undefined;
    const message = `is AZ balanced with ${listing(zones)}.`;
    return [{ kind: 'command', command: { type: 'Rebalance', service, isOn: false, message } }];
  }
  const fullest = [...zones.values()].reduce((best, tasks) => (tasks.length > best.length ? tasks : best));
  const task = fullest.findLast((one) => one.protectedUntilMs <= view.nowMs);
  if (task === undefined || primary.settings.awsvpc === undefined) return start(seen, zones, task);
  return start(seen, zones, task);
}

function start(
  { service }: Observation,
  zones: ReadonlyMap<string, readonly TaskState[]>,
  task: TaskState | undefined,
): readonly Decision[] | undefined {
  if (task === undefined) return undefined;
  const unfit = { cause: 'REBALANCING' } as const;
  const judge: Decision = { kind: 'command', command: { type: 'JudgeTask', task, isHealthy: task.isHealthy, unfit } };
  if (service.isRebalancing) return [judge];
  const message = `is not AZ balanced with ${listing(zones)}. AZ Rebalancing in progress.`;
  return [{ kind: 'command', command: { type: 'Rebalance', service, isOn: true, message } }, judge];
}

/** `3 tasks in eu-central-1a, 1 tasks in eu-central-1b`. */
function listing(zones: ReadonlyMap<string, readonly TaskState[]>): string {
  return [...zones].map(([zone, tasks]) => `${tasks.length} tasks in ${zone}`).join(', ');
}

/** Zones that could take a task now, fullest first; zones without room are left alone. */
function tasksByZone(view: ClusterView, { service, primary }: Observation): Map<string, TaskState[]> {
  const zones = new Map<string, TaskState[]>();
  for (const zone of candidateZones(view, primary.settings.awsvpc?.subnets)) zones.set(zone, []);
  for (const { tasks } of service.deployments) {
    for (const task of tasks) {
      if (task.desiredStatus !== 'RUNNING' || task.availabilityZone === undefined) continue;
      const same = zones.get(task.availabilityZone);
      if (same === undefined) zones.set(task.availabilityZone, [task]);
      else same.push(task);
    }
  }
  return new Map([...zones].sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1)));
}

function candidateZones(view: ClusterView, subnets: readonly string[] | undefined): string[] {
  const zones = new Set<string>();
  if (subnets !== undefined) {
    for (const id of subnets) zones.add(view.subnets.get(id)?.availabilityZone ?? '');
  } else {
    for (const instance of view.instances.values()) {
      if (instance.status === 'ACTIVE' && instance.agentConnected) zones.add(instance.availabilityZone ?? '');
    }
  }
  return [...zones].filter((zone) => zone !== '' && !view.lostZones.has(zone)).sort();
}
