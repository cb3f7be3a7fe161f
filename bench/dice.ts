/** Seeded numbers, the same everywhere (mulberry32): clusters, fills and streams draw from it, so any row can run again. */

export class Dice {
  /** Signed, since a larger one would be an object for the garbage collector at every draw. */
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** A whole number from 0 to k - 1. */
  below(k: number): number {
    this.#state = ((this.#state | 0) + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((((t ^ (t >>> 14)) >>> 0) / 4294967296) * k) | 0;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
}
