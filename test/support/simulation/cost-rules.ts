/**
 * A second, plain account of what a run costs: machines by looking who is on after every millisecond, Fargate tasks from
 * their events. Used by check; the prices are written down once more here.
 */
import type { GroupInstance } from '../../../src/cluster/capacity-state.ts';
import type { ManagedInstance } from '../../../src/cluster/managed-state.ts';
import type { ClusterState, InstanceState } from '../../../src/cluster/state.ts';
import type { Cost } from '../../../src/cost/bill.ts';
import type { Pricing } from '../../../src/model/pricing.ts';
import type { RecordedEvent } from '../../../src/simulate/result.ts';
import { TYPES } from './groups.ts';
import { taskIn } from './story.ts';

type Machine = InstanceState | GroupInstance | ManagedInstance;

interface FargateJson {
  readonly taskArn: string;
  readonly launchType?: string;
  readonly capacityProviderName?: string;
  readonly group?: string;
  readonly cpu: string;
  readonly memory: string;
  readonly pullStartedAt?: string;
  readonly stoppedAt?: string;
}

const HOUR_S = 3600n;
/** Micro-cents an hour, Linux on x86. */
const FARGATE = { vcpu: 4_048_000, GB: 444_500 };

function billedS(ms: number): number {
  return Math.max(60, Math.ceil(ms / 1000));
}

/** Whole micro-cents, rounded down. */
function priceOf(perHour: number, seconds: number): number {
  return Number((BigInt(perHour) * BigInt(seconds)) / HOUR_S);
}

function typeOf(machine: Machine): string | undefined {
  if ('group' in machine || 'provider' in machine) return machine.offer.instanceType;
  return machine.given.attributes?.find(({ name }) => name === 'ecs.instance-type')?.value;
}

/** EC2 has it and it runs. */
function isOn(machine: Machine): boolean {
  if ('group' in machine) return machine.isHealthy && machine.state !== 'Pending' && machine.state !== 'Terminated';
  if ('provider' in machine) return machine.state === 'running' && !machine.isLost;
  return !machine.isHalted;
}

function keyOf({ context }: ClusterState, machine: Machine): string {
  const id = 'instanceId' in machine ? machine.instanceId : (machine.ec2InstanceId ?? machine.arn);
  return `${context.cluster}/${id}`;
}

interface Sums {
  seconds: number;
  vcpuSeconds: number;
  gibSeconds: number;
  microCents: number;
}

export class CostRules {
  readonly #pricing: Pricing;
  /** By cluster and EC2's id: one that comes into a group or leaves it goes on. */
  readonly #since = new Map<string, { readonly machine: Machine; readonly sinceMs: number }>();
  readonly #members = new Set<GroupInstance>();
  readonly #fargate = new Map<string, FargateJson>();
  readonly #sums = new Map<string, Sums>();

  constructor(pricing: Pricing) {
    this.#pricing = pricing;
  }

  note(event: RecordedEvent): void {
    const task = taskIn(event) as FargateJson | undefined;
    const isFargate = task?.launchType === 'FARGATE' || task?.capacityProviderName?.startsWith('FARGATE');
    if (task !== undefined && isFargate && task.pullStartedAt !== undefined) this.#fargate.set(task.taskArn, task);
  }

