// Tallies: the counts of a group per instance, while they stand by group: a hash table while few instances hold tasks of the
// group, a column once an eighth of all do, so that storage follows the counts that are not zero, never groups x instances.
// Written by counts only, which knows of the third form, by instance.
//
//   pairs  block ─► pairs u32, (slot + 1) << bits | count, in fours that are compared at once, linear probing by fours,
//          at most 3/4 full; one that sank to 0 stays until its place is taken or the table rehashed; bits are as many as
//          the largest count needs, a count too large beside the slots makes a column
//   column block ─► i32[capacity], count by slot, given back when the group has no task left
import { enlarge, allocate, giveBack } from "../memory/arena";
import { COLUMN, FIELD_SEATS, FORM, isDense, isMany, PAIRS, tallied } from "./group-records";
import { capacity, slots } from "./instances";
import { hasSeats, putSeat } from "./seats";

const USED: usize = 44; // of the record
const BITS: usize = 48; // of the record
const FIRST_PAIRS = 16;
const FOUR = 4; // pairs in a vector
const LEAST_BITS = 8;

// @ts-ignore: decorator
@inline function block(at: usize): usize {
  return <usize>load<u32>(at);
}

/** Places to look through with `talliedSlot` and `talliedAt`: pairs or slots. */
// @ts-ignore: decorator
@inline export function talliedPlaces(at: usize): i32 {
  return isDense(at) ? min(load<i32>(at, 8), slots()) : load<i32>(at, 8);
}

/** Slot of a place, or -1 when nothing is counted there. */
// @ts-ignore: decorator
@inline export function talliedSlot(at: usize, place: i32): i32 {
  if (talliedAt(at, place) == 0) return -1;
  return isDense(at) ? place : slotIn(at, load<u32>(block(at) + (<usize>place << 2)));
}

// @ts-ignore: decorator
@inline export function talliedAt(at: usize, place: i32): i32 {
  const cell = load<i32>(block(at) + (<usize>place << 2));
  return isDense(at) ? cell : cell & mostInPair(at);
}

/** Column of counts of a dense group, as long as the instance table. */
export function countColumn(at: usize): usize {
  const old = load<i32>(at, 8);
  if (old != capacity()) {
    store<u32>(at, <u32>enlarge(block(at), <usize>old << 2, <usize>capacity() << 2));
    store<i32>(at, capacity(), 8);
  }
  return block(at);
}

// @ts-ignore: decorator
@inline function mostInPair(at: usize): i32 {
  return (1 << load<i32>(at, BITS)) - 1;
}

// @ts-ignore: decorator
@inline function slotIn(at: usize, pair: u32): i32 {
  return <i32>(pair >>> load<u32>(at, BITS)) - 1;
}

// @ts-ignore: decorator
@inline function home(slot: i32, pairs: i32): i32 {
  return <i32>((<u32>slot * 0x9e3779b1) >>> (32 - <u32>ctz(pairs))) & ~(FOUR - 1);
}

/** The pair of a slot, or 0. */
// @ts-ignore: decorator
@inline function pairOf(at: usize, slot: i32): usize {
  const wanted = i32x4.splat(slot + 1);
  let place = home(slot, load<i32>(at, 8));
  while (true) {
    const four = block(at) + (<usize>place << 2);
    const pairs = v128.load(four);
    const found = i32x4.bitmask(i32x4.eq(i32x4.shr_u(pairs, load<i32>(at, BITS)), wanted));
    if (found != 0) return four + (<usize>ctz(found) << 2);
    if (!i32x4.all_true(pairs)) return 0;
    place = (place + FOUR) & (load<i32>(at, 8) - 1);
  }
  return 0;
}

/** Where a slot that has no pair gets one: a place never used, or one whose count sank to 0. */
function vacantFor(at: usize, slot: i32): usize {
  let place = home(slot, load<i32>(at, 8));
  while (true) {
    const four = block(at) + (<usize>place << 2);
    const counts = v128.and(v128.load(four), i32x4.splat(mostInPair(at)));
    const vacant = i32x4.bitmask(i32x4.eq(counts, i32x4.splat(0)));
    if (vacant != 0) return four + (<usize>ctz(vacant) << 2);
    place = (place + FOUR) & (load<i32>(at, 8) - 1);
  }
  return 0;
}

/** The cell that counts the group's tasks on the instance, for `tallyIn` and `takeTallied`; 0 where none does. */
// @ts-ignore: decorator
@inline export function talliedCell(at: usize, slot: i32): usize {
  if (tallied(at) == 0) return 0;
  if (isDense(at)) return slot < load<i32>(at, 8) ? block(at) + (<usize>slot << 2) : 0;
  return pairOf(at, slot);
}

// @ts-ignore: decorator
@inline export function tallyIn(at: usize, cell: usize): i32 {
  if (cell == 0) return 0;
  return isDense(at) ? load<i32>(cell) : load<i32>(cell) & mostInPair(at);
}

function largestCount(at: usize): i32 {
  let most = 0;
  for (let p = 0, end = talliedPlaces(at); p < end; p++) most = max(most, talliedAt(at, p));
  return most;
}

/**
 * Moves the pairs that count something to a table of which they fill at most three eighths, with room for a count of
 * `largest`; to a column where such a count leaves no room for all slots.
 */
