// Reservation: CapacityProviderReservation of a capacity provider, M of N, and the size that it gives the Auto Scaling group.
// M, the instances that are needed, is whole, so the size is too: N times M/N is never rounded twice.
import { RESERVE_EMPTY_AT_100 } from "../abi";
import { exchange } from "../memory/arena";
import { reals, setReal, setWord, word, words } from "../memory/cells";

const DIMENSIONS = 4; // cpu, memory, network interfaces, GPUs
const FIRST_STEP = 2; // instances that an empty group starts with

// Columns of the call under way, set by each, no state between two: groups of tasks that wait, and instance types, with
// DIMENSIONS columns each.
let waiting: usize = 0;
let distinct: usize = 0;
let needs: usize = 0;
let groups: i32 = 0;
let sizes: usize = 0;
let types: i32 = 0;

// @ts-ignore: decorator
@inline function need(group: i32, dimension: i32): i32 {
  return word(needs + words(groups * dimension), group);
}

// @ts-ignore: decorator
@inline function size(type: i32, dimension: i32): i32 {
  return word(sizes + words(types * dimension), type);
}

/** By cpu, then memory, interfaces, GPUs. */
function isLarger(type: i32, other: i32): bool {
  for (let d = 0; d < DIMENSIONS; d++) if (size(type, d) != size(other, d)) return size(type, d) > size(other, d);
  return false;
}

function tasksThatFit(group: i32, type: i32): i32 {
  let fits = i32.MAX_VALUE;
  for (let d = 0; d < DIMENSIONS; d++) if (need(group, d) > 0) fits = min(fits, size(type, d) / need(group, d));
  return word(distinct, group) != 0 ? min(fits, 1) : fits;
}

/**
 * Instances of the largest type that the neediest group wants; 0 when no group waits that fits on the smallest type. Groups
 * do not add up: they may share instances.
 */
function instancesWanted(firstGroup: i32, endGroup: i32, firstType: i32, endType: i32): i32 {
  let smallest = firstType, largest = firstType;
  for (let t = firstType + 1; t < endType; t++) {
    if (isLarger(smallest, t)) smallest = t;
    if (isLarger(t, largest)) largest = t;
  }
  let wanted = 0;
  for (let g = firstGroup; g < endGroup; g++) {
    if (word(waiting, g) == 0 || tasksThatFit(g, smallest) == 0) continue;
    const each = tasksThatFit(g, largest);
    if (each > 0) wanted = max(wanted, (word(waiting, g) - 1) / each + 1);
  }
  return wanted;
}

function isWaiting(firstGroup: i32, endGroup: i32): bool {
  for (let g = firstGroup; g < endGroup; g++) if (word(waiting, g) > 0) return true;
  return false;
}

/** While tasks wait, nothing is taken away. */
function instancesNeeded(count: i32, busy: i32, wanted: i32, waits: bool, leastStep: i32, mostStep: i32): i32 {
  if (wanted == 0) return waits ? count : busy;
  return count == 0 ? FIRST_STEP : count + max(leastStep, min(mostStep, wanted));
}

/**
 * Columns in the exchange buffer: f64 metrics by provider, written; i32 instances, busy ones, target capacities, least and
 * most steps, least and most sizes, flags (RESERVE_*), ends of groups, ends of types by provider; waiting tasks, distinctness
 * and needs by group; sizes by type. M is written over the busy instances, the desired capacity over the least steps.
 */
export function reserveCapacity(providers: i32, groupCount: i32, typeCount: i32): void {
  const metrics = exchange(0);
  const counts = metrics + reals(providers);
  const busy = counts + words(providers);
  const targets = busy + words(providers);
  const leastSteps = targets + words(providers);
  const mostSteps = leastSteps + words(providers);
  const least = mostSteps + words(providers);
  const most = least + words(providers);
  const flags = most + words(providers);
  const groupEnds = flags + words(providers);
  const typeEnds = groupEnds + words(providers);
  groups = groupCount;
  types = typeCount;
  waiting = typeEnds + words(providers);
  distinct = waiting + words(groups);
  needs = distinct + words(groups);
  sizes = needs + words(groups * DIMENSIONS);
  let group = 0, type = 0;
  for (let k = 0; k < providers; k++) {
    const endGroup = word(groupEnds, k), endType = word(typeEnds, k);
    const n = word(counts, k), target = word(targets, k);
    const wanted = instancesWanted(group, endGroup, type, endType);
    const m = instancesNeeded(
      n, word(busy, k), wanted, isWaiting(group, endGroup), word(leastSteps, k), word(mostSteps, k),
    );
    const literal = m == 0 && n == 0 && (word(flags, k) & RESERVE_EMPTY_AT_100) != 0 && target < 100;
    setReal(metrics, k, n > 0 ? <f64>m * 100 / <f64>n : m > 0 ? <f64>m * 100 : literal ? 100 : <f64>target);
    const desired = (<i64>(literal ? 1 : m) * 100 + <i64>target - 1) / <i64>target;
    setWord(busy, k, m);
    setWord(leastSteps, k, <i32>min(max(desired, <i64>word(least, k)), <i64>word(most, k)));
    group = endGroup;
    type = endType;
  }
}
