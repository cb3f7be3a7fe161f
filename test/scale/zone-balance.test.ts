/** Zone balance: the recorded launches and terminations, the core against its twin, tables, and what is refused. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseZoneBalance, type ZoneBalanceInput, zoneBalanceTable } from '../../src/model/zone-balance.ts';
import { balanceZones as twin } from '../../src/reference/scale/zone-balance.ts';
import { balanceZones, balanceZonesBatch } from '../../src/scaling/index.ts';
import { balances } from '../support/arbitraries/scaling.ts';
import { expectRefusal, joined, NO_NUMBERS, scalingKinds } from '../support/scaling.ts';

interface Case {
  readonly op: 'launch' | 'terminate';
  readonly before: Record<string, number>;
  readonly count: number;
  readonly after?: Record<string, number>;
  readonly afterCounts?: readonly number[];
}

const { cases } = JSON.parse(readFileSync(new URL('./vectors/asg-az-balance.json', import.meta.url), 'utf8')) as {
  cases: Case[];
};

const ordered = (counts: Iterable<number>): number[] => [...counts].sort((a, b) => a - b);
describe.each(scalingKinds)('zone balance, $name', ({ use }) => {
  beforeAll(use);

  it.each(cases)('recorded: $op $count of $before', ({ op, before, count, after, afterCounts }) => {
    const seen = balanceZones({ instanceCounts: before, change: op === 'launch' ? count : -count });
    expect(Object.keys(seen)).toEqual(Object.keys(before));
    expect(ordered(Object.values(seen))).toEqual(ordered(afterCounts ?? Object.values(after ?? {})));
  });

  it.each([
    ['ties by name', { instanceCounts: { b: 0, a: 0, c: 0 }, change: 1 }, { b: 0, a: 1, c: 0 }],
    ['ties by name when ending', { instanceCounts: { c: 2, a: 2 }, change: -1 }, { c: 2, a: 1 }],
    [
      'the zone with the most may have only protected ones',
      { instanceCounts: { a: 5, b: 2 }, protectedCounts: { a: 5 }, change: -1 },
      { a: 5, b: 1 },
    ],
    ['all protected', { instanceCounts: { a: 1, b: 2 }, protectedCounts: { a: 1, b: 1 }, change: -9 }, { a: 1, b: 1 }],
    ['more than there are', { instanceCounts: { a: 1, b: 2 }, change: -9 }, { a: 0, b: 0 }],
    ['nothing to do', { instanceCounts: { a: 1, b: 9 }, change: 0 }, { a: 1, b: 9 }],
  ])('%s', (_, input, expected) => {
    expect(balanceZones(input)).toEqual(expected);
    expect(twin(parseZoneBalance(input))).toEqual(
      Object.keys(expected)
        .sort()
        .map((name) => expected[name as 'a']),
    );
  });

  it('is what the reference says, alone and in a table', () => {
    fc.assert(
      fc.property(fc.array(balances, { minLength: 1, maxLength: 12 }), (many) => {
        const parsed = many.map(parseZoneBalance);
        const expected = parsed.map(twin);
        expect(many.map((input) => Object.values(balanceZones(input)))).toEqual(expected);
        expect([...balanceZonesBatch(joined(parsed.map(zoneBalanceTable)))]).toEqual(expected.flat());
      }),
    );
  });
});

describe('a zone balance', () => {
  const good: ZoneBalanceInput = { instanceCounts: { a: 1, b: 2 }, change: 1 };

  it.each(NO_NUMBERS)('is refused for a change of %s', (value) => {
    expect(() => balanceZones({ ...good, change: value as number })).toThrow(/change must be/);
  });

  it.each([
    [{ instanceCounts: {} }, 'EMPTY', 'instanceCounts'],
    [{ instanceCounts: { a: -1 } }, 'OUT_OF_RANGE', 'instanceCounts.a'],
    [{ instanceCounts: [1] }, 'WRONG_TYPE', 'instanceCounts'],
    [{ protectedCounts: { a: 2 } }, 'OUT_OF_RANGE', 'protectedCounts.a'],
    [{ change: 10_000_001 }, 'OUT_OF_RANGE', 'change'],
  ])('is refused with %j', (wrong, code, path) => {
    expectRefusal(() => balanceZones({ ...good, ...wrong } as unknown as ZoneBalanceInput), code, path);
  });

  it('is refused in a table by its index', () => {
    const table = joined([good, good].map((one) => zoneBalanceTable(parseZoneBalance(one))));
    expectRefusal(() => balanceZonesBatch({ ...table, zonesEnd: Int32Array.of(0, 4) }), 'EMPTY', 'zonesEnd[0]');
    expectRefusal(
      () => balanceZonesBatch({ ...table, instanceCount: Int32Array.of(1, -2, 0, 0) }),
      'OUT_OF_RANGE',
      'instanceCount[1]',
    );
  });
});
