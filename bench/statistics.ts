/** Pure arithmetic of the report: percentiles of slices, and how few instances could hold what was placed. */

/** Linear interpolation between the two nearest ranks. @param share from 0 to 1; 0.5 is the median. */
export function percentile(samples: readonly number[], share: number): number {
  if (samples.length === 0) return Number.NaN;
  const sorted = [...samples].sort((a, b) => a - b);
  const rank = share * (sorted.length - 1);
  const below = Math.floor(rank);
  const [low, high] = [sorted[below] as number, sorted[Math.min(below + 1, sorted.length - 1)] as number];
  return low + (high - low) * (rank - below);
}

export interface Amounts {
  readonly cpu: number;
  readonly memoryMiB: number;
}

/** The fewest of the largest capacities that hold the sum; ceil(sum / capacity) where all are alike. */
function fewest(capacities: readonly number[], sum: number): number {
  let left = sum;
  let count = 0;
  for (const capacity of [...capacities].sort((a, b) => b - a)) {
    if (left <= 0) break;
    left -= capacity;
    count++;
  }
  return count;
}

/** The larger of cpu's and memory's bound: no placement of any kind could use fewer instances. */
export function lowerBound(capacities: readonly Amounts[], sum: Amounts): number {
  return Math.max(
    fewest(
      capacities.map(({ cpu }) => cpu),
      sum.cpu,
    ),
    fewest(
      capacities.map(({ memoryMiB }) => memoryMiB),
      sum.memoryMiB,
    ),
  );
}
