// Target tracking: the capacity at which a metric that falls in proportion meets its target.
import { exchange } from "../memory/arena";
import { real, reals, setWord, word, words } from "../memory/cells";
import { roundedUp } from "./decimal";

/** Rounded up both ways; from zero tasks the smallest possible step, once the metric is above its target. */
export function trackedCapacity(running: i32, metric: f64, target: f64, least: i32, most: i32): i32 {
  const wanted = running > 0 ? roundedUp(<f64>running * metric / target) : metric > target ? 1.0 : 0.0;
  if (wanted >= <f64>most) return most;
  return wanted <= <f64>least ? least : <i32>wanted;
}

/** Columns in the exchange buffer: f64 metrics, targets; i32 running counts, minima, maxima. Written over the running counts. */
export function trackTargets(count: i32): void {
  const metrics = exchange(0);
  const targets = metrics + reals(count);
  const running = targets + reals(count);
  const least = running + words(count);
  const most = least + words(count);
  for (let k = 0; k < count; k++) {
    setWord(running, k, trackedCapacity(word(running, k), real(metrics, k), real(targets, k), word(least, k), word(most, k)));
  }
}
