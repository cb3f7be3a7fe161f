/** What a run measures by its yardsticks: the value of each metric over time. Made by the simulation, read by shortage. */
import type { Metrics } from '../metrics/metrics.ts';
import type { Sampler } from './series.ts';
import { metricLabel, type Yardstick } from './yardstick.ts';

/** A yardstick and what was measured; NaN where there was no datapoint. A datapoint is of the minute before it. */
export interface Measure extends Pick<Yardstick, 'cluster' | 'service' | 'targets'> {
  readonly points: readonly (readonly [atMs: number, value: number])[];
}

/** Expressions become series: other metrics are, by their own names. */
function recorderOf({ cluster, service, source }: Yardstick, sampler: Sampler): (atMs: number, value: number) => void {
  if (source.kind === 'metric') return () => {};
  const dimensions = { ClusterName: cluster, ServiceName: service };
  return (atMs, value) =>
    sampler.record(atMs, metricLabel(source), 'Count', dimensions, Number.isNaN(value) ? null : value);
}

/** Begins to measure; what is given back grows while the run goes on. */
export function beginMeasure(yardstick: Yardstick, metrics: Metrics, sampler: Sampler): Measure {
  const points: [number, number][] = [];
  const record = recorderOf(yardstick, sampler);
  metrics.measure(yardstick.source, (atMs, value) => {
    points.push([atMs, value]);
    record(atMs, value);
  });
  const { cluster, service, targets } = yardstick;
  return { cluster, service, targets, points };
}
