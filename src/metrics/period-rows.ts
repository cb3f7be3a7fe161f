/**
 * Which rows have something to tell when: those that changed, until a whole period was like the one before. Made by
 * publishers. Invariant: a sleeping row is not looked at until it is woken or its load changes, nor one of which nothing
 * but its load changes until it is woken.
 */
import { Timers } from '../cluster/timers.ts';
import type { Metrics } from './metrics.ts';
import type { PeriodRow } from './period-row.ts';
import { MINUTE_MS } from './series.ts';
import type { SteadyRows } from './steady-rows.ts';

/** Of a row that is never steady. */
const NEVER = -1;

export class PeriodRows<Row extends PeriodRow> {
  readonly #steady: SteadyRows | undefined;
  #awake: Row[] = [];
  /** Their numbers among the steady rows. */
  #steadyRows = new Int32Array(16);
  /** The whole minute that was told last. */
  #toldMs = 0;
  /** There is a row of high resolution. */
  #isFast = false;
  /** Rows that sleep until their load changes. */
  readonly #sleeping = new Timers<Row>();

  constructor(steady?: SteadyRows) {
    this.#steady = steady;
  }

  wake(row: Row): void {
    this.#isFast ||= row.resolutionMs < MINUTE_MS;
    row.isDirty = true;
    row.disturb(this.#toldMs);
    if (row.isAwake) return;
    row.isAwake = true;
    this.#add(row);
  }

  #add(row: Row): void {
    const place = this.#awake.push(row) - 1;
    if (place === this.#steadyRows.length) {
      const before = this.#steadyRows;
      this.#steadyRows = new Int32Array(2 * place);
      this.#steadyRows.set(before);
    }
    this.#steadyRows[place] = row.steadyRow ?? NEVER;
  }

  /** When it has to be told of the time next, after `nowMs`. */
  nextMs(nowMs: number): number {
    if (this.#awake.length === 0) return this.#sleeping.nextMs;
    let stepMs = MINUTE_MS;
    if (this.#isFast) for (const row of this.#awake) stepMs = Math.min(stepMs, row.resolutionMs);
    return (Math.floor(nowMs / stepMs) + 1) * stepMs;
  }

  /** Publishes what ended now. */
  publish(nowMs: number, metrics: Metrics): void {
    while (this.#sleeping.nextMs <= nowMs) for (const row of this.#sleeping.take()) this.wake(row);
    const isWhole = nowMs % MINUTE_MS === 0;
    if (isWhole) {
      this.#toldMs = nowMs;
      this.#steady?.begin(nowMs);
    }
    let kept = 0;
    for (let k = 0; k < this.#awake.length; k++) {
      const steadyRow = isWhole ? (this.#steadyRows[k] as number) : NEVER;
      const isTold = steadyRow !== NEVER && this.#steady?.publish(steadyRow, metrics) === true;
      if (isTold || this.#publishOne(this.#awake[k] as Row, nowMs, metrics)) this.#keep(k, kept++);
    }
    this.#awake.length = kept;
  }

  /** @returns whether it stays awake. */
  #publishOne(row: Row, nowMs: number, metrics: Metrics): boolean {
    if (nowMs % row.resolutionMs !== 0) return true;
    row.publish(nowMs, metrics);
    row.isAwake = row.staysAwake(nowMs);
    if (!row.isAwake) this.#letSleep(row, nowMs);
    return row.isAwake;
  }

  #keep(from: number, to: number): void {
    if (from === to) return;
    this.#awake[to] = this.#awake[from] as Row;
    this.#steadyRows[to] = this.#steadyRows[from] as number;
  }

  #letSleep(row: Row, nowMs: number): void {
    const changeMs = row.nextChangeMs(nowMs);
    if (changeMs === Number.POSITIVE_INFINITY) return;
    // A change at a boundary belongs to the period that begins there.
    this.#sleeping.set((Math.floor(changeMs / row.resolutionMs) + 1) * row.resolutionMs, row);
  }
}
