/** Time in which a service had less than it needed, from made-up series and measures. */
import { describe, expect, it } from 'vitest';
import type { Measure } from '../../src/simulate/measures.ts';
import type { Series } from '../../src/simulate/result.ts';
import { shortageOf } from '../../src/simulate/shortage.ts';

const WEB = { ClusterName: 'dock', ServiceName: 'web' };
const line = (name: string, seconds: readonly (readonly [number, number])[], more: object = {}): Series => ({
  name,
  unit: 'Count',
  dimensions: { ...WEB, ...more },
  points: seconds.map(([at, value]) => [at * 1000, value] as const),
});
const NAMED = { cluster: 'dock', service: 'web' };
const shortage = (...series: Series[]) => shortageOf(series, [], NAMED, 3_600_000);
const measure = (seconds: readonly (readonly [number, number])[], target: number, more: object = {}): Measure => ({
  ...NAMED,
  targets: [[0, target]],
  points: seconds.map(([at, value]) => [at * 1000, value] as const),
  ...more,
});

describe('shortage', () => {
  it('is the time with fewer tasks running than desired, to the end', () => {
    const desired = line('desiredCount', [
      [0, 2],
      [600, 4],
      [900, 2],
    ]);
    const running = line('runningCount', [
      [0, 0],
      [5, 2],
      [610, 3],
      [700, 4],
      [3590, 1],
    ]);
    expect(shortage(desired, running)).toEqual({ underTargetMs: 115_000, reactionMs: 100_000 });
  });

  it('is the time with a metric above its target: each datapoint stands for the minute before', () => {
    const points = [
      [60, 40],
      [660, 80],
      [720, 90],
      [900, 45],
    ] as const;
    expect(shortageOf([], [measure(points, 50)], NAMED, 3_600_000)).toEqual({
      underTargetMs: 240_000,
      reactionMs: 240_000,
    });
    const other = measure(points, 50, { service: 'api' });
    expect(shortageOf([], [other, measure(points, 95)], NAMED, 3_600_000).underTargetMs).toBe(0);
  });

  it('is not while the datapoint is missing, nor once there is no target', () => {
    const gap = measure(
      [
        [660, 80],
        [720, Number.NaN],
        [780, 80],
      ],
      50,
      {
        targets: [
          [0, 50],
          [900_000, Number.POSITIVE_INFINITY],
        ],
      },
    );
    expect(shortageOf([], [gap], NAMED, 3_600_000).underTargetMs).toBe(240_000);
  });

  it('counts what overlaps once', () => {
    const desired = line('desiredCount', [
      [0, 2],
      [780, 4],
    ]);
    const running = line('runningCount', [
      [0, 2],
      [840, 4],
    ]);
    const busy = measure(
      [
        [660, 80],
        [840, 45],
      ],
      50,
    );
    // 600 to 780 too busy, 780 to 840 too few.
    expect(shortageOf([desired, running], [busy], NAMED, 3_600_000)).toEqual({
      underTargetMs: 240_000,
      reactionMs: 240_000,
    });
  });

  it('is of that service alone', () => {
    const other = { ServiceName: 'api' };
    expect(shortage(line('desiredCount', [[0, 2]], other), line('runningCount', [[0, 1]], other)).underTargetMs).toBe(
      0,
    );
    expect(shortage()).toEqual({ underTargetMs: 0, reactionMs: 0 });
  });
});
