/** What capacity provider strategies must keep to: tasks by provider are all tasks, each where it belongs. Used by check. */
import { placementOf } from '../../../src/cluster/apply/placement.ts';
import type { ClusterState, ServiceState, TaskState } from '../../../src/cluster/state.ts';
import type { CapacityProviderStrategyItem } from '../../../src/model/service.ts';
import { isLive, isWanted } from './counts.ts';

type Strategy = readonly CapacityProviderStrategyItem[];

function isFargate(provider: string | undefined): boolean {
  return provider?.startsWith('FARGATE') ?? false;
}

/** On Fargate it has no instance; on instances, one of its provider. */
function placeWrongs({ id, capacityProvider, launchType, instance }: TaskState): string[] {
  if (isFargate(capacityProvider) !== (launchType === 'FARGATE' && capacityProvider !== undefined))
    return [`task ${id} is of ${capacityProvider} on ${launchType}`];
  if (isFargate(capacityProvider)) return instance === undefined ? [] : [`task ${id} of Fargate is on ${instance.id}`];
  if (capacityProvider === undefined || instance === undefined) return [];
  const owner = instance.given.capacityProviderName;
  return owner === capacityProvider ? [] : [`task ${id} of ${capacityProvider} is on ${instance.id} of ${owner}`];
}

/** By provider, those without one under nothing. */
function byProvider(tasks: readonly TaskState[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { capacityProvider = '' } of tasks) counts.set(capacityProvider, (counts.get(capacityProvider) ?? 0) + 1);
  return counts;
}

function sumWrongs({ name, deployments }: ServiceState, tasks: readonly TaskState[]): string[] {
  const running = tasks.filter((task) => isWanted(task) && task.lastStatus === 'RUNNING');
  const sum = [...byProvider(running).values()].reduce((total, count) => total + count, 0);
  const told = deployments.reduce((total, one) => total + one.running, 0);
  return sum === told ? [] : [`${name} runs ${told} tasks, by provider ${sum}`];
}

/** New tasks go to the base first, and beyond it to nobody without weight. */
function strategyWrongs(
  { name, placementFailure }: ServiceState,
  strategy: Strategy,
  tasks: readonly TaskState[],
  nowMs: number,
): string[] {
  const made = tasks.filter(({ createdAtMs }) => createdAtMs === nowMs);
  const counted = tasks.filter((task) => isWanted(task) || task.stoppingAtMs === nowMs);
  const on = (provider: string, of: readonly TaskState[]) =>
    of.filter((task) => task.capacityProvider === provider).length;
  const item = (task: TaskState) => strategy.find((one) => one.capacityProvider === task.capacityProvider);
  const based = strategy.find(({ base }) => base > 0);
  return made.flatMap((task) => {
    const own = item(task);
    if (own === undefined) return [`${name} starts ${task.id} on ${task.capacityProvider}, not in its strategy`];
    const skips =
      placementFailure === undefined &&
      based !== undefined &&
      own !== based &&
      on(based.capacityProvider, counted) < based.base;
    const isWeightless =
      strategy.length > 1 && own.weight === 0 && on(own.capacityProvider, tasks.filter(isWanted)) > own.base;
    return [
      ...(skips ? [`${name} starts ${task.id} on ${own.capacityProvider} before the base is full`] : []),
      ...(isWeightless ? [`${name} starts ${task.id} on ${own.capacityProvider}, which has no weight`] : []),
    ];
  });
}

/** Who waits has no room. @returns wrongs of one task for each service; asked seldom, it is long. */
export function roomWrongs(state: ClusterState): string[] {
  const asked = new Set<ServiceState>();
  return [...state.capacity.provisioning.keys()].flatMap(({ id, service, deployment, capacityProvider }) => {
    if (service === undefined || deployment === undefined || asked.has(service)) return [];
    asked.add(service);
    const { instances } = state.engine.explain(placementOf(deployment, capacityProvider));
    const free = instances.find(({ gates }) => gates.every(({ passed }) => passed));
    return free === undefined
      ? []
      : [`task ${id} of ${service.name} waits though ${free.containerInstanceArn} has room`];
  });
}

/** Remembers each service's strategy: a call may have changed it after its tasks were started. */
export class ProviderRules {
  readonly #before = new Map<ServiceState, Strategy>();

  wrongs(state: ClusterState): string[] {
    const wrongs: string[] = [];
    const live = [...state.tasks.values()].filter(isLive);
    for (const task of live) wrongs.push(...placeWrongs(task));
    for (const service of state.services.values()) {
      const strategy = service.settings.capacityProviderStrategy;
      const before = this.#before.get(service);
      const tasks = [...state.tasks.values()].filter((task) => task.service === service);
      wrongs.push(...sumWrongs(service, tasks.filter(isLive)));
      if (before === strategy && strategy.length > 0)
        wrongs.push(...strategyWrongs(service, strategy, tasks, state.nowMs));
      this.#before.set(service, strategy);
    }
    return wrongs;
  }
}
