/** How a run may end: every service steady, or with something that says why it is not. Silence is wrong. */
import { placementOf } from '../../../src/cluster/apply/placement.ts';
import { reservation } from '../../../src/cluster/describe/task.ts';
import { desiredCountOf } from '../../../src/cluster/desired.ts';
import type { ClusterState, ServiceState, TaskState } from '../../../src/cluster/state.ts';
import { isWanted } from './counts.ts';
import { isShifting } from './rules.ts';

/** ECS service quotas, on EC2. */
const LAUNCHES_A_MINUTE = 500;

function serviceTasks({ deployments }: ServiceState): TaskState[] {
  return deployments.flatMap(({ tasks }) => [...tasks]);
}

/** Tasks have come and gone since: something of them fails. */
function isRestless(state: ClusterState, service: ServiceState, sinceMs: number): boolean {
  return [...state.tasks.values()].some((task) => task.service === service && (task.stoppedAtMs ?? 0) > sinceMs);
}

function lacking(service: ServiceState): number {
  const [primary] = service.deployments;
  const fit = (primary?.running ?? 0) + (primary?.pending ?? 0) - (primary?.unfit ?? 0);
  return desiredCountOf(service) - fit;
}

function hasRoom(state: ClusterState, service: ServiceState): boolean {
  const [primary] = service.deployments;
  const { launchType, capacityProviderStrategy } = service.settings;
  if (
    primary === undefined ||
    primary.settings.schedulingStrategy === 'DAEMON' ||
    launchType !== 'EC2' ||
    capacityProviderStrategy.length > 0
  )
    return false;
  const { instances } = state.engine.explain(placementOf(primary, undefined));
  return instances.some(({ gates }) => gates.every(({ passed }) => passed));
}

function places(state: ClusterState, service: ServiceState): number {
  const { minimumHealthyPercent, maximumPercent } = service.settings.deploymentConfiguration;
  const { maximum } = state.engine.rolloutBounds({
    desiredCount: desiredCountOf(service),
    minimumHealthyPercent,
    maximumPercent,
  });
  return maximum - serviceTasks(service).length;
}

/** A container runs that another one waits for: without a startTimeout it may do so for ever. */
function waitsForContainer({ definition, containers }: TaskState): boolean {
  const stateOf = (name: string | undefined) => containers.find((one) => one.name === name);
  return (definition.containerDefinitions ?? []).some(
    ({ name, dependsOn }) =>
      stateOf(name)?.lastStatus === 'PENDING' &&
      dependsOn?.some(({ containerName, condition }) => {
        const on = stateOf(containerName);
        return on?.lastStatus === 'RUNNING' && condition !== 'START' && on.healthStatus !== 'HEALTHY';
      }),
  );
}

/** It leaves a draining instance after the replicas, and those may have nowhere to go. */
function waitsForReplicas({ service, unfit, instance }: TaskState): boolean {
  if (service?.settings.schedulingStrategy !== 'DAEMON' || unfit?.cause !== 'DRAINING') return false;
  return [...(instance?.tasks ?? [])].some((task) => task.service?.settings.schedulingStrategy === 'REPLICA');
}

/** Nothing stands between a waiting task and an instance for it: one has to come. */
function isComing(state: ClusterState, { service, definition, capacityProvider = '' }: TaskState): boolean {
  const provider = state.capacity.providers.get(capacityProvider);
  if (provider === undefined || service === undefined) return false;
  const { group, settings } = provider;
  const hasDaemons = [...state.services.values()].some((one) => one.settings.schedulingStrategy === 'DAEMON');
  const isPlain =
    definition.networkMode === undefined &&
    (definition.placementConstraints ?? []).length + service.settings.placementConstraints.length === 0;
  const { cpu, memoryMiB } = reservation({ definition });
  const isFree =
    settings.managedScaling.isEnabled &&
    group.desiredCapacity < group.maxSize &&
    group.suspended.size + group.policies.size + group.schedules.size + group.given.hooks.length === 0 &&
    state.lostZones.size === 0;
  const fits = group.offers.every((offer) => cpu <= offer.cpu && memoryMiB <= offer.memoryMiB);
  return isFree && isPlain && fits && !hasDaemons;
}

