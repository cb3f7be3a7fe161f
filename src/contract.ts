/**
 * Engine: what both engines promise. Inputs and answers are AWS SDK v3 shapes. Every method is synchronous and applied
 * whole or not at all: a thrown BayplanError leaves the engine as it was. Same seed and calls, same bytes out.
 */
import type { Explanation } from './explain.ts';
import type { Attribute } from './model/attribute.ts';
import type { PlacementConstraint } from './model/constraint.ts';
import type { ContainerInstance } from './model/container-instance.ts';
import type { InstanceTypes } from './model/instance-type.ts';
import type {
  CircuitBreakerInput,
  RolloutBounds,
  RolloutBoundsInput,
  RolloutInput,
  RolloutStep,
} from './model/rollout.ts';
import type { PlacementStrategy } from './model/strategy.ts';
import type { Subnet } from './model/subnet.ts';
import type { Failure, Task } from './model/task.ts';
import type { TaskDefinition } from './model/task-definition.ts';

export interface CqlOptions {
  /** Accept AND, Equals, ... Default false: keywords are lower case only. */
  readonly caseInsensitiveKeywords?: boolean;
  /** Order attribute values that are both decimal numbers as numbers. Default false: UTF-16 order, as Java. */
  readonly numericAttributes?: boolean;
  /** What `task:group != X` asks. Default 'any': some task is of another group. 'none': no task is of group X. */
  readonly taskGroupNegation?: 'any' | 'none';
}

export interface EngineOptions {
  /** Any u32; default 0. Decides `random` and the task ids. */
  readonly seed?: number;
  readonly region?: string;
  readonly account?: string;
  readonly cluster?: string;
  /** ENI limits by `ecs.instance-type`; without it no instance has one. */
  readonly instanceTypes?: InstanceTypes;
  readonly cql?: CqlOptions;
}

/** What says where a task may and should go: shared by runTask, explain and prepare. */
export interface PlacementInput {
  /** `family`, `family:revision` or an ARN. */
  taskDefinition: string;
  group?: string | undefined;
  placementStrategy?: PlacementStrategy[] | undefined;
  placementConstraints?: PlacementConstraint[] | undefined;
  networkConfiguration?:
    | {
        awsvpcConfiguration?:
          | { subnets: string[] | undefined; securityGroups?: unknown; assignPublicIp?: unknown }
          | undefined;
      }
    | undefined;
  launchType?: string | undefined;
  capacityProvider?: string | undefined;
  capacityProviderStrategy?: { capacityProvider: string | undefined; weight?: unknown; base?: unknown }[] | undefined;
  overrides?: object | undefined;
  enableExecuteCommand?: boolean | undefined;
}

export interface RunTaskInput extends PlacementInput {
  cluster?: string | undefined;
  count?: number | undefined;
  startedBy?: string | undefined;
  tags?: { key?: string | undefined; value?: string | undefined }[] | undefined;
  clientToken?: unknown;
  enableECSManagedTags?: unknown;
  platformVersion?: unknown;
  propagateTags?: unknown;
  referenceId?: unknown;
  volumeConfigurations?: unknown;
}

export interface StartTaskInput {
  taskDefinition: string;
  containerInstances: string[];
  cluster?: string | undefined;
  group?: string | undefined;
  overrides?: object | undefined;
  networkConfiguration?: PlacementInput['networkConfiguration'];
  startedBy?: string | undefined;
  tags?: { key?: string | undefined; value?: string | undefined }[] | undefined;
  enableExecuteCommand?: boolean | undefined;
  enableECSManagedTags?: unknown;
  propagateTags?: unknown;
  referenceId?: unknown;
  volumeConfigurations?: unknown;
}

export interface TasksAndFailures {
  readonly tasks: Task[];
  readonly failures: Failure[];
}

export interface InstancesAndFailures {
  readonly containerInstances: ContainerInstance[];
  readonly failures: Failure[];
}

/** A prepared request: decides without making task records. */
export interface Placer {
  /**
   * Places up to `count` tasks one after another; writes the chosen slots to the front of `slots`.
   * @returns how many were placed.
   * @throws InvalidParameterException WRONG_TYPE, OUT_OF_RANGE; then none is placed.
   */
  place(count: number, slots: Int32Array): number;
  /**
   * Places one task on exactly this instance if every gate of the request passes there: the filter's (launch type and
   * provider included) and all constraints. For DAEMON services and StartTask; strategies have no part in it.
   * @returns whether it was placed; nothing changes when not, also where no instance has the slot.
   * @throws InvalidParameterException WRONG_TYPE, OUT_OF_RANGE for a slot that is no whole number from 0.
   */
  placeAt(slot: number): boolean;
  /**
   * Desired STOPPED for the tasks in the first `count` of `slots`: group counts, distinctInstance and runningTasksCount
   * drop, resources stay taken until `free`.
   * @throws InvalidParameterException NOT_HELD when one of them is not held there; OUT_OF_RANGE beyond 16,777,216 tasks; then none is stopped.
   */
  stop(slots: Int32Array, count: number): void;
  /**
   * STOPPED: gives back the resources of tasks that `stop` was called for. Deregistering an instance frees what was
   * stopped there.
   * @throws InvalidParameterException NOT_HELD when one of them was not stopped there; OUT_OF_RANGE beyond 16,777,216 tasks; then none is freed.
   */
  free(slots: Int32Array, count: number): void;
  /**
   * Gives back the first `count` of `slots`: both moments (desired STOPPED and STOPPED) at once, for tasks not stopped.
   * @throws InvalidParameterException NOT_HELD when one of them is not held there; OUT_OF_RANGE beyond 16,777,216 tasks; then none is released.
   */
  release(slots: Int32Array, count: number): void;
  /**
   * Which of a service's tasks stop first on scale-in; changes nothing but the generator, and only for `random`. The
   * smallest rank goes first; of one rank tasks without an instance, then by the reverse of the request's strategies,
   * each choice seeing the ones before: `spread` from the instance, or the value of the attribute, with most tasks of the
   * group (instances without the attribute before all), `binpack` from the instance with most of the resource left after
   * the stop, `random` by one draw among the tasks still tied, oldest first. The newest ends every tie.
   * @param slots of each task, oldest first; -1 for a task without an instance. At most 1,000,000.
   * @param ranks of each task, 0 to 255: the smaller goes first.
   * @param chosen gets the indexes of the chosen tasks at its front, in the order in which they stop.
   * @returns how many: `count`, or all tasks where there are fewer.
   * @throws InvalidParameterException UNKNOWN_CONTAINER_INSTANCE for a slot where no instance is; OUT_OF_RANGE, WRONG_TYPE.
   */
  victims(slots: Int32Array, ranks: Uint8Array, count: number, chosen: Int32Array): number;
}

