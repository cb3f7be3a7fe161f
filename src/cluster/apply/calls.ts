/** RunTask, StartTask, StopTask, UpdateTaskProtection: tasks without a service. Called by apply. */
import { lastSegment } from '../../base/arn.ts';
import { taskNumber } from '../../base/ids.ts';
import { whatThereIs } from '../../base/nearest.ts';
import type { PlacementInput } from '../../contract.ts';
import { withDefaultStrategy } from '../../model/capacity-strategy.ts';
import { fields, optionalFlag, optionalList, optionalText, optionalWhole, refuse, text } from '../../model/read.ts';
import { parseLaunch } from '../../model/service-members.ts';
import type { ApiCall } from '../commands.ts';
import { tasksOfDaemon } from '../managed-state.ts';
import type { ClusterState, TaskState } from '../state.ts';
import { ordinaryDefinition } from './daemon-definitions.ts';
import { instanceOf } from './instances.ts';
import { checkProviders } from './known-providers.ts';
import { stopTask } from './life.ts';
import { makeTask, type Origin } from './make-task.ts';
import { isManagedProvider, onManaged } from './managed-placement.ts';
import { checkManaged } from './managed-rules.ts';
import { isFargate, placerOf } from './placement.ts';
import { shareOut } from './providers.ts';
import { placeOrWait, startOnFargate } from './start-tasks.ts';

export interface CallFailure {
  readonly arn: string;
  readonly reason: string;
}

export interface TasksAndFailures {
  readonly tasks: readonly TaskState[];
  readonly failures: readonly CallFailure[];
}

/** RunTask in one call, StartTask's instances, UpdateTaskProtection's tasks (ECS developer guide). */
const MOST_TASKS = 10;
const PROTECTION_MINUTES = { least: 1, most: 2880, unless: 120 };

/** By ARN, id, or `web[0]`: the oldest task of the service, or else the daemon, web that shall run; ids are not known before a run. */
export function taskOf(state: ClusterState, name: unknown, path: string): TaskState {
  const nth = typeof name === 'string' ? /^(.+)\[(\d+)\]$/.exec(name) : null;
  const task =
    nth === null
      ? state.tasks.get(typeof name === 'string' ? taskNumber(state.seed, lastSegment(name)) : -1)
      : nthTask(state, nth[1] as string, Number(nth[2]));
  if (task !== undefined) return task;
  const ids = [...state.tasks.values()].filter(({ stoppedAtMs }) => stoppedAtMs === undefined).map(({ id }) => id);
  refuse(
    'TASK_NOT_FOUND',
    `${path} ${JSON.stringify(name)} is no task of the cluster.${whatThereIs(String(name), ids)}`,
    { path, value: name },
  );
}

function nthTask(state: ClusterState, service: string, index: number): TaskState | undefined {
  const daemon = state.capacity.managed.daemons.get(service);
  const tasks =
    state.services.get(service)?.deployments.flatMap((one) => [...one.tasks]) ??
    (daemon === undefined ? [] : tasksOfDaemon(state.capacity.managed, daemon));
  return tasks.filter((task) => task.desiredStatus === 'RUNNING').sort((a, b) => a.number - b.number)[index];
}

function networkOf(state: ClusterState, input: ApiCall['input'], path: string): Origin['network'] {
  const at = `${path}.networkConfiguration.awsvpcConfiguration`;
  const network = input.networkConfiguration as { awsvpcConfiguration?: unknown } | undefined;
  if (network?.awsvpcConfiguration === undefined) return undefined;
  const given = fields(network.awsvpcConfiguration, at);
  const subnets = optionalList(given.subnets, `${at}.subnets`).map((one, k) => text(one, `${at}.subnets[${k}]`));
  if (subnets.length === 0)
    refuse('SUBNET_COUNT', `${at}.subnets: subnets can not be empty.`, { path: `${at}.subnets`, value: 0 });
  for (const id of subnets) {
    if (!state.subnets.has(id))
      refuse('SUBNET_NOT_FOUND', `${at}.subnets ${id} is not among the subnets.`, { path: `${at}.subnets`, value: id });
  }
  return { subnets, assignPublicIp: given.assignPublicIp === 'ENABLED' ? 'ENABLED' : 'DISABLED' };
}

function originOf(state: ClusterState, input: ApiCall['input'], path: string, share?: string): Origin {
  const taskDefinition = ordinaryDefinition(state, String(input.taskDefinition), `${path}.taskDefinition`);
  const launchType = input.launchType === undefined ? 'EC2' : String(input.launchType);
  const strategy = optionalList(input.capacityProviderStrategy, `${path}.capacityProviderStrategy`);
  const provider =
    share ?? (strategy.length === 0 ? undefined : (strategy[0] as { capacityProvider: string }).capacityProvider);
  const network = networkOf(state, input, path);
  return {
    definition: taskDefinition,
    group: optionalText(input.group, `${path}.group`) ?? `family:${taskDefinition.family}`,
    ...(input.startedBy === undefined ? {} : { startedBy: text(input.startedBy, `${path}.startedBy`) }),
    launchType: isFargate(provider)
      ? 'FARGATE'
      : isManagedProvider(state, provider)
        ? 'MANAGED_INSTANCES'
        : (launchType as Origin['launchType']),
    ...(provider === undefined ? {} : { capacityProvider: provider }),
    ...(network === undefined ? {} : { network }),
  };
}

/** What the engine's prepare reads of the input. */
function placementOf(input: ApiCall['input'], origin: Origin): PlacementInput {
  const { cluster, count, startedBy, tags, capacityProviderStrategy, launchType, ...rest } = input;
  return {
    ...(rest as unknown as PlacementInput),
    group: origin.group,
    ...(origin.capacityProvider !== undefined
      ? { capacityProvider: origin.capacityProvider }
      : launchType === undefined
        ? {}
        : { launchType: String(launchType) }),
  };
}

