// Step scaling: the step that the distance between metric and threshold falls into, and the capacity that it makes.
import { ADJUST_EXACT, ADJUST_PERCENT, NONE } from "../abi";
import { exchange } from "../memory/arena";
import { real, reals, setWord, word, words } from "../memory/cells";
import { isBelow } from "./decimal";

// At or above the threshold a step holds its lower bound and not its upper one.
function holdsAbove(distance: f64, lower: f64, upper: f64, scale: f64): bool {
  return !isBelow(distance, lower, scale) && isBelow(distance, upper, scale);
}

// Below it, its upper bound and not its lower one; so too at the threshold where no step starts there.
function holdsBelow(distance: f64, lower: f64, upper: f64, scale: f64): bool {
  return isBelow(lower, distance, scale) && !isBelow(upper, distance, scale);
}

function stepOf(metric: f64, threshold: f64, lowers: usize, uppers: usize, from: i32, to: i32): i32 {
  const scale = max(abs(metric), abs(threshold));
  const distance = metric - threshold;
  if (!isBelow(distance, 0, scale)) {
    for (let k = from; k < to; k++) if (holdsAbove(distance, real(lowers, k), real(uppers, k), scale)) return k;
    if (isBelow(0, distance, scale)) return NONE;
  }
  for (let k = from; k < to; k++) if (holdsBelow(distance, real(lowers, k), real(uppers, k), scale)) return k;
  return NONE;
}

/** Percent of the capacity: towards zero, but at least one; at least `magnitude`, where there is one. */
function percentChange(current: i32, percent: i32, magnitude: i32): i64 {
  if (percent == 0) return 0;
  const hundredths = <i64>current * <i64>abs(percent);
  const size = max(hundredths >= 100 ? hundredths / 100 : hundredths > 0 ? 1 : 0, <i64>magnitude);
  return percent < 0 ? -size : size;
}

function steppedCapacity(current: i32, type: i32, adjustment: i32, magnitude: i32, least: i32, most: i32): i32 {
  let wanted = <i64>adjustment;
  if (type == ADJUST_PERCENT) wanted = <i64>current + percentChange(current, adjustment, magnitude);
  else if (type != ADJUST_EXACT) wanted += <i64>current;
  return <i32>min(max(wanted, <i64>least), <i64>most);
}

/**
 * Columns in the exchange buffer: f64 metrics, thresholds by policy, lower and upper bounds by step (infinite where a step
 * has none); i32 current capacities, types (ADJUST_*), magnitudes, minima, maxima, ends of steps by policy, adjustments by
 * step. Written over the current capacities.
 */
export function scaleBySteps(policies: i32, steps: i32): void {
  const metrics = exchange(0);
  const thresholds = metrics + reals(policies);
  const lowers = thresholds + reals(policies);
  const uppers = lowers + reals(steps);
  const current = uppers + reals(steps);
  const types = current + words(policies);
  const magnitudes = types + words(policies);
  const least = magnitudes + words(policies);
  const most = least + words(policies);
  const ends = most + words(policies);
  const adjustments = ends + words(policies);
  let from = 0;
  for (let k = 0; k < policies; k++) {
    const to = word(ends, k);
    const step = stepOf(real(metrics, k), real(thresholds, k), lowers, uppers, from, to);
    const capacity = word(current, k);
    setWord(current, k, step == NONE
      ? min(max(capacity, word(least, k)), word(most, k))
      : steppedCapacity(capacity, word(types, k), word(adjustments, step), word(magnitudes, k), word(least, k), word(most, k)));
    from = to;
  }
}
