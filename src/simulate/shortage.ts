/**
 * When a service had less than it needed: fewer tasks running than desired, or a scaled metric above its target. Read from
 * the series and measures of a run. Called by summary.
 */
import type { Measure } from './measures.ts';
import type { Series } from './result.ts';

type Points = readonly (readonly [atMs: number, value: number])[];
type Span = readonly [fromMs: number, toMs: number];

const MINUTE = 60_000;

interface Named {
  readonly cluster: string;
  readonly service: string;
}

/** Where one series holds less than another, until the end. */
function below(less: Points, more: Points, endMs: number): Span[] {
  const times = [...new Set([...less, ...more].map(([at]) => at))].sort((a, b) => a - b);
  const spans: Span[] = [];
  let [k, n] = [0, 0];
  times.forEach((at, index) => {
    while ((less[k]?.[0] ?? Number.POSITIVE_INFINITY) <= at) k++;
    while ((more[n]?.[0] ?? Number.POSITIVE_INFINITY) <= at) n++;
    const [left, right] = [less[k - 1]?.[1], more[n - 1]?.[1]];
    if (right !== undefined && (left ?? 0) < right && at < endMs) spans.push([at, times[index + 1] ?? endMs]);
  });
  return spans;
}

/** Joined where they touch or overlap, in order. */
function union(spans: readonly Span[]): Span[] {
  const joined: [number, number][] = [];
  for (const [from, to] of [...spans].sort(([a], [b]) => a - b)) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

function isOf({ dimensions }: Series, { cluster, service }: Named): boolean {
  return dimensions.ClusterName === cluster && dimensions.ServiceName === service;
}

function measuresIt(measure: Measure, { cluster, service }: Named): boolean {
  return measure.cluster === cluster && measure.service === service;
}

/** A datapoint is of the minute that it ends; the last one holds until the end. */
function minutesAbove({ points, targets }: Measure, endMs: number): Span[] {
  const values = points.map(([at, value]) => [Math.max(0, at - MINUTE), value] as const);
  return below(targets, values, endMs);
}

/**
 * @param series of the whole run, `desiredCount` and `runningCount` among them.
 * @param measures of all services, against their targets.
 * @returns in milliseconds: the sum of these times, and the longest without a break.
 */
export function shortageOf(
  series: readonly Series[],
  measures: readonly Measure[],
  named: Named,
  endMs: number,
): { underTargetMs: number; reactionMs: number } {
  const own = series.filter((one) => isOf(one, named));
  // Counts have no gaps.
  const points = (name: string): Points =>
    (own.find((one) => one.name === name)?.points ?? []).map(([at, value]) => [at, value ?? 0]);
  const spans = union([
    ...below(points('runningCount'), points('desiredCount'), endMs),
    ...measures.filter((one) => measuresIt(one, named)).flatMap((one) => minutesAbove(one, endMs)),
  ]);
  const lengths = spans.map(([from, to]) => to - from);
  return {
    underTargetMs: lengths.reduce((total, length) => total + length, 0),
    reactionMs: lengths.reduce((longest, length) => Math.max(longest, length), 0),
  };
}

/** Whether a target or threshold is for that metric: it has the metric's name and dimensions beside its own. */
export function isMetricOf({ dimensions: own }: Series, { name, dimensions }: Series): boolean {
  return own.MetricName === name && Object.entries(dimensions).every(([key, value]) => own[key] === value);
}
