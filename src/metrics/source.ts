/**
 * What alarms look at: a statistic of a metric over a period, or an expression over several. Made by Catalogue, read once a
 * minute, or once a period that is shorter: longer ones slide. Invariant: what Sources keeps of it is as it is.
 */
import type { Evaluate } from '../metric-math/evaluate.ts';
import type { MetricSource, Statistic } from '../model/metric.ts';
import { MINUTE_MS, type Series, statisticOf } from './series.ts';
import type { Sources } from './sources.ts';
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
  /** Whoever measures beside alarms, of values that differ from the one before. */
  readonly listeners: ((atMs: number, value: number) => void)[] = [];
  /** Its row. */
  readonly index: number;
  readonly #table: Sources;
  readonly #inputs: readonly Input[];
  readonly #evaluate: Evaluate | undefined;
  /** Of one that is no expression. */
  readonly #only: Series | undefined;
  readonly #statistic: Statistic;
  /** The longest evaluation range of its alarms, in readings. */
  range: number;

  constructor(
    table: Sources,
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
    this.#table = table;
    this.index = table.add(this);
    this.note();
  }

  /** It changed, or the resolution of its series did. */
  note(): void {
    this.#table.note(this.index, this);
  }

  /** Its newest datapoint, NaN when it is missing. */
  get value(): number {
    return this.#table.valueOf(this.index);
  }

  /** When it had its newest datapoint. */
  get readMs(): number {
    return this.#table.readMsOf(this.index);
  }

  /** The series whose average in a period it is, when that is one datapoint. */
  get averaged(): Series | undefined {
    return this.#statistic === 'Average' && this.phases === 1 && this.#isPlain() ? this.#only : undefined;
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

  /** The datapoints that ended now. */
  take(nowMs: number): void {
    if (!this.#isPlain()) for (const { window } of this.#inputs) window.take(nowMs);
  }

  tell(nowMs: number, value: number): void {
    for (const listener of this.listeners) listener(nowMs, value);
  }

  /** Every datapoint of its series is one of its own. */
  #isPlain(): boolean {
    if (this.#only !== undefined) return this.#only.resolutionMs === this.periodMs;
    for (const { series } of this.#inputs) if (series.resolutionMs !== this.periodMs) return false;
    return true;
  }

  /** What it is now. */
  read(): number {
    const isPlain = this.#isPlain();
    if (isPlain && this.#only !== undefined) return statisticOf(this.#only, this.#statistic);
    const read = ({ series, statistic, window }: Input): number =>
      isPlain ? statisticOf(series, statistic) : window.value();
    return this.#evaluate === undefined ? read(this.#inputs[0] as Input) : this.#evaluate(this.#inputs.map(read));
  }
}
