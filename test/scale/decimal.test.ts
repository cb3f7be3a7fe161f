/** Decimal: what counts as a whole number and what as equal; the core is reached through target tracking. */
import { describe, expect, it } from 'vitest';
import { isBelow, roundedUp } from '../../src/reference/scale/decimal.ts';
import { targetTracking } from '../../src/scaling/index.ts';

const WHOLE: readonly [number, number][] = [
  [(3 * 0.1) / 0.1, 3],
  [(0.1 + 0.2) * 10, 3],
  [3, 3],
  [3.000001, 4],
  [2.9999999999999996, 3],
  [2.08, 3],
  [1e-300, 1],
  [0, 0],
  [-0.5, 0],
  [-1.5, -1],
  [1e300, 1e300],
];

describe('rounding up', () => {
  it.each(WHOLE)('%d is %d', (x, whole) => {
    expect(roundedUp(x) + 0).toBe(whole);
  });

  it.each([
    [3, 0.1, 0.1],
    [1, 0.1 + 0.2, 0.3],
    [7, 0.7 + 0.1, 0.8],
    [9, 1.1 + 2.2, 3.3],
  ])('is the same in the core: %i tasks at %d of %d stay', (runningCount, metricValue, targetValue) => {
    const input = { runningCount, metricValue, targetValue, minCapacity: 0, maxCapacity: 100 };
    expect(targetTracking(input)).toBe(runningCount);
    expect(targetTracking({ ...input, metricValue: metricValue * 1.000001 })).toBe(runningCount + 1);
  });
});

describe('below', () => {
  it('takes numbers that differ by their rounding as equal', () => {
    expect(isBelow(0.3 - 0.2, 0.1, 0.3)).toBe(false);
    expect(isBelow(0.1, 0.3 - 0.2 + 1e-9, 0.3)).toBe(true);
    expect(isBelow(1, 2, 2)).toBe(true);
    expect(isBelow(2, 1, 2)).toBe(false);
    expect(isBelow(-Infinity, 1, 1)).toBe(true);
    expect(isBelow(1, Infinity, 1)).toBe(true);
    expect(isBelow(0, 0, 0)).toBe(false);
  });
});
