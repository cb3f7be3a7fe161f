/** The figures of a run: taken from what it recorded, which is read once however many services there are. */
import { describe, expect, it } from 'vitest';
import type { RecordedEvent, Series } from '../../src/simulate/result.ts';
import type { Sampler } from '../../src/simulate/series.ts';
import { type Run, summarise } from '../../src/simulate/summary.ts';

const count = (name: string, ServiceName: string, value: number): Series => ({
  name,
  unit: 'Count',
  dimensions: { ClusterName: 'dock', ServiceName },
  points: [[0, value]],
});

describe('a summary of many services', () => {
  it('reads the series once, and gives each service its own', () => {
    const names = Array.from({ length: 50 }, (_, k) => `s${k}`);
    let reads = 0;
    const sampler = {
      get series() {
        reads++;
        return names.flatMap((name, k) => [count('desiredCount', name, 2), count('runningCount', name, k % 3)]);
      },
      availability: { belowMinimumMs: () => 0 },
      meter: { cost: () => ({}) },
      instanceChurn: { joined: 0, left: 0 },
    } as unknown as Sampler;
    const service = { deployments: [], settings: { schedulingStrategy: 'REPLICA' }, desiredCount: 2, isSteady: true };
    const services = new Map(names.map((name) => [name, { ...service, name }]));
    const run = {
      state: { context: { cluster: 'dock' }, services },
      minute: { requests: { totalsOf: () => undefined } },
    } as unknown as Run;
    const events: readonly RecordedEvent[] = [];
    const summary = summarise([run], events, sampler, [], 60_000);
    expect(reads).toBe(1);
    expect(summary.services.map((one) => one.underTargetMs)).toEqual(names.map((_, k) => (k % 3 === 2 ? 0 : 60_000)));
  });
});