export interface EngineStats {
  readonly engine: 'wasm' | 'reference';
  readonly seed: number;
  readonly instances: number;
  /** Task records made by runTask and startTask, stopped ones included. */
  readonly tasks: number;
  /** Bytes of linear memory up to the heap top; 0 for the reference. */
  readonly memoryBytes: number;
  /** Those of them in use; the rest waits to be used again. Growth leaves the blocks that became too small. */
  readonly memoryLiveBytes: number;
}

export interface Engine {
  registerContainerInstances(containerInstances: readonly ContainerInstance[]): void;
  deregisterContainerInstance(input: { containerInstance: string; force?: boolean | undefined }): {
    containerInstance: ContainerInstance;
  };
  updateContainerInstancesState(input: { containerInstances: string[]; status: string }): InstancesAndFailures;
  /** The agent of an instance lost or found its connection. */
  setAgentConnected(input: { containerInstance: string; agentConnected: boolean }): {
    containerInstance: ContainerInstance;
  };
  putAttributes(input: { attributes: Attribute[] }): { attributes: Attribute[] };
  deleteAttributes(input: { attributes: Attribute[] }): { attributes: Attribute[] };
  describeContainerInstances(input: { containerInstances: string[] }): InstancesAndFailures;
  listContainerInstances(input?: { filter?: string | undefined; status?: string | undefined }): {
    containerInstanceArns: string[];
  };
  registerSubnets(subnets: readonly Subnet[]): void;
  registerTaskDefinition(input: object): TaskDefinition;
  describeTaskDefinition(input: { taskDefinition: string }): { taskDefinition: TaskDefinition };
  /** Counts existing tasks; those on unknown instances come back as failures with reason MISSING. */
  importTasks(tasks: readonly Task[]): { imported: number; failures: Failure[] };
  runTask(input: RunTaskInput): TasksAndFailures;
  startTask(input: StartTaskInput): TasksAndFailures;
  /** Desired STOPPED: counts, distinctInstance and runningTasksCount drop; resources stay taken. */
  stopTask(input: { task: string; reason?: string | undefined }): { task: Task };
  /** STOPPED frees cpu, memory, ports, ENI and GPU; other statuses only move lastStatus forward. */
  submitTaskStateChange(input: { task: string; status: string }): { task: Task };
  describeTasks(input: { tasks: string[] }): TasksAndFailures;
  explain(input: PlacementInput): Explanation;
  prepare(input: PlacementInput): Placer;
  /**
   * How many tasks of a service must be healthy and how many there may be: the minimum rounded up, the maximum down (ECS
   * API, DeploymentConfiguration).
   * @throws InvalidParameterException WRONG_TYPE, OUT_OF_RANGE, naming the member.
   */
  rolloutBounds(input: RolloutBoundsInput): RolloutBounds;
  /**
   * How many tasks of a service start or stop at one tick of its rolling update or its scaling: as many as fit between
   * the bounds, start before stop. `{ start: 0, stop: 0 }` with old tasks left is a rollout that waits for tasks to become
   * healthy or to stop, or that its bounds have stuck.
   * @throws InvalidParameterException WRONG_TYPE, OUT_OF_RANGE, naming the member.
   */
  rolloutStep(input: RolloutInput): RolloutStep;
  /**
   * Failed tasks that make a deployment fail: ceil(value % of desiredCount), BOUNDED_PERCENT within 3 and 200 (ECS API,
   * ThresholdConfiguration), or the value itself.
   * @throws InvalidParameterException WRONG_TYPE, NOT_ALLOWED, OUT_OF_RANGE, naming the member.
   */
  circuitBreakerThreshold(input: CircuitBreakerInput): number;
  containerInstanceArn(slot: number): string;
  stats(): EngineStats;
  /** Broken invariants of the whole table, in words; empty when sound. */
  check(): string[];
  snapshot(): Uint8Array;
  restore(bytes: Uint8Array): void;
  dispose(): void;
}
