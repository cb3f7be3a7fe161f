/**
 * One metric's datapoints: only the newest, held. Made by Catalogue; publishers write, sources read. Invariant: while nobody
 * publishes, every period repeats the last datapoint.
 */
import type { StatisticValues } from '../cluster/alarm-state.ts';
import type { MetricKey, Statistic } from '../model/metric.ts';
import { SeriesTable } from './series-table.ts';
import type { Source } from './source.ts';

export const MINUTE_MS = 60_000;

export class Series implements StatisticValues {
  readonly key: MetricKey;
  /** Its row. */
  readonly index: number;
  readonly #table: SeriesTable;
  /** Period of its datapoints: a minute, less for metrics and alarms of high resolution. */
  resolutionMs = MINUTE_MS;
  /** Who looks at it. */
  readonly sources: Source[] = [];

  constructor(key: MetricKey, table = new SeriesTable()) {
    this.key = key;
    this.#table = table;
    this.index = table.add();
  }

  get sum(): number {
    return this.#table.sumOf(this.index);
  }

  /** Without samples the datapoint is missing. */
  get count(): number {
    return this.#table.countOf(this.index);
  }

  get minimum(): number {
    return this.#table.minimumOf(this.index);
  }

  get maximum(): number {
    return this.#table.maximumOf(this.index);
  }

  /** @returns whether it differs from the last one. */
  set({ sum, count, minimum, maximum }: StatisticValues): boolean {
    return this.#table.set(this.index, sum, count, minimum, maximum);
  }

  /** As `set`, of one sample; NaN for none. */
  setOne(value: number): boolean {
    return this.#table.setOne(this.index, value);
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
