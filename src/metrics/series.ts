/**
 * One metric's datapoints: only the newest, held. Made by Metrics; publishers write, sources read. Invariant: while nobody
 * publishes, every period repeats the last datapoint.
 */
import type { StatisticValues } from '../cluster/alarm-state.ts';
import type { MetricKey, Statistic } from '../model/metric.ts';
import type { Source } from './source.ts';

export const MINUTE_MS = 60_000;

export class Series {
  readonly key: MetricKey;
  /** Period of its datapoints: a minute, less for metrics and alarms of high resolution. */
  resolutionMs = MINUTE_MS;
  /** Without samples the datapoint is missing. */
  sum = 0;
  count = 0;
  /** One sample or none: its least and its most are its sum. */
  #isSingle = true;
  #minimum = 0;
  #maximum = 0;
  /** Who looks at it. */
  readonly sources: Source[] = [];

  constructor(key: MetricKey) {
    this.key = key;
  }

  get minimum(): number {
    return this.#isSingle ? this.sum : this.#minimum;
  }

  get maximum(): number {
    return this.#isSingle ? this.sum : this.#maximum;
  }

  /** @returns whether it differs from the last one. */
  set({ sum, count, minimum, maximum }: StatisticValues): boolean {
    if (this.sum === sum && this.count === count && this.minimum === minimum && this.maximum === maximum) return false;
    this.sum = sum;
    this.count = count;
    this.#isSingle = false;
    this.#minimum = minimum;
    this.#maximum = maximum;
    return true;
  }

  /** As `set`, of one sample; NaN for none. */
  setOne(value: number): boolean {
    const count = Number.isNaN(value) ? 0 : 1;
    const kept = count === 0 ? 0 : value;
    if (this.sum === kept && this.count === count && this.minimum === kept && this.maximum === kept) return false;
    this.sum = kept;
    this.count = count;
    this.#isSingle = true;
    return true;
  }
}

/** NaN when there are no samples. */
export function statisticOf(values: StatisticValues, statistic: Statistic): number {
  const { sum, count } = values;
  if (count === 0) return Number.NaN;
  if (statistic === 'Average') return count === 1 ? sum : sum / count;
  if (statistic === 'Sum') return sum;
  if (statistic === 'SampleCount') return count;
  return statistic === 'Minimum' ? values.minimum : values.maximum;
}

/** Samples of both. */
export function joined(a: StatisticValues, b: StatisticValues): StatisticValues {
  return {
    sum: a.sum + b.sum,
    count: a.count + b.count,
    minimum: Math.min(a.minimum, b.minimum),
    maximum: Math.max(a.maximum, b.maximum),
  };
}
