/**
 * Millions of operations inside the core: with indexes and without, in batches and one by one, the same choices. The
 * driver draws the operations and hashes what was chosen and what is left; here its worlds are built and hashes compared.
 */
import { describe, expect, it } from 'vitest';
import { createCore, createFastCore, type InspectedCore } from '../support/core.ts';
import {
  type Dice,
  dice,
  MEMBER_OF,
  type MemberOf,
  OTHERS,
  PLANNABLE,
  type RequestRow,
  type Strategy,
  World,
} from './world.ts';

const THROUGH_INDEXES = 0;
const THROUGH_STAGES = 1;
const BATCHED = 2;

interface Kind {
  readonly name: string;
  readonly instances: number;
  /** Steps of each of the DRIVES; after each, `more` instances join, with zones not seen before. */
  readonly steps: number;
  readonly more?: number;
  readonly cpus?: readonly number[];
  readonly zones?: number;
  /** One instance in so many has stack 2, which constraints ask for. */
  readonly stacks?: number;
  readonly groups?: number;
  readonly requests?: number;
  readonly lists?: readonly (readonly Strategy[])[];
  /** Without ports, ENIs, GPUs, constraints. */
  readonly plain?: boolean;
  /** Instead of one in three requests with any constraint, each with one of these. */
  readonly memberOf?: readonly MemberOf[];
  /** Nine of ten instances have little left from the start. */
  readonly saturated?: boolean;
  /** Steps that go through the stages too, where all would take long. */
  readonly staged?: number;
}

const DRIVES = 4;
const CPUS = [1024, 2048, 4096, 16384];
/** Lists that keep the least count of a group above zero. */
const LEVELLED: readonly (readonly Strategy[])[] = [['instance'], ['zone', 'instance'], ['zone', 'cpu']];
const LOPSIDED: readonly MemberOf[] = ['one zone', 'little of a zone', 'few of a zone'];
const ALL = [...PLANNABLE, ...OTHERS];

/** A request of a strategy list; the dice decide what else it asks. */
function row(
  below: Dice,
  { groups = 8, plain = false, memberOf = MEMBER_OF }: Kind,
  strategies: readonly Strategy[],
): RequestRow {
  const amounts = { cpu: below(12) === 0 ? 0 : 128 << below(6), memory: 64 + below(30) * 150 };
  const common = { ...amounts, group: below(groups), strategies };
  if (plain) return common;
  return {
    ...common,
    gpu: [1, 2, -1][below(18)] ?? 0,
    eni: below(7) === 0 ? 1 : 0,
    ports: below(6) === 0 ? [8000 + below(4), ...(below(3) === 0 ? [9000] : [])] : [],
    distinct: below(6) === 0,
    memberOf: below(memberOf === MEMBER_OF ? 3 : 1) === 0 ? memberOf[below(memberOf.length)] : undefined,
  };
}

function register(world: World, below: Dice, kind: Kind, firstZone: number, count: number): void {
  const { cpus = CPUS, zones = 3, stacks = 4, saturated = false } = kind;
  for (let k = 0; k < count; k++) {
    const cpu = cpus[below(cpus.length)] as number;
    world.register({
      cpu,
      memory: cpu * (1 + below(cpus.length)),
      left: saturated && below(10) > 0 ? [below(9) * 64, below(9) * 100] : undefined,
      gpu: below(3),
      ...(below(4) === 0 ? { eni: 1 + below(3) } : {}),
      ports: below(9) === 0 ? [8000] : [],
      zone: below(20) === 0 ? 0 : firstZone + below(zones),
      stack: below(stacks) === 0 ? 2 : ([0, 1, 3][below(3)] ?? 0),
    });
  }
}

/** Hashes of the drives, one after another. */
function drive(core: InspectedCore, kind: Kind, mode: number, drives: number): number[] {
  const { instances, steps, more = 0, requests = 2 * ALL.length, lists = ALL } = kind;
  const below = dice(instances);
  const world = new World(core);
  register(world, below, kind, 1, instances);
  for (let k = 0; k < requests; k++) world.request(row(below, kind, lists[k % lists.length] as Strategy[]));
  return Array.from({ length: drives }, (_, n) => {
    const hash = core.drive(instances + n, steps, 0, requests, mode);
    expect(core.check()).toBe(0);
    register(world, below, kind, 2 + n, more);
    return hash;
  });
}

