/**
 * Watches what happens in the clusters and bills it: instances from when they run, Fargate tasks from their image pull, both
 * to their end. Called by the sampler of a simulation. Invariant: each is billed once, a stopped and started one anew; an
 * instance of an Auto Scaling group is the group's, whether it is registered or not.
 */
import type { GroupInstance } from '../cluster/capacity-state.ts';
import { reservation } from '../cluster/describe/task.ts';
import type { ClusterEvent } from '../cluster/events.ts';
import type { ManagedInstance } from '../cluster/managed-state.ts';
import type { ClusterState, InstanceState, TaskState } from '../cluster/state.ts';
import type { InstanceTypes } from '../model/instance-type.ts';
import type { Pricing } from '../model/pricing.ts';
import { Bill, type Cost } from './bill.ts';
import { amount, billedSeconds, fargateRate, instanceRate, type Source } from './rates.ts';
import { type Reserved, Shares } from './shares.ts';

/** What EC2 bills. */
type Machine = InstanceState | Member;
/** One that is registered only for a part of its time. */
type Member = GroupInstance | ManagedInstance;

interface Running {
  readonly source: Source;
  readonly ratePerHour: number;
  readonly sinceMs: number;
  readonly cluster: string;
}

interface RunningInstance extends Running {
  readonly shares: Shares;
}

interface Change {
  readonly state: ClusterState;
  readonly atMs: number;
}

interface RunningTask extends Running, Reserved {}

const EXTERNAL = 'ecs.capability.external';

export class Meter {
  readonly #pricing: Pricing;
  readonly #types: InstanceTypes | undefined;
  readonly #bill = new Bill();
  /** By cluster and EC2's id: one that comes into a group or leaves it is the same. */
  readonly #instances = new Map<string, RunningInstance>();
  readonly #onFargate = new Map<TaskState, RunningTask>();
  /** Tasks that hold a part of an instance. */
  readonly #onInstances = new Map<TaskState, RunningInstance>();
  /** Registrations that have changed, since when, and instances of groups that come up or go down. */
  readonly #changed = new Map<InstanceState, Change>();
  readonly #unsettled = new Map<Member, ClusterState>();
  /** By cluster and EC2's id, all that groups and Managed Instances have had. */
  readonly #known = new Map<string, Member>();
  readonly #rates = new Map<string, Map<Source, number>>();

  constructor(pricing: Pricing, types: InstanceTypes | undefined) {
    this.#pricing = pricing;
    this.#types = types;
  }

  note(state: ClusterState, event: ClusterEvent): void {
    if ('service' in event) this.#bill.list(state.context.cluster, event.service.name);
    if (event.type === 'TaskStateChange') this.#noteTask(state, event.task);
    if (event.type === 'ContainerInstanceStateChange') this.#change(state, event.instance);
    if (event.type === 'Fault') this.#noteFault(state);
    if (event.type === 'ManagedInstanceStateChange') this.#unsettled.set(event.instance, state);
    if (event.type !== 'AutoScalingActivity') return;
    for (const one of event.group.instances)
      if (one.instanceId === event.activity.instanceId) this.#unsettled.set(one, state);
  }

