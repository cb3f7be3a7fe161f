/** When the messages of a load arrive: whole messages, in tenths of a second, none while the load is nothing. */
import { describe, expect, it } from 'vitest';
import { pointsCurve, waveCurve } from '../../src/metrics/curve.ts';
import { createFeed } from '../../src/metrics/feed.ts';

/** Milliseconds and how many have come, of the first times that something comes. */
function arrivals(feed: ReturnType<typeof createFeed>, count: number): [number, number][] {
  const found: [number, number][] = [];
  for (let nowMs = 0; found.length < count && nowMs !== Number.POSITIVE_INFINITY; nowMs = feed.nextMs(nowMs)) {
    const sum = feed.until(nowMs);
    if (sum > (found.at(-1)?.[1] ?? 0)) found.push([nowMs, sum]);
  }
  return found;
}

describe('a load of messages', () => {
  it('of many a second comes every tenth of a second', () => {
    expect(arrivals(createFeed('jobs', pointsCurve([[0, 100]])), 3)).toEqual([
      [100, 10],
      [200, 20],
      [300, 30],
    ]);
  });

  it('of few comes message by message, rounded up to the tenth', () => {
    expect(arrivals(createFeed('jobs', pointsCurve([[0, 0.3]])), 3)).toEqual([
      [3400, 1],
      [6700, 2],
      [10_000, 3],
    ]);
  });

  it('counts exactly over a day', () => {
    const feed = createFeed('jobs', pointsCurve([[0, 0.1]]));
    let last = 0;
    let times = 0;
    for (let nowMs = 0; nowMs <= 86_400_000; nowMs = feed.nextMs(nowMs)) {
      last = feed.until(nowMs);
      times += 1;
    }
    expect([last, times]).toEqual([8640, 8641]);
  });

  it('is not asked for while it is nothing', () => {
    const feed = createFeed(
      'jobs',
      pointsCurve([
        [60_000, 1],
        [62_000, 0],
      ]),
    );
    expect(feed.nextMs(0)).toBe(60_000);
    expect(arrivals(feed, 9)).toEqual([
      [61_000, 1],
      [62_000, 2],
    ]);
    expect(feed.nextMs(62_000)).toBe(Number.POSITIVE_INFINITY);
  });

  it('follows a wave', () => {
    const wave = { base: 1, amplitude: 1, periodMs: 20_000, stepMs: 10_000, phaseMs: 0, shape: 'square' } as const;
    expect(arrivals(createFeed('jobs', waveCurve(wave)), 21).slice(-2)).toEqual([
      [10_000, 20],
      [20_500, 21],
    ]);
  });
});
