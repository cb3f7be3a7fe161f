/**
 * A stream of decisions: the same for every contender that starts from the same state and decides the same. The hash of
 * its choices says whether it did. Each kind of workload has its own, below streams/.
 */

export interface Stream {
  /** Decisions made; a decision is one place, with the releases that follow from it. */
  readonly steps: number;
  /** Decisions that found no instance. */
  readonly failed: number;
  /** Of the slots chosen so far, in order. */
  readonly hash: number;
  /** Decisions until the stream must be rewound; Infinity for one that never ends. */
  left(): number;
  run(steps: number): void;
  /** Back to where the stream began, as far as the next decisions are concerned. Not timed. */
  rewind(): void;
}

export function hashed(hash: number, slot: number): number {
  return (Math.imul(hash, 31) + slot) | 0;
}

export function hex(hash: number): string {
  return (hash >>> 0).toString(16).padStart(8, '0');
}
