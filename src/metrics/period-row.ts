/**
 * Something whose use is integrated over time and told once a period. Made by publishers, driven by PeriodRows. Invariant:
 * what is integrated changes only at a `catchUp`, and at the times that nextChangeMs names.
 */
import type { Metrics } from './metrics.ts';
import { MINUTE_MS, type Series } from './series.ts';

export abstract class PeriodRow {
  isAwake = false;
  /** Something other than its load changed in the running period, or the period is the first. */
  isDirty = true;
  resolutionMs = MINUTE_MS;
  #settledMs = 0;

  protected abstract integrate(fromMs: number, toMs: number): void;
  /** Publishes what was integrated since the last time and begins anew. */
  protected abstract tell(nowMs: number, metrics: Metrics): void;
  /** When its load changes after a time. */
  abstract nextChangeMs(afterMs: number): number;

  protected fitTo({ resolutionMs }: Series): void {
    this.resolutionMs = Math.min(this.resolutionMs, resolutionMs);
  }

  /** Before something changes at this time. */
  protected catchUp(nowMs: number): void {
    // Of a sleeping row the periods before are told already.
    if (!this.isAwake) this.#settledMs = Math.max(this.#settledMs, nowMs - (nowMs % this.resolutionMs));
    this.#advance(nowMs);
  }

  #advance(nowMs: number): void {
    const fromMs = this.#settledMs;
    this.#settledMs = nowMs;
    if (fromMs < nowMs) this.integrate(fromMs, nowMs);
  }

  publish(nowMs: number, metrics: Metrics): void {
    // It has slept: all periods since were like the one before.
    if (this.#settledMs < nowMs - this.resolutionMs) this.#settledMs = nowMs - this.resolutionMs;
    this.#advance(nowMs);
    this.tell(nowMs, metrics);
  }

  /** The period after one with a change differs from it; then all are alike until the load changes. */
  staysAwake(nowMs: number): boolean {
    const wasDirty = this.isDirty;
    this.isDirty = this.nextChangeMs(nowMs - 1) < nowMs + this.resolutionMs;
    return wasDirty || this.isDirty;
  }
}
