/** Capacity split: the recorded splits of both rules and their order, the core against its twin, tables, what is refused. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type CapacitySplitTable,
  capacitySplitTable,
  type DistributeCapacityInput,
  parseCapacitySplit,
  type StrategyItem,
} from '../../src/model/capacity-split.ts';
import { splitCapacity as twin } from '../../src/reference/scale/capacity-split.ts';
import { distributeCapacity, distributeCapacityBatch } from '../../src/scaling/index.ts';
import { splits } from '../support/arbitraries/scaling.ts';
import { expectRefusal, joined, NO_NUMBERS, scalingKinds } from '../support/scaling.ts';

interface Case {
  readonly strategy: readonly { cp: string; base?: number; weight: number }[];
  readonly count: number;
  readonly sequentialDivisor: Record<string, number>;
  readonly order: readonly string[];
  readonly largestRemainder: Record<string, number>;
}

const { cases } = JSON.parse(
  readFileSync(new URL('./vectors/capacity-provider-distribution.json', import.meta.url), 'utf8'),
) as { cases: Case[] };

const strategyOf = (text: string): StrategyItem[] =>
  text.split(' ').map((item) => {
    const [, name = '', base = '0', weight = '0'] = /^([A-Z])(?:\+(\d+))?:(\d+)$/.exec(item) ?? [];
    return { capacityProvider: name, base: Number(base), weight: Number(weight) };
  });
const expectSplit = (input: DistributeCapacityInput, expected: readonly number[]): void => {
  expect(Object.values(distributeCapacity(input))).toEqual(expected);
  expect(twin(parseCapacitySplit(input))).toEqual(expected);
};

/** Base after `+`, weight after the colon; then tasks, the sequential split and the other. */
const MORE = [
  ['A+2:1 B:4', 2, [2, 0], [2, 0]],
  ['A+2:1 B:4', 7, [3, 4], [3, 4]],
  ['A+2:1 B:4', 22, [6, 16], [6, 16]],
  ['A:1 B:4', 5, [1, 4], [1, 4]],
  ['A:1 B:4', 7, [1, 6], [1, 6]],
  ['A:3 B:2 C:1', 7, [4, 2, 1], [4, 2, 1]],
  ['A:5 B:1 C:1', 3, [3, 0, 0], [2, 1, 0]],
  ['A:3 B:1 C:1', 2, [2, 0, 0], [1, 1, 0]],
  ['A:0 B:1', 5, [0, 5], [0, 5]],
  ['A+3:0', 10, [10], [10]],
  ['A:0', 4, [4], [4]],
  ['A:1 B:1', 0, [0, 0], [0, 0]],
  ['A:1 B:1 C:1', 10_000_000, [3_333_334, 3_333_333, 3_333_333], [3_333_334, 3_333_333, 3_333_333]],
] as const;

describe.each(scalingKinds)('capacity split, $name', ({ use }) => {
  beforeAll(use);

  it.each(cases)(
    'recorded: $strategy, $count tasks',
    ({ strategy, count, sequentialDivisor, largestRemainder, order }) => {
      const capacityProviderStrategy = strategy.map(({ cp, ...item }) => ({ capacityProvider: cp, ...item }));
      const input = { capacityProviderStrategy, count };
      expect(distributeCapacity(input)).toEqual(sequentialDivisor);
      expect(Object.keys(distributeCapacity(input))).toEqual(strategy.map(({ cp }) => cp));
      expect(distributeCapacity({ ...input, rule: 'largestRemainder' })).toEqual(largestRemainder);
      const runningCounts: Record<string, number> = {};
      for (const provider of order) {
        const given = distributeCapacity({ ...input, count: 1, runningCounts });
        expect(given[provider]).toBe(1);
        runningCounts[provider] = (runningCounts[provider] ?? 0) + 1;
      }
    },
  );

  it.each(MORE)('%s, %i tasks: %j, by remainder %j', (text, count, sequential, remainder) => {
    const input = { capacityProviderStrategy: strategyOf(text), count };
    expect(Object.values(distributeCapacity(input))).toEqual(sequential);
    if (count < 1000) expectSplit(input, sequential);
    expectSplit({ ...input, rule: 'largestRemainder' }, remainder);
  });

  it('evens out what is there: a base that is missing, then whoever is behind', () => {
    const capacityProviderStrategy = strategyOf('A+2:1 B:1 C:0');
    expectSplit({ capacityProviderStrategy, count: 1, runningCounts: { A: 1, B: 9 } }, [1, 0, 0]);
    expectSplit({ capacityProviderStrategy, count: 6, runningCounts: { A: 1, B: 3, C: 5 } }, [5, 1, 0]);
    expectSplit({ capacityProviderStrategy, count: 2, runningCounts: { A: 3, B: 1, Z: 5 } }, [1, 1, 0]);
  });

  it('is what the reference says, alone and in a table, and loses no task', () => {
    fc.assert(
      fc.property(fc.array(splits, { minLength: 1, maxLength: 12 }), (many) => {
        const parsed = many.map(parseCapacitySplit);
        const expected = parsed.map(twin);
        expect(many.map((input) => Object.values(distributeCapacity(input)))).toEqual(expected);
        expect([...distributeCapacityBatch(joined(parsed.map(capacitySplitTable)))]).toEqual(expected.flat());
        many.forEach(({ count }, k) => {
          expect(expected[k]?.reduce((sum, given) => sum + given, 0)).toBe(count);
        });
      }),
    );
  });

  it('at once is the split of one after the other', () => {
    fc.assert(
      fc.property(splits, fc.nat({ max: 40 }), (input, count) => {
        const one = { ...input, rule: 'sequential', runningCounts: input.runningCounts ?? {} } as const;
        const runningCounts: Record<string, number> = { ...one.runningCounts };
        for (let k = 0; k < count; k++) {
          for (const [name, given] of Object.entries(distributeCapacity({ ...one, count: 1, runningCounts })))
            runningCounts[name] = (runningCounts[name] ?? 0) + given;
        }
        const together = Object.entries(distributeCapacity({ ...one, count }));
        expect(together.map(([name, given]) => (one.runningCounts[name] ?? 0) + given)).toEqual(
          together.map(([name]) => runningCounts[name] ?? 0),
        );
      }),
    );
  });
});

