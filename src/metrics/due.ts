/**
 * The alarms of one evaluation, as the fleet takes them. Made by Metrics. Invariant: an alarm that stands where it stood in
 * the evaluation before, as most do, has its row in the fleet's list already.
 */
import type { AlarmFleet } from '../model/decisions.ts';
import type { Source } from './source.ts';
import { rowAt, type WatchedByMetrics } from './watched.ts';

export class Due {
  readonly #fleet: AlarmFleet;
  #alarms: WatchedByMetrics[] = [];
  /** The fleet's list that they were written into. */
  #rows: Int32Array | undefined;
  count = 0;

  constructor(fleet: AlarmFleet) {
    this.#fleet = fleet;
  }

  /** A new evaluation, of at most so many. */
  begin(most: number): void {
    this.#fleet.reserve(most);
    this.count = 0;
    if (this.#rows !== this.#fleet.rows) this.#alarms = [];
    this.#rows = this.#fleet.rows;
  }

  /** Those that look at a source. */
  addAll(source: Source, nowMs: number): void {
    const { alarms } = source;
    for (let k = 0; k < alarms.length; k++) this.#add(alarms[k] as WatchedByMetrics, source, nowMs);
  }

  add(watched: WatchedByMetrics, nowMs: number): void {
    this.#add(watched, watched.source, nowMs);
  }

  /** Without a look at the alarm where nothing but the value is new. */
  #add(watched: WatchedByMetrics, { value, phases }: Source, nowMs: number): void {
    const k = this.count++;
    this.#fleet.values[k] = value;
    if (this.#alarms[k] === watched && phases === 1) return;
    this.#alarms[k] = watched;
    const row = rowAt(watched, nowMs);
    // The state is one, whichever window it was told by.
    if (phases > 1) this.#fleet.setState(row, watched.alarm.stateValue);
    this.#fleet.rows[k] = row;
  }

  at(place: number): WatchedByMetrics {
    return this.#alarms[place] as WatchedByMetrics;
  }
}
