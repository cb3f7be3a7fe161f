/**
 * DAEMON: one task on each ACTIVE instance that the constraints admit (ECS developer guide). Old tasks stop as far as the
 * minimum allows, then new ones start: the maximum is 100 %. A draining instance loses its daemon last.
 */
import type { ClusterView, InstanceState, TaskState } from '../../cluster/state.ts';
import type { Decision } from '../decision.ts';
import type { Observation } from '../observe.ts';

export function daemon(view: ClusterView, seen: Observation): readonly Decision[] | undefined {
  const free = freeInstances(view, seen);
  if (free.length > 0 && seen.primary.rolloutState !== 'FAILED' && seen.nowMs >= seen.service.startsHeldUntilMs)
    return [{ kind: 'startDaemons', instances: free }];
  const tasks = leaving(view, seen);
  return tasks.length > 0 ? [{ kind: 'stopThese', tasks }] : undefined;
}

/** ACTIVE instances without a task of the service, stopping ones included. */
function freeInstances(view: ClusterView, { service }: Observation): InstanceState[] {
  const held = new Set<InstanceState | undefined>();
  for (const { tasks } of service.deployments) for (const task of tasks) held.add(task.instance);
  const free: InstanceState[] = [];
  for (const instance of view.instances.values()) {
    if (
      instance.status === 'ACTIVE' &&
      instance.agentConnected &&
      !held.has(instance) &&
      !service.refusedInstances.has(instance)
    )
      free.push(instance);
  }
  return free;
}

/** Tasks of old revisions, and unfit ones; as many healthy ones as the minimum can spare. */
function leaving(view: ClusterView, seen: Observation): TaskState[] {
  const { minimumHealthyPercent, maximumPercent } = seen.service.settings.deploymentConfiguration;
  const { desiredCount } = seen;
  const { minimum } = view.engine.rolloutBounds({ desiredCount, minimumHealthyPercent, maximumPercent });
  let spare = seen.newHealthy + seen.oldHealthy - minimum;
  const tasks: TaskState[] = [];
  for (const task of candidates(seen)) {
    // On a draining instance it no longer counts for anything.
    if (task.isHealthy && task.unfit?.cause !== 'DRAINING' && spare-- <= 0) continue;
    tasks.push(task);
  }
  return tasks;
}

function candidates({ service, primary }: Observation): TaskState[] {
  const found: TaskState[] = [];
  for (const { tasks } of service.deployments) {
    for (const task of tasks) {
      if (task.desiredStatus === 'STOPPED' || (task.deployment === primary && task.unfit === undefined)) continue;
      if (task.unfit?.cause === 'DRAINING' && hasReplicas(task)) continue;
      found.push(task);
    }
  }
  return found.sort((a, b) => a.number - b.number);
}

function hasReplicas({ instance }: TaskState): boolean {
  for (const { service } of instance?.tasks ?? [])
    if (service !== undefined && service.settings.schedulingStrategy === 'REPLICA') return true;
  return false;
}
