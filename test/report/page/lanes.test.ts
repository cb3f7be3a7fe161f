/** What is drawn for a service that scales, from a real run. */
import { beforeAll, describe, expect, it } from 'vitest';
import { condense } from '../../../src/report/condense.ts';
import type { ReportData } from '../../../src/report/data.ts';
import { decisionsOf } from '../../../src/report/page/decisions.ts';
import { type Lane, planLanes, subjectsOf } from '../../../src/report/page/lanes.ts';
import { scaled } from '../../support/report/scaled.ts';

const WEB = { cluster: 'dock', service: 'web' };
let data: ReportData;
let lanes: readonly Lane[];
beforeAll(async () => {
  data = condense(await scaled());
  lanes = planLanes(data, WEB);
});
const lane = (title: string): Lane => lanes.find((one) => one.title === title) as Lane;

describe('the lanes of a service', () => {
  it('are load, metric, tasks, instances, reservation and cost', () => {
    expect(lanes.map(({ title, unit, lines }) => [title, unit, ...lines.map(({ label }) => label)])).toEqual([
      ['Load', 'Count', 'CPU seconds a second'],
      ['CPU utilization', 'Percent', 'metric', 'target of cpu', 'scale-in below'],
      ['Tasks', 'Count', 'running', 'desired', 'minimum', 'maximum'],
      ['Instances', 'Count', 'registered', 'desired of asg', 'tasks waiting'],
      ['Reservation', 'Percent', 'cp', 'target capacity', 'cpu', 'memory'],
      ['Cost an hour', 'USD', 'total'],
    ]);
  });

  it('have money in dollars', () => {
    // Two m5.large run from the first minute's launch on.
    expect(lane('Cost an hour').lines[0]?.points[0]?.[1]).toBe(0.192);
  });

  it('have a band where an alarm of the metric was in ALARM', () => {
    const bands = lane('CPU utilization').bands;
    expect(bands.map(({ isLow }) => isLow)).toEqual([false, true]);
    // Load rises at 600 s: three datapoints later.
    expect(bands[0]?.fromMs).toBe(780_000);
    expect(lane('Tasks').bands).toEqual([]);
    expect(lane('Reservation').bands[0]?.fromMs).toBe(60_000);
  });

  it('have the decisions with their inputs', () => {
    const [first] = lane('Tasks').decisions;
    expect(first).toMatchObject({ atMs: 780_000, direction: 'out', text: 'Setting desired count to 14.' });
    // 6 x 133.333 / 60 = 13.33.
    expect(first?.inputs).toEqual([
      ['Policy', 'cpu'],
      ['Metric', '133.333'],
      ['Target', '60'],
      ['Counted from', '6'],
      ['Wanted', '13.333'],
      ['Result', '14'],
    ]);
    expect(lane('Tasks').decisions.map(({ direction }) => direction)).toContain('none');
    expect(lane('Tasks').decisions.at(-1)?.direction).toBe('in');
  });

  it('tell instances that are launched together as one decision', () => {
    const decisions = decisionsOf(data, WEB, 'instances');
    expect(decisions[0]).toMatchObject({ atMs: 60_000, direction: 'out' });
    expect(decisions[0]?.text).toMatch(/^asg: Launching a new EC2 instance: i-\w+, i-\w+$/);
  });

  it('are for each service, and for a cluster without any', async () => {
    expect(subjectsOf(data)).toEqual([WEB]);
    const alone = condense(await scaled({ services: [], load: [], scalableTargets: [], scalingPolicies: [] }));
    expect(subjectsOf(alone)).toEqual([{ cluster: 'dock', service: '' }]);
    expect(planLanes(alone, { cluster: 'dock', service: '' }).map(({ title }) => title)).toContain('Instances');
  });
});
