/**
 * DAEMON: one task on each ACTIVE instance that the constraints admit (placement.md 1.9). Old tasks stop as far as the
 * minimum allows, then new ones start: the maximum is 100 %.
 */
import type { ClusterView, InstanceState, TaskState } from '../../cluster/state.ts';
import type { Decision } from '../decision.ts';
import type { Observation } from '../observe.ts';

export function daemon(view: ClusterView, seen: Observation): readonly Decision[] | undefined {
  const held = instancesHeld(seen);
  const free = freeInstances(view, held);
  if (free.length > 0 && seen.primary.rolloutState !== 'FAILED' && seen.nowMs >= seen.service.startsHeldUntilMs)
    return [{ kind: 'startDaemons', instances: free }];
  const count = stoppable(view, seen, held.size);
  return count > 0 ? [{ kind: 'stop', from: 'old', count, unhealthy: seen.oldTasks - seen.oldHealthy }] : undefined;
}

/** Instances with a task of the service that has not stopped. */
function instancesHeld({ service }: Observation): Map<InstanceState, TaskState> {
  const held = new Map<InstanceState, TaskState>();
  for (const { tasks } of service.deployments) {
    for (const task of tasks) if (task.instance !== undefined) held.set(task.instance, task);
  }
  return held;
}

function freeInstances(view: ClusterView, held: ReadonlyMap<InstanceState, TaskState>): InstanceState[] {
  const free: InstanceState[] = [];
  for (const instance of view.instances.values()) {
    if (instance.status === 'ACTIVE' && instance.agentConnected && !held.has(instance)) free.push(instance);
  }
  return free;
}

/** A draining instance loses its daemon last, when no other service has a task there. */
function stoppable(view: ClusterView, seen: Observation, held: number): number {
  const { minimumHealthyPercent, maximumPercent } = seen.service.settings.deploymentConfiguration;
  const { minimum } = view.engine.rolloutBounds({ desiredCount: held, minimumHealthyPercent, maximumPercent });
  const unhealthy = seen.oldTasks - seen.oldHealthy;
  const spare = Math.max(0, seen.newHealthy + seen.oldHealthy - minimum);
  return Math.min(seen.oldTasks, unhealthy + spare);
}
