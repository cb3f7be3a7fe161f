/** Time in which a service had less than it needed, from made-up series. */
import { describe, expect, it } from 'vitest';
import type { Series } from '../../src/simulate/result.ts';
import { shortageOf } from '../../src/simulate/shortage.ts';

const WEB = { ClusterName: 'dock', ServiceName: 'web' };
const line = (name: string, seconds: readonly (readonly [number, number])[], more: object = {}): Series => ({
  name,
  unit: 'Count',
  dimensions: { ...WEB, ...more },
  points: seconds.map(([at, value]) => [at * 1000, value] as const),
});
const shortage = (...series: Series[]) => shortageOf(series, { cluster: 'dock', service: 'web' }, 3_600_000);
const BUSY = { PolicyName: 'cpu', MetricName: 'CPUUtilization' };

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
    const metric = line(
      'CPUUtilization',
      [
        [60, 40],
        [660, 80],
        [720, 90],
        [900, 45],
      ],
      BUSY,
    );
    expect(shortage(metric, line('targetValue', [[0, 50]], BUSY))).toEqual({
      underTargetMs: 240_000,
      reactionMs: 240_000,
    });
    expect(
      shortage(metric, line('targetValue', [[0, 50]], { PolicyName: 'other', MetricName: 'MemoryUtilization' }))
        .underTargetMs,
    ).toBe(0);
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
    const metric = line(
      'CPUUtilization',
      [
        [660, 80],
        [840, 45],
      ],
      BUSY,
    );
    const target = line('targetValue', [[0, 50]], BUSY);
    // 600 to 780 too busy, 780 to 840 too few.
    expect(shortage(desired, running, metric, target)).toEqual({ underTargetMs: 240_000, reactionMs: 240_000 });
  });

  it('is of that service alone', () => {
    const other = { ServiceName: 'api' };
    expect(shortage(line('desiredCount', [[0, 2]], other), line('runningCount', [[0, 1]], other)).underTargetMs).toBe(
      0,
    );
    expect(shortage()).toEqual({ underTargetMs: 0, reactionMs: 0 });
  });
});
