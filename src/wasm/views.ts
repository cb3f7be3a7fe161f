/**
 * The only file that touches the core's memory. Views are taken anew when the core says that memory grew; a view that
 * is stale has length 0. Asking `memory.buffer` costs more than a decision, so it is asked as seldom as that.
 */
import type { Core } from './core.ts';

const LEAST_EXCHANGE_BYTES = 4096;
/** So many words are copied sooner one by one than a view of them is made. */
const FEW = 32;

export class Views {
  readonly #core: Core;
  #generation = -1;
  #words = new Int32Array(0);
  #exchange = 0;

  constructor(core: Core) {
    this.#core = core;
    this.exchange(LEAST_EXCHANGE_BYTES);
  }

  /** All memory as i32; index = address / 4. */
  words(): Int32Array {
    if (this.#words.length === 0 || this.#generation !== this.#core.generation()) this.#refresh();
    return this.#words;
  }

  #refresh(): void {
    this.#words = new Int32Array(this.#core.memory.buffer);
    this.#generation = this.#core.generation();
    this.#exchange = this.#core.exchange(LEAST_EXCHANGE_BYTES) >>> 2;
  }

  /** Index into `words()` of the exchange buffer, with room for `bytes`. */
  exchange(bytes: number): number {
    this.#exchange = this.#core.exchange(Math.max(bytes, LEAST_EXCHANGE_BYTES)) >>> 2;
    return this.#exchange;
  }

  /** Word of the exchange buffer, for calls that answer in it and cannot move it. */
  exchanged(index: number): number {
    if (this.#words.length === 0) this.#refresh();
    return this.#words[this.#exchange + index] as number;
  }

  /** Writes words to the front of the exchange buffer. */
  send(list: ArrayLike<number>): void {
    const at = this.exchange(list.length * 4);
    this.words().set(list, at);
  }

  /** Copies `count` words from the front of the exchange buffer to `target`, from `offset` on. */
  receive(count: number, target: Int32Array, offset = 0): void {
    const words = this.words();
    const at = this.#exchange;
    if (count > FEW) target.set(words.subarray(at, at + count), offset);
    else for (let k = 0; k < count; k++) target[offset + k] = words[at + k] as number;
  }

  /** Writes columns to the front of the exchange buffer, one after the other: doubles, then words. */
  sendColumns(doubles: readonly Float64Array[], ints: readonly Int32Array[]): void {
    const bytes = doubles.reduce((sum, { length }) => sum + length * 8, 0);
    let at = this.exchange(ints.reduce((sum, { length }) => sum + length * 4, bytes)) * 4;
    const { buffer } = this.words();
    for (const column of doubles) {
      new Float64Array(buffer, at, column.length).set(column);
      at += column.length * 8;
    }
    for (const column of ints) {
      new Int32Array(buffer, at, column.length).set(column);
      at += column.length * 4;
    }
  }

  /** `count` doubles of the exchange buffer as they lie there, from byte `offset` on; stale once memory grew. */
  doublesAt(offset: number, count: number): Float64Array {
    const { buffer } = this.words();
    return new Float64Array(buffer, this.#exchange * 4 + offset, count);
  }

  /** As `doublesAt`, of words. */
  wordsAt(offset: number, count: number): Int32Array {
    const { buffer } = this.words();
    return new Int32Array(buffer, this.#exchange * 4 + offset, count);
  }

  /** Copies `count` doubles of the exchange buffer, from byte `offset` on. */
  receiveDoubles(offset: number, count: number): Float64Array {
    const { buffer } = this.words();
    return new Float64Array(buffer, this.#exchange * 4 + offset, count).slice();
  }

  /** Copies `count` words of the exchange buffer, from byte `offset` on. */
  receiveWords(offset: number, count: number): Int32Array {
    const { buffer } = this.words();
    return new Int32Array(buffer, this.#exchange * 4 + offset, count).slice();
  }

  /** One cell of an instance. */
  cell(which: number, slot: number): number {
    const at = this.#core.cellAt(which, slot) >>> 2;
    return this.words()[at] as number;
  }

  /** Field of a task record. */
  taskField(number: number, field: number): number {
    const at = this.#core.task(number) >>> 2;
    return this.words()[at + field] as number;
  }

  /** A bitset of the core, as a test by slot; valid until the core is called again. */
  bitset(address: number): (slot: number) => boolean {
    const words = this.words();
    const at = address >>> 2;
    return (slot) => (((words[at + (slot >>> 5)] as number) >>> (slot & 31)) & 1) === 1;
  }

  /** The slots in a bitset of `count` bits, in order. */
  members(address: number, count: number): number[] {
    const words = this.words();
    const at = address >>> 2;
    const slots: number[] = [];
    for (let w = 0, end = (count + 31) >>> 5; w < end; w++) {
      for (let rest = words[at + w] as number; rest !== 0; rest &= rest - 1) {
        slots.push((w << 5) + 31 - Math.clz32(rest & -rest));
      }
    }
    return slots;
  }

  /** u16 masks by slot, copied. */
  masks(address: number, count: number): Uint16Array {
    const words = this.words();
    return new Uint16Array(words.buffer, address >>> 0, count).slice();
  }

  /** All state, [0, heap top), as it lies there; valid until the core is called again. */
  all(): Uint8Array {
    return new Uint8Array(this.#core.memory.buffer, 0, this.#core.heapTop() >>> 0);
  }

  /** A copy of all state. */
  copy(): Uint8Array {
    return this.all().slice();
  }

  /** Puts a copy back; memory grows as needed. */
  paste(bytes: Uint8Array): void {
    const pages = Math.ceil((bytes.length - this.#core.memory.buffer.byteLength) / 65536);
    if (pages > 0) this.#core.memory.grow(pages);
    const memory = new Uint8Array(this.#core.memory.buffer);
    memory.set(bytes);
    memory.fill(0, bytes.length);
    this.#refresh();
  }

  bytes(): number {
    return this.#core.heapTop() >>> 0;
  }
}
