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
  /** Its number among rows that are told without it; undefined for one that never is. */
  steadyRow: number | undefined = undefined;
  /** Its periods are told without it: they are whole minutes. */
  isSteady = false;
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
    if (!this.isAwake || this.isSteady) this.isToldUntil(nowMs - (nowMs % this.resolutionMs));
    this.#advance(nowMs);
  }

  /** Its periods until then were told without it. */
  protected isToldUntil(atMs: number): void {
    this.#settledMs = Math.max(this.#settledMs, atMs);
  }

  /** From now on it tells its periods itself. @param toldMs the whole minute that was told last. */
  disturb(toldMs: number): void {
    if (this.isSteady) this.isToldUntil(toldMs);
    this.isSteady = false;
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
