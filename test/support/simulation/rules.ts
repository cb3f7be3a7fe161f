/** What the scheduler must keep to from one millisecond to the next: the percentages, protection, zones, steady state. */
import { desiredCountOf } from '../../../src/cluster/desired.ts';
import type { ClusterState, ServiceState, TaskState } from '../../../src/cluster/state.ts';
import { isLive, isWanted } from './counts.ts';

interface Seen {
  readonly total: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly healthy: ReadonlySet<TaskState>;
  readonly status: ServiceState['status'];
}

function serviceTasks({ deployments }: ServiceState): TaskState[] {
  return deployments.flatMap(({ tasks }) => [...tasks]);
}

function see({ engine }: ClusterState, service: ServiceState): Seen {
  const { minimumHealthyPercent, maximumPercent } = service.settings.deploymentConfiguration;
  const desiredCount = desiredCountOf(service);
  const bounds = engine.rolloutBounds({ desiredCount, minimumHealthyPercent, maximumPercent });
  const tasks = serviceTasks(service);
  const healthy = tasks.filter((task) => isWanted(task) && task.lastStatus === 'RUNNING' && task.isHealthy);
  return { ...bounds, total: tasks.length, healthy: new Set(healthy), status: service.status };
}

/** Beside the old revision a shifted one has its full count: the percentages hold it only after. */
export function isShifting({ deployments }: ServiceState): boolean {
  return deployments.some(
    ({ stage, settings }) => stage !== undefined || settings.deploymentConfiguration.strategy !== 'ROLLING',
  );
}

function isIll({ unfit }: TaskState): boolean {
  return unfit?.cause === 'CONTAINER_HEALTH' || unfit?.cause === 'TARGET_HEALTH';
}

function byScheduler(task: TaskState, nowMs: number): boolean {
  return task.stopCode === 'ServiceSchedulerInitiated' && task.stoppingAtMs === nowMs;
}

/** More tasks than the maximum only where there were as many before. */
function maximumWrongs(service: ServiceState, before: Seen, now: Seen): string[] {
  if (service.settings.schedulingStrategy === 'DAEMON' || isShifting(service)) return [];
  const maximum = Math.max(before.maximum, now.maximum);
  const isAbove = now.total > maximum && now.total > before.total;
  return isAbove ? [`${service.name} goes from ${before.total} to ${now.total} tasks, above its ${maximum}`] : [];
}

/** Healthy tasks below the minimum only where something else than the scheduler took them. */
function minimumWrongs(state: ClusterState, service: ServiceState, before: Seen, now: Seen): string[] {
  if (service.status !== 'ACTIVE' || isShifting(service)) return [];
  const lost = [...before.healthy].filter((task) => !now.healthy.has(task));
  const stopped = lost.filter((task) => task.isHealthy && byScheduler(task, state.nowMs));
  // Others went at the same time: the scheduler may have seen them still.
  if (stopped.length === 0 || stopped.length < lost.length) return [];
  const isDaemon = service.settings.schedulingStrategy === 'DAEMON';
  if (isDaemon && stopped.every(({ unfit }) => unfit?.cause === 'DRAINING')) return [];
  const minimum = Math.min(before.minimum, now.minimum);
  return now.healthy.size < minimum
    ? [
        `${service.name} is left with ${now.healthy.size} healthy tasks of ${minimum}: the scheduler stopped ${stopped.length}`,
      ]
    : [];
}

function protectionWrongs(state: ClusterState): string[] {
  return [...state.tasks.values()]
    .filter((task) => byScheduler(task, state.nowMs) && task.protectedUntilMs > state.nowMs)
    .filter((task) => task.service?.status === 'ACTIVE' && !isIll(task) && task.startedAtMs !== undefined)
    .map(({ id }) => `the scheduler stopped task ${id}, which is protected`);
}

function startWrongs(state: ClusterState): string[] {
  return [...state.tasks.values()]
    .filter(({ createdAtMs }) => createdAtMs === state.nowMs)
    .filter(({ availabilityZone }) => availabilityZone !== undefined && state.lostZones.has(availabilityZone))
    .filter(isLive)
    .map(({ id, availabilityZone }) => `task ${id} starts in zone ${availabilityZone}, which is down`);
}

function daemonWrongs(service: ServiceState): string[] {
  if (service.settings.schedulingStrategy !== 'DAEMON') return [];
  const instances = serviceTasks(service).map(({ instance }) => instance?.id);
  const twice = instances.find((id, k) => instances.indexOf(id) < k);
  return twice === undefined ? [] : [`${service.name} has two daemons on ${twice}`];
}

/** What the service says is what its PRIMARY deployment has. */
function revisionWrongs(service: ServiceState): string[] {
  const [primary] = service.deployments;
  if (primary === undefined || service.status !== 'ACTIVE') return [];
  const { settings } = service;
  const { family, revision, taskDefinitionArn = '' } = primary.definition;
  const names = [family, `${family}:${revision}`, taskDefinitionArn];
  const of = ({ awsvpc, loadBalancers }: typeof settings): string => JSON.stringify([awsvpc, loadBalancers]);
  return [
    ...(names.includes(settings.taskDefinition.split('/').at(-1) ?? '') || names.includes(settings.taskDefinition)
      ? []
      : [`${service.name} says ${settings.taskDefinition}, but deploys ${family}:${revision}`]),
    ...(of(settings) === of(primary.settings) ? [] : [`${service.name} has another network than its deployment`]),
  ];
}

/** A service that is steady has what it wants, of one revision. */
function steadyWrongs(service: ServiceState): string[] {
  if (!service.isSteady || service.status !== 'ACTIVE') return [];
  const [primary, ...others] = service.deployments;
  const fit = (primary?.running ?? 0) + (primary?.pending ?? 0) - (primary?.unfit ?? 0);
  const desired = desiredCountOf(service);
  return [
    ...(others.length === 0 ? [] : [`${service.name} is steady with ${others.length + 1} deployments`]),
    ...(fit >= desired ? [] : [`${service.name} is steady with ${fit} of ${desired} tasks`]),
  ];
}

/** Remembers what it saw at the step before. */
export class Rules {
  readonly #before = new Map<ServiceState, Seen>();

  wrongs(state: ClusterState): string[] {
    const wrongs = [...protectionWrongs(state), ...startWrongs(state)];
    for (const service of state.services.values()) {
      const now = see(state, service);
      const before = this.#before.get(service);
      this.#before.set(service, now);
      wrongs.push(...daemonWrongs(service), ...revisionWrongs(service), ...steadyWrongs(service));
      if (before === undefined || before.status !== 'ACTIVE') continue;
      wrongs.push(...maximumWrongs(service, before, now), ...minimumWrongs(state, service, before, now));
    }
    return wrongs;
  }
}
