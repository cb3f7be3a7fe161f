/**
 * All that a reference engine knows, as plain objects: JSON can hold every one of them. Instances stand in slot order,
 * tasks in the order of their numbers. Written by the engine's methods, place/commit and table/*.
 */
import type { EngineContext } from '../base/arn.ts';
import type { CqlOptions, EngineOptions } from '../contract.ts';
import type { Expression } from '../cql/ast.ts';
import type { NamedAttribute } from '../model/attribute.ts';
import type { ContainerInstanceStatus, InstanceRecord } from '../model/container-instance.ts';
import { parseEngineOptions } from '../model/engine-options.ts';
import type { InstanceTypes } from '../model/instance-type.ts';
import type { PlacementRequest } from '../model/placement-request.ts';
import type { TaskExtras } from '../model/run-task.ts';
import type { Subnet } from '../model/subnet.ts';
import type { NetworkBinding, TaskStatus } from '../model/task.ts';
import type { TransportProtocol } from '../model/task-definition.ts';
import { TaskDefinitionRegistry } from '../model/task-definition-registry.ts';
import { type RandomState, seedRandom } from './random/random.ts';

export interface HostPort {
  readonly port: number;
  readonly protocol: TransportProtocol;
}

/** What one task takes from its instance. */
export interface Demand {
  readonly cpu: number;
  readonly memoryMiB: number;
  /** Static host ports, each once, tcp first, ascending. */
  readonly ports: readonly HostPort[];
  readonly enis: number;
  /** `ALL`: every GPU of the instance, which must all be free. */
  readonly gpus: number | 'ALL';
}

export interface GroupCount {
  readonly group: string;
  /** Active tasks (desired RUNNING), at least 1. */
  count: number;
}

export interface Instance {
  /** Running number over all registrations: names the instance for its tasks, also when it is gone. */
  readonly registration: number;
  readonly slot: number;
  readonly record: InstanceRecord;
  /** Awsvpc tasks it can hold; absent when its type sets no limit. */
  readonly eniLimit?: number;
  status: ContainerInstanceStatus;
  agentConnected: boolean;
  attributes: NamedAttribute[];
  remainingCpu: number;
  remainingMemoryMiB: number;
  remainingGpus: number;
  enisTaken: number;
  /** Host ports taken, by the agent and by tasks; dynamic ones are not among them. */
  portsTaken: HostPort[];
  runningTasks: number;
  /** Tasks that placers hold there and have not stopped. */
  anonymousTasks: number;
  /** Tasks that placers stopped and have not freed: they hold their resources. */
  stoppedTasks: number;
  groups: GroupCount[];
  /** Numbers of the task records on it that are not STOPPED. */
  tasks: number[];
}

/** What the records made by one call share. */
export interface Launch {
  readonly placement: PlacementRequest;
  readonly demand: Demand;
  readonly extras: TaskExtras;
}

/** What a record holds beyond amounts. */
export interface Allocation {
  /** By container name. */
  readonly gpuIds: readonly (readonly [string, readonly string[]])[];
  readonly networkBindings: readonly (readonly [string, readonly NetworkBinding[]])[];
  readonly dynamicPorts: readonly HostPort[];
}

export interface TaskRecord {
  readonly number: number;
  /** Index into `launches`. */
  readonly launch: number;
  /** Registration of its instance. */
  readonly registration: number;
  readonly allocation: Allocation;
  lastStatus: TaskStatus;
  desiredStatus: 'RUNNING' | 'STOPPED';
  stoppedReason?: string;
}

export interface State {
  readonly seed: number;
  readonly context: EngineContext;
  readonly cql: CqlOptions;
  readonly instanceTypes?: InstanceTypes;
  readonly random: RandomState;
  registrations: number;
  instances: Instance[];
  /** Deregistered instances, which their tasks still name. */
  departed: Instance[];
  /** Ids deregistered and not registered again. */
  inactiveIds: string[];
  readonly subnets: Map<string, Subnet>;
  readonly registry: TaskDefinitionRegistry;
  launches: Launch[];
  tasks: TaskRecord[];
  /** ARNs counted by importTasks. */
  imported: string[];
}

/** A placement request made ready: demand computed, expressions parsed. */
export interface Request {
  readonly placement: PlacementRequest;
  readonly demand: Demand;
  readonly memberOf: readonly MemberOf[];
  readonly cql: CqlOptions;
}

export interface MemberOf {
  /** Index into PlacementRequest.constraints. */
  readonly constraint: number;
  readonly expression: string;
  readonly parsed: Expression;
}

/** @throws InvalidParameterException for an option of the wrong type, a seed that is no u32, a cluster name AWS refuses. */
export function newState(options: EngineOptions): State {
  const { seed, region, account, cluster } = parseEngineOptions(options);
  const context = { region, account, cluster };
  return {
    seed,
    context,
    cql: options.cql ?? {},
    ...(options.instanceTypes === undefined ? {} : { instanceTypes: options.instanceTypes }),
    random: seedRandom(seed),
    registrations: 0,
    instances: [],
    departed: [],
    inactiveIds: [],
    subnets: new Map(),
    registry: new TaskDefinitionRegistry(context),
    launches: [],
    tasks: [],
    imported: [],
  };
}
