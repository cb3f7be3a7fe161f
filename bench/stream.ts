/**
 * A stream of decisions: the same for every contender that starts from the same state and decides the same. The hash of
 * its choices says whether it did. Each kind of workload has its own, below streams/.
 */

/** What a stream chose: a running hash, kept after each of the first decisions so that others can be compared anywhere. */
export class Choices {
  readonly #history: Int32Array;
  readonly #counted: number;
  hash = 0;
  steps = 0;
  /** Of the first `counted` decisions, those that found no instance. */
  failed = 0;

  /**
   * @param kept decisions whose hash is kept.
   * @param counted decisions whose failures are counted.
   */
  constructor(kept: number, counted: number) {
    this.#history = new Int32Array(kept);
    this.#counted = counted;
  }

  note(slot: number): void {
    this.hash = (Math.imul(this.hash, 31) + slot) | 0;
    if (this.steps < this.#history.length) this.#history[this.steps] = this.hash;
    if (slot < 0 && this.steps < this.#counted) this.failed++;
    this.steps++;
  }

  /** Decisions that others can be compared at: all, or as many as are kept. */
  get kept(): number {
    return Math.min(this.steps, this.#history.length);
  }

  /** @param steps at most `kept`. */
  hashAfter(steps: number): number {
    return steps === 0 ? 0 : (this.#history[steps - 1] as number);
  }
}

export interface Stream {
  readonly choices: Choices;
  /** Decisions until the stream must be rewound; Infinity for one that never ends. */
  left(): number;
  /** So many decisions: each one place, with the releases that follow from it. */
  run(steps: number): void;
  /** Back to where the stream began, as far as the next decisions are concerned. Not timed. */
  rewind(): void;
}

export function hex(hash: number): string {
  return (hash >>> 0).toString(16).padStart(8, '0');
}