const KINDS: readonly Kind[] = [
  { name: 'one instance', instances: 1, steps: 40_000 },
  ...[63, 64, 65].map((instances) => ({ name: `${instances} instances`, instances, steps: 40_000 })),
  { name: '300 instances', instances: 300, steps: 30_000 },
  { name: 'all alike', instances: 300, steps: 30_000, cpus: [4096], lists: PLANNABLE },
  {
    name: 'tasks of one group everywhere',
    instances: 130,
    steps: 20_000,
    cpus: [65_536],
    groups: 1,
    plain: true,
    lists: LEVELLED,
  },
  { name: '2,000 instances', instances: 2000, steps: 6000 },
  {
    name: 'two huge services',
    instances: 1100,
    steps: 12_000,
    cpus: [65_536],
    groups: 2,
    plain: true,
    lists: LEVELLED,
  },
  { name: 'two huge services, constrained', instances: 1300, steps: 12_000, cpus: CPUS, groups: 2, lists: LEVELLED },
  { name: 'zones left out', instances: 1500, steps: 6000, stacks: 60, lists: LEVELLED, memberOf: LOPSIDED },
  { name: 'zones left out, saturated', instances: 1500, steps: 6000, stacks: 60, saturated: true, memberOf: LOPSIDED },
  { name: '2,000 instances, plain requests', instances: 2000, steps: 6000, plain: true },
  { name: 'saturated', instances: 2000, steps: 10_000, saturated: true },
  { name: 'growing past the first capacity', instances: 900, steps: 8000, more: 100 },
  { name: 'growing from nothing', instances: 1, steps: 20_000, more: 90 },
  { name: 'a constraint that few satisfy', instances: 1500, steps: 6000, stacks: 50, lists: PLANNABLE },
  ...[15, 16, 17].map((zones) => ({ name: `${zones} zones`, instances: 300, steps: 10_000, zones, more: 10 })),
  { name: '300 zones', instances: 1000, steps: 8000, zones: 300 },
  { name: '3,000 zones', instances: 2500, steps: 2000, zones: 3000 },
  { name: '3,000 groups', instances: 400, steps: 10_000, groups: 3000, requests: 3000 },
  { name: '70,000 instances', instances: 70_000, steps: 3000, staged: 300, requests: 20, lists: PLANNABLE },
  {
    name: '20,000 instances, zones left out',
    instances: 20_000,
    steps: 3000,
    staged: 800,
    stacks: 60,
    requests: 12,
    lists: LEVELLED,
    memberOf: LOPSIDED,
  },
  // What a spread remembers of words, and of the instances that grew there since.
  {
    name: '17,000 instances, saturated, few spreads',
    instances: 17_000,
    steps: 8000,
    saturated: true,
    groups: 3,
    requests: 9,
    plain: true,
    lists: LEVELLED,
  },
  { name: '70,000 instances, saturated', instances: 70_000, steps: 1500, staged: 300, saturated: true },
];

/** Other work on the machine must not make a long test fail. */
const PATIENCE_MS = 180_000;

describe('the indexes, driven', { timeout: PATIENCE_MS }, () => {
  it.each(KINDS)('choose what the stages choose, and batches what single tasks get: $name', (kind) => {
    const byIndexes = drive(createFastCore(), kind, THROUGH_INDEXES, DRIVES);
    expect(drive(createFastCore(), kind, BATCHED, DRIVES)).toEqual(byIndexes);
    if (kind.staged === undefined) {
      expect(drive(createFastCore(), kind, THROUGH_STAGES, DRIVES)).toEqual(byIndexes);
    } else {
      const some = { ...kind, steps: kind.staged };
      expect(drive(createFastCore(), some, THROUGH_STAGES, 1)).toEqual(
        drive(createFastCore(), some, THROUGH_INDEXES, 1),
      );
    }
  });

  it.each(KINDS.filter(({ instances }) => instances <= 2000))('hold every invariant as they go: $name', (kind) => {
    const few = { ...kind, steps: 400 };
    expect(drive(createCore(), few, BATCHED, 12)).toEqual(drive(createFastCore(), few, THROUGH_STAGES, 12));
  });
});
