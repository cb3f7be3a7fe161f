/** Percentiles interpolate; the lower bound is the one of plain packing where all instances are alike. */
import { describe, expect, it } from 'vitest';
import { lowerBound, percentile } from '../../bench/statistics.ts';

describe('percentile', () => {
  it('is the middle one, or halfway between the two in the middle', () => {
    expect([percentile([3, 1, 2], 0.5), percentile([4, 1, 3, 2], 0.5)]).toEqual([2, 2.5]);
  });

  it('goes from the least to the most', () => {
    expect([percentile([5, 9, 7], 0), percentile([5, 9, 7], 1)]).toEqual([5, 9]);
    expect(
      percentile(
        Array.from({ length: 101 }, (_, k) => 100 - k),
        0.99,
      ),
    ).toBe(99);
  });

  it('leaves the samples as they are, and knows nothing of none', () => {
    const samples = [2, 1];
    percentile(samples, 0.5);
    expect(samples).toEqual([2, 1]);
    expect(percentile([], 0.5)).toBeNaN();
    expect(percentile([6], 0.99)).toBe(6);
  });
});

describe('the lower bound', () => {
  const alike = Array.from({ length: 10 }, () => ({ cpu: 16_384, memoryMiB: 32_768 }));

  it('is ceil(sum / capacity) of the scarcer resource', () => {
    expect(lowerBound(alike, { cpu: 256 * 100, memoryMiB: 512 * 100 })).toBe(2);
    expect(lowerBound(alike, { cpu: 1_024 * 65, memoryMiB: 65 })).toBe(5);
    expect(lowerBound(alike, { cpu: 16_384, memoryMiB: 1 })).toBe(1);
  });

  it('takes the largest instances first, for each resource its own', () => {
    const mixed = [
      { cpu: 1, memoryMiB: 8 },
      { cpu: 4, memoryMiB: 1 },
      { cpu: 2, memoryMiB: 2 },
    ];
    expect(lowerBound(mixed, { cpu: 5, memoryMiB: 8 })).toBe(2);
    expect(lowerBound(mixed, { cpu: 4, memoryMiB: 8 })).toBe(1);
  });

  it('is 0 for nothing', () => {
    expect(lowerBound(alike, { cpu: 0, memoryMiB: 0 })).toBe(0);
  });
});