  /** Instances that it stopped while their agent was silent, or that no agent has registered yet, tell nothing. */
  #noteFault(state: ClusterState): void {
    for (const one of state.instances.values()) this.#change(state, one);
    const { groups, managed } = state.capacity;
    for (const { instances } of [...groups.values(), ...managed.providers.values()])
      for (const one of instances) this.#unsettled.set(one, state);
  }

  /** Everything of a millisecond has happened: who runs now. */
  settle(): void {
    for (const [instance, change] of this.#changed) this.#settleInstance(instance, change);
    this.#changed.clear();
    for (const [one, state] of this.#unsettled) {
      this.#settle(one, isUp(one), { state, atMs: state.nowMs });
      if (isSettled(one)) this.#unsettled.delete(one);
    }
  }

  #change(state: ClusterState, instance: InstanceState): void {
    if (!this.#changed.has(instance)) this.#changed.set(instance, { state, atMs: state.nowMs });
  }

  /** What everything that runs there costs an hour now, by source; those that cost nothing any more are 0. */
  ratesOf(cluster: string): ReadonlyMap<Source, number> {
    return this.#rates.get(cluster) ?? new Map();
  }

  /** What was billed until now, with all that still runs; may be asked once. */
  cost(nowMs: number): Cost {
    this.settle();
    for (const [key, running] of [...this.#instances]) this.#stopInstance(key, running, nowMs);
    for (const [task, running] of [...this.#onFargate]) this.#stopFargate(task, running, nowMs);
    return this.#bill.total();
  }

  #settleInstance(instance: InstanceState, change: Change): void {
    const { cluster } = change.state.context;
    // Of a group's instance the registration may end before EC2 has it gone.
    const member = memberOf(change.state, instance) ?? this.#known.get(keyOf(cluster, instance));
    if (member !== undefined) this.#settle(member, isUp(member), change);
    else this.#settle(instance, isOn(instance), change);
  }

  #settle(machine: Machine, isRunning: boolean, { state, atMs }: Change): void {
    const { cluster } = state.context;
    const key = keyOf(cluster, machine);
    const running = this.#instances.get(key);
    // It may have come into a group while it ran.
    if (isMember(machine)) this.#known.set(key, machine);
    if (isRunning && running === undefined) this.#startInstance(cluster, machine, atMs);
    if (!isRunning && running !== undefined) this.#stopInstance(key, running, atMs);
  }

  #startInstance(cluster: string, machine: Machine, sinceMs: number): void {
    const { source, type, capacity } = isMember(machine) ? factsOfMember(machine) : factsOf(machine);
    const rate = instanceRate(type, source, this.#pricing, this.#types);
    if (rate === undefined) this.#bill.noteUnpriced(type ?? 'unknown');
    const running: RunningInstance = {
      source,
      ratePerHour: rate ?? 0,
      sinceMs,
      cluster,
      shares: new Shares(capacity),
    };
    this.#instances.set(keyOf(cluster, machine), running);
    this.#changeRate(running, 1);
  }

  #stopInstance(key: string, running: RunningInstance, nowMs: number): void {
    const { cluster, source, ratePerHour, sinceMs, shares } = running;
    this.#instances.delete(key);
    this.#changeRate(running, -1);
    // Come and gone within a millisecond: whether a task saw it makes no difference.
    if (nowMs === sinceMs) return;
    const seconds = billedSeconds(nowMs - sinceMs);
    const cost = amount(ratePerHour, seconds);
    this.#bill.addInstance(cluster, source, seconds, cost, shares.take(cost, nowMs - sinceMs, nowMs));
  }

  #noteTask(state: ClusterState, task: TaskState): void {
    if (task.service !== undefined) this.#bill.list(state.context.cluster, task.service.name);
    if (task.instance !== undefined) this.#noteOnInstance(state, task, task.instance);
    else if (task.launchType === 'FARGATE') this.#noteOnFargate(state, task);
  }

  #noteOnInstance(state: ClusterState, task: TaskState, instance: InstanceState): void {
    const { nowMs } = state;
    const held = this.#onInstances.get(task);
    const isLive = task.lastStatus !== 'STOPPED';
    // One that has just registered.
    const change = isLive && held === undefined ? this.#changed.get(instance) : undefined;
    if (change !== undefined) this.#settleInstance(instance, change);
    const running = this.#instances.get(keyOf(state.context.cluster, instance));
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

function keyOf(cluster: string, machine: Machine): string {
  const id = isMember(machine) ? machine.instanceId : (machine.ec2InstanceId ?? machine.arn);
  return `${cluster}/${id}`;
}

/** Registered, and EC2 runs it. */
function isOn({ slot, isHalted }: InstanceState): boolean {
  return slot >= 0 && !isHalted;
}

function isMember(machine: Machine): machine is Member {
  return 'group' in machine || 'provider' in machine;
}

function memberOf({ capacity }: ClusterState, instance: InstanceState): Member | undefined {
  return capacity.members.get(instance) ?? capacity.managed.members.get(instance);
}

/** EC2 runs it: a group that cannot replace what EC2 has stopped or lost keeps it on its list. */
function isUp(member: Member): boolean {
  if ('provider' in member) return member.state === 'running' && !member.isLost;
  const { state, isHealthy, containerInstance } = member;
  if (state === 'Detached' && containerInstance !== undefined) return isOn(containerInstance);
  return isHealthy && state !== 'Pending' && state !== 'Terminated';
}

/** Nothing that is not told of it changes what it costs. */
function isSettled(member: Member): boolean {
  if ('provider' in member) return true;
  return member.state === 'InService' || member.state === 'Terminated';
}

function ownerOf(task: TaskState): string {
  return task.service?.name ?? '';
}

interface Facts {
  readonly source: Source;
  readonly type: string | undefined;
  readonly capacity: Reserved;
}

function factsOf({ given, isSpot }: InstanceState): Facts {
  const { attributes = [], registeredResources = [] } = given;
  const isExternal = attributes.some(({ name }) => name === EXTERNAL);
  const of = (name: string): number => registeredResources.find((one) => one.name === name)?.integerValue ?? 0;
  return {
    source: isExternal ? 'EXTERNAL' : isSpot ? 'EC2_SPOT' : 'EC2',
    type: attributes.find(({ name }) => name === 'ecs.instance-type')?.value,
    capacity: { cpu: of('CPU'), memoryMiB: of('MEMORY') },
  };
}

function factsOfMember(member: Member): Facts {
  const { offer, isSpot } = member;
  const kind = 'provider' in member ? 'MANAGED_INSTANCES' : 'EC2';
  return { source: isSpot ? `${kind}_SPOT` : kind, type: offer.instanceType, capacity: offer };
}
