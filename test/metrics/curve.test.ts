/** Load over time: points, waves and sums, integrated exactly over any part. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pointsCurve, sumOf, type Wave, waveCurve } from '../../src/metrics/curve.ts';

const wave = (members: Partial<Wave> = {}): Wave => ({
  base: 2,
  amplitude: 1,
  periodMs: 240_000,
  stepMs: 60_000,
  phaseMs: 0,
  shape: 'square',
  ...members,
});

describe('points', () => {
  const curve = pointsCurve([
    [1000, 2],
    [3000, 0.5],
  ]);

  it('are 0 before the first and hold until the next', () => {
    expect(curve.integral(0, 1000)).toBe(0);
    expect(curve.integral(0, 4000)).toBe(2 * 2000 + 0.5 * 1000);
    expect(curve.integral(2500, 3500)).toBe(2 * 500 + 0.5 * 500);
    expect(curve.integral(0, 1500)).toBe(1000);
  });

  it('name the next change, and none after the last', () => {
    expect([0, 999, 1000, 2999, 3000].map((ms) => curve.nextChangeMs(ms))).toEqual([1000, 1000, 3000, 3000, Infinity]);
  });
});

describe('waves', () => {
  it('go up first, one value a step', () => {
    const curve = waveCurve(wave());
    expect([0, 1, 2, 3, 4].map((k) => curve.integral(k * 60_000, (k + 1) * 60_000) / 60_000)).toEqual([3, 3, 1, 1, 3]);
    expect(curve.nextChangeMs(60_000)).toBe(120_000);
  });

  it('begin with their phase', () => {
    expect(waveCurve(wave({ phaseMs: 120_000 })).integral(0, 1000)).toBe(1000);
  });

  it('are a sine or a triangle with the same ends', () => {
    for (const shape of ['sine', 'triangle'] as const) {
      const curve = waveCurve(wave({ shape }));
      const values = [0, 1, 2, 3].map((k) => curve.integral(k * 60_000, (k + 1) * 60_000) / 60_000);
      expect(values.map((value) => Math.round(value * 1e9) / 1e9)).toEqual([2, 3, 2, 1]);
    }
  });

  it('never fall below 0, and do not change without an amplitude', () => {
    expect(waveCurve(wave({ amplitude: 5 })).integral(120_000, 180_000)).toBe(0);
    expect(waveCurve(wave({ amplitude: 0 })).nextChangeMs(0)).toBe(Number.POSITIVE_INFINITY);
  });
});

it('the integral over two parts is the sum of both', () => {
  const curve = sumOf([
    waveCurve(wave({ shape: 'sine' })),
    pointsCurve([
      [0, 1],
      [100_000, 3],
    ]),
  ]);
  const time = fc.integer({ min: 0, max: 1_000_000 });
  fc.assert(
    fc.property(time, time, time, (...times) => {
      const [a, b, c] = times.sort((x, y) => x - y) as [number, number, number];
      expect(curve.integral(a, b) + curve.integral(b, c)).toBeCloseTo(curve.integral(a, c), 4);
    }),
  );
});
