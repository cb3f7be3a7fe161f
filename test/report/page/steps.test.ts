/** Series as chart columns, and which charts there are. */
import { describe, expect, it } from 'vitest';
import { condense } from '../../../src/report/condense.ts';
import { marksOf } from '../../../src/report/page/marks-of.ts';
import { alignSteps, planCharts, valueAt } from '../../../src/report/page/steps.ts';
import type { Series } from '../../../src/simulate/result.ts';
import { empty, fargate, rollout } from '../../support/report/stories.ts';

const series = (...points: [number, number | null][]): Series => ({ name: 'x', unit: 'Count', dimensions: {}, points });

describe('columns', () => {
  it('share one axis and hold each value until the next', () => {
    expect(alignSteps([series([0, 1], [2000, 3]), series([1000, 7])], 5000)).toEqual([
      [0, 1, 2, 5],
      [1, 1, 3, 3],
      [null, 7, 7, 7],
    ]);
  });

  it('have a gap from null on', () => {
    expect(alignSteps([series([0, 1], [1000, null], [3000, 2])], 4000)).toEqual([
      [0, 1, 3, 4],
      [1, null, 2, 2],
    ]);
  });

  it('have two ends even without a point', () => {
    expect(alignSteps([series()], 9000)).toEqual([
      [0, 9],
      [null, null],
    ]);
  });

  it('agree with the value at a time', () => {
    const one = series([1000, 4], [3000, 2]);
    expect([0, 999, 1000, 2999, 3000, 1e9].map((at) => valueAt(one, at))).toEqual([null, null, 4, 4, 2, 2]);
  });
});

describe('charts', () => {
  const data = condense(rollout());

  it('stand for each service, the zones, the instances and what is reserved', () => {
    expect(planCharts(data).map(({ title, series: lines }) => [title, ...lines.map(({ label }) => label)])).toEqual([
      ['web', 'desired', 'running', 'healthy', 'pending'],
      ['api', 'desired', 'running', 'healthy', 'pending'],
      ['worker', 'desired', 'running', 'healthy', 'pending'],
      ['Tasks per zone', 'us-east-1a', 'us-east-1b', 'us-east-1c'],
      ['Container instances', 'instances'],
      ['Reserved cpu and memory', 'cpu', 'memory'],
    ]);
    expect(planCharts(condense(empty()))).toEqual([]);
  });

  it('draw series that nobody knows under their own name', () => {
    const odd: Series = { name: 'queueDepth', unit: 'Count', dimensions: { ClusterName: 'harbour' }, points: [[0, 1]] };
    expect(planCharts({ ...data, series: [...data.series, odd] }).at(-1)?.title).toBe('queueDepth');
  });

  it('leave out what a cluster without instances says of them', () => {
    const plans = planCharts(condense(fargate()));
    expect(plans.map(({ title }) => title)).toEqual(['shop', 'Tasks per zone']);
  });

  it('mark deployments of their service, faults, and calls that concern it', () => {
    const [web, , worker] = planCharts(data).map((plan) => marksOf(data, plan));
    expect(web?.deployments.map(({ atMs, untilMs }) => [atMs, untilMs])).toEqual([
      [0, 40_000],
      [300_000, 487_000],
    ]);
    expect(web?.events.map(({ kind, atMs }) => [kind, atMs / 1000])).toEqual([
      ['call', 300],
      ['fault', 700],
      ['call', 900],
    ]);
    expect(worker?.events.map(({ kind }) => kind)).toEqual(['fault', 'refused', 'call']);
  });
});
