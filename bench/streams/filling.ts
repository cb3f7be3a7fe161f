/** Places so many tasks, definition after definition in turn, into an empty cluster. Rewinding gives all of them back. */
import type { Contender } from '../contender.ts';
import type { Choices, Stream } from '../stream.ts';

export class Filling implements Stream {
  readonly choices: Choices;
  readonly #contender: Contender;
  readonly #definitions: number;
  readonly #slots: Int32Array;
  #at = 0;

  constructor(choices: Choices, contender: Contender, definitions: number, count: number) {
    this.choices = choices;
    this.#contender = contender;
    this.#definitions = definitions;
    this.#slots = new Int32Array(count);
  }

  left(): number {
    return this.#slots.length - this.#at;
  }

  run(steps: number): void {
    for (let n = 0; n < steps; n++) {
      const slot = this.#contender.place(this.#at % this.#definitions);
      this.choices.note(slot);
      this.#slots[this.#at++] = slot;
    }
  }

  rewind(): void {
    while (this.#at > 0) {
      const slot = this.#slots[--this.#at] as number;
      if (slot >= 0) this.#contender.release(this.#at % this.#definitions, slot);
    }
  }

  /** Instances that hold a task, and the tasks by definition. */
  placed(visit: (definition: number, slot: number) => void): void {
    for (let k = 0; k < this.#at; k++) {
      const slot = this.#slots[k] as number;
      if (slot >= 0) visit(k % this.#definitions, slot);
    }
  }
}