/** Why a service is not steady; undefined when nothing tells. */
export function explanation(state: ClusterState, service: ServiceState): string | undefined {
  const [primary] = service.deployments;
  if (service.status === 'INACTIVE' || service.isSteady) return 'done';
  const tasks = serviceTasks(service);
  const instances = [...tasks.map(({ instance }) => instance), ...service.vacantInstances];
  if (instances.some((instance) => instance?.agentConnected === false)) return 'a silent agent';
  const waiting = tasks.filter((task) => state.capacity.provisioning.has(task));
  if (waiting.length > 0) return waiting.some((task) => isComing(state, task)) ? undefined : 'waits for capacity';
  if (primary?.rolloutState === 'FAILED') return 'FAILED';
  if (service.startsHeldUntilMs > state.nowMs) return 'throttled';
  if (primary?.blockedBy !== undefined) return 'blocked';
  if (service.placementFailure !== undefined && lacking(service) > 0) return 'no room';
  if (tasks.some(waitsForContainer)) return 'a container that another one waits for';
  if (tasks.some(({ protectedUntilMs }) => protectedUntilMs > state.nowMs)) return 'protected';
  if (tasks.some(waitsForReplicas)) return 'a daemon behind replicas';
  return undefined;
}

/** The launches of the minute are used up: the next one goes on. */
function hasLaunchedAll({ nowMs }: ClusterState, { launches: { minute, count } }: ServiceState): boolean {
  return minute === Math.floor(nowMs / 60_000) && count >= LAUNCHES_A_MINUTE;
}

/** Room that nobody takes, or nobody looks out for. */
function waitWrongs(state: ClusterState, service: ServiceState): string[] {
  if (service.status !== 'ACTIVE' || service.placementFailure === undefined || lacking(service) <= 0) return [];
  const isHeld =
    service.startsHeldUntilMs > state.nowMs ||
    hasLaunchedAll(state, service) ||
    service.deployments[0]?.rolloutState === 'FAILED' ||
    isShifting(service) ||
    (service.settings.schedulingStrategy === 'REPLICA' && places(state, service) <= 0);
  const told = service.placementFailure.reason;
  if (isHeld) return [];
  if (!state.waitingServices.has(service)) return [`${service.name} was told ${told}, but waits for nothing`];
  return hasRoom(state, service) ? [`${service.name} waits for room (${told}) though there is some`] : [];
}

/** Daemons that are steady stand on every instance that takes one. */
function daemonWrongs(state: ClusterState, service: ServiceState): string[] {
  const [primary] = service.deployments;
  if (primary === undefined || service.settings.schedulingStrategy !== 'DAEMON' || !service.isSteady) return [];
  const held = new Set(serviceTasks(service).map(({ instance }) => instance?.arn));
  const { instances } = state.engine.explain(placementOf(primary, undefined));
  return instances
    .filter(({ containerInstanceArn, gates }) => !held.has(containerInstanceArn) && gates.every(({ passed }) => passed))
    .map(({ containerInstanceArn }) => `${service.name} is steady without a daemon on ${containerInstanceArn}`);
}

/** At any time nothing can be said against. */
export function waitingWrongs(state: ClusterState): string[] {
  return [...state.services.values()].flatMap((service) => [
    ...waitWrongs(state, service),
    ...daemonWrongs(state, service),
  ]);
}

/** Services that neither are steady nor say why, and whose tasks have not failed since. */
export function silent(state: ClusterState, sinceMs: number): ServiceState[] {
  return [...state.services.values()].filter(
    (service) => explanation(state, service) === undefined && !isRestless(state, service, sinceMs),
  );
}

/** After a time in which nothing came from outside. */
export function silenceWrongs(state: ClusterState, sinceMs: number): string[] {
  return silent(state, sinceMs).map((service) => {
    const tasks = serviceTasks(service).map(
      (task) =>
        `${task.lastStatus}${isWanted(task) ? '' : ' stopping'}${task.isHealthy ? ' healthy' : ''} ${task.unfit?.cause ?? ''}`,
    );
    const deployments = service.deployments.map(
      ({ id, rolloutState, stage }) => `${id} ${rolloutState} ${stage ?? ''}`,
    );
    return `${service.name} (${service.status}, desired ${desiredCountOf(service)}) is not steady and does not say why: ${tasks.join(', ')}; ${deployments.join(', ')}`;
  });
}
