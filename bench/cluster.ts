/** Turns a workload into the machines and definitions that every contender gets, and those into AWS's shapes. */
import type { ContainerInstance, PlacementConstraint } from 'bayplan';
import { AZURE_SIZES } from './arrivals.ts';
import { Dice } from './dice.ts';
import { expressionOf, type Rule, STRATEGIES, type StrategyName } from './strategies.ts';
import type { MachineMix, TaskMix, Workload } from './workloads.ts';

export interface Machine {
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly attributes: Readonly<Record<string, string>>;
  /** Number of its zone, or of its rack where the workload has racks. */
  readonly domain: number;
}

export interface Definition {
  readonly family: string;
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly strategy: StrategyName;
  readonly rules: readonly Rule[];
}

export interface Cluster {
  readonly machines: readonly Machine[];
  /** Those of the stream first, then those of the background. */
  readonly definitions: readonly Definition[];
  /** How many of them the stream places. */
  readonly own: number;
  readonly domains: number;
}

const FAMILIES = [
  ['c5', 2],
  ['m5', 4],
  ['r5', 8],
] as const;
const SIZES = [
  ['large', 2],
  ['xlarge', 4],
  ['2xlarge', 8],
  ['4xlarge', 16],
  ['8xlarge', 32],
] as const;
export const ZONES = ['us-east-1a', 'us-east-1b', 'us-east-1c'];
const POOLS = Array.from({ length: 10 }, (_, k) => `p${k}`);

function shapeOf(mix: MachineMix, dice: Dice): { type: string; vcpus: number; gib: number } {
  if (mix !== 'fleet') return mix;
  const [family, gibPerVcpu] = dice.pick(FAMILIES);
  const [size, vcpus] = dice.pick(SIZES);
  return { type: `${family}.${size}`, vcpus, gib: vcpus * gibPerVcpu };
}

/** One in a hundred is silver, one in a thousand gold; a small cluster has at least one of each. */
function tierOf(slot: number, instances: number, dice: Dice): string {
  const drawn = dice.below(1000);
  if (slot === instances >> 1 || drawn === 0) return 'gold';
  return slot === instances >> 2 || drawn <= 10 ? 'silver' : 'bronze';
}

function siteOf(zone: number, slot: number, nearInLastZone: number): string {
  return zone < ZONES.length - 1 || slot % nearInLastZone === 0 ? 'near' : 'far';
}

function makeMachines({ machines, racks, nearInLastZone }: Workload, count: number, dice: Dice): Machine[] {
  return Array.from({ length: count }, (_, slot) => {
    const { type, vcpus, gib } = shapeOf(machines, dice);
    const zone = dice.below(ZONES.length);
    const attributes = {
      'ecs.availability-zone': ZONES[zone] as string,
      'ecs.instance-type': type,
      stack: dice.pick(['blue', 'green']),
      pool: dice.pick(POOLS),
      tier: tierOf(slot, count, dice),
    };
    return {
      cpu: vcpus * 1024,
      memoryMiB: gib * 1024,
      attributes: {
        ...attributes,
        ...(racks === undefined ? {} : { rack: `r${slot % racks}` }),
        ...(nearInLastZone === undefined ? {} : { site: siteOf(zone, slot, nearInLastZone) }),
      },
      domain: racks === undefined ? zone : slot % racks,
    };
  });
}

function sizeOf(mix: TaskMix, k: number, dice: Dice): { cpu: number; memoryMiB: number } {
  if (mix === 'services') {
    return { cpu: dice.pick([128, 256, 512, 1024, 2048, 4096]), memoryMiB: 128 + dice.below(64) * 126 };
  }
  if (mix === 'huge') return { cpu: dice.pick([12288, 16384, 24576]), memoryMiB: (16 + dice.below(8) * 4) * 1024 };
  if (mix !== 'azure') return mix;
  const [vcpus, gib] = AZURE_SIZES[k % AZURE_SIZES.length] as readonly [number, number];
  return { cpu: vcpus * 1024, memoryMiB: gib * 1024 };
}

function makeOwn({ tasks, strategies, constraints = [[]] }: Workload, most: number, dice: Dice): Definition[] {
  return Array.from({ length: Math.min(tasks.definitions, most) }, (_, k) => ({
    family: `service-${k}`,
    ...sizeOf(tasks.sizes, k, dice),
    // So that every strategy meets every constraint.
    strategy: strategies[Math.floor(k / constraints.length) % strategies.length] as StrategyName,
    rules: constraints[k % constraints.length] as readonly Rule[],
  }));
}

function makeBackground({ background }: Workload, most: number, dice: Dice): Definition[] {
  if (background === undefined) return [];
  return Array.from({ length: Math.min(background.definitions, most) }, (_, k) => ({
    family: `background-${k}`,
    ...sizeOf(background.sizes, k, dice),
    strategy: background.strategy,
    rules: [],
  }));
}

export function makeCluster(workload: Workload, instances: number, mostDefinitions: number, seed: number): Cluster {
  const dice = new Dice(seed);
  const machines = makeMachines(workload, instances, dice);
  const own = makeOwn(workload, mostDefinitions, dice);
  const definitions = [...own, ...makeBackground(workload, mostDefinitions, dice)];
  return { machines, definitions, own: own.length, domains: workload.racks ?? ZONES.length };
}

function amounts(cpu: number, memoryMiB: number): ContainerInstance['remainingResources'] {
  return [
    { name: 'CPU', type: 'INTEGER', integerValue: cpu },
    { name: 'MEMORY', type: 'INTEGER', integerValue: memoryMiB },
  ];
}

export function arnOf(slot: number): string {
  return `arn:aws:ecs:us-east-1:123456789012:container-instance/default/${slot.toString(16).padStart(32, '0')}`;
}

/** What is taken of a machine when it is registered; engines count it as a reservation. */
export interface Taken {
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly tasks: number;
}

export function toInstance(machine: Machine, slot: number, taken?: Taken): ContainerInstance {
  return {
    containerInstanceArn: arnOf(slot),
    status: 'ACTIVE',
    agentConnected: true,
    registeredResources: amounts(machine.cpu, machine.memoryMiB),
    remainingResources: amounts(machine.cpu - (taken?.cpu ?? 0), machine.memoryMiB - (taken?.memoryMiB ?? 0)),
    runningTasksCount: taken?.tasks ?? 0,
    attributes: Object.entries(machine.attributes).map(([name, value]) => ({ name, value })),
  };
}

/** Instances in the chunks in which they are registered: a million at once would need all their JSON at once. */
export function* chunks(cluster: Cluster, takenAt?: (slot: number) => Taken): Generator<ContainerInstance[]> {
  const most = 10_000;
  for (let from = 0; from < cluster.machines.length; from += most) {
    yield cluster.machines
      .slice(from, from + most)
      .map((machine, k) => toInstance(machine, from + k, takenAt?.(from + k)));
  }
}

export function toTaskDefinition({ family, cpu, memoryMiB }: Definition): object {
  return { family, containerDefinitions: [{ name: 'app', image: 'app', cpu, memory: memoryMiB }] };
}

export function toPlacement({ family, strategy, rules }: Definition) {
  const placementConstraints: PlacementConstraint[] =
    rules.length === 0 ? [] : [{ type: 'memberOf', expression: expressionOf(rules) }];
  return {
    taskDefinition: family,
    placementStrategy: [...STRATEGIES[strategy].placementStrategy],
    placementConstraints,
  };
}