function rehash(at: usize, largest: i32): void {
  const bits = max(LEAST_BITS, 32 - <i32>clz(max(largest, largestCount(at))));
  if (capacity() >>> (32 - bits) != 0) return makeDense(at);
  let pairs = FIRST_PAIRS;
  while (pairs * 3 < (tallied(at) + 1) * 8) pairs <<= 1;
  const before = load<i32>(at, BITS);
  const old = block(at), oldPairs = load<i32>(at, 8);
  store<u32>(at, <u32>allocate(<usize>pairs << 2));
  store<i32>(at, pairs, 8);
  store<i32>(at, tallied(at), USED);
  store<i32>(at, bits, BITS);
  for (let p = old, end = old + (<usize>oldPairs << 2); p < end; p += 4) {
    const pair = load<u32>(p);
    const here = pair & ((<u32>1 << before) - 1);
    const slot = <i32>(pair >>> before) - 1;
    if (here != 0) store<u32>(vacantFor(at, slot), <u32>(slot + 1) << bits | here);
  }
  giveBack(old, <usize>oldPairs << 2);
}

function makeDense(at: usize): void {
  const old = block(at), oldPairs = load<i32>(at, 8);
  const counts = allocate(<usize>capacity() << 2);
  for (let p = 0, end = talliedPlaces(at); p < end; p++) {
    if (talliedSlot(at, p) >= 0) store<i32>(counts + (<usize>talliedSlot(at, p) << 2), talliedAt(at, p));
  }
  giveBack(old, <usize>oldPairs << 2);
  store<u32>(at, <u32>counts);
  store<i32>(at, capacity(), 8);
  store<i32>(at, COLUMN, FORM);
}

/** What a group without tasks has no use for is given back. */
function shrink(at: usize): void {
  if (!isDense(at) && load<i32>(at, 8) <= FIRST_PAIRS) return;
  giveBack(block(at), <usize>load<i32>(at, 8) << 2);
  store<u32>(at, 0);
  store<i32>(at, 0, 8);
  store<i32>(at, PAIRS, FORM);
  store<i32>(at, 0, USED);
}

/** The count of one instance after adding `delta`; it must not go below zero. The total is the caller's. */
export function tally(at: usize, slot: i32, delta: i32): i32 {
  if (isDense(at)) return addDense(at, slot, delta);
  const pair = load<i32>(at, 8) == 0 ? <usize>0 : pairOf(at, slot);
  return pair == 0 ? addPair(at, slot, delta) : addSparse(at, pair, slot, delta);
}

/** The count of one instance after a task left that `cell`, which `talliedCell` found, counts. */
// @ts-ignore: decorator
@inline export function takeTallied(at: usize, cell: usize, slot: i32): i32 {
  assert(tallyIn(at, cell) > 0, "count");
  store<i32>(cell, load<i32>(cell) - 1); // the count stands in the low bits of a pair
  const after = tallyIn(at, cell);
  if (after == 0) noteEntries(at, slot, 1, 0);
  return after;
}

function addDense(at: usize, slot: i32, delta: i32): i32 {
  const cell = countColumn(at) + (<usize>slot << 2);
  const before = load<i32>(cell);
  assert(before + delta >= 0, "count");
  store<i32>(cell, before + delta);
  noteEntries(at, slot, before, before + delta);
  return before + delta;
}

/** The same after the table made room for such a count. */
function addLarge(at: usize, slot: i32, delta: i32, after: i32): i32 {
  rehash(at, after);
  if (isDense(at)) return addDense(at, slot, delta);
  const pair = pairOf(at, slot); // gone if its count had sunk to 0
  return pair == 0 ? addPair(at, slot, delta) : addSparse(at, pair, slot, delta);
}

// @ts-ignore: decorator
@inline function addSparse(at: usize, pair: usize, slot: i32, delta: i32): i32 {
  const before = load<i32>(pair) & mostInPair(at);
  const after = before + delta;
  assert(after >= 0, "count");
  if (after > mostInPair(at)) return addLarge(at, slot, delta, after);
  store<u32>(pair, load<u32>(pair) + <u32>delta);
  noteEntries(at, slot, before, after);
  return after;
}

/** The first tasks of the group there. */
function addPair(at: usize, slot: i32, delta: i32): i32 {
  assert(delta >= 0, "count");
  const isFull = (load<i32>(at, USED) + 1) * 4 > load<i32>(at, 8) * 3;
  if (isFull && isMany(tallied(at) + 1)) makeDense(at);
  else if (isFull || delta > mostInPair(at) || slot > slotIn(at, u32.MAX_VALUE)) rehash(at, delta);
  if (isDense(at)) return addDense(at, slot, delta);
  const pair = vacantFor(at, slot);
  if (load<u32>(pair) == 0) store<i32>(at, load<i32>(at, USED) + 1, USED);
  store<u32>(pair, <u32>(slot + 1) << load<u32>(at, BITS) | <u32>delta);
  noteEntries(at, slot, 0, delta);
  return delta;
}

// @ts-ignore: decorator
@inline function noteEntries(at: usize, slot: i32, before: i32, after: i32): void {
  if ((before != 0) == (after != 0)) return;
  store<i32>(at, tallied(at) + (after != 0 ? 1 : -1), 4);
  if (hasSeats(at + FIELD_SEATS)) putSeat(at + FIELD_SEATS, slot, after != 0);
  if (tallied(at) == 0) shrink(at);
}
