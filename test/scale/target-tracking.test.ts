/** Target tracking: the documented numbers, the core against its twin, tables, and what is refused. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { MAX_AMOUNT } from '../../assembly/abi.ts';
import type { TargetTrackingInput, TargetTrackingTable } from '../../src/model/target-tracking.ts';
import { targetTracking as twin } from '../../src/reference/scale/target-tracking.ts';
import { targetTracking, targetTrackingBatch } from '../../src/scaling/index.ts';
import { trackings } from '../support/arbitraries/scaling.ts';
import { expectRefusal, joined, NO_NUMBERS, scalingKinds } from '../support/scaling.ts';

function targetTrackingTable(input: TargetTrackingInput): TargetTrackingTable {
  return {
    runningCount: Int32Array.of(input.runningCount),
    metricValue: Float64Array.of(input.metricValue),
    targetValue: Float64Array.of(input.targetValue),
    minCapacity: Int32Array.of(input.minCapacity),
    maxCapacity: Int32Array.of(input.maxCapacity),
  };
}

interface Case {
  readonly running: number;
  readonly metric: number;
  readonly target: number;
  readonly min: number;
  readonly max: number;
  readonly expected: number;
}

const { cases } = JSON.parse(readFileSync(new URL('./vectors/target-tracking.json', import.meta.url), 'utf8')) as {
  cases: Case[];
};

const of = (running: number, metric: number, target: number, min: number, max: number, expected: number): Case => ({
  running,
  metric,
  target,
  min,
  max,
  expected,
});
const MORE = [
  of(4, 75, 50, 1, 10, 6),
  of(6, 62.5, 50, 1, 20, 8),
  of(4, 90, 50, 1, 6, 6),
  of(2, 52, 50, 1, 10, 3),
  of(0, 3, 1, 0, 10, 1),
  of(0, 1, 1, 0, 10, 0),
  of(0, 300, 1, 2, 10, 2),
  of(5, 0, 50, 0, 10, 0),
  of(5, -20, 50, 0, 10, 0),
  of(5, 2 ** 360, 5e-324, 0, MAX_AMOUNT, MAX_AMOUNT),
  of(MAX_AMOUNT, 1, 1, 0, MAX_AMOUNT, MAX_AMOUNT),
];

const input = ({ running, metric, target, min, max }: Case): TargetTrackingInput => ({
  runningCount: running,
  metricValue: metric,
  targetValue: target,
  minCapacity: min,
  maxCapacity: max,
});

describe.each(scalingKinds)('target tracking, $name', ({ use }) => {
  beforeAll(use);

  it.each([...cases, ...MORE])('$running at $metric of $target, $min to $max: $expected', (one) => {
    expect([targetTracking(input(one)), twin(input(one))]).toEqual([one.expected, one.expected]);
  });

  it('is what the reference says, alone and in a table, and within its bounds', () => {
    fc.assert(
      fc.property(fc.array(trackings, { minLength: 1, maxLength: 20 }), (many) => {
        const expected = many.map(twin);
        expect(many.map(targetTracking)).toEqual(expected);
        expect([...targetTrackingBatch(joined(many.map(targetTrackingTable)))]).toEqual(expected);
        many.forEach(({ minCapacity, maxCapacity }, k) => {
          expect(expected[k]).toBeGreaterThanOrEqual(minCapacity);
          expect(expected[k]).toBeLessThanOrEqual(maxCapacity);
        });
      }),
    );
  });
});

describe('target tracking', () => {
  const good = input(of(4, 75, 50, 1, 10, 6));

  it.each(NO_NUMBERS)('refuses %s for each number', (value) => {
    for (const member of Object.keys(good)) {
      expect(() => targetTracking({ ...good, [member]: value })).toThrow(
        expect.objectContaining({ facts: expect.objectContaining({ path: member }) }),
      );
    }
  });

  it.each([
    [{ runningCount: 1.5 }, 'OUT_OF_RANGE', 'runningCount'],
    [{ runningCount: -1 }, 'OUT_OF_RANGE', 'runningCount'],
    [{ targetValue: 0 }, 'OUT_OF_RANGE', 'targetValue'],
    [{ targetValue: -50 }, 'OUT_OF_RANGE', 'targetValue'],
    [{ metricValue: 1e300 }, 'OUT_OF_RANGE', 'metricValue'],
    [{ minCapacity: 11 }, 'OUT_OF_RANGE', 'maxCapacity'],
    [{ maxCapacity: MAX_AMOUNT + 1 }, 'OUT_OF_RANGE', 'maxCapacity'],
  ])('refuses %j', (wrong, code, path) => {
    expectRefusal(() => targetTracking({ ...good, ...wrong }), code, path);
  });

  it('refuses no object', () => {
    expectRefusal(() => targetTracking(null as unknown as TargetTrackingInput), 'WRONG_TYPE', '');
  });

  it('refuses a wrong row of a table by its index', () => {
    const table = joined([good, good].map(targetTrackingTable));
    const wrong = (change: object, path: string): void =>
      expectRefusal(() => targetTrackingBatch({ ...table, ...change }), 'OUT_OF_RANGE', path);
    wrong({ targetValue: Float64Array.of(1, 0) }, 'targetValue[1]');
    wrong({ metricValue: Float64Array.of(Number.NaN, 0) }, 'metricValue[0]');
    wrong({ maxCapacity: Int32Array.of(10, 0) }, 'maxCapacity[1]');
    wrong({ runningCount: Int32Array.of(-1, 0) }, 'runningCount[0]');
  });
});
