/** Windows that slide over the datapoints of a series. */
import { describe, expect, it } from 'vitest';
import { Series } from '../../src/metrics/series.ts';
import { Window } from '../../src/metrics/window.ts';
import { STATISTICS } from '../../src/model/metric.ts';

const key = { namespace: 'dock', metricName: 'crates', dimensions: {} };

function feed(values: readonly number[], statistic: (typeof STATISTICS)[number]): number[] {
  const series = new Series(key);
  const window = new Window(series, statistic, 180_000);
  return values.map((value, k) => {
    series.setOne(value);
    window.take((k + 1) * 60_000);
    return window.value();
  });
}

describe('Window', () => {
  it('holds as many datapoints as a period has', () => {
    const values = [4, 8, Number.NaN, 1, 2];
    expect(feed(values, 'Sum')).toEqual([4, 12, 12, 9, 3]);
    expect(feed(values, 'Average')).toEqual([4, 6, 6, 4.5, 1.5]);
    expect(feed(values, 'Minimum')).toEqual([4, 4, 4, 1, 1]);
    expect(feed(values, 'Maximum')).toEqual([4, 8, 8, 8, 2]);
    expect(feed(values, 'SampleCount')).toEqual([1, 2, 2, 2, 2]);
  });

  it('is empty without samples', () => {
    for (const statistic of STATISTICS) expect(feed([Number.NaN], statistic)).toEqual([Number.NaN]);
  });

  it('takes datapoints only when they end, and keeps those of before a finer resolution', () => {
    const series = new Series(key);
    const window = new Window(series, 'Sum', 120_000);
    series.setOne(6);
    window.take(60_000);
    window.take(70_000);
    expect(window.value()).toBe(6);
    series.resolutionMs = 20_000;
    series.setOne(1);
    for (const second of [80, 100, 120]) window.take(second * 1000);
    expect(window.value()).toBe(9);
    for (const second of [140, 160, 180]) window.take(second * 1000);
    expect(window.value()).toBe(6);
  });
});
