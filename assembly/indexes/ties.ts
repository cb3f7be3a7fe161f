// Ties: the candidates that the strategies so far left equal, as words of lanes, for the strategies that only break ties.
// Filled by gather, narrowed by compose; each narrowing is one pass that moves what stays to the front. Means nothing
// between decisions.
//
//   entry ─► { lanes u64, word i32, unused }; from an index one lane an entry in no order, else by word, each word once
import { NONE, VALUE_MISSING } from "../abi";
import { equal64, least64 } from "../bits/lanes";
import { lowest } from "../bits/words";
import { allocate, giveBack } from "../memory/arena";
import { below } from "../random/random";
import { attributeValue } from "../table/attributes";
import { count, countColumn, entries, isDense, record } from "../table/counts";
import { domainAttribute, domainCounts } from "../table/domains";
import { capacity, lanesAt, words } from "../table/instances";

const HEAD: usize = memory.data(12, 8); // list u32, room i32 in entries, length i32
const LAST: u32 = 0xffffffff;
const FEWEST = 64; // room there is at least

/** Address of the first entry of none, for `putTies`. */
export function clearTies(): usize {
  setTieCount(0);
  const room = max(capacity() >> 6, FEWEST);
  if (load<i32>(HEAD, 4) != room) resize(room);
  return tieAt(0);
}

function resize(room: i32): void {
  giveBack(<usize>load<u32>(HEAD), <usize>load<i32>(HEAD, 4) << 4);
  store<u32>(HEAD, <u32>allocate(<usize>room << 4));
  store<i32>(HEAD, room, 4);
}

/** Entries that fit for certain. */
// @ts-ignore: decorator
@inline export function tiesRoom(): i32 {
  return max(words(), FEWEST);
}

// @ts-ignore: decorator
@inline export function tieCount(): i32 {
  return load<i32>(HEAD, 8);
}

// @ts-ignore: decorator
@inline function setTieCount(count: i32): void {
  store<i32>(HEAD, count, 8);
}

// @ts-ignore: decorator
@inline function tieAt(number: i32): usize {
  return <usize>load<u32>(HEAD) + (<usize>number << 4);
}

// @ts-ignore: decorator
@inline function lanesOf(tie: usize): u64 {
  return load<u64>(tie);
}

// @ts-ignore: decorator
@inline function wordOf(tie: usize): i32 {
  return load<i32>(tie, 8);
}

// @ts-ignore: decorator
@inline function slotOf(tie: usize): i32 {
  return (wordOf(tie) << 6) + lowest(lanesOf(tie));
}

// @ts-ignore: decorator
@inline export function addTies(w: i32, lanes: u64): void {
  putTies(tieAt(tieCount()), w, lanes);
  setTieCount(tieCount() + 1);
}

/** Writes an entry and returns where the next one goes, for loops that add many; `endTies` must follow. */
// @ts-ignore: decorator
@inline export function putTies(tie: usize, w: i32, lanes: u64): usize {
  store<u64>(tie, lanes);
  store<i32>(tie, w, 8);
  return tie + 16;
}

// @ts-ignore: decorator
@inline export function endTies(tie: usize): void {
  setTieCount(<i32>((tie - tieAt(0)) >>> 4));
}

/** Keeps those with the smallest cell of a COLUMN_*. */
export function keepLeastTies(which: i32): void {
  keepLeast(which, 0);
}

/** Keeps those with the smallest key: of a COLUMN_*, or where that is NONE of an i32 by slot. */
// @ts-ignore: decorator
@inline function keepLeast(which: i32, keys: usize): void {
  const end = tieCount();
  let least: u32 = LAST;
  setTieCount(0);
  for (let n = 0; n < end; n++) {
    const w = wordOf(tieAt(n));
    const lanes = lanesOf(tieAt(n));
    const at = which == NONE ? keys + (<usize>w << 8) : lanesAt(which, w);
    const single = (lanes & (lanes - 1)) == 0;
    const here = single ? load<u32>(at + (<usize>lowest(lanes) << 2)) : least64(at, lanes);
    if (here > least) continue;
    if (here < least) setTieCount(0);
    least = here;
    addTies(w, single ? lanes : lanes & equal64(at, i32x4.splat(<i32>here)));
  }
}

