/**
 * The last datapoints of a series, as many as one period has: what a statistic is taken of. Made by Source for periods that
 * are longer than the resolution. Invariant: it slides, a datapoint at a time.
 */
import type { Statistic } from '../model/metric.ts';
import { type Series, statisticOf } from './series.ts';

export class Window {
  readonly #series: Series;
  readonly #statistic: Statistic;
  readonly #periodMs: number;
  /** Of its datapoints. */
  #resolutionMs = 0;
  #sums = new Float64Array(0);
  #counts = new Float64Array(0);
  #least = new Float64Array(0);
  #most = new Float64Array(0);
  #next = 0;

  constructor(series: Series, statistic: Statistic, periodMs: number) {
    this.#series = series;
    this.#statistic = statistic;
    this.#periodMs = periodMs;
  }

  /** Takes the datapoint that ends now, if one does. */
  take(nowMs: number): void {
    const { resolutionMs, sum, count, minimum, maximum } = this.#series;
    if (resolutionMs !== this.#resolutionMs) this.#divide(resolutionMs);
    if (nowMs % resolutionMs !== 0) return;
    this.#sums[this.#next] = sum;
    this.#counts[this.#next] = count;
    this.#least[this.#next] = minimum;
    this.#most[this.#next] = maximum;
    this.#next = (this.#next + 1) % this.#sums.length;
  }

  /** From now on there are more datapoints in a period; each of before stands for itself and for missing ones. */
  #divide(resolutionMs: number): void {
    const before = this.#sums.length;
    const by = before === 0 ? 1 : this.#resolutionMs / resolutionMs;
    const spread = (column: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> => {
      const wide = new Float64Array(Math.max(1, Math.floor(this.#periodMs / resolutionMs)));
      for (let k = 0; k < before; k++) wide[k * by] = column[(this.#next + k) % before] as number;
      return wide;
    };
    this.#sums = spread(this.#sums);
    this.#counts = spread(this.#counts);
    this.#least = spread(this.#least);
    this.#most = spread(this.#most);
    this.#resolutionMs = resolutionMs;
    this.#next = 0;
  }

  /** NaN without samples. */
  value(): number {
    let [sum, count, minimum, maximum] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const length = this.#sums.length;
    // Oldest first: the order of a sum of fractions shows.
    for (let k = 0; k < length; k++) {
      const at = (this.#next + k) % length;
      if (this.#counts[at] === 0) continue;
      sum += this.#sums[at] as number;
      count += this.#counts[at] as number;
      minimum = Math.min(minimum, this.#least[at] as number);
      maximum = Math.max(maximum, this.#most[at] as number);
    }
    return statisticOf({ sum, count, minimum, maximum }, this.#statistic);
  }
}
