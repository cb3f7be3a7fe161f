/**
 * What alarms look at: a statistic of a metric over a period, or an expression over several. Made by Metrics, read once a
 * minute, or once a period that is shorter: longer ones slide. Invariant: a source sleeps only when every window of its
 * alarms is full of its value.
 */
import type { Evaluate } from '../metric-math/evaluate.ts';
import type { MetricSource, Statistic } from '../model/metric.ts';
import { MINUTE_MS, type Series, statisticOf } from './series.ts';
import type { WatchedByMetrics } from './watched.ts';
import { Window } from './window.ts';

interface Input {
  readonly series: Series;
  readonly statistic: Statistic;
  /** For where several datapoints of the series make one of the source. */
  readonly window: Window;
}

/** Evaluation range that is enough for measuring: after a change within a period the next one differs. */
const LEAST_RANGE = 2;

export class Source {
  readonly id: string;
  readonly periodMs: number;
  /** It is read so often: a minute at most (CloudWatch user guide, alarm evaluation). */
  readonly stepMs: number;
  /** Readings in a period. */
  readonly phases: number;
  readonly alarms: WatchedByMetrics[] = [];
  readonly #inputs: readonly Input[];
  readonly #evaluate: Evaluate | undefined;
  /** Of one that is no expression. */
  readonly #only: Series | undefined;
  readonly #statistic: Statistic;
  /** Its newest datapoint, NaN when it is missing, and in how many readings in a row it was that. */
  value = Number.NaN;
  repeats = 0;
  isAwake = false;
  /** When it had its newest datapoint. */
  readMs = -1;
  /** The longest evaluation range of its alarms, in readings. */
  range: number;
  /** Whoever measures beside alarms, of values that differ from the one before. */
  readonly listeners: ((atMs: number, value: number) => void)[] = [];

  constructor(
    id: string,
    { periodSeconds }: MetricSource,
    inputs: readonly [Series, Statistic][],
    evaluate?: Evaluate,
  ) {
    this.id = id;
    this.periodMs = periodSeconds * 1000;
    this.stepMs = Math.min(this.periodMs, MINUTE_MS);
    this.phases = this.periodMs / this.stepMs;
    this.range = LEAST_RANGE * this.phases;
    this.#inputs = inputs.map(([series, statistic]) => ({
      series,
      statistic,
      window: new Window(series, statistic, this.periodMs),
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

  /** Which of the windows of an alarm a reading goes into: readings a period apart stand in one. */
  phaseAt(nowMs: number): number {
    return Math.floor(nowMs / this.stepMs) % this.phases;
  }

  /** Takes the datapoints that ended now, and reads when it is time. @returns whether it has a new datapoint. */
  tick(nowMs: number): boolean {
    const isPlain = this.#isPlain();
    if (!isPlain) for (const { window } of this.#inputs) window.take(nowMs);
    if (nowMs % this.stepMs !== 0) return false;
    const value = this.#read(isPlain);
    const isSame = value === this.value || (Number.isNaN(value) && Number.isNaN(this.value));
    this.repeats = isSame ? this.repeats + 1 : 1;
    this.value = value;
    this.readMs = nowMs;
    if (!isSame) for (const listener of this.listeners) listener(nowMs, value);
    return true;
  }

  /** Every datapoint of its series is one of its own. */
  #isPlain(): boolean {
    if (this.#only !== undefined) return this.#only.resolutionMs === this.periodMs;
    for (const { series } of this.#inputs) if (series.resolutionMs !== this.periodMs) return false;
    return true;
  }

  #read(isPlain: boolean): number {
    const value =
      isPlain && this.#only !== undefined ? statisticOf(this.#only, this.#statistic) : this.#computed(isPlain);
    return Number.isFinite(value) ? value : Number.NaN;
  }

  #computed(isPlain: boolean): number {
    const read = ({ series, statistic, window }: Input): number =>
      isPlain ? statisticOf(series, statistic) : window.value();
    return this.#evaluate === undefined ? read(this.#inputs[0] as Input) : this.#evaluate(this.#inputs.map(read));
  }
}
