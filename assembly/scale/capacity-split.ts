// Capacity split: how many of a service's new tasks each capacity provider of its strategy gets. Base first, then by weight.
import { NONE, SPLIT_LARGEST_REMAINDER } from "../abi";
import { exchange } from "../memory/arena";
import { setWord, word, words } from "../memory/cells";

// Columns by provider of the call under way: set by each call, no state between two.
let weights: usize = 0;
let bases: usize = 0;
let held: usize = 0;

function give(k: i32, count: i32): void {
  setWord(held, k, word(held, k) + count);
}

/** What is left after the base. */
function giveBase(from: i32, to: i32, count: i32): i32 {
  let left = count;
  for (let k = from; k < to; k++) {
    const taken = min(left, max(0, word(bases, k) - word(held, k)));
    give(k, taken);
    left -= taken;
  }
  return left;
}

function totalWeight(from: i32, to: i32): i32 {
  let total = 0;
  for (let k = from; k < to; k++) total += word(weights, k);
  return total;
}

function holdsOnlyBase(from: i32, to: i32): bool {
  for (let k = from; k < to; k++) if (word(weights, k) > 0 && word(held, k) != word(bases, k)) return false;
  return true;
}

/** Least (tasks beyond base + 1) / weight, compared without dividing; ties: the first. */
function next(from: i32, to: i32): i32 {
  let best = NONE;
  let bestCount: i64 = 0;
  for (let k = from; k < to; k++) {
    const weight = word(weights, k);
    if (weight == 0) continue;
    const count = <i64>(word(held, k) - word(bases, k) + 1);
    if (best != NONE && count * <i64>word(weights, best) >= bestCount * <i64>weight) continue;
    best = k;
    bestCount = count;
  }
  return best;
}

/** One after the other. From an even start every round of as many tasks as there is weight repeats the one before. */
function giveInTurn(from: i32, to: i32, count: i32): void {
  const total = totalWeight(from, to);
  if (total == 0) return;
  let left = count;
  if (holdsOnlyBase(from, to)) {
    const rounds = left / total;
    for (let k = from; k < to; k++) give(k, rounds * word(weights, k));
    left -= rounds * total;
  }
  for (; left > 0; left--) give(next(from, to), 1);
}

/** The whole part of each share, then one each to the largest fractions; ties: the first. */
function giveByRemainder(from: i32, to: i32, count: i32): void {
  const total = <i64>totalWeight(from, to);
  if (total == 0) return;
  let left = count;
  for (let k = from; k < to; k++) left -= <i32>(<i64>count * <i64>word(weights, k) / total);
  for (let k = from; k < to; k++) {
    const share = <i64>count * <i64>word(weights, k);
    let before = 0;
    for (let j = from; j < to; j++) {
      const other = <i64>count * <i64>word(weights, j) % total;
      if (other > share % total || (other == share % total && j < k)) before++;
    }
    give(k, <i32>(share / total) + (before < left ? 1 : 0));
  }
}

/**
 * Columns of i32 in the exchange buffer: new tasks, rules (SPLIT_*), ends of providers by service; weights, bases, tasks held
 * by provider. The new tasks are added to those held. A provider that is alone needs no weight.
 */
export function splitCapacity(services: i32, providers: i32): void {
  const counts = exchange(0);
  const rules = counts + words(services);
  const ends = rules + words(services);
  weights = ends + words(services);
  bases = weights + words(providers);
  held = bases + words(providers);
  let from = 0;
  for (let k = 0; k < services; k++) {
    const to = word(ends, k);
    const left = giveBase(from, to, word(counts, k));
    if (to - from == 1) give(from, left);
    else if (word(rules, k) == SPLIT_LARGEST_REMAINDER) giveByRemainder(from, to, left);
    else giveInTurn(from, to, left);
    from = to;
  }
}
