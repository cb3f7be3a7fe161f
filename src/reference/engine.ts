/**
 * The reference engine: reads inputs (model), decides with the pipeline of place/, keeps everything in one plain State.
 * Each method checks its whole input before it changes anything.
 */
import type {
  Engine,
  EngineOptions,
  EngineStats,
  InstancesAndFailures,
  PlacementInput,
  Placer,
  RunTaskInput,
  StartTaskInput,
  TasksAndFailures,
} from '../contract.ts';
import { parse } from '../cql/parse.ts';
import { BayplanError } from '../errors.ts';
import { type Explanation, explain } from '../explain.ts';
import { type Attribute, parseAttributeChanges } from '../model/attribute.ts';
import {
  type ContainerInstance,
  parseContainerInstances,
  refuseDuplicateInstance,
} from '../model/container-instance.ts';
import { parseTasks } from '../model/imported-task.ts';
import * as calls from '../model/instance-calls.ts';
import { resolvePlacement } from '../model/placement-request.ts';
import { refuseOutdatedPlacer } from '../model/placer-calls.ts';
import {
  type CircuitBreakerInput,
  checkCircuitBreaker,
  checkRolloutBounds,
  checkRolloutStep,
  type RolloutBounds,
  type RolloutBoundsInput,
  type RolloutInput,
  type RolloutStep,
} from '../model/rollout.ts';
import { parseRunTask, parseStartTask } from '../model/run-task.ts';
import { parseSubnets, type Subnet } from '../model/subnet.ts';
import type { Failure, Task } from '../model/task.ts';
import type { TaskDefinition } from '../model/task-definition.ts';
import { deleteAttributes, putAttributes } from './attributes.ts';
import { evaluate } from './cql/evaluate.ts';
import { trace } from './place/trace.ts';
import { ReferencePlacer } from './placer.ts';
import { makeRequest } from './request.ts';
import { runTask, startTask } from './run.ts';
import { circuitBreakerThreshold } from './scale/circuit-breaker.ts';
import { rolloutBounds, rolloutStep } from './scale/rollout.ts';
import { readSnapshot, writeSnapshot } from './snapshot.ts';
import { type Instance, newState, type Request, type State, type TaskRecord } from './state.ts';
import { check } from './table/check.ts';
import { importTasks } from './table/import.ts';
import { addInstance, describeInstance, findInstance, lookUp, removeInstance } from './table/instances.ts';
import { describeRecord, findTask, moveTask, stopTask, stopTasksOf } from './table/tasks.ts';

export function createReferenceEngine(options: EngineOptions = {}): Engine {
  return new ReferenceEngine(options);
}

class ReferenceEngine implements Engine {
  /** Absent when disposed. */
  #held: State | undefined;

  constructor(options: EngineOptions) {
    this.#held = newState(options);
  }

