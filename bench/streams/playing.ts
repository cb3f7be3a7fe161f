/**
 * Plays arrivals: a decision is one arrival, with the departures before it. The first part warms the cluster up and is
 * not measured; rewinding empties the cluster and plays that part again.
 */
import type { Arrivals } from '../arrivals.ts';
import type { Contender } from '../contender.ts';
import type { Choices, Stream } from '../stream.ts';

const WARM_UP_SHARE = 0.6;

/** Where a stream of arrivals stands: what a second contender needs to go on from there. */
export interface Position {
  /** By VM: its slot, or -1. */
  readonly slots: Int32Array;
  event: number;
  arrivals: number;
}

export class Playing implements Stream {
  readonly choices: Choices;
  readonly #contender: Contender;
  readonly #arrivals: Arrivals;
  #position: Position;

  constructor(choices: Choices, contender: Contender, arrivals: Arrivals, position?: Position) {
    this.choices = choices;
    this.#contender = contender;
    this.#arrivals = arrivals;
    this.#position =
      position === undefined
        ? { slots: new Int32Array(arrivals.sizes.length).fill(-1), event: 0, arrivals: 0 }
        : { ...position, slots: position.slots.slice() };
  }

  /** Plays the part that only fills the cluster. */
  warmUp(): Position {
    while (this.#position.arrivals < this.#arrivals.sizes.length * WARM_UP_SHARE) this.#arrive();
    const { slots, ...rest } = this.#position;
    return { ...rest, slots: slots.slice() };
  }

  left(): number {
    return this.#arrivals.sizes.length - this.#position.arrivals;
  }

  run(steps: number): void {
    for (let n = 0; n < steps; n++) {
      const slot = this.#arrive();
      this.choices.note(slot);
    }
  }

  #arrive(): number {
    const { events, sizes } = this.#arrivals;
    const { slots } = this.#position;
    for (;;) {
      const event = events[this.#position.event++] as number;
      const vm = Math.floor(event / 2);
      const definition = sizes[vm] as number;
      if (event % 2 === 1) {
        this.#position.arrivals++;
        slots[vm] = this.#contender.place(definition);
        return slots[vm] as number;
      }
      const slot = slots[vm] as number;
      if (slot >= 0) this.#contender.release(definition, slot);
      slots[vm] = -1;
    }
  }

  rewind(): void {
    const { slots } = this.#position;
    for (const [vm, slot] of slots.entries()) {
      if (slot >= 0) this.#contender.release(this.#arrivals.sizes[vm] as number, slot);
    }
    this.#position = { slots: slots.fill(-1), event: 0, arrivals: 0 };
    this.warmUp();
  }
}
