/**
 * The sources of a cluster: what a minute reads of them, as columns, and which have something to evaluate. Made by Catalogue;
 * each Source is a row. Invariant: a source sleeps only when every window of its alarms is full of its value.
 */
import type { Due } from './due.ts';
import { MINUTE_MS } from './series.ts';
import type { SeriesTable } from './series-table.ts';
import type { Source } from './source.ts';

const LEAST_ROWS = 16;
/** In `averaged`: it is read in another way. */
const OTHERWISE = -1;

function grown<Column extends Int32Array | Float64Array>(made: Column, before: Column): Column {
  made.set(before);
  return made;
}

export class Sources {
  readonly #series: SeriesTable;
  readonly #sources: Source[] = [];
  #values = new Float64Array(LEAST_ROWS);
  #readMs = new Float64Array(LEAST_ROWS);
  /** In how many readings in a row it was its value. */
  #repeats = new Int32Array(LEAST_ROWS);
  /** The longest evaluation range of its alarms, in readings. */
  #ranges = new Int32Array(LEAST_ROWS);
  #stepsMs = new Int32Array(LEAST_ROWS);
  #alarmCounts = new Int32Array(LEAST_ROWS);
  /** The series whose average in a period, one datapoint, it is. */
  #averaged = new Int32Array(LEAST_ROWS);
  #isAwake = new Int32Array(LEAST_ROWS);
  #hasListeners = new Int32Array(LEAST_ROWS);
  /** In the order they woke. */
  #awake = new Int32Array(LEAST_ROWS);
  awakeCount = 0;

  constructor(series: SeriesTable) {
    this.#series = series;
  }

  /** @returns the row of a new source, which sleeps. */
  add(source: Source): number {
    const row = this.#sources.push(source) - 1;
    if (row === this.#values.length) this.#grow(2 * row);
    this.#values[row] = Number.NaN;
    this.#readMs[row] = -1;
    this.#averaged[row] = OTHERWISE;
    return row;
  }

  #grow(length: number): void {
    this.#values = grown(new Float64Array(length), this.#values);
    this.#readMs = grown(new Float64Array(length), this.#readMs);
    this.#repeats = grown(new Int32Array(length), this.#repeats);
    this.#ranges = grown(new Int32Array(length), this.#ranges);
    this.#stepsMs = grown(new Int32Array(length), this.#stepsMs);
    this.#alarmCounts = grown(new Int32Array(length), this.#alarmCounts);
    this.#averaged = grown(new Int32Array(length), this.#averaged);
    this.#isAwake = grown(new Int32Array(length), this.#isAwake);
    this.#hasListeners = grown(new Int32Array(length), this.#hasListeners);
    this.#awake = grown(new Int32Array(length), this.#awake);
  }

  /** Takes over what of a source is a column, after it changed. */
  note(row: number, source: Source): void {
    this.#ranges[row] = source.range;
    this.#stepsMs[row] = source.stepMs;
    this.#alarmCounts[row] = source.alarms.length;
    this.#averaged[row] = source.averaged?.index ?? OTHERWISE;
    this.#hasListeners[row] = source.listeners.length;
  }

  /** Its newest datapoint, NaN when it is missing. */
  valueOf(row: number): number {
    return this.#values[row] as number;
  }

  /** When it had its newest datapoint. */
  readMsOf(row: number): number {
    return this.#readMs[row] as number;
  }

  /** Its value may differ from now on. */
  wake(row: number): void {
    this.#repeats[row] = 0;
    if (this.#isAwake[row] === 1) return;
    this.#isAwake[row] = 1;
    this.#awake[this.awakeCount++] = row;
  }

  /** Whether one that is awake is read more often than once a minute. */
  get isFast(): boolean {
    const awake = this.#awake.subarray(0, this.awakeCount);
    return awake.some((row) => this.#sources[row]?.isHighResolution === true);
  }

  /**
   * Reads what is awake; alarms with a new datapoint are due. Sources whose alarms have seen enough of the same value sleep
   * from then on.
   */
  gather(nowMs: number, due: Due): void {
    const isWhole = nowMs % MINUTE_MS === 0;
    let kept = 0;
    for (let k = 0; k < this.awakeCount; k++) {
      const row = this.#awake[k] as number;
      const alarmCount = this.#alarmCounts[row] as number;
      if (this.#read(row, nowMs, isWhole) && !due.repeat(row, alarmCount, this.#values[row] as number))
        due.addAll(this.#sources[row] as Source, nowMs);
      const isNeeded = alarmCount + (this.#hasListeners[row] as number) > 0;
      if (isNeeded && (this.#repeats[row] as number) < (this.#ranges[row] as number)) this.#awake[kept++] = row;
      else this.#isAwake[row] = 0;
    }
    this.awakeCount = kept;
  }

  /** Reads when it is time: at a whole minute always. @returns whether it has a new datapoint. */
  #read(row: number, nowMs: number, isWhole: boolean): boolean {
    const averaged = this.#averaged[row] as number;
    if (averaged === OTHERWISE) this.#sources[row]?.take(nowMs);
    if (!isWhole && nowMs % (this.#stepsMs[row] as number) !== 0) return false;
    const value = averaged === OTHERWISE ? (this.#sources[row] as Source).read() : this.#series.averageOf(averaged);
    this.#note(row, nowMs, Number.isFinite(value) ? value : Number.NaN);
    return true;
  }

  #note(row: number, nowMs: number, value: number): void {
    const before = this.#values[row] as number;
    const isSame = value === before || (Number.isNaN(value) && Number.isNaN(before));
    this.#repeats[row] = isSame ? (this.#repeats[row] as number) + 1 : 1;
    this.#values[row] = value;
    this.#readMs[row] = nowMs;
    if (!isSame && this.#hasListeners[row] !== 0) this.#sources[row]?.tell(nowMs, value);
  }
}
