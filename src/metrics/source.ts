/**
 * What alarms look at: a statistic of a metric over a period, or an expression over several. Made by Metrics, read once a
 * period. Invariant: a source sleeps only when every window of its alarms is full of its value.
 */
import type { StatisticValues } from '../cluster/alarm-state.ts';
import type { Evaluate } from '../metric-math/evaluate.ts';
import type { MetricSource, Statistic } from '../model/metric.ts';
import { MINUTE_MS, type Series, statisticOf } from './series.ts';
import type { WatchedByMetrics } from './watched.ts';

interface Input {
  readonly series: Series;
  readonly statistic: Statistic;
  /** Several datapoints of the series make one of the source. */
  sum: number;
  count: number;
  minimum: number;
  maximum: number;
}

export class Source {
  readonly id: string;
  readonly periodMs: number;
  readonly alarms: WatchedByMetrics[] = [];
  readonly #inputs: readonly Input[];
  readonly #evaluate: Evaluate | undefined;
  /** That of its one input, which it reads as it is. */
  readonly #only: Series | undefined;
  readonly #statistic: Statistic;
  /** Its newest datapoint, NaN when it is missing, and in how many periods in a row it was that. */
  value = Number.NaN;
  repeats = 0;
  isAwake = false;
  /** When it had its newest datapoint. */
  readMs = -1;
  /** The longest evaluation range of its alarms, in periods. */
  range = 1;
  /** Since then nothing was gathered. */
  gatheredMs = 0;

  constructor(
    id: string,
    { periodSeconds }: MetricSource,
    inputs: readonly [Series, Statistic][],
    evaluate?: Evaluate,
  ) {
    this.id = id;
    this.periodMs = periodSeconds * 1000;
    this.#inputs = inputs.map(([series, statistic]) => ({
      series,
      statistic,
      sum: 0,
      count: 0,
      minimum: 0,
      maximum: 0,
    }));
    this.#evaluate = evaluate;
    const [only] = evaluate === undefined ? inputs : [];
    this.#only = only?.[0];
    this.#statistic = only?.[1] ?? 'Average';
  }

  get series(): readonly Series[] {
    return this.#inputs.map(({ series }) => series);
  }

  /** Shorter than a minute. */
  get isHighResolution(): boolean {
    return this.periodMs < MINUTE_MS || this.#inputs.some(({ series }) => series.resolutionMs < MINUTE_MS);
  }

  /** Adds the datapoints that ended now, and reads at the end of a period. @returns whether it has a new datapoint. */
  tick(nowMs: number): boolean {
    const isPlain = this.#isPlain();
    if (!isPlain) this.#gather(nowMs);
    if (nowMs % this.periodMs !== 0) return false;
    const value = this.#read(isPlain);
    const isSame = value === this.value || (Number.isNaN(value) && Number.isNaN(this.value));
    this.repeats = isSame ? this.repeats + 1 : 1;
    this.value = value;
    this.readMs = nowMs;
    return true;
  }

  /** Every datapoint of its series is one of its own. */
  #isPlain(): boolean {
    if (this.#only !== undefined) return this.#only.resolutionMs === this.periodMs;
    for (const { series } of this.#inputs) if (series.resolutionMs !== this.periodMs) return false;
    return true;
  }

  #read(isPlain: boolean): number {
    const value = this.#evaluate === undefined ? this.#single(isPlain) : this.#computed(this.#evaluate, isPlain);
    if (!isPlain) for (const input of this.#inputs) input.count = 0;
    return Number.isFinite(value) ? value : Number.NaN;
  }

  #single(isPlain: boolean): number {
    const read = isPlain ? this.#only : undefined;
    return statisticOf(read ?? (this.#inputs[0] as Input), this.#statistic);
  }

  #computed(evaluate: Evaluate, isPlain: boolean): number {
    return evaluate(this.#inputs.map((input) => statisticOf(isPlain ? input.series : input, input.statistic)));
  }

  /** What the series repeated while the source slept is caught up. */
  #gather(nowMs: number): void {
    const sinceMs = Math.max(this.gatheredMs, nowMs - 1 - ((nowMs - 1) % this.periodMs));
    for (const input of this.#inputs) {
      const { resolutionMs } = input.series;
      const missed = Math.floor(nowMs / resolutionMs) - Math.floor(sinceMs / resolutionMs);
      for (let k = 0; k < missed; k++) add(input, input.series);
    }
    this.gatheredMs = nowMs;
  }
}

function add(to: Input, { sum, count, minimum, maximum }: StatisticValues): void {
  if (count === 0) return;
  const isFirst = to.count === 0;
  to.sum = isFirst ? sum : to.sum + sum;
  to.minimum = isFirst ? minimum : Math.min(to.minimum, minimum);
  to.maximum = isFirst ? maximum : Math.max(to.maximum, maximum);
  to.count += count;
}
