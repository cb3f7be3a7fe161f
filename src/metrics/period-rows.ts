/**
 * Which rows have something to tell when: those that changed, until a whole period was like the one before. Made by
 * publishers. Invariant: a sleeping row is not looked at until it is woken or its load changes.
 */
import { Timers } from '../cluster/timers.ts';
import type { Metrics } from './metrics.ts';
import type { PeriodRow } from './period-row.ts';
import { MINUTE_MS } from './series.ts';

export class PeriodRows<Row extends PeriodRow> {
  #awake: Row[] = [];
  /** There is a row of high resolution. */
  #isFast = false;
  /** Rows that sleep until their load changes. */
  readonly #sleeping = new Timers<Row>();

  wake(row: Row): void {
    this.#isFast ||= row.resolutionMs < MINUTE_MS;
    row.isDirty = true;
    if (row.isAwake) return;
    row.isAwake = true;
    this.#awake.push(row);
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
    let kept = 0;
    for (const row of this.#awake) {
      if (nowMs % row.resolutionMs === 0) {
        row.publish(nowMs, metrics);
        row.isAwake = row.staysAwake(nowMs);
      }
      if (row.isAwake) this.#awake[kept++] = row;
      else this.#letSleep(row, nowMs);
    }
    this.#awake.length = kept;
  }

  #letSleep(row: Row, nowMs: number): void {
    const changeMs = row.nextChangeMs(nowMs);
    if (changeMs === Number.POSITIVE_INFINITY) return;
    // A change at a boundary belongs to the period that begins there.
    this.#sleeping.set((Math.floor(changeMs / row.resolutionMs) + 1) * row.resolutionMs, row);
  }
}
