/**
 * Tasks that are placed, as pairs of definition and slot in no order: any of them can be drawn and taken out. A pair is
 * one number, so that drawing one costs a stream, which is timed, one cache line.
 */

const FIRST_ROOM = 1024;
/** More than the slots of a million instances; the bits above hold 2,048 definitions. */
const SLOT_BITS = 20;
const SLOTS = (1 << SLOT_BITS) - 1;

export class LiveTasks {
  #pairs = new Int32Array(FIRST_ROOM);
  count = 0;

  push(definition: number, slot: number): void {
    if (this.count === this.#pairs.length) this.#grow();
    this.#pairs[this.count++] = (definition << SLOT_BITS) | slot;
  }

  #grow(): void {
    const before = this.#pairs;
    this.#pairs = new Int32Array(before.length * 2);
    this.#pairs.set(before);
  }

  definition(at: number): number {
    return (this.#pairs[at] as number) >> SLOT_BITS;
  }

  slot(at: number): number {
    return (this.#pairs[at] as number) & SLOTS;
  }

  /** The last one takes its place. */
  removeAt(at: number): void {
    this.#pairs[at] = this.#pairs[--this.count] as number;
  }

  /** Place of some task on the slot, or -1. */
  findOn(slot: number): number {
    for (let at = 0; at < this.count; at++) if (this.slot(at) === slot) return at;
    return -1;
  }

  copy(): LiveTasks {
    const copied = new LiveTasks();
    copied.#pairs = this.#pairs.slice();
    copied.count = this.count;
    return copied;
  }

  forEach(visit: (definition: number, slot: number) => void): void {
    for (let at = 0; at < this.count; at++) visit(this.definition(at), this.slot(at));
  }
}