export function runTask(state: ClusterState, { input: given, path = '' }: ApiCall): TasksAndFailures {
  if (state.nowMs < state.throttledUntilMs)
    refuse('THROTTLED', `${path}: Rate exceeded`, { path, value: given.taskDefinition }, 'ThrottlingException');
  const input = withDefaultStrategy(given, state.defaultStrategy);
  const count = optionalWhole(input.count, `${path}.count`, 1, MOST_TASKS) ?? 1;
  const { capacityProviderStrategy: strategy } = parseLaunch(input, `${path}.`);
  checkProviders(state, strategy, `${path}.capacityProviderStrategy`);
  if (strategy.length < 2) return runShare(state, input, path, count);
  // A base counts for the call, not for what runs already (ECS API, CapacityProviderStrategyItem).
  const parts = shareOut(state, strategy, [], count).map(([name, share]) => runShare(state, input, path, share, name));
  return { tasks: parts.flatMap(({ tasks }) => tasks), failures: parts.flatMap(({ failures }) => failures) };
}

/** @param provider of a strategy with several: the one whose share it is. */
function runShare(
  state: ClusterState,
  input: ApiCall['input'],
  path: string,
  count: number,
  provider?: string,
): TasksAndFailures {
  const origin = originOf(state, input, path, provider);
  if (origin.group.startsWith('service:'))
    refuse('GROUP', 'Invalid namespace for group.', { path: `${path}.group`, value: origin.group });
  if (origin.launchType === 'FARGATE') {
    const tasks = startOnFargate(state, origin, count, state.tasks.values());
    const reason = 'Capacity is unavailable at this time. Please try again later or in a different availability zone';
    return { tasks, failures: tasks.length === count ? [] : [{ arn: '', reason }] };
  }
  checkManagedRun(state, input, origin, path);
  const placement = onManaged(state, placementOf(input, origin), origin.definition);
  const placer = placerOf(state, placement);
  const tasks = placeOrWait(state, origin, origin.capacityProvider, { placement, placer, count });
  return { tasks, failures: tasks.length === count ? [] : failuresOf(state, placement) };
}

function checkManagedRun(state: ClusterState, input: ApiCall['input'], { definition }: Origin, path: string): void {
  const members = (name: string): [] => optionalList(input[name], `${path}.${name}`) as [];
  const wish = {
    strategy: members('capacityProviderStrategy'),
    placementStrategy: members('placementStrategy'),
    placementConstraints: members('placementConstraints'),
    definition,
  };
  checkManaged(wish, (name) => isManagedProvider(state, name), path);
}

function failuresOf(state: ClusterState, placement: PlacementInput): CallFailure[] {
  const failures: CallFailure[] = [];
  for (const { containerInstanceArn, gates } of state.engine.explain(placement).instances) {
    const failed = gates.find((gate) => !gate.passed);
    if (failed !== undefined && failed.gate !== 'STATUS')
      failures.push({ arn: containerInstanceArn, reason: failed.gate });
  }
  return failures;
}

export function startTask(state: ClusterState, { input, path = '' }: ApiCall): TasksAndFailures {
  const names = optionalList(input.containerInstances, `${path}.containerInstances`);
  if (names.length === 0 || names.length > MOST_TASKS)
    refuse('OUT_OF_RANGE', `${path}.containerInstances must name 1 to ${MOST_TASKS} instances.`, {
      path,
      value: names,
    });
  const origin = originOf(state, input, path);
  const { containerInstances, ...rest } = input;
  const placement = placementOf(rest, origin);
  const placer = placerOf(state, placement);
  const instances = names.map((name, k) => instanceOf(state, name, `${path}.containerInstances[${k}]`));
  const tasks: TaskState[] = [];
  const failures: CallFailure[] = [];
  for (const instance of instances) {
    if (placer.placeAt(instance.slot)) tasks.push(makeTask(state, origin, { instance, placer }));
    else failures.push(...failuresOf(state, placement).filter(({ arn }) => arn === instance.arn));
  }
  return { tasks, failures };
}

export function stopTaskCall(state: ClusterState, { input, path = '' }: ApiCall): TaskState {
  const task = taskOf(state, input.task, `${path}.task`);
  stopTask(state, task, 'UserInitiated', optionalText(input.reason, `${path}.reason`) ?? 'Task stopped by user');
  return task;
}

/** @returns the tasks whose protection was set; those without a service have none. */
export function updateTaskProtection(state: ClusterState, { input, path = '' }: ApiCall): TaskState[] {
  const names = optionalList(input.tasks, `${path}.tasks`);
  const isOn = optionalFlag(input.protectionEnabled, `${path}.protectionEnabled`) ?? false;
  const { least, most, unless } = PROTECTION_MINUTES;
  const minutes = optionalWhole(input.expiresInMinutes, `${path}.expiresInMinutes`, least, most) ?? unless;
  if (names.length > MOST_TASKS)
    refuse('OUT_OF_RANGE', `${path}.tasks must name at most ${MOST_TASKS} tasks.`, {
      path: `${path}.tasks`,
      value: names.length,
    });
  const tasks = names.map((name, k) => taskOf(state, name, `${path}.tasks[${k}]`));
  for (const task of tasks) protect(state, task, isOn ? state.nowMs + minutes * 60_000 : 0);
  return tasks;
}

function protect(state: ClusterState, task: TaskState, untilMs: number): void {
  const { service } = task;
  if (service === undefined) return;
  task.protectedUntilMs = untilMs;
  state.changedServices.add(service);
  if (untilMs > 0) state.timers.set(untilMs, { type: 'WakeService', service });
}