/** Keeps those with the fewest tasks of a group. */
export function keepFewestTies(group: i32): void {
  const counts = record(group);
  if (entries(counts) == 0) return;
  if (isDense(counts)) keepLeast(NONE, countColumn(counts));
  else keepLeastByKey(group, NONE);
}

/** Keeps those whose domain has the fewest tasks; `domains` is the number of the (group, attribute) pair. */
export function keepFewestDomainTies(domains: i32): void {
  keepLeastByKey(NONE, domains);
}

/** Tasks of the group on the instance, or, where `counts` is not 0, in its domain. */
// @ts-ignore: decorator
@inline function keyOf(slot: i32, group: i32, counts: usize, attribute: i32): u32 {
  if (counts == 0) return <u32>count(group, slot);
  const value = attributeValue(slot, attribute);
  return value == VALUE_MISSING ? LAST : load<u32>(counts + (<usize>value << 2));
}

function keepLeastByKey(group: i32, domains: i32): void {
  const counts: usize = domains == NONE ? 0 : domainCounts(domains);
  const attribute = domains == NONE ? NONE : domainAttribute(domains);
  const end = tieCount();
  let least: u32 = LAST;
  setTieCount(0);
  for (let n = 0; n < end; n++) {
    const w = wordOf(tieAt(n));
    let kept: u64 = 0;
    let fewest = least;
    for (let rest = lanesOf(tieAt(n)); rest != 0; rest &= rest - 1) {
      const here = keyOf((w << 6) + lowest(rest), group, counts, attribute);
      if (here < fewest) kept = 0;
      if (here <= fewest) kept |= rest & (0 - rest);
      fewest = min(fewest, here);
    }
    if (kept == 0) continue;
    if (fewest < least) setTieCount(0);
    least = fewest;
    addTies(w, kept);
  }
}

/** The lowest slot, or -1 when there is none. */
export function lowestTie(): i32 {
  let lowestSlot = i32.MAX_VALUE;
  for (let n = 0, end = tieCount(); n < end; n++) lowestSlot = min(lowestSlot, slotOf(tieAt(n)));
  return lowestSlot == i32.MAX_VALUE ? -1 : lowestSlot;
}

/** One of them by one draw, in slot order, or -1 without a draw when there is none. */
export function drawTie(): i32 {
  const end = tieCount();
  let tied = 0;
  for (let n = 0; n < end; n++) tied += <i32>popcnt(lanesOf(tieAt(n)));
  if (tied == 0) return -1;
  const rank = <i32>below(tied);
  return tied == end ? ranked(rank) : nthLane(rank);
}

/** The slot of a rank where entries go by word. */
function nthLane(rank: i32): i32 {
  let n = 0;
  while (rank >= <i32>popcnt(lanesOf(tieAt(n)))) rank -= <i32>popcnt(lanesOf(tieAt(n++)));
  let lanes = lanesOf(tieAt(n));
  while (rank-- > 0) lanes &= lanes - 1;
  return (wordOf(tieAt(n)) << 6) + lowest(lanes);
}

/** The slot of a rank where each entry is one lane, in any order: quickselect. */
function ranked(rank: i32): i32 {
  let low = 0;
  let high = tieCount() - 1;
  while (low < high) {
    const pivot = slotOf(tieAt((low + high) >> 1));
    let i = low;
    let j = high;
    while (i <= j) {
      while (slotOf(tieAt(i)) < pivot) i++;
      while (slotOf(tieAt(j)) > pivot) j--;
      if (i > j) break;
      swap(tieAt(i++), tieAt(j--));
    }
    if (rank <= j) high = j;
    else if (rank >= i) low = i;
    else break;
  }
  return slotOf(tieAt(rank));
}

// @ts-ignore: decorator
@inline function swap(a: usize, b: usize): void {
  const held = v128.load(a);
  v128.store(a, v128.load(b));
  v128.store(b, held);
}
