/** Workloads as data: what each row measures, how its cluster looks and at which sizes it runs. No code. */
import type { Rule, StrategyName } from './strategies.ts';

/** `fleet`: c5, m5 and r5 from large to 8xlarge. Otherwise all alike. */
export type MachineMix = 'fleet' | { readonly type: string; readonly vcpus: number; readonly gib: number };

/** `services`: 1/8 to 4 vCPU, 128 MiB to 8 GiB. `huge`: most of a large machine. `azure`: the sizes of Azure's VMs. */
export type TaskMix = 'services' | 'huge' | 'azure' | { readonly cpu: number; readonly memoryMiB: number };

export interface Tasks {
  readonly definitions: number;
  readonly sizes: TaskMix;
}

/**
 * `fill`: tasks placed one by one into an empty cluster. `churn`: a place, then releases
 * of tasks drawn from all live ones while the cluster is fuller than at the start. `arrivals`: recorded VMs with their lifetimes. `probe`: a place and
 * its release at once, so that the awkward state stays as it is.
 */
export type Kind = 'fill' | 'churn' | 'arrivals' | 'probe';

export interface Workload {
  readonly name: string;
  readonly about: string;
  readonly family: 'equal' | 'stream' | 'adversarial';
  readonly kind: Kind;
  readonly machines: MachineMix;
  readonly tasks: Tasks;
  /** Dealt to the definitions in turn. */
  readonly strategies: readonly StrategyName[];
  /** Dealt to the definitions in turn; an empty list is no constraint. Absent: none. */
  readonly constraints?: readonly (readonly Rule[])[];
  /** Racks, as a second attribute to spread over. */
  readonly racks?: number;
  /** Of the last zone only one machine in so many is at the site `near`, of the others every one. */
  readonly nearInLastZone?: number;
  /** Tasks that stay for good, placed first, until so much cpu is taken. */
  readonly background?: Tasks & { readonly fullPercent: number; readonly strategy: StrategyName };
  /** One instance, at nine tenths of the slots, gives one background task back. */
  readonly freesOne?: boolean;
  /** Cpu in use, of the machines that a definition may use, before a churn begins. */
  readonly fullPercent?: number;
  /** A `fill` places so many. */
  readonly count?: number | undefined;
  readonly countPerInstance?: number;
  /** An instance is drained, and an earlier one made active again, every so many decisions. */
  readonly drainEvery?: number;
  readonly sizes: readonly number[];
}

const PEER_MACHINE: MachineMix = { type: 'c5.4xlarge', vcpus: 16, gib: 32 };
const PEER_TASK: TaskMix = { cpu: 256, memoryMiB: 512 };
const PEER = {
  family: 'equal',
  kind: 'fill',
  machines: PEER_MACHINE,
  count: 10_000,
  sizes: [1_000, 5_000, 10_000],
} as const;

const CHURN = {
  family: 'stream',
  kind: 'churn',
  machines: 'fleet',
  tasks: { definitions: 200, sizes: 'services' },
  fullPercent: 70,
  sizes: [1_000, 10_000, 100_000],
} as const;

const TO_A_MILLION = [1_000, 10_000, 100_000, 1_000_000];

const BLUE: readonly Rule[] = [{ attribute: 'stack', oneOf: ['blue'] }];
const TWO_ZONES: readonly Rule[] = [
  { attribute: 'ecs.availability-zone', oneOf: ['us-east-1a', 'us-east-1b'] },
  { attribute: 'stack', oneOf: ['green'] },
];
const WITHOUT_LAST_ZONE: readonly Rule[] = [
  { attribute: 'ecs.availability-zone', oneOf: ['us-east-1a', 'us-east-1b'] },
];
const NEAR: readonly Rule[] = [{ attribute: 'site', oneOf: ['near'] }];
const ONE_POOL: readonly Rule[] = [{ attribute: 'pool', oneOf: ['p3'] }];
const M5: readonly Rule[] = [{ attribute: 'ecs.instance-type', startsWith: 'm5.' }];

const MIXED = {
  ...CHURN,
  strategies: ['binpack', 'spread', 'service', 'zonepack'],
  constraints: [[], BLUE, [], TWO_ZONES, [], ONE_POOL, [], M5],
} as const;

const SPARSE = {
  ...CHURN,
  strategies: ['binpack'],
  background: { definitions: 50, sizes: 'services', fullPercent: 50, strategy: 'spread' },
} as const;

const PROBE = {
  family: 'adversarial',
  kind: 'probe',
  machines: PEER_MACHINE,
  strategies: ['binpack'],
  sizes: [1_000, 10_000, 100_000],
} as const;

/** The domain with fewest tasks is the one where the constraint leaves no machine, or hardly one. */
const LOPSIDED = { ...CHURN, family: 'adversarial' } as const;

const ONE_SMALL: Tasks = { definitions: 1, sizes: PEER_TASK };
const FULL = { definitions: 1, sizes: PEER_TASK, fullPercent: 100, strategy: 'binpack' } as const;

