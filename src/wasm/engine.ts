/**
 * The engine over the WebAssembly core: reads inputs (model), turns names into numbers (intern, encode), calls the core
 * and shows its answers (decode). It decides nothing itself.
 */
import { NONE } from '../../assembly/abi.ts';
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
import { type Explanation, explain } from '../explain.ts';
import { type Attribute, parseAttributeChanges } from '../model/attribute.ts';
import {
  type ContainerInstance,
  type InstanceRecord,
  parseContainerInstances,
  refuseDuplicateInstance,
} from '../model/container-instance.ts';
import { parseTasks } from '../model/imported-task.ts';
import * as calls from '../model/instance-calls.ts';
import { type PlacementRequest, resolvePlacement } from '../model/placement-request.ts';
import type {
  CircuitBreakerInput,
  RolloutBounds,
  RolloutBoundsInput,
  RolloutInput,
  RolloutStep,
} from '../model/rollout.ts';
import { parseRunTask, parseStartTask } from '../model/run-task.ts';
import { parseSubnets, type Subnet } from '../model/subnet.ts';
import type { Failure, Task } from '../model/task.ts';
import type { TaskDefinition } from '../model/task-definition.ts';
import { deleteAttributes, putAttributes } from './attributes.ts';
import { brokenText } from './decode/check.ts';
import { decodeTrace } from './decode/trace.ts';
import { Guard } from './guard.ts';
import type { HostInstance } from './instances.ts';
import type { ModuleSource } from './load.ts';
import { WasmPlacer } from './placer.ts';
import * as rollout from './rollout.ts';
import { runTask, startTask } from './run.ts';
import { State } from './state.ts';

export class WasmEngine implements Engine {
  readonly #guard = new Guard();
  readonly #held: State;

  constructor(options: EngineOptions, module?: ModuleSource) {
    this.#held = new State(options, module);
  }

