/** How much of each row is run: in full, or small and short. No code. */

export interface Scale {
  /** Instead of each row's own sizes. */
  readonly sizes?: readonly number[];
  readonly mostDefinitions: number;
  /** Decisions of the engine whose running hash is kept; baselines are compared where they stop within these. */
  readonly kept: number;
  /** Decisions that the hash of a row is of. */
  readonly hashed: number;
  readonly engineMs: number;
  readonly batchMs: number;
  readonly baselineMs: number;
  /** Largest cluster on which the reference runs: it is built of plain objects, one by one. */
  readonly mostReference: number;
  /** Recorded arrivals when they are there; the look-alike otherwise. */
  readonly recordedArrivals: boolean;
}

export const FULL_SCALE: Scale = {
  mostDefinitions: 1_000,
  kept: 2_000_000,
  hashed: 5_000,
  engineMs: 2_000,
  batchMs: 500,
  baselineMs: 2_000,
  mostReference: 100_000,
  recordedArrivals: true,
};

export const SMOKE_SCALE: Scale = {
  sizes: [300],
  mostDefinitions: 20,
  kept: 2_000,
  hashed: 500,
  engineMs: 4,
  batchMs: 3,
  baselineMs: 4,
  mostReference: 10_000,
  recordedArrivals: false,
};
