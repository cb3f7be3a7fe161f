/**
 * What the invariants need to know, worked out from the engine's own descriptions and from nothing else: which
 * instances are valid for a task, how each strategy ranks them, what the tasks take. Deliberately plain.
 */
import type { Engine } from '../../../src/contract.ts';
import type { ContainerInstance } from '../../../src/model/container-instance.ts';
import type { Task } from '../../../src/model/task.ts';

/** A kind of task with a demand so plain that it needs no rules: one container, no task-level size. */
export interface Demand {
  readonly family: string;
  readonly cpu: number;
  readonly memory: number;
  readonly mode: 'bridge' | 'awsvpc';
  readonly hostPort?: number;
  readonly gpus: number;
}

/** A constraint as ECS reads it and as this test does. */
export interface Clause {
  readonly expression: string;
  readonly holds: (instance: ContainerInstance, tasks: readonly Task[]) => boolean;
}

export function attributeOf(instance: ContainerInstance, name: string): string | undefined {
  return instance.attributes?.find((attribute) => attribute.name === name)?.value;
}

export function hasAttribute(instance: ContainerInstance, name: string): boolean {
  return instance.attributes?.some((attribute) => attribute.name === name) ?? false;
}

export function amountOf(
  instance: ContainerInstance,
  of: 'remainingResources' | 'registeredResources',
  name: string,
): number {
  return instance[of]?.find((resource) => resource.name === name)?.integerValue ?? 0;
}

export function setOf(
  instance: ContainerInstance,
  of: 'remainingResources' | 'registeredResources',
  name: string,
): string[] {
  return instance[of]?.find((resource) => resource.name === name)?.stringSetValue ?? [];
}

/** The engine's cluster, as its describe calls show it. */
export interface Cluster {
  readonly instances: readonly ContainerInstance[];
  readonly tasks: readonly Task[];
}

export function clusterOf(engine: Engine, tasks: string[]): Cluster {
  const { containerInstanceArns } = engine.listContainerInstances();
  return {
    instances: engine.describeContainerInstances({ containerInstances: containerInstanceArns }).containerInstances,
    tasks: engine.describeTasks({ tasks }).tasks,
  };
}

export const isActive = (task: Task): boolean => task.desiredStatus === 'RUNNING';
export const holdsResources = (task: Task): boolean => task.lastStatus !== 'STOPPED';
export const isOn = (task: Task, instance: ContainerInstance): boolean =>
  task.containerInstanceArn === instance.containerInstanceArn;

const REQUIRED = {
  bridge: [],
  awsvpc: ['ecs.capability.task-eni', 'com.amazonaws.ecs.capability.docker-remote-api.1.18'],
};

/** ENIs that an instance can give to tasks; `limits` by instance type. */
export function eniLimit(
  instance: ContainerInstance,
  limits: Readonly<Record<string, { awsvpcTasks?: number; awsvpcTasksTrunked?: number }>>,
): number {
  const facts = limits[attributeOf(instance, 'ecs.instance-type') ?? ''];
  const trunked = hasAttribute(instance, 'ecs.awsvpc-trunk-id') ? facts?.awsvpcTasksTrunked : undefined;
  return trunked ?? facts?.awsvpcTasks ?? Number.POSITIVE_INFINITY;
}

export interface Request {
  readonly demand: Demand;
  readonly group: string;
  readonly distinct: boolean;
  readonly clauses: readonly Clause[];
}

/** Instances that may take the task now. */
export function validInstances(
  cluster: Cluster,
  request: Request,
  awsvpc: ReadonlySet<string>,
  limits: Parameters<typeof eniLimit>[1],
): ContainerInstance[] {
  const { demand, group, distinct, clauses } = request;
  return cluster.instances.filter((instance) => {
    const tasks = cluster.tasks.filter((task) => isOn(task, instance));
    const ports = setOf(instance, 'remainingResources', 'PORTS');
    const enis = tasks.filter((task) => holdsResources(task) && awsvpc.has(String(task.taskArn))).length;
    const reserved = ports.length + setOf(instance, 'remainingResources', 'PORTS_UDP').length;
    return (
      instance.status === 'ACTIVE' &&
      instance.agentConnected === true &&
      !hasAttribute(instance, 'ecs.capability.external') &&
      REQUIRED[demand.mode].every((name) => hasAttribute(instance, name)) &&
      demand.cpu <= amountOf(instance, 'remainingResources', 'CPU') &&
      demand.memory <= amountOf(instance, 'remainingResources', 'MEMORY') &&
      (demand.hostPort === undefined || (!ports.includes(String(demand.hostPort)) && reserved < 100)) &&
      (demand.mode !== 'awsvpc' || enis < eniLimit(instance, limits)) &&
      demand.gpus <= setOf(instance, 'remainingResources', 'GPU').length &&
      (!distinct || !tasks.some((task) => isActive(task) && task.group === group)) &&
      clauses.every((clause) => clause.holds(instance, tasks))
    );
  });
}

/** A strategy's rank of an instance: lower is better. `random` ranks all the same and ends the list. */
export function rank(
  strategy: { type: string; field?: string },
  instance: ContainerInstance,
  { instances, tasks }: Cluster,
  group: string,
): number {
  const counted = tasks.filter((task) => isActive(task) && task.group === group);
  if (strategy.type === 'binpack')
    return amountOf(instance, 'remainingResources', strategy.field === 'cpu' ? 'CPU' : 'MEMORY');
  if (strategy.field === 'instanceId') return counted.filter((task) => isOn(task, instance)).length;
  const name = String(strategy.field).replace('attribute:', '');
  if (!hasAttribute(instance, name)) return Number.POSITIVE_INFINITY;
  const domain = instances.filter(
    (other) => hasAttribute(other, name) && attributeOf(other, name) === attributeOf(instance, name),
  );
  return counted.filter((task) => domain.some((other) => isOn(task, other))).length;
}

/** The valid instances that no other beats, strategy by strategy. */
export function best(
  valid: readonly ContainerInstance[],
  strategies: readonly { type: string; field?: string }[],
  cluster: Cluster,
  group: string,
): ContainerInstance[] {
  let left = [...valid];
  for (const strategy of strategies) {
    if (strategy.type === 'random') break;
    const ranks = left.map((instance) => rank(strategy, instance, cluster, group));
    const least = Math.min(...ranks);
    left = left.filter((_, k) => ranks[k] === least);
  }
  return left;
}
