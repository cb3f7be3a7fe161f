/**
 * The alarms of one evaluation, as the fleet takes them. Made by Metrics. Invariant: alarms that stand where they stood in
 * the evaluation before, as most do, have their rows in the fleet's list already.
 */
import type { AlarmFleet } from '../model/decisions.ts';
import type { Source } from './source.ts';
import { rowAt, type WatchedByMetrics } from './watched.ts';

const NO_SOURCE = -1;

export class Due {
  readonly #fleet: AlarmFleet;
  #alarms: WatchedByMetrics[] = [];
  /** The source whose alarms begin at a place, where they stand there for good. */
  #sources = new Int32Array(0);
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
    if (this.#rows === this.#fleet.rows) return;
    this.#rows = this.#fleet.rows;
    this.#sources = new Int32Array(this.#rows.length);
    this.forget();
  }

  /** A source has other alarms than before. */
  forget(): void {
    this.#sources.fill(NO_SOURCE);
  }

  /**
   * The alarms of a source whose value alone is new.
   * @returns false when they do not stand here already.
   */
  repeat(source: number, alarmCount: number, value: number): boolean {
    const { count } = this;
    if (this.#sources[count] !== source) return false;
    const { values } = this.#fleet;
    for (let k = count; k < count + alarmCount; k++) values[k] = value;
    this.count = count + alarmCount;
    return true;
  }

  /** Those that look at a source. */
  addAll({ alarms, index, phases }: Source, nowMs: number): void {
    const first = this.count;
    for (let k = 0; k < alarms.length; k++) this.add(alarms[k] as WatchedByMetrics, nowMs);
    // Windows that slide have another row each time.
    if (alarms.length > 0 && phases === 1) this.#sources[first] = index;
  }

  add(watched: WatchedByMetrics, nowMs: number): void {
    const k = this.count++;
    const row = rowAt(watched, nowMs);
    const { value, phases } = watched.source;
    // The state is one, whichever window it was told by.
    if (phases > 1) this.#fleet.setState(row, watched.alarm.stateValue);
    this.#fleet.rows[k] = row;
    this.#fleet.values[k] = value;
    this.#alarms[k] = watched;
    this.#sources[k] = NO_SOURCE;
  }

  at(place: number): WatchedByMetrics {
    return this.#alarms[place] as WatchedByMetrics;
  }
}
