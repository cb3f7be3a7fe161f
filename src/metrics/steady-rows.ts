/**
 * Services of which nothing changes but a load that is one wave: their minutes, from columns. Made by Usage, told by
 * PeriodRows. Invariant: a row publishes here what its UsageRow would.
 */
import type { HeldWave } from './curve.ts';
import type { Metrics } from './metrics.ts';
import { cpuPercentOf } from './percent.ts';
import { MINUTE_MS } from './series.ts';

/** Of one row: base and amplitude of its load, CPU units reserved, CPU seconds times 1000 used in the minute that ended last. */
const WIDTH = 4;
const LEAST_ROWS = 16;
/** In `series`: its UsageRow tells. */
const DISTURBED = -1;

export class SteadyRows {
  #data = new Float64Array(WIDTH * LEAST_ROWS);
  /** Steps that the wave begins earlier. */
  #offsets = new Int32Array(LEAST_ROWS);
  /** Where it publishes. */
  #series = new Int32Array(LEAST_ROWS);
  readonly #swings: Float64Array[] = [];
  #nowMs = 0;
  /** Of the minute that ends now: all are whole numbers, which are divided sooner. */
  #step = 0;

  /** @returns its number; undefined for a wave that does not change once a minute. A new row is disturbed. */
  add({ base, amplitude, stepMs, offset, swings }: HeldWave): number | undefined {
    if (amplitude === 0 || stepMs !== MINUTE_MS) return undefined;
    const row = this.#swings.push(swings) - 1;
    if (row === this.#series.length) this.#grow();
    this.#data.set([base, amplitude, 0, 0], WIDTH * row);
    this.#offsets[row] = offset;
    this.#series[row] = DISTURBED;
    return row;
  }

  #grow(): void {
    const { length } = this.#series;
    const [data, offsets, series] = [this.#data, this.#offsets, this.#series];
    this.#data = new Float64Array(2 * WIDTH * length);
    this.#offsets = new Int32Array(2 * length);
    this.#series = new Int32Array(2 * length);
    this.#data.set(data);
    this.#offsets.set(offsets);
    this.#series.set(series);
  }

  /**
   * From now on only its load changes.
   * @param series the row of its CPU utilisation.
   * @param usedCpu CPU seconds times 1000 in the minute that ends now.
   */
  settle(row: number, series: number, reservedCpu: number, usedCpu: number): void {
    this.#series[row] = series;
    this.#data[WIDTH * row + 2] = reservedCpu;
    this.#data[WIDTH * row + 3] = usedCpu;
  }

  disturb(row: number): void {
    this.#series[row] = DISTURBED;
  }

  /** CPU seconds times 1000 in the minute that ended last. */
  usedCpuOf(row: number): number {
    return this.#data[WIDTH * row + 3] as number;
  }

  /** A minute ends. */
  begin(nowMs: number): void {
    this.#nowMs = nowMs;
    this.#step = (nowMs / MINUTE_MS - 1) | 0;
  }

  /** Publishes the minute that ends. @returns false for one that is disturbed. */
  publish(row: number, metrics: Metrics): boolean {
    const series = this.#series[row] as number;
    if (series === DISTURBED) return false;
    const data = this.#data;
    const at = WIDTH * row;
    const swings = this.#swings[row] as Float64Array;
    const swing = swings[(this.#step + (this.#offsets[row] as number)) % swings.length] as number;
    const cpu = Math.max(0, (data[at] as number) + (data[at + 1] as number) * swing) * MINUTE_MS;
    data[at + 3] = cpu;
    metrics.publishAt(series, this.#nowMs, cpuPercentOf(cpu, (data[at + 2] as number) * MINUTE_MS));
    return true;
  }
}