  get #state(): State {
    return this.#held ?? refuseDisposed();
  }

  #usable(): void {
    if (this.#held === undefined) refuseDisposed();
  }

  registerContainerInstances(containerInstances: readonly ContainerInstance[]): void {
    const state = this.#state;
    const records = parseContainerInstances(containerInstances);
    const known = new Set(state.instances.map(({ record }) => record.id));
    records.forEach((record, k) => {
      if (known.has(record.id)) refuseDuplicateInstance(record, `containerInstances[${k}]`);
    });
    for (const record of records) addInstance(state, record);
  }

  deregisterContainerInstance(input: { containerInstance: string; force?: boolean | undefined }): {
    containerInstance: ContainerInstance;
  } {
    const instance = this.#instance(calls.parseName(input, 'containerInstance'), 'containerInstance');
    const force = calls.parseForce(input);
    const described = describeInstance(this.#state, instance);
    if (!force) calls.refuseTasksThere(described);
    stopTasksOf(this.#state, instance);
    removeInstance(this.#state, instance);
    return { containerInstance: { ...described, status: 'INACTIVE' } };
  }

  updateContainerInstancesState(input: { containerInstances: string[]; status: string }): InstancesAndFailures {
    const status = calls.parseNewState(input);
    const { found, failures } = lookUp(this.#state, calls.parseNames(input, 'containerInstances'));
    for (const { status: now, record } of found) calls.refuseUnchangeable(now, record.containerInstanceArn);
    for (const instance of found) instance.status = status;
    return { containerInstances: this.#describe(found), failures };
  }

  setAgentConnected(input: { containerInstance: string; agentConnected: boolean }): {
    containerInstance: ContainerInstance;
  } {
    const connected = calls.parseConnected(input);
    const instance = this.#instance(calls.parseName(input, 'containerInstance'), 'containerInstance');
    instance.agentConnected = connected;
    return { containerInstance: describeInstance(this.#state, instance) };
  }

  putAttributes(input: { attributes: Attribute[] }): { attributes: Attribute[] } {
    return putAttributes(this.#state, parseAttributeChanges(input, 'put'));
  }

  deleteAttributes(input: { attributes: Attribute[] }): { attributes: Attribute[] } {
    return deleteAttributes(this.#state, parseAttributeChanges(input, 'delete'));
  }

  describeContainerInstances(input: { containerInstances: string[] }): InstancesAndFailures {
    const { found, failures } = lookUp(this.#state, calls.parseNames(input, 'containerInstances'));
    return { containerInstances: this.#describe(found), failures };
  }

  listContainerInstances(input?: { filter?: string | undefined; status?: string | undefined }): {
    containerInstanceArns: string[];
  } {
    const { instances, cql } = this.#state;
    const { filter, status } = calls.parseList(input);
    const expression = filter === undefined ? undefined : parse(filter, cql);
    const listed = instances
      .filter((instance) => (status === undefined ? instance.status !== 'INACTIVE' : instance.status === status))
      .filter((instance) => expression === undefined || evaluate(expression, instance, cql));
    return { containerInstanceArns: listed.map(({ record }) => record.containerInstanceArn) };
  }

  registerSubnets(subnets: readonly Subnet[]): void {
    const state = this.#state;
    for (const subnet of parseSubnets(subnets)) state.subnets.set(subnet.subnetId, subnet);
  }

  registerTaskDefinition(input: object): TaskDefinition {
    return this.#state.registry.register(input);
  }

  describeTaskDefinition(input: { taskDefinition: string }): { taskDefinition: TaskDefinition } {
    return { taskDefinition: this.#state.registry.resolve(calls.parseName(input, 'taskDefinition')) };
  }

  importTasks(tasks: readonly Task[]): { imported: number; failures: Failure[] } {
    return importTasks(this.#state, parseTasks(tasks));
  }

  runTask(input: RunTaskInput): TasksAndFailures {
    const { registry, subnets } = this.#state;
    return runTask(this.#state, parseRunTask(input, registry, subnets));
  }

  startTask(input: StartTaskInput): TasksAndFailures {
    const { registry, subnets } = this.#state;
    return startTask(this.#state, parseStartTask(input, registry, subnets));
  }

  stopTask(input: { task: string; reason?: string | undefined }): { task: Task } {
    const task = this.#task(calls.parseName(input, 'task'));
    const reason = calls.parseReason(input);
    if (reason !== undefined) task.stoppedReason = reason;
    stopTask(this.#state, task);
    return { task: describeRecord(this.#state, task) };
  }

  submitTaskStateChange(input: { task: string; status: string }): { task: Task } {
    const task = this.#task(calls.parseName(input, 'task'));
    const status = calls.parseTaskStatus(input);
    calls.refuseBackward(task.lastStatus, status);
    moveTask(this.#state, task, status);
    return { task: describeRecord(this.#state, task) };
  }

  describeTasks(input: { tasks: string[] }): TasksAndFailures {
    const state = this.#state;
    const names = calls.parseNames(input, 'tasks');
    const found = names.map((name) => findTask(state, name));
    return {
      tasks: found.filter((task) => task !== undefined).map((task) => describeRecord(state, task)),
      failures: names.filter((_, k) => found[k] === undefined).map((arn) => ({ arn, reason: 'MISSING' })),
    };
  }

  explain(input: PlacementInput): Explanation {
    const request = this.#request(input);
    return explain(trace(this.#state.instances, request), request.placement);
  }

  prepare(input: PlacementInput): Placer {
    const request = this.#request(input);
    const own = this.#state;
    return new ReferencePlacer(() => {
      if (this.#state === own) return own;
      return refuseOutdatedPlacer();
    }, request);
  }

  rolloutBounds(input: RolloutBoundsInput): RolloutBounds {
    this.#usable();
    checkRolloutBounds(input);
    return rolloutBounds(input);
  }

  rolloutStep(input: RolloutInput): RolloutStep {
    this.#usable();
    checkRolloutStep(input);
    return rolloutStep(input);
  }

  circuitBreakerThreshold(input: CircuitBreakerInput): number {
    this.#usable();
    checkCircuitBreaker(input);
    return circuitBreakerThreshold(input);
  }

  containerInstanceArn(slot: number): string {
    const instance = this.#state.instances.find((one) => one.slot === slot);
    return instance?.record.containerInstanceArn ?? calls.refuseUnknownSlot(slot);
  }

  stats(): EngineStats {
    const { seed, instances, tasks } = this.#state;
    return {
      engine: 'reference',
      seed,
      instances: instances.length,
      tasks: tasks.length,
      memoryBytes: 0,
      memoryLiveBytes: 0,
    };
  }

  check(): string[] {
    return check(this.#state);
  }

  snapshot(): Uint8Array {
    return writeSnapshot(this.#state);
  }

  restore(bytes: Uint8Array): void {
    this.#usable();
    this.#held = readSnapshot(bytes);
  }

  dispose(): void {
    this.#held = undefined;
  }

  #request(input: PlacementInput): Request {
    const { registry, subnets, cql } = this.#state;
    return makeRequest(resolvePlacement(input, registry, subnets), cql);
  }

  #describe(instances: readonly Instance[]): ContainerInstance[] {
    return instances.map((instance) => describeInstance(this.#state, instance));
  }

  #instance(name: string, path: string): Instance {
    return findInstance(this.#state, name) ?? calls.refuseUnknownInstance(name, path);
  }

  #task(name: string): TaskRecord {
    return findTask(this.#state, name) ?? calls.refuseUnknownTask(name);
  }
}

function refuseDisposed(): never {
  throw new BayplanError(
    'BayplanException',
    'ENGINE_DISPOSED',
    'This engine is unusable: it was disposed. Create another, or restore a snapshot into one.',
  );
}