  look(states: readonly ClusterState[], nowMs: number): void {
    const machines = new Map(
      states.flatMap((state) => this.#machinesOf(state).map((one) => [keyOf(state, one), one] as const)),
    );
    for (const [key, machine] of machines) if (!this.#since.has(key)) this.#since.set(key, { machine, sinceMs: nowMs });
    for (const [key, { machine, sinceMs }] of this.#since)
      if (!machines.has(key)) {
        this.#since.delete(key);
        this.#bill(machine, nowMs - sinceMs);
      }
  }

  #machinesOf({ capacity, instances }: ClusterState): Machine[] {
    const groups = [...capacity.groups.values()].flatMap((group) => [...group.instances]);
    for (const one of groups) this.#members.add(one);
    const managed = [...capacity.managed.providers.values()].flatMap((provider) => [...provider.instances]);
    const members = [...groups, ...managed];
    const ids = new Set(members.map(({ instanceId }) => instanceId));
    const others = [...instances.values()].filter(({ ec2InstanceId }) => !ids.has(ec2InstanceId ?? ''));
    // Detached before its agent has registered.
    const alone = [...this.#members].filter((one) => one.state === 'Detached' && one.containerInstance === undefined);
    return [...members, ...others, ...alone].filter(isOn);
  }

  #sumsOf(source: string): Sums {
    const sums = this.#sums.get(source) ?? { seconds: 0, vcpuSeconds: 0, gibSeconds: 0, microCents: 0 };
    this.#sums.set(source, sums);
    return sums;
  }

  #bill(machine: Machine, ms: number): void {
    if (ms === 0) return;
    const type = typeOf(machine) ?? '';
    const known = TYPES[type]?.microUsdPerHour;
    const onDemand = this.#pricing.instanceTypes.get(type) ?? (known === undefined ? 0 : known * 100);
    const isManaged = 'provider' in machine;
    const fee = isManaged ? Math.round((onDemand * this.#pricing.managedFeePercent) / 100) : 0;
    const own = machine.isSpot ? Math.round((onDemand * this.#pricing.spotPercent) / 100) : onDemand;
    const perHour = own + fee;
    const sums = this.#sumsOf(`${isManaged ? 'MANAGED_INSTANCES' : 'EC2'}${machine.isSpot ? '_SPOT' : ''}`);
    sums.seconds += billedS(ms);
    sums.microCents += priceOf(perHour, billedS(ms));
  }

  #billFargate({ cpu, memory, capacityProviderName, pullStartedAt, stoppedAt }: FargateJson, endEpochMs: number): void {
    const isSpot = capacityProviderName === 'FARGATE_SPOT';
    const { fargateVcpu = FARGATE.vcpu, fargateGB = FARGATE.GB, fargateSpotPercent } = this.#pricing;
    const vcpu = Number(cpu) / 1024;
    const GiB = Number(memory) / 1024;
    const perHour = Math.round(((vcpu * fargateVcpu + GiB * fargateGB) * (isSpot ? fargateSpotPercent : 100)) / 100);
    const untilMs = stoppedAt === undefined ? endEpochMs : Date.parse(stoppedAt);
    const seconds = billedS(untilMs - Date.parse(pullStartedAt ?? ''));
    const sums = this.#sumsOf(isSpot ? 'FARGATE_SPOT' : 'FARGATE');
    sums.vcpuSeconds += vcpu * seconds;
    sums.gibSeconds += GiB * seconds;
    sums.microCents += priceOf(perHour, seconds);
  }

  /** At the end, once. */
  wrongs(cost: Cost, endedAtMs: number, startEpochMs: number): string[] {
    for (const { machine, sinceMs } of this.#since.values()) this.#bill(machine, endedAtMs - sinceMs);
    for (const task of this.#fargate.values()) this.#billFargate(task, startEpochMs + endedAtMs);
    const told = Object.entries(cost.bySource).map(
      ([source, { microCents, instanceSeconds = 0, vcpuSeconds = 0, memoryGiBSeconds = 0 }]) =>
        [source, { seconds: instanceSeconds, vcpuSeconds, gibSeconds: memoryGiBSeconds, microCents }] as const,
    );
    const [want, got] = [[...this.#sums], told].map((all) =>
      JSON.stringify([...all].sort(([a], [b]) => (a < b ? -1 : 1))),
    );
    return [...partWrongs(cost), ...(want === got ? [] : [`the bill is ${got}, but it should be ${want}`])];
  }
}

/** No part is negative or broken, and the parts are the whole, both ways. */
export function partWrongs({ microCents, bySource, services, otherTasksMicroCents, unusedMicroCents }: Cost): string[] {
  const sources = Object.values(bySource).map((one) => one.microCents);
  const owners = [...services.map((one) => one.microCents), otherTasksMicroCents, unusedMicroCents];
  const sum = (parts: readonly number[]): number => parts.reduce((total, one) => total + one, 0);
  const broken = [microCents, ...sources, ...owners].filter((one) => !Number.isSafeInteger(one) || one < 0);
  return [
    ...(broken.length === 0 ? [] : [`costs of ${broken.join(', ')}`]),
    ...(sum(sources) === microCents ? [] : [`sources cost ${sum(sources)} of ${microCents}`]),
    ...(sum(owners) === microCents ? [] : [`owners pay ${sum(owners)} of ${microCents}`]),
  ];
}
