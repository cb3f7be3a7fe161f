/**
 * The stream: place a task of a random definition and give back the one placed WINDOW steps before, so that the cluster
 * stays as full as it was. Every contender sees the same stream; the hash of its choices says whether it did the same.
 */
import { Dice } from './cluster.ts';
import type { Contender } from './contender.ts';

const WINDOW = 64;

export class Stream {
  readonly #contender: Contender;
  readonly #definitions: number;
  readonly #dice: Dice;
  readonly #placed = new Int32Array(WINDOW).fill(-1);
  readonly #of = new Int32Array(WINDOW);
  #at = 0;
  hash = 0;
  failed = 0;

  constructor(contender: Contender, definitions: number, seed: number) {
    this.#contender = contender;
    this.#definitions = definitions;
    this.#dice = new Dice(seed);
  }

  run(steps: number): void {
    for (let n = 0; n < steps; n++) {
      const at = this.#at % WINDOW;
      const last = this.#placed[at] as number;
      if (last >= 0) this.#contender.release(this.#of[at] as number, last);
      const definition = this.#dice.below(this.#definitions);
      const slot = this.#contender.place(definition);
      this.#placed[at] = slot;
      this.#of[at] = definition;
      this.#at++;
      this.hash = (Math.imul(this.hash, 31) + slot) | 0;
      if (slot < 0) this.failed++;
    }
  }
}
