/**
 * Millions of operations inside the core: with indexes and without, in batches and one by one, the same choices. The
 * driver draws the operations and hashes what was chosen and what is left; here its worlds are built and hashes compared.
 */
import { describe, expect, it } from 'vitest';
import { createCore, createFastCore, type InspectedCore } from '../support/core.ts';
import { dice, MOST_GROUPS, type MemberOf, OTHERS, PLANNABLE, type RequestRow, type Strategy, World } from './world.ts';

const THROUGH_INDEXES = 0;
const THROUGH_STAGES = 1;
const BATCHED = 2;

interface Kind {
  readonly name: string;
  readonly instances: number;
  readonly steps: number;
  readonly cpus?: readonly number[];
  readonly zones?: number;
  readonly groups?: number;
  readonly lists?: readonly (readonly Strategy[])[];
  /** Without ports, ENIs, GPUs, constraints. */
  readonly plain?: boolean;
}

const MEMBER_OF: readonly MemberOf[] = ['stack', 'no stack', 'group', 'not group', 'few tasks', 'stack or few'];
const CPUS = [1024, 2048, 4096, 16384];

/** A request of a strategy list; the dice decide what else it asks. */
function row(below: (k: number) => number, groups: number, plain: boolean, strategies: readonly Strategy[]): RequestRow {
  const amounts = { cpu: below(12) === 0 ? 0 : 128 << below(6), memory: 64 + below(30) * 150 };
  const common = { ...amounts, group: below(groups), strategies };
  if (plain) return common;
  return {
    ...common,
    gpu: [1, 2, -1][below(18)] ?? 0,
    eni: below(7) === 0 ? 1 : 0,
    ports: below(6) === 0 ? [8000 + below(4), ...(below(3) === 0 ? [9000] : [])] : [],
    distinct: below(6) === 0,
    memberOf: below(3) === 0 ? MEMBER_OF[below(MEMBER_OF.length)] : undefined,
  };
}

function build(core: InspectedCore, kind: Kind): number {
  const { instances, cpus = CPUS, zones = 3, groups = MOST_GROUPS, plain = false, lists } = kind;
  const below = dice(instances + zones);
  const world = new World(core);
  for (let k = 0; k < instances; k++) {
    const cpu = cpus[below(cpus.length)] as number;
    world.register({
      cpu,
      memory: cpu * (1 + below(cpus.length)),
      gpu: below(3),
      ...(below(4) === 0 ? { eni: 1 + below(3) } : {}),
      ports: below(9) === 0 ? [8000] : [],
      zone: below(20) === 0 ? 0 : 1 + below(zones),
      stack: below(4),
    });
  }
  const all = lists ?? [...PLANNABLE, ...PLANNABLE, ...OTHERS];
  for (const strategies of all) world.request(row(below, groups, plain, strategies));
  return all.length;
}

/** Hashes of some drives in a row. */
function drive(core: InspectedCore, kind: Kind, mode: number, drives: number): number[] {
  const requests = build(core, kind);
  const hashes: number[] = [];
  for (let n = 0; n < drives; n++) {
    hashes.push(core.drive(kind.instances * 31 + n, kind.steps / drives, 0, requests, mode));
    expect(core.check()).toBe(0);
  }
  return hashes;
}

const KINDS: readonly Kind[] = [
  { name: 'one instance', instances: 1, steps: 200_000 },
  { name: '63 instances', instances: 63, steps: 200_000 },
  { name: '64 instances', instances: 64, steps: 200_000 },
  { name: '65 instances', instances: 65, steps: 200_000 },
  { name: '300 instances', instances: 300, steps: 200_000 },
  { name: '300 instances, all alike', instances: 300, steps: 100_000, cpus: [4096] },
  { name: '2,000 instances', instances: 2000, steps: 60_000 },
  { name: '2,000 instances, plain requests', instances: 2000, steps: 100_000, plain: true },
  { name: '1,000 instances in 300 zones', instances: 1000, steps: 40_000, zones: 300 },
  { name: '700 instances, 24 groups', instances: 700, steps: 60_000, groups: 24 },
  { name: '70,000 instances', instances: 70_000, steps: 4_000 },
];

describe('the indexes, driven', () => {
  it.each(KINDS)('choose what the stages choose: $name', (kind) => {
    const t0 = performance.now();
    const core = createFastCore();
    const byIndexes = drive(core, kind, THROUGH_INDEXES, 4);
    const t1 = performance.now();
    const byStages = drive(createFastCore(), kind, THROUGH_STAGES, 4);
    const t2 = performance.now();
    const batched = drive(createFastCore(), kind, BATCHED, 4);
    console.log(kind.name, core.drivenTasks(), core.blockIndexes(), t1 - t0, t2 - t1, performance.now() - t2);
    expect({ byIndexes, batched }).toEqual({ byIndexes: byStages, batched: byStages });
  });

  it.each(KINDS.filter(({ instances }) => instances <= 2000))('hold every invariant as they go: $name', (kind) => {
    const few = { ...kind, steps: 1000 };
    expect(drive(createCore(), few, BATCHED, 20)).toEqual(drive(createFastCore(), few, THROUGH_STAGES, 20));
  });
});
