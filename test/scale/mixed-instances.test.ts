/** Mixed instances: the documented splits, the core against its twin, tables, and what is refused. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { MAX_AMOUNT } from '../../assembly/abi.ts';
import { type MixedInstancesInput, mixedInstancesTable, parseMixedInstances } from '../../src/model/mixed-instances.ts';
import { mixedInstances as twin } from '../../src/reference/scale/mixed-instances.ts';
import { mixedInstances, mixedInstancesBatch } from '../../src/scaling/index.ts';
import { mixes } from '../support/arbitraries/scaling.ts';
import { expectRefusal, joined, NO_NUMBERS, scalingKinds } from '../support/scaling.ts';

interface Case {
  readonly onDemandBase: number;
  readonly onDemandPct: number;
  readonly total: number;
  readonly onDemand: number;
  readonly spot: number;
}

const { cases } = JSON.parse(readFileSync(new URL('./vectors/mixed-instances.json', import.meta.url), 'utf8')) as {
  cases: Case[];
};
const MORE: readonly Case[] = [
  { onDemandBase: 0, onDemandPct: 50, total: 25, onDemand: 13, spot: 12 },
  { onDemandBase: 3, onDemandPct: 1, total: 4, onDemand: 4, spot: 0 },
  { onDemandBase: 0, onDemandPct: 0, total: 0, onDemand: 0, spot: 0 },
  { onDemandBase: 0, onDemandPct: 99, total: MAX_AMOUNT, onDemand: 1_063_004_405, spot: 10_737_418 },
];

describe.each(scalingKinds)('mixed instances, $name', ({ use }) => {
  beforeAll(use);

  it.each([...cases, ...MORE])('base $onDemandBase, $onDemandPct % of $total: $onDemand and $spot', (one) => {
    const input = {
      onDemandBaseCapacity: one.onDemandBase,
      onDemandPercentageAboveBaseCapacity: one.onDemandPct,
      total: one.total,
    };
    const expected = { onDemand: one.onDemand, spot: one.spot };
    expect([mixedInstances(input), twin(parseMixedInstances(input))]).toEqual([expected, expected]);
  });

  it('are what the reference says, alone and in a table', () => {
    fc.assert(
      fc.property(fc.array(mixes, { minLength: 1, maxLength: 20 }), (many) => {
        const parsed = many.map(parseMixedInstances);
        const expected = parsed.map(twin);
        expect(many.map(mixedInstances)).toEqual(expected);
        expect([...mixedInstancesBatch(joined(parsed.map(mixedInstancesTable)))]).toEqual(
          expected.map(({ onDemand }) => onDemand),
        );
      }),
    );
  });
});

describe('mixed instances', () => {
  it('are On-Demand by default', () => {
    expect(mixedInstances({ total: 7 })).toEqual({ onDemand: 7, spot: 0 });
  });

  it.each(NO_NUMBERS)('have no total of %s', (value) => {
    expect(() => mixedInstances({ total: value as number })).toThrow(/total must be/);
  });

  it.each([
    [{ onDemandPercentageAboveBaseCapacity: 101 }, 'OUT_OF_RANGE', 'onDemandPercentageAboveBaseCapacity'],
    [{ onDemandPercentageAboveBaseCapacity: 0.5 }, 'OUT_OF_RANGE', 'onDemandPercentageAboveBaseCapacity'],
    [{ onDemandBaseCapacity: -1 }, 'OUT_OF_RANGE', 'onDemandBaseCapacity'],
  ])('are refused with %j', (wrong, code, path) => {
    expectRefusal(() => mixedInstances({ total: 5, ...wrong } as MixedInstancesInput), code, path);
  });

  it('are refused in a table by its index', () => {
    const table = joined([1, 2].map((total) => mixedInstancesTable(parseMixedInstances({ total }))));
    const wrong = { ...table, onDemandPercentageAboveBaseCapacity: Int32Array.of(100, 101) };
    expectRefusal(() => mixedInstancesBatch(wrong), 'OUT_OF_RANGE', 'onDemandPercentageAboveBaseCapacity[1]');
    const short = { ...table, onDemandBaseCapacity: new Int32Array(1) };
    expectRefusal(() => mixedInstancesBatch(short), 'WRONG_LENGTH', 'onDemandBaseCapacity');
  });
});
