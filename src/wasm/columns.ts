/**
 * Columns of a snapshot: numbers as they lie in memory, texts as one text a block with their lengths. Read in the order
 * they were written. Called by snapshot; every piece starts at a multiple of eight bytes.
 *
 *   column ─► count i32, kind i32, payload; texts: blocks of { bytes i32, units i32, lengths i32[], text }
 */

export type Column = Int32Array | Float64Array | readonly string[];

const INTS = 1;
const DOUBLES = 2;
const TEXTS = 3;
const TEXTS_PER_BLOCK = 1 << 14;
const UTF_16 = -1;
const UNITS_PER_CALL = 1 << 13;

function padded(length: number): number {
  return (length + 7) & ~7;
}

function bytesOf(array: Int32Array | Float64Array | Uint16Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** UTF-16 units, for texts that UTF-8 cannot hold: halves of surrogate pairs. */
function unitsOf(text: string): Uint16Array {
  return Uint16Array.from({ length: text.length }, (_, k) => text.charCodeAt(k));
}

function textOf(units: Uint16Array): string {
  let text = '';
  for (let k = 0; k < units.length; k += UNITS_PER_CALL) {
    text += String.fromCharCode(...units.subarray(k, k + UNITS_PER_CALL));
  }
  return text;
}

function lengthsOf(texts: readonly string[]): Int32Array {
  const lengths = new Int32Array(texts.length);
  for (let k = 0; k < texts.length; k++) lengths[k] = (texts[k] as string).length;
  return lengths;
}

/** Pieces of bytes, each padded when they are put together. */
class Pieces {
  readonly #pieces: Uint8Array[] = [];
  #length = 0;

  add(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.#length += padded(piece.length);
  }

  addWords(...words: number[]): void {
    this.add(bytesOf(Int32Array.from(words)));
  }

  get length(): number {
    return this.#length;
  }

  writeTo(target: Uint8Array, from: number): void {
    let at = from;
    for (const piece of this.#pieces) {
      target.set(piece, at);
      at += padded(piece.length);
    }
  }
}

function addTexts(pieces: Pieces, texts: readonly string[]): void {
  for (let from = 0; from < texts.length; from += TEXTS_PER_BLOCK) {
    const block = texts.slice(from, from + TEXTS_PER_BLOCK);
    const text = block.join('');
    const utf8 = new TextEncoder().encode(text);
    const isWhole = utf8.length === text.length || !/\p{Surrogate}/u.test(text);
    const bytes = isWhole ? utf8 : bytesOf(unitsOf(text));
    pieces.addWords(bytes.length, isWhole ? text.length : UTF_16);
    pieces.add(bytesOf(lengthsOf(block)));
    pieces.add(bytes);
  }
}

/** The bytes of columns, to be written once their length is known. */
export function packColumns(columns: readonly Column[]): {
  length: number;
  writeTo(target: Uint8Array, from: number): void;
} {
  const pieces = new Pieces();
  for (const column of columns) {
    if (column instanceof Int32Array || column instanceof Float64Array) {
      pieces.addWords(column.length, column instanceof Int32Array ? INTS : DOUBLES);
      pieces.add(bytesOf(column));
    } else {
      pieces.addWords(column.length, TEXTS);
      addTexts(pieces, column);
    }
  }
  return pieces;
}

/** Reads what packColumns wrote; the bytes start at a multiple of eight in their buffer. */
class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isDone(): boolean {
    return this.#at >= this.#bytes.length;
  }

  #take(length: number): number {
    const at = this.#bytes.byteOffset + this.#at;
    this.#at += padded(length);
    return at;
  }

  words(count: number): Int32Array {
    return new Int32Array(this.#bytes.buffer, this.#take(count * 4), count);
  }

  doubles(count: number): Float64Array {
    return new Float64Array(this.#bytes.buffer, this.#take(count * 8), count);
  }

  texts(count: number): string[] {
    const texts: string[] = [];
    while (texts.length < count) this.#block(texts, Math.min(count - texts.length, TEXTS_PER_BLOCK));
    return texts;
  }

  #block(texts: string[], count: number): void {
    const [length = 0, units = 0] = this.words(2);
    const lengths = this.words(count);
    const text = this.#text(length, units === UTF_16);
    let at = 0;
    for (let k = 0; k < count; k++) {
      const end = at + (lengths[k] as number);
      texts.push(text.slice(at, end));
      at = end;
    }
  }

  #text(length: number, isUtf16: boolean): string {
    const at = this.#take(length);
    if (isUtf16) return textOf(new Uint16Array(this.#bytes.buffer, at, length >>> 1));
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(new Uint8Array(this.#bytes.buffer, at, length));
  }
}

/** The columns, as copies where a caller could change what it gave. */
export function unpackColumns(bytes: Uint8Array): Column[] {
  const reader = new Reader(bytes);
  const columns: Column[] = [];
  while (!reader.isDone) {
    const [count = 0, kind] = reader.words(2);
    if (kind === INTS) columns.push(reader.words(count));
    else if (kind === DOUBLES) columns.push(reader.doubles(count));
    else columns.push(reader.texts(count));
  }
  return columns;
}

/** Takes columns one after the other, in the order they were written. */
export class ColumnReader {
  readonly #columns: readonly Column[];
  #next = 0;

  constructor(columns: readonly Column[]) {
    this.#columns = columns;
  }

  ints(): Int32Array {
    return this.#columns[this.#next++] as Int32Array;
  }

  doubles(): Float64Array {
    return this.#columns[this.#next++] as Float64Array;
  }

  texts(): readonly string[] {
    return this.#columns[this.#next++] as readonly string[];
  }
}
