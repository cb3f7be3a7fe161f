/** Load as series. */
import { describe, expect, it } from 'vitest';
import { loadSeries } from '../../src/simulate/load-series.ts';
import type { Load } from '../../src/simulate/scenario-load.ts';

const load = (members: Partial<Load>): Load => ({
  cluster: 'dock',
  service: 'web',
  signal: 'requests',
  points: [],
  ...members,
});
const WAVE = { base: 10, amplitude: 5, periodMs: 4000, stepMs: 1000, phaseMs: 0, shape: 'square' as const };

describe('the series of load', () => {
  it('have a point where the sum of a signal changes', () => {
    const points = [
      [0, 2],
      [5000, 3],
      [9000, 3],
    ] as const;
    const series = loadSeries(
      [load({ points }), load({ points: [[7000, 1]] }), load({ signal: 'memoryMiB', points: [[0, 1]] })],
      8000,
    );
    expect(series).toEqual([
      {
        name: 'load',
        unit: 'Count',
        dimensions: { ClusterName: 'dock', ServiceName: 'web', Signal: 'requests' },
        points: [
          [0, 2],
          [5000, 3],
          [7000, 4],
        ],
      },
      {
        name: 'load',
        unit: 'Count',
        dimensions: { ClusterName: 'dock', ServiceName: 'web', Signal: 'memoryMiB' },
        points: [[0, 1]],
      },
    ]);
  });

  it('follow a wave', () => {
    expect(loadSeries([load({ wave: WAVE })], 6000)[0]?.points).toEqual([
      [0, 15],
      [2000, 5],
      [4000, 15],
      [6000, 5],
    ]);
  });

  it('are no longer than what can be drawn', () => {
    const [series] = loadSeries([load({ wave: { ...WAVE, periodMs: 4, stepMs: 1 } })], 1_000_000);
    expect(series?.points.length).toBeLessThanOrEqual(20_001);
  });
});
