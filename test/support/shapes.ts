/**
 * Small AWS shapes for tests that are written by hand: an instance or a definition with sound defaults, of which a test
 * names only what it is about. Called by test/place and test/reference.
 */
import type { Engine, EngineOptions, RunTaskInput } from '../../src/contract.ts';
import { BayplanError } from '../../src/errors.ts';
import type { Attribute } from '../../src/model/attribute.ts';
import type { ContainerInstance } from '../../src/model/container-instance.ts';
import type { Resource } from '../../src/model/resource.ts';
import type { Task } from '../../src/model/task.ts';
import type { ContainerDefinition, TaskDefinition } from '../../src/model/task-definition.ts';
import type { EngineKind } from './engines.ts';

export function arn(number: number): string {
  return `arn:aws:ecs:us-east-1:123456789012:container-instance/default/${String(number).padStart(32, '0')}`;
}

export interface InstanceShape extends Omit<ContainerInstance, 'attributes'> {
  cpu?: number;
  memoryMiB?: number;
  /** Remaining amounts, where they differ from the registered ones. */
  cpuLeft?: number;
  memoryLeftMiB?: number;
  ports?: string[];
  portsUdp?: string[];
  gpuIds?: string[];
  gpuIdsLeft?: string[];
  zone?: string;
  /** Attribute values by name; `null` is an attribute without a value. */
  attributes?: Record<string, string | null>;
}

function amount(name: string, integerValue: number): Resource {
  return { name, type: 'INTEGER', integerValue };
}

function set(name: string, stringSetValue: string[]): Resource {
  return { name, type: 'STRINGSET', stringSetValue };
}

function attributesOf({ zone, attributes = {} }: InstanceShape): Attribute[] {
  const all = zone === undefined ? attributes : { 'ecs.availability-zone': zone, ...attributes };
  return Object.entries(all).map(([name, value]) => (value === null ? { name } : { name, value }));
}

/** Number `number` of a cluster: 1024 CPU units and 1024 MiB, nothing taken, no attribute. */
export function instance(number: number, shape: InstanceShape = {}): ContainerInstance {
  const { cpu, memoryMiB, cpuLeft, memoryLeftMiB, ports, portsUdp, gpuIds, gpuIdsLeft, zone, attributes, ...rest } =
    shape;
  const list = (cpuUnits: number, mib: number, gpus: string[] | undefined): Resource[] => [
    amount('CPU', cpuUnits),
    amount('MEMORY', mib),
    set('PORTS', ports ?? []),
    set('PORTS_UDP', portsUdp ?? []),
    ...(gpus === undefined ? [] : [set('GPU', gpus)]),
  ];
  const registered = { cpu: cpu ?? 1024, memoryMiB: memoryMiB ?? 1024 };
  return {
    containerInstanceArn: arn(number),
    registeredResources: list(registered.cpu, registered.memoryMiB, gpuIds),
    remainingResources: list(cpuLeft ?? registered.cpu, memoryLeftMiB ?? registered.memoryMiB, gpuIdsLeft ?? gpuIds),
    attributes: attributesOf({ zone, attributes }),
    ...rest,
  };
}

/** A definition of one container with 128 CPU units and 128 MiB that requires no attribute. */
export function definition(
  family: string,
  container: Partial<ContainerDefinition> = {},
  task: Partial<TaskDefinition> = {},
): TaskDefinition {
  return {
    family,
    requiresAttributes: [],
    containerDefinitions: [{ name: 'main', cpu: 128, memory: 128, ...container }],
    ...task,
  };
}

/** An engine of a kind with instances and definitions registered. */
export async function cluster(
  kind: EngineKind,
  instances: readonly ContainerInstance[],
  definitions: readonly TaskDefinition[] = [definition('web')],
  options: EngineOptions = {},
): Promise<Engine> {
  const engine = await kind.create(options);
  engine.registerContainerInstances(instances);
  for (const one of definitions) engine.registerTaskDefinition(one);
  return engine;
}

/** Number of the instance with this ARN, as `arn` was given it. */
export function numberOf(containerInstanceArn: string | undefined): number {
  return Number(containerInstanceArn?.slice(-32));
}

export function whereOf(tasks: readonly Task[]): number[] {
  return tasks.map((task) => numberOf(task.containerInstanceArn));
}

export const BINPACK = [{ type: 'binpack', field: 'cpu' }] as const satisfies RunTaskInput['placementStrategy'];

/** Numbers of the instances that the tasks of one call went to; `web` by first fit where nothing else is said. */
export function run(engine: Engine, input: Partial<RunTaskInput> = {}): number[] {
  return whereOf(engine.runTask({ taskDefinition: 'web', placementStrategy: [...BINPACK], ...input }).tasks);
}

/** `number: reason` of each failure. */
export function reasons(engine: Engine, input: Partial<RunTaskInput> = {}): string[] {
  const { failures } = engine.runTask({ taskDefinition: 'web', placementStrategy: [...BINPACK], ...input });
  return failures.map((failure) => `${numberOf(failure.arn)}: ${failure.reason}`);
}

/** Remaining amount of a resource, as the instance is described. */
export function left(engine: Engine, number: number, name: string): number | string[] | undefined {
  const resource = described(engine, number).remainingResources?.find((one) => one.name === name);
  return resource?.stringSetValue ?? resource?.integerValue;
}

export function described(engine: Engine, number: number): ContainerInstance {
  const [found] = engine.describeContainerInstances({ containerInstances: [arn(number)] }).containerInstances;
  if (found === undefined) throw new Error(`instance ${number} is not registered`);
  return found;
}

/** `name code` of what a call throws. */
export function refusal(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof BayplanError) return `${error.name} ${error.code}`;
    throw error;
  }
  return 'nothing was thrown';
}
