/**
 * The newest datapoints of all series of a cluster, as columns: a minute reads thousands of them, one after the other. Made by
 * Catalogue; each Series is a row. Invariant: a row without samples is all zeros.
 */

/** Of one row: sum, count, minimum, maximum. */
const WIDTH = 4;
const LEAST_ROWS = 16;

/** Instead of a reader. */
export const NO_READER = -1;
export const SEVERAL_READERS = -2;

export class SeriesTable {
  #data = new Float64Array(WIDTH * LEAST_ROWS);
  #readers = new Int32Array(LEAST_ROWS);
  #count = 0;

  /** @returns the row of a new series. */
  add(): number {
    const row = this.#count++;
    if (row === this.#readers.length) this.#grow();
    this.#readers[row] = NO_READER;
    return row;
  }

  #grow(): void {
    const [data, readers] = [this.#data, this.#readers];
    this.#data = new Float64Array(2 * data.length);
    this.#readers = new Int32Array(2 * readers.length);
    this.#data.set(data);
    this.#readers.set(readers);
  }

  /** @param source the row of a source that reads it. */
  addReader(row: number, source: number): void {
    this.#readers[row] = this.#readers[row] === NO_READER ? source : SEVERAL_READERS;
  }

  /** The row of the only source that reads it, or one of the constants above. */
  readerOf(row: number): number {
    return this.#readers[row] as number;
  }

  sumOf(row: number): number {
    return this.#data[WIDTH * row] as number;
  }

  countOf(row: number): number {
    return this.#data[WIDTH * row + 1] as number;
  }

  minimumOf(row: number): number {
    return this.#data[WIDTH * row + 2] as number;
  }

  maximumOf(row: number): number {
    return this.#data[WIDTH * row + 3] as number;
  }

  /** NaN without samples. */
  averageOf(row: number): number {
    const count = this.countOf(row);
    if (count === 1) return this.sumOf(row);
    return count === 0 ? Number.NaN : this.sumOf(row) / count;
  }

  /** @returns whether it differs from what was there. */
  set(row: number, sum: number, count: number, minimum: number, maximum: number): boolean {
    const data = this.#data;
    const at = WIDTH * row;
    const isSame = data[at] === sum && data[at + 1] === count && data[at + 2] === minimum && data[at + 3] === maximum;
    if (isSame) return false;
    data[at] = sum;
    data[at + 1] = count;
    data[at + 2] = minimum;
    data[at + 3] = maximum;
    return true;
  }

  /** As `set`, of one sample; NaN for none. */
  setOne(row: number, value: number): boolean {
    return Number.isNaN(value) ? this.set(row, 0, 0, 0, 0) : this.set(row, value, 1, value, value);
  }
}
