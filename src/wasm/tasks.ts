/**
 * The host's side of task records. Records made by one call share one run, found by their numbers; only what differs
 * from task to task (GPU ids, ports, a reason) is kept per task.
 */
import { COLUMN_TOTAL_GPU, TASK_DESIRED_STOPPED, TASK_SLOT, TASK_STATUS } from '../../assembly/abi.ts';
import { type EngineContext, lastSegment } from '../base/arn.ts';
import { taskId, taskNumber } from '../base/ids.ts';
import { TASK_STATUSES } from '../model/instance-calls.ts';
import type { PlacementRequest } from '../model/placement-request.ts';
import type { TaskExtras } from '../model/run-task.ts';
import { describeTask, type Task, type TaskStatus } from '../model/task.ts';
import type { TaskDefinition } from '../model/task-definition.ts';
import { type Allocation, allocate, allocates, NOTHING } from './allocate.ts';
import type { Core } from './core.ts';
import type { Demand } from './encode/demand.ts';
import { type HostInstance, heldOf } from './host-instance.ts';
import type { Instances } from './instances.ts';
import { asJson, Numbering } from './numbering.ts';
import type { Views } from './views.ts';

interface Run {
  /** Number of its first record; the next run's first ends it. */
  readonly first: number;
  readonly placement: PlacementRequest;
  readonly extras: TaskExtras;
  readonly demand: Demand;
}

/** A run in a snapshot, where many have one definition. */
interface RunState extends Omit<Run, 'placement'> {
  /** Index into `definitions`. */
  readonly definition: number;
  readonly placement: Omit<PlacementRequest, 'taskDefinition'>;
}

export interface TasksState {
  readonly definitions: TaskDefinition[];
  readonly runs: RunState[];
  readonly allocations: [number, Allocation][];
  readonly reasons: [number, string][];
}

export class Tasks {
  readonly #core: Core;
  readonly #views: Views;
  readonly #instances: Instances;
  readonly #context: EngineContext;
  readonly #seed: number;
  #runs: Run[] = [];
  #allocations = new Map<number, Allocation>();
  #reasons = new Map<number, string>();

  constructor(core: Core, views: Views, instances: Instances, context: EngineContext, seed: number) {
    this.#core = core;
    this.#views = views;
    this.#instances = instances;
    this.#context = context;
    this.#seed = seed;
  }

  /** Takes note of records numbered from `first` on, which the core has just made. */
  noteRun(first: number, placement: PlacementRequest, extras: TaskExtras, demand: Demand): void {
    const end = this.#core.taskCount();
    if (end === first) return;
    this.#runs.push({ first, placement, extras, demand });
    if (!allocates(placement.taskDefinition)) return;
    for (let number = first; number < end; number++) this.#allocate(number, placement);
  }

  #allocate(number: number, { taskDefinition }: PlacementRequest): void {
    const instance = this.#instanceOf(number);
    if (instance === undefined) return;
    const held = heldOf(instance);
    const allocation = allocate(
      taskDefinition,
      this.#instances.freeGpus(instance),
      this.#instances.cell(COLUMN_TOTAL_GPU, instance),
      new Set(this.#instances.usedPorts(instance)),
      held.ports,
    );
    for (const [, ids] of allocation.gpuIds) for (const id of ids) held.gpus.add(id);
    for (const key of allocation.dynamicPorts) held.ports.add(key);
    this.#allocations.set(number, allocation);
  }

  /** Instance of a task that is not STOPPED. */
  #instanceOf(number: number): HostInstance | undefined {
    return this.#instances.at(this.#views.taskField(number, TASK_SLOT));
  }

  /** Number of the task with this ARN or id, or -1. */
  find(name: string): number {
    const number = taskNumber(this.#seed, lastSegment(name));
    return number >= 0 && number < this.#core.taskCount() ? number : -1;
  }

  lastStatus(number: number): TaskStatus {
    const status = this.#views.taskField(number, TASK_STATUS) & ~TASK_DESIRED_STOPPED;
    return TASK_STATUSES[status] as TaskStatus;
  }

  stop(number: number, reason: string | undefined): void {
    if (reason !== undefined) this.#reasons.set(number, reason);
    this.#core.stopTask(number);
  }

  move(number: number, status: TaskStatus): void {
    if (status === 'STOPPED') this.#free(number);
    this.#core.setTaskStatus(number, TASK_STATUSES.indexOf(status));
  }

  #free(number: number): void {
    const allocation = this.#allocations.get(number);
    const instance = this.#instanceOf(number);
    if (allocation === undefined || instance === undefined || this.lastStatus(number) === 'STOPPED') return;
    const held = heldOf(instance);
    for (const [, ids] of allocation.gpuIds) for (const id of ids) held.gpus.delete(id);
    for (const key of allocation.dynamicPorts) held.ports.delete(key);
  }

  describe(number: number): Task {
    const run = this.#runOf(number);
    const status = this.#views.taskField(number, TASK_STATUS);
    const allocation = this.#allocations.get(number) ?? NOTHING;
    return describeTask({
      context: this.#context,
      id: taskId(this.#seed, number),
      placement: run.placement,
      cpu: run.demand.cpu,
      memoryMiB: run.demand.memoryMiB,
      ...this.#instances.placeOfTask(this.#views.taskField(number, TASK_SLOT), number),
      lastStatus: TASK_STATUSES[status & ~TASK_DESIRED_STOPPED] as TaskStatus,
      desiredStatus: (status & TASK_DESIRED_STOPPED) === 0 ? 'RUNNING' : 'STOPPED',
      extras: run.extras,
      stoppedReason: this.#reasons.get(number),
      gpuIds: new Map(allocation.gpuIds),
      networkBindings: new Map(allocation.networkBindings),
    });
  }

  #runOf(number: number): Run {
    let low = 0;
    let high = this.#runs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#runs[middle] as Run).first <= number) low = middle;
      else high = middle - 1;
    }
    return this.#runs[low] as Run;
  }

  state(): TasksState {
    const definitions = new Numbering<TaskDefinition>(asJson);
    const runs = this.#runs.map(({ placement: { taskDefinition, ...placement }, ...run }) => {
      return { ...run, definition: definitions.of(taskDefinition), placement };
    });
    return {
      definitions: definitions.list,
      runs,
      allocations: [...this.#allocations],
      reasons: [...this.#reasons],
    };
  }

  restore(state: TasksState): void {
    this.#runs = state.runs.map(({ definition, placement, ...run }) => {
      const taskDefinition = state.definitions[definition] as TaskDefinition;
      return { ...run, placement: { ...placement, taskDefinition } };
    });
    this.#allocations = new Map(state.allocations);
    this.#reasons = new Map(state.reasons);
  }
}
