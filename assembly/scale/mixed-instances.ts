// Mixed instances: how many instances of an Auto Scaling group are On-Demand; the rest are Spot.
import { exchange } from "../memory/arena";
import { setWord, word, words } from "../memory/cells";

/** The base, then the percentage of what is above it, rounded up. */
function onDemandCount(base: i32, percent: i32, total: i32): i32 {
  const above = max(0, total - base);
  return min(total, base) + <i32>((<i64>above * <i64>percent + 99) / 100);
}

/** Columns of i32 in the exchange buffer: bases, percentages, totals. Written over the totals. */
export function mixInstances(count: i32): void {
  const bases = exchange(0);
  const percents = bases + words(count);
  const totals = percents + words(count);
  for (let k = 0; k < count; k++) setWord(totals, k, onDemandCount(word(bases, k), word(percents, k), word(totals, k)));
}