  /** Every method comes by here, so that none answers from an engine that is unusable. */
  get #state(): State {
    this.#guard.check();
    return this.#held;
  }

  registerContainerInstances(containerInstances: readonly ContainerInstance[]): void {
    const records = parseContainerInstances(containerInstances, 'containerInstances', this.#state.pools);
    const taken = this.#state.instances.firstTaken(records);
    if (taken >= 0) refuseDuplicateInstance(records[taken] as InstanceRecord, `containerInstances[${taken}]`);
    this.#guard.run(() => this.#state.instances.add(records));
  }

  deregisterContainerInstance(input: { containerInstance: string; force?: boolean | undefined }): {
    containerInstance: ContainerInstance;
  } {
    const instance = this.#instance(calls.parseName(input, 'containerInstance'), 'containerInstance');
    const force = calls.parseForce(input);
    return this.#guard.run(() => {
      const described = this.#state.instances.describe(instance);
      if (!force) calls.refuseTasksThere(described);
      this.#state.instances.remove(instance);
      return { containerInstance: { ...described, status: 'INACTIVE' } };
    });
  }

  updateContainerInstancesState(input: { containerInstances: string[]; status: string }): InstancesAndFailures {
    const status = calls.parseNewState(input);
    const { found, failures } = this.#lookUp(calls.parseNames(input, 'containerInstances'));
    for (const { status: now, record } of found) calls.refuseUnchangeable(now, record.containerInstanceArn);
    return this.#guard.run(() => {
      for (const instance of found) this.#state.instances.setState(instance, status, instance.agentConnected);
      return { containerInstances: found.map((instance) => this.#state.instances.describe(instance)), failures };
    });
  }

  setAgentConnected(input: { containerInstance: string; agentConnected: boolean }): {
    containerInstance: ContainerInstance;
  } {
    const connected = calls.parseConnected(input);
    const instance = this.#instance(calls.parseName(input, 'containerInstance'), 'containerInstance');
    return this.#guard.run(() => {
      this.#state.instances.setState(instance, instance.status, connected);
      return { containerInstance: this.#state.instances.describe(instance) };
    });
  }

  putAttributes(input: { attributes: Attribute[] }): { attributes: Attribute[] } {
    const changes = parseAttributeChanges(input, 'put');
    return this.#guard.run(() => putAttributes(this.#state.instances, changes));
  }

  deleteAttributes(input: { attributes: Attribute[] }): { attributes: Attribute[] } {
    const changes = parseAttributeChanges(input, 'delete');
    return this.#guard.run(() => deleteAttributes(this.#state.instances, changes));
  }

  describeContainerInstances(input: { containerInstances: string[] }): InstancesAndFailures {
    const { found, failures } = this.#lookUp(calls.parseNames(input, 'containerInstances'));
    return this.#guard.run(() => ({
      containerInstances: found.map((instance) => this.#state.instances.describe(instance)),
      failures,
    }));
  }

  listContainerInstances(input?: { filter?: string | undefined; status?: string | undefined }): {
    containerInstanceArns: string[];
  } {
    const { filter, status } = calls.parseList(input);
    return this.#guard.run(() => {
      const { instances, transient, cql } = this.#state;
      const inSlots = (slots: readonly number[]): HostInstance[] =>
        slots.map((slot) => instances.at(slot) as HostInstance);
      const asked = filter === undefined ? instances.all() : inSlots(transient.slots(parse(filter, cql)));
      const listed: string[] = [];
      for (const instance of asked) {
        if (status === undefined ? instance.status !== 'INACTIVE' : instance.status === status)
          listed.push(instance.record.containerInstanceArn);
      }
      return { containerInstanceArns: listed };
    });
  }

  registerSubnets(subnets: readonly Subnet[]): void {
    const known = this.#state.subnets;
    for (const subnet of parseSubnets(subnets)) known.set(subnet.subnetId, subnet);
  }

  registerTaskDefinition(input: object): TaskDefinition {
    return this.#state.registry.register(input);
  }

  describeTaskDefinition(input: { taskDefinition: string }): { taskDefinition: TaskDefinition } {
    return { taskDefinition: this.#state.registry.resolve(calls.parseName(input, 'taskDefinition')) };
  }

  importTasks(tasks: readonly Task[]): { imported: number; failures: Failure[] } {
    const parsed = parseTasks(tasks);
    const again = parsed.find(({ taskArn }) => this.#state.imported.has(taskArn));
    if (again !== undefined) calls.refuseImportedTwice(again.taskArn);
    return this.#guard.run(() => {
      const failures: Failure[] = [];
      let imported = 0;
      for (const task of parsed) {
        if (task.containerInstanceArn === undefined || (!task.active && task.enis === 0)) continue;
        const instance = this.#state.instances.find(task.containerInstanceArn);
        if (instance === undefined) {
          failures.push({ arn: task.taskArn, reason: 'MISSING' });
          continue;
        }
        if (task.active && task.group !== undefined)
          this.#state.core.addCount(this.#state.intern.group(task.group), instance.slot, 1);
        this.#state.core.reserveEni(instance.slot, task.enis);
        this.#state.imported.add(task.taskArn);
        imported++;
      }
      return { imported, failures };
    });
  }

  runTask(input: RunTaskInput): TasksAndFailures {
    const request = parseRunTask(input, this.#state.registry, this.#state.subnets);
    return this.#guard.run(() => runTask(this.#state, request));
  }

  startTask(input: StartTaskInput): TasksAndFailures {
    const request = parseStartTask(input, this.#state.registry, this.#state.subnets);
    return this.#guard.run(() => startTask(this.#state, request));
  }

  stopTask(input: { task: string; reason?: string | undefined }): { task: Task } {
    const number = this.#task(calls.parseName(input, 'task'));
    const reason = calls.parseReason(input);
    return this.#guard.run(() => {
      this.#state.tasks.stop(number, reason);
      return { task: this.#state.tasks.describe(number) };
    });
  }

  submitTaskStateChange(input: { task: string; status: string }): { task: Task } {
    const number = this.#task(calls.parseName(input, 'task'));
    const status = calls.parseTaskStatus(input);
    return this.#guard.run(() => {
      calls.refuseBackward(this.#state.tasks.lastStatus(number), status);
      this.#state.tasks.move(number, status);
      return { task: this.#state.tasks.describe(number) };
    });
  }

  describeTasks(input: { tasks: string[] }): TasksAndFailures {
    const names = calls.parseNames(input, 'tasks');
    return this.#guard.run(() => {
      const numbers = names.map((name) => this.#state.tasks.find(name));
      const failures = names.filter((_, k) => numbers[k] === NONE).map((arn) => ({ arn, reason: 'MISSING' }));
      return {
        tasks: numbers.filter((number) => number !== NONE).map((number) => this.#state.tasks.describe(number)),
        failures,
      };
    });
  }

  explain(input: PlacementInput): Explanation {
    const placement = this.#placement(input);
    return this.#guard.run(() =>
      explain(decodeTrace(this.#state, placement, this.#state.requests.encode(placement)), placement),
    );
  }

  prepare(input: PlacementInput): Placer {
    const placement = this.#placement(input);
    return this.#guard.run(() => new WasmPlacer(this.#state, this.#guard, this.#state.requests.encode(placement).id));
  }

  rolloutBounds(input: RolloutBoundsInput): RolloutBounds {
    return rollout.rolloutBounds(this.#state.core, input);
  }

  rolloutStep(input: RolloutInput): RolloutStep {
    return rollout.rolloutStep(this.#state.core, input);
  }

  circuitBreakerThreshold(input: CircuitBreakerInput): number {
    return rollout.circuitBreakerThreshold(this.#state.core, input);
  }

  containerInstanceArn(slot: number): string {
    const instance = Number.isInteger(slot) ? this.#state.instances.at(slot) : undefined;
    if (instance === undefined) calls.refuseUnknownSlot(slot);
    return instance.record.containerInstanceArn;
  }

  stats(): EngineStats {
    return this.#guard.run(() => ({
      engine: 'wasm',
      seed: this.#state.seed,
      instances: this.#state.core.instanceCount(),
      tasks: this.#state.core.taskCount(),
      memoryBytes: this.#state.views.bytes(),
      memoryLiveBytes: this.#state.views.bytes() - (this.#state.core.freeBytes() >>> 0),
    }));
  }

  check(): string[] {
    return this.#guard.run(() => brokenText(this.#state.core.check()));
  }

  snapshot(): Uint8Array {
    return this.#guard.run(() => this.#state.snapshot());
  }

  restore(bytes: Uint8Array): void {
    this.#guard.run(() => this.#state.restore(bytes));
  }

  dispose(): void {
    this.#guard.dispose();
  }

  #placement(input: PlacementInput): PlacementRequest {
    return resolvePlacement(input, this.#state.registry, this.#state.subnets);
  }

  #instance(name: string, path: string): HostInstance {
    return this.#state.instances.find(name) ?? calls.refuseUnknownInstance(name, path);
  }

  #task(name: string): number {
    const number = this.#guard.run(() => this.#state.tasks.find(name));
    return number === NONE ? calls.refuseUnknownTask(name) : number;
  }

  #lookUp(names: readonly string[]): { found: HostInstance[]; failures: Failure[] } {
    const found: HostInstance[] = [];
    const failures: Failure[] = [];
    for (const name of names) {
      const instance = this.#state.instances.find(name);
      if (instance === undefined) failures.push({ arn: name, reason: 'MISSING' });
      else found.push(instance);
    }
    return { found, failures };
  }
}
