/** Tasks that are placed, as pairs of definition and slot in no order: any of them can be drawn and taken out. */

const FIRST_ROOM = 1024;

export class LiveTasks {
  #definitions = new Uint16Array(FIRST_ROOM);
  #slots = new Int32Array(FIRST_ROOM);
  count = 0;

  push(definition: number, slot: number): void {
    if (this.count === this.#slots.length) this.#grow();
    this.#definitions[this.count] = definition;
    this.#slots[this.count] = slot;
    this.count++;
  }

  #grow(): void {
    const [definitions, slots] = [this.#definitions, this.#slots];
    this.#definitions = new Uint16Array(slots.length * 2);
    this.#slots = new Int32Array(slots.length * 2);
    this.#definitions.set(definitions);
    this.#slots.set(slots);
  }

  definition(at: number): number {
    return this.#definitions[at] as number;
  }

  slot(at: number): number {
    return this.#slots[at] as number;
  }

  /** The last one takes its place. */
  removeAt(at: number): void {
    this.count--;
    this.#definitions[at] = this.#definitions[this.count] as number;
    this.#slots[at] = this.#slots[this.count] as number;
  }

  /** Place of some task on the slot, or -1. */
  findOn(slot: number): number {
    for (let at = 0; at < this.count; at++) if (this.#slots[at] === slot) return at;
    return -1;
  }

  copy(): LiveTasks {
    const copied = new LiveTasks();
    copied.#definitions = this.#definitions.slice();
    copied.#slots = this.#slots.slice();
    copied.count = this.count;
    return copied;
  }

  forEach(visit: (definition: number, slot: number) => void): void {
    for (let at = 0; at < this.count; at++) visit(this.definition(at), this.slot(at));
  }
}
