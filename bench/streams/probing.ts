/**
 * Places a task of a random definition and gives it back at once, so that the state under test stays as it is. With
 * `drainEvery`, a random instance is drained every so many decisions and the one drained longest ago comes back.
 */
import type { Contender } from '../contender.ts';
import { Dice } from '../dice.ts';
import type { Choices, Stream } from '../stream.ts';

const DRAINED = 32;

export class Probing implements Stream {
  readonly choices: Choices;
  readonly #contender: Contender;
  readonly #definitions: number;
  readonly #instances: number;
  readonly #drainEvery: number;
  readonly #dice: Dice;
  readonly #draining: number[] = [];

  constructor(
    choices: Choices,
    contender: Contender,
    definitions: number,
    instances: number,
    drainEvery: number,
    seed: number,
  ) {
    this.choices = choices;
    this.#contender = contender;
    this.#definitions = definitions;
    this.#instances = instances;
    this.#drainEvery = drainEvery;
    this.#dice = new Dice(seed);
  }

  left(): number {
    return Number.POSITIVE_INFINITY;
  }

  rewind(): void {}

  run(steps: number): void {
    for (let n = 0; n < steps; n++) {
      if (this.#drainEvery > 0 && this.choices.steps % this.#drainEvery === 0) this.#drainOne();
      const definition = this.#dice.below(this.#definitions);
      const slot = this.#contender.place(definition);
      this.choices.note(slot);
      if (slot >= 0) this.#contender.release(definition, slot);
    }
  }

  #drainOne(): void {
    const slot = this.#dice.below(this.#instances);
    if (this.#draining.includes(slot)) return;
    this.#contender.setDraining(slot, true);
    this.#draining.push(slot);
    if (this.#draining.length > DRAINED) this.#contender.setDraining(this.#draining.shift() as number, false);
  }
}
