/** What must hold in a cluster between any two milliseconds: counts and sets, recounted from the tasks. */
import type {
  ClusterState,
  DeploymentState,
  InstanceState,
  ServiceState,
  TaskState,
} from '../../../src/cluster/state.ts';

const COUNTS = ['pending', 'running', 'healthy', 'unfit', 'unfitHealthy', 'stopping'] as const;
type Counts = Record<(typeof COUNTS)[number], number>;

export function isLive({ lastStatus }: TaskState): boolean {
  return lastStatus !== 'STOPPED';
}

export function isWanted({ desiredStatus }: TaskState): boolean {
  return desiredStatus === 'RUNNING';
}

function recount(tasks: Iterable<TaskState>): Counts {
  const counts: Counts = { pending: 0, running: 0, healthy: 0, unfit: 0, unfitHealthy: 0, stopping: 0 };
  for (const task of tasks) {
    if (!isWanted(task)) {
      counts.stopping++;
      continue;
    }
    const isRunning = task.lastStatus === 'RUNNING';
    counts[isRunning ? 'running' : 'pending']++;
    if (isRunning && task.isHealthy) counts.healthy++;
    if (task.unfit === undefined) continue;
    counts.unfit++;
    if (isRunning && task.isHealthy) counts.unfitHealthy++;
  }
  return counts;
}

function deploymentWrongs(deployment: DeploymentState, live: readonly TaskState[]): string[] {
  const own = live.filter((task) => task.deployment === deployment);
  const counts = recount(own);
  const wrong = COUNTS.filter((name) => counts[name] !== deployment[name]).map(
    (name) => `${deployment.id} counts ${deployment[name]} ${name}, but there are ${counts[name]}`,
  );
  const isSame = own.length === deployment.tasks.size && own.every((task) => deployment.tasks.has(task));
  return isSame
    ? wrong
    : [...wrong, `${deployment.id} holds ${deployment.tasks.size} tasks, but ${own.length} are its`];
}

function serviceWrongs(service: ServiceState, live: readonly TaskState[]): string[] {
  const { deployments, status, name } = service;
  const own = live.filter((task) => task.service === service);
  const stray = own.filter(({ deployment }) => !deployments.includes(deployment as DeploymentState));
  const statuses = deployments.map((one) => one.status).join(' ');
  return [
    ...deployments.flatMap((one) => deploymentWrongs(one, own)),
    ...stray.map(({ id }) => `task ${id} is of no deployment of ${name}`),
    ...(/^(PRIMARY( ACTIVE)*)?$/.test(statuses) ? [] : [`${name} has deployments ${statuses}`]),
    ...((deployments.length === 0) === (status === 'INACTIVE') ? [] : [`${name} is ${status} with ${statuses}`]),
    ...(new Set(deployments).size === deployments.length ? [] : [`${name} has a deployment twice`]),
  ];
}

function instanceWrongs(state: ClusterState, instance: InstanceState, live: readonly TaskState[]): string[] {
  const own = live.filter((task) => task.instance === instance);
  const isSame = own.length === instance.tasks.size && own.every((task) => instance.tasks.has(task));
  const isThere =
    state.slots[instance.slot] === instance && state.engine.containerInstanceArn(instance.slot) === instance.arn;
  const ports = own.flatMap(({ portKeys }) => portKeys);
  const hasPorts = ports.length === instance.ports.size && ports.every((key) => instance.ports.has(key));
  return [
    ...(isSame ? [] : [`${instance.id} holds ${instance.tasks.size} tasks, but ${own.length} are on it`]),
    ...(isThere ? [] : [`${instance.id} is not in slot ${instance.slot}`]),
    ...(hasPorts ? [] : [`${instance.id} has ${instance.ports.size} ports in use, but its tasks have ${ports.length}`]),
    ...(instance.isHalted && (instance.agentConnected || own.length > 0)
      ? [`${instance.id} is halted but at work`]
      : []),
  ];
}

function drainingWrongs(live: readonly TaskState[]): string[] {
  return live
    .filter((task) => isWanted(task) && task.service !== undefined && task.instance?.status === 'DRAINING')
    .filter((task) => task.unfit === undefined)
    .map(({ id, lastStatus }) => `task ${id} is ${lastStatus} on a DRAINING instance and may stay`);
}

function targetWrongs(state: ClusterState, live: readonly TaskState[]): string[] {
  const ofTasks = new Set([...state.tasks.values()].flatMap(({ targets }) => targets));
  const ofGroups = [...state.targetGroups.values()].flatMap(({ targets }) => [...targets]);
  const known = new Set(live);
  return [
    ...ofGroups.filter((one) => !ofTasks.has(one)).map(({ id }) => `target ${id} is no target of its task`),
    ...(ofGroups.length === ofTasks.size ? [] : [`tasks have ${ofTasks.size} targets, groups ${ofGroups.length}`]),
    ...ofGroups
      .filter(({ task }) => !known.has(task))
      .map(({ id, task }) => `target ${id} outlives its task ${task.id}`),
    ...ofGroups
      .filter(({ task, health }) => !isWanted(task) && health !== 'draining')
      .map(({ id, health }) => `target ${id} is ${health}, though its task shall stop`),
  ];
}

function settledWrongs(state: ClusterState): string[] {
  const { changedServices, changedTasks, changedTargets, unjudgedTasks, waitingServices, timers, nowMs } = state;
  const left = changedServices.size + changedTasks.size + changedTargets.size + unjudgedTasks.size;
  const services = new Set(state.services.values());
  return [
    ...(left === 0 ? [] : [`${left} things are left to look at`]),
    ...(timers.nextMs > nowMs ? [] : [`something is due at ${timers.nextMs}, in the past`]),
    ...[...waitingServices]
      .filter((one) => !services.has(one) || one.status !== 'ACTIVE')
      .map(({ name, status }) => `${name} waits for room, but is ${status}`),
  ];
}

export function countWrongs(state: ClusterState): string[] {
  const live = [...state.tasks.values()].filter(isLive);
  return [
    ...[...state.services.values()].flatMap((service) => serviceWrongs(service, live)),
    ...[...state.instances.values()].flatMap((instance) => instanceWrongs(state, instance, live)),
    ...drainingWrongs(live),
    ...targetWrongs(state, live),
    ...settledWrongs(state),
  ];
}
