/**
 * Watches what happens in the clusters and bills it: instances from when they run, Fargate tasks from their image pull, both
 * to their end. Called by the sampler of a simulation. Invariant: each is billed once, a stopped and started one anew.
 */
import { reservation } from '../cluster/describe/task.ts';
import type { ClusterEvent } from '../cluster/events.ts';
import type { ClusterState, InstanceState, TaskState } from '../cluster/state.ts';
import type { InstanceTypes } from '../model/instance-type.ts';
import type { Pricing } from '../model/pricing.ts';
import { Bill, type Cost } from './bill.ts';
import { amount, billedSeconds, fargateRate, instanceRate, type Source } from './rates.ts';
import { type Reserved, Shares } from './shares.ts';

interface Running {
  readonly source: Source;
  readonly ratePerHour: number;
  readonly sinceMs: number;
  readonly cluster: string;
}

interface RunningInstance extends Running {
  readonly shares: Shares;
}

interface RunningTask extends Running, Reserved {}

const EXTERNAL = 'ecs.capability.external';

export class Meter {
  readonly #pricing: Pricing;
  readonly #types: InstanceTypes | undefined;
  readonly #bill = new Bill();
  readonly #instances = new Map<InstanceState, RunningInstance>();
  readonly #onFargate = new Map<TaskState, RunningTask>();
  /** Tasks that hold a part of an instance. */
  readonly #onInstances = new Map<TaskState, RunningInstance>();
  readonly #rates = new Map<string, Map<Source, number>>();

  constructor(pricing: Pricing, types: InstanceTypes | undefined) {
    this.#pricing = pricing;
    this.#types = types;
  }

  note(state: ClusterState, event: ClusterEvent): void {
    if ('service' in event) this.#bill.list(state.context.cluster, event.service.name);
    if (event.type === 'TaskStateChange') this.#noteTask(state, event.task);
    if (event.type === 'ContainerInstanceStateChange') this.noteInstance(state, event.instance);
  }

  /** Instances that a fault stopped while their agent was silent tell nothing: looked up after it. */
  recheck(state: ClusterState): void {
    for (const instance of state.instances.values()) this.noteInstance(state, instance);
  }

  /** What everything that runs there costs an hour now, by source; those that cost nothing any more are 0. */
  ratesOf(cluster: string): ReadonlyMap<Source, number> {
    return this.#rates.get(cluster) ?? new Map();
  }

  /** What was billed until now, with all that still runs; may be asked once. */
  cost(nowMs: number): Cost {
    for (const [instance, running] of [...this.#instances]) this.#stopInstance(instance, running, nowMs);
    for (const [task, running] of [...this.#onFargate]) this.#stopFargate(task, running, nowMs);
    return this.#bill.total();
  }

  noteInstance(state: ClusterState, instance: InstanceState): void {
    const running = this.#instances.get(instance);
    const isOn = instance.slot >= 0 && !instance.isHalted;
    if (isOn && running === undefined) this.#startInstance(state, instance);
    if (!isOn && running !== undefined) this.#stopInstance(instance, running, state.nowMs);
  }

  #startInstance({ context, nowMs }: ClusterState, instance: InstanceState): void {
    const attributes = instance.given.attributes ?? [];
    const isExternal = attributes.some(({ name }) => name === EXTERNAL);
    const source = isExternal ? 'EXTERNAL' : instance.isSpot ? 'EC2_SPOT' : 'EC2';
    const type = attributes.find(({ name }) => name === 'ecs.instance-type')?.value;
    const rate = instanceRate(type, source, this.#pricing, this.#types);
    if (rate === undefined) this.#bill.noteUnpriced(type ?? 'unknown');
    const running: RunningInstance = {
      source,
      ratePerHour: rate ?? 0,
      sinceMs: nowMs,
      cluster: context.cluster,
      shares: new Shares(amounts(instance)),
    };
    this.#instances.set(instance, running);
    this.#changeRate(running, 1);
  }

  #stopInstance(instance: InstanceState, running: RunningInstance, nowMs: number): void {
    const { cluster, source, ratePerHour, sinceMs, shares } = running;
    this.#instances.delete(instance);
    this.#changeRate(running, -1);
    const seconds = billedSeconds(nowMs - sinceMs);
    const cost = amount(ratePerHour, seconds);
    this.#bill.addInstance(cluster, source, seconds, cost, shares.take(cost, nowMs - sinceMs, nowMs));
  }

  #noteTask(state: ClusterState, task: TaskState): void {
    if (task.service !== undefined) this.#bill.list(state.context.cluster, task.service.name);
    if (task.instance !== undefined) this.#noteOnInstance(state, task, task.instance);
    else if (task.launchType === 'FARGATE') this.#noteOnFargate(state, task);
  }

  #noteOnInstance({ nowMs }: ClusterState, task: TaskState, instance: InstanceState): void {
    const held = this.#onInstances.get(task);
    const running = this.#instances.get(instance);
    const isLive = task.lastStatus !== 'STOPPED';
    if (isLive && held === undefined && running !== undefined) {
      this.#onInstances.set(task, running);
      running.shares.change(ownerOf(task), reservation(task), 1, nowMs);
    }
    if (!isLive && held !== undefined) {
      this.#onInstances.delete(task);
      held.shares.change(ownerOf(task), reservation(task), -1, nowMs);
    }
  }

  #noteOnFargate({ context, nowMs }: ClusterState, task: TaskState): void {
    const running = this.#onFargate.get(task);
    if (running !== undefined) {
      if (task.lastStatus === 'STOPPED') this.#stopFargate(task, running, nowMs);
      return;
    }
    if (task.lastStatus === 'STOPPED' || task.pullStartedAtMs === undefined) return;
    const isSpot = task.capacityProvider === 'FARGATE_SPOT';
    const reserved = reservation(task);
    const made: RunningTask = {
      ...reserved,
      source: isSpot ? 'FARGATE_SPOT' : 'FARGATE',
      ratePerHour: fargateRate(task.definition, reserved, isSpot, this.#pricing),
      sinceMs: task.pullStartedAtMs,
      cluster: context.cluster,
    };
    this.#onFargate.set(task, made);
    this.#changeRate(made, 1);
  }

  #stopFargate(task: TaskState, running: RunningTask, nowMs: number): void {
    const { cluster, source, ratePerHour, sinceMs, cpu, memoryMiB } = running;
    this.#onFargate.delete(task);
    this.#changeRate(running, -1);
    const seconds = billedSeconds(nowMs - sinceMs, task.definition);
    const cost = amount(ratePerHour, seconds);
    this.#bill.addTask(cluster, ownerOf(task), source, { seconds, cost, cpu, memoryMiB });
  }

  #changeRate({ cluster, source, ratePerHour }: Running, sign: 1 | -1): void {
    const rates = this.#rates.get(cluster) ?? new Map<Source, number>();
    this.#rates.set(cluster, rates);
    rates.set(source, (rates.get(source) ?? 0) + sign * ratePerHour);
  }
}

function ownerOf(task: TaskState): string {
  return task.service?.name ?? '';
}

function amounts({ given }: InstanceState): Reserved {
  const of = (name: string): number => given.registeredResources?.find((one) => one.name === name)?.integerValue ?? 0;
  return { cpu: of('CPU'), memoryMiB: of('MEMORY') };
}