describe('a capacity split', () => {
  const good: DistributeCapacityInput = { capacityProviderStrategy: strategyOf('A:1 B:1'), count: 5 };

  it('takes any names', () => {
    const capacityProviderStrategy = ['__proto__', 'constructor'].map((capacityProvider) => ({
      capacityProvider,
      weight: 1,
    }));
    expect(Object.entries(distributeCapacity({ capacityProviderStrategy, count: 3 }))).toEqual([
      ['__proto__', 2],
      ['constructor', 1],
    ]);
  });

  it.each(NO_NUMBERS)('is refused for %s tasks', (value) => {
    expect(() => distributeCapacity({ ...good, count: value as number })).toThrow(/count must be/);
  });

  it.each([
    [{ count: 10_000_001 }, 'OUT_OF_RANGE', 'count'],
    [{ capacityProviderStrategy: [] }, 'EMPTY', 'capacityProviderStrategy'],
    [{ capacityProviderStrategy: undefined }, 'EMPTY', 'capacityProviderStrategy'],
    [{ capacityProviderStrategy: 'A' }, 'WRONG_TYPE', 'capacityProviderStrategy'],
    [{ capacityProviderStrategy: strategyOf('A:0 B:0') }, 'CAPACITY_PROVIDER_WEIGHT', 'capacityProviderStrategy'],
    [
      { capacityProviderStrategy: strategyOf('A+1:1 B+1:1') },
      'CAPACITY_PROVIDER_BASE',
      'capacityProviderStrategy[1].base',
    ],
    [{ capacityProviderStrategy: strategyOf('A:1001') }, 'OUT_OF_RANGE', 'capacityProviderStrategy[0].weight'],
    [{ rule: 'random' }, 'NOT_ALLOWED', 'rule'],
    [{ runningCounts: { A: -1 } }, 'OUT_OF_RANGE', 'runningCounts.A'],
    [{ runningCounts: 5 }, 'WRONG_TYPE', 'runningCounts'],
    [{ runningCounts: {}, rule: 'largestRemainder' }, 'RUNNING_COUNTS_RULE', 'runningCounts'],
  ])('is refused with %j', (wrong, code, path) => {
    expectRefusal(() => distributeCapacity({ ...good, ...wrong } as DistributeCapacityInput), code, path);
  });

  it('is refused in a table by its index', () => {
    const table = joined([good, good].map((one) => capacitySplitTable(parseCapacitySplit(one))));
    const wrong = (change: Partial<CapacitySplitTable>, code: string, path: string): void =>
      expectRefusal(() => distributeCapacityBatch({ ...table, ...change }), code, path);
    wrong({ weight: Int32Array.of(1, 1, 0, 0) }, 'CAPACITY_PROVIDER_WEIGHT', 'providersEnd[1]');
    wrong({ providersEnd: Int32Array.of(0, 4) }, 'EMPTY', 'providersEnd[0]');
    wrong({ providersEnd: Int32Array.of(2, 3) }, 'OUT_OF_RANGE', 'providersEnd[1]');
    wrong({ base: Int32Array.of(0, -1, 0, 0) }, 'OUT_OF_RANGE', 'base[1]');
    wrong({ rule: Int32Array.of(0, 2) }, 'OUT_OF_RANGE', 'rule[1]');
  });
});
