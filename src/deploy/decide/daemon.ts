/**
 * DAEMON: one task on each ACTIVE instance that the constraints admit (ECS developer guide). Old tasks stop as far as the
 * minimum allows, then new ones start: the maximum is 100 %. A draining instance loses its daemon last.
 */
import type { ClusterView, InstanceState, ServiceState, TaskState } from '../../cluster/state.ts';
import type { Decision } from '../decision.ts';
import type { Observation } from '../observe.ts';
import { startDaemonsWithinRate } from './launch-rate.ts';
import { blockedByProtection, mayStop } from './protection.ts';
import { stuck } from './stuck.ts';

export function daemon(view: ClusterView, seen: Observation): readonly Decision[] | undefined {
  const free = freeInstances(view, seen);
  const isHeld = seen.nowMs < seen.service.startsHeldUntilMs;
  if (free.length > 0 && seen.primary.rolloutState !== 'FAILED' && !isHeld) return startDaemonsWithinRate(seen, free);
  const candidates = leavable(seen);
  const loose = candidates.filter((task) => mayStop(task, seen.nowMs));
  const tasks = leaving(view, seen, loose);
  if (tasks.length > 0) return [{ kind: 'stopThese', tasks }];
  if (loose.length > 0) return stuck(view, seen);
  // What has come while no task may start is not settled: who belongs there is known once one may.
  if (candidates.length === 0) return isHeld && free.length > 0 ? [] : undefined;
  return blockedByProtection(seen.primary, candidates.length).map((command) => ({ kind: 'command', command }));
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

/** As many healthy ones as the minimum can spare. */
function leaving(view: ClusterView, seen: Observation, tasks: readonly TaskState[]): TaskState[] {
  const { minimumHealthyPercent, maximumPercent } = seen.service.settings.deploymentConfiguration;
  const { desiredCount } = seen;
  const { minimum } = view.engine.rolloutBounds({ desiredCount, minimumHealthyPercent, maximumPercent });
  let spare = healthyOnActive(seen.service) - minimum;
  // On a draining instance a task no longer counts for anything.
  return tasks.filter((task) => !task.isHealthy || isDraining(task) || spare-- > 0);
}

function healthyOnActive({ deployments }: ServiceState): number {
  let healthy = 0;
  for (const { tasks } of deployments)
    for (const task of tasks)
      if (task.desiredStatus === 'RUNNING' && task.isHealthy && task.instance?.status === 'ACTIVE') healthy++;
  return healthy;
}

function isDraining({ unfit }: TaskState): boolean {
  return unfit?.cause === 'DRAINING';
}

/** Tasks of old revisions, and unfit ones, oldest first; a daemon waits for the replicas of its draining instance. */
function leavable({ service, primary }: Observation): TaskState[] {
  const found: TaskState[] = [];
  for (const { tasks } of service.deployments) {
    for (const task of tasks) {
      if (task.desiredStatus === 'STOPPED' || (task.deployment === primary && task.unfit === undefined)) continue;
      if (isDraining(task) && hasReplicas(task)) continue;
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