export const WORKLOADS: readonly Workload[] = [
  { ...PEER, name: 'A', about: 'binpack on memory', tasks: ONE_SMALL, strategies: ['binpack'] },
  {
    ...PEER,
    name: 'B',
    about: 'binpack on memory, memberOf with half of the instances',
    tasks: ONE_SMALL,
    strategies: ['binpack'],
    constraints: [BLUE],
  },
  { ...PEER, name: 'C', about: 'spread over zones, then binpack', tasks: ONE_SMALL, strategies: ['zonepack'] },
  {
    ...PEER,
    name: 'D',
    about: '1,000 families in turn, binpack: nothing to group',
    tasks: { definitions: 1_000, sizes: PEER_TASK },
    strategies: ['binpack'],
  },
  { ...CHURN, name: 'binpack', about: 'binpack on memory', strategies: ['binpack'], sizes: TO_A_MILLION },
  { ...CHURN, name: 'spread', about: 'spread over instances', strategies: ['spread'] },
  {
    ...CHURN,
    name: 'service',
    about: 'service default, 200 services: zones, then instances',
    strategies: ['service'],
    sizes: TO_A_MILLION,
  },
  {
    ...CHURN,
    name: 'giants',
    about: 'service default, 5 huge services',
    tasks: { definitions: 5, sizes: 'services' },
    strategies: ['service'],
  },
  { ...CHURN, name: 'zonepack', about: 'zones, then binpack on memory', strategies: ['zonepack'] },
  {
    ...CHURN,
    name: 'memberOf',
    about: 'binpack, memberOf with half of the instances',
    strategies: ['binpack'],
    constraints: [BLUE],
  },
  {
    ...MIXED,
    name: 'mixed70',
    about: 'four strategies, half with memberOf, 70 % full',
    sizes: TO_A_MILLION,
  },
  { ...MIXED, name: 'mixed95', about: 'four strategies, half with memberOf, 95 % full', fullPercent: 95 },
  {
    ...SPARSE,
    name: 'sparse1',
    about: 'binpack, memberOf with 1 % of the instances',
    constraints: [[{ attribute: 'tier', oneOf: ['silver'] }]],
  },
  {
    ...SPARSE,
    name: 'sparse01',
    about: 'binpack, memberOf with 0.1 % of the instances',
    constraints: [[{ attribute: 'tier', oneOf: ['gold'] }]],
  },
  {
    ...CHURN,
    kind: 'arrivals',
    name: 'azure',
    about: 'Azure VM arrivals with their lifetimes, binpack',
    machines: { type: 'm5.16xlarge', vcpus: 64, gib: 256 },
    tasks: { definitions: 15, sizes: 'azure' },
    strategies: ['binpack'],
    sizes: [1_000, 10_000],
  },
  {
    ...PEER,
    family: 'stream',
    name: 'c2m',
    about: '328 containers an instance, one by one, binpack; 2,000,000 on 6,100',
    machines: { type: 'm5.8xlarge', vcpus: 32, gib: 128 },
    tasks: { definitions: 20, sizes: { cpu: 96, memoryMiB: 384 } },
    strategies: ['binpack'],
    count: undefined,
    countPerInstance: 2_000_000 / 6_100,
    sizes: [6_100],
  },
  { ...PROBE, name: 'full', about: 'every instance is full', tasks: ONE_SMALL, background: FULL },
  {
    ...PROBE,
    name: 'alike',
    about: 'every instance has the same key',
    tasks: ONE_SMALL,
    background: { definitions: 1, sizes: { cpu: 8_192, memoryMiB: 16_384 }, fullPercent: 50, strategy: 'spread' },
  },
  { ...PROBE, name: 'onefits', about: 'one instance has room', tasks: ONE_SMALL, background: FULL, freesOne: true },
  {
    ...PROBE,
    name: 'crossed',
    about: 'memory everywhere, cpu nowhere, binpack on memory',
    machines: 'fleet',
    tasks: { definitions: 20, sizes: { cpu: 512, memoryMiB: 64 } },
    background: { definitions: 20, sizes: { cpu: 1_024, memoryMiB: 256 }, fullPercent: 100, strategy: 'binpack' },
    freesOne: true,
  },
  {
    ...PROBE,
    name: 'drain',
    about: 'an instance drained and another back every 256 decisions',
    machines: 'fleet',
    tasks: { definitions: 200, sizes: 'services' },
    background: { definitions: 50, sizes: 'services', fullPercent: 70, strategy: 'binpack' },
    drainEvery: 256,
  },
  {
    ...PROBE,
    name: 'huge',
    about: 'tasks that nearly fill a large machine',
    machines: 'fleet',
    tasks: { definitions: 50, sizes: 'huge' },
    background: { definitions: 50, sizes: 'services', fullPercent: 60, strategy: 'spread' },
  },
  {
    ...PROBE,
    kind: 'churn',
    name: 'racks',
    about: 'spread over 4,096 racks, then binpack, nearly full',
    machines: 'fleet',
    tasks: { definitions: 50, sizes: 'services' },
    strategies: ['rackpack'],
    racks: 4_096,
    fullPercent: 90,
  },
  {
    ...LOPSIDED,
    name: 'offpack',
    about: 'zones, then binpack; memberOf without one zone',
    strategies: ['zonepack'],
    constraints: [WITHOUT_LAST_ZONE],
  },
  {
    ...LOPSIDED,
    name: 'offspread',
    about: 'zones, then instances; memberOf without one zone',
    strategies: ['service'],
    constraints: [WITHOUT_LAST_ZONE],
  },
  {
    ...LOPSIDED,
    name: 'nearpack',
    about: 'zones, then binpack; memberOf with 1 % of one zone',
    strategies: ['zonepack'],
    constraints: [NEAR],
    nearInLastZone: 100,
  },
  {
    ...LOPSIDED,
    name: 'nearspread',
    about: 'zones, then instances; memberOf with 1 % of one zone',
    strategies: ['service'],
    constraints: [NEAR],
    nearInLastZone: 100,
  },
];
