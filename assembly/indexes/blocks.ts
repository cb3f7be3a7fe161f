// Block index: the live instances ordered by (remaining amount, slot), so that the tightest fit is found by a search and
// a short walk. One index by cpu and one by memory, each built when a request first asks for it. Within a block the
// order is free; a change that stays in the block's range is written in place. Full blocks split at their median, thin
// ones join a neighbour. Called by follow, choose and registration.
import { allocate, giveBack } from "../memory/arena";
import { columnCell } from "../table/instances";
import {
  BLOCK, BLOCK_BYTES, blockOf, boundOf, entryAt, greatestOtherIn, isInRange, keyOf, nameFor, nameOf, numberIn, numberOf, otherOf,
  placeIn, rangeEnd, rangeFrom, setAmounts, setBoundOf, setEntry, setRange, setSize, shelfOf, size, slotOf, voidEntry, voidFrom,
} from "./block";
import { blockAt, blocksOn, bound, hinted, LAST, locate, lowerBound, ordered, raiseBounds, searchAll, shelfAt } from "./directory";
import { clearHints, turnHints } from "./hints";
import {
  clearPlaces, isIn, isSettled, keyColumn, otherColumn, place, setPlace, settlePlaces, shelfCount,
} from "./members";
import { selectMedian } from "./median";
import { clearDirectory, closeBlock, openBlock, openFirst } from "./shelves";
import { tagFor } from "./tags";

const THIN = BLOCK / 4;
const JOINED = BLOCK * 3 / 4; // a join leaves room for a quarter

function makeBlock(from: u64, end: u64): usize {
  const block = allocate(BLOCK_BYTES);
  setBoundOf(block, -1);
  setRange(block, from, end);
  voidFrom(block, 0);
  return block;
}

/** Into a block that has room; its bound is the caller's to raise. */
// @ts-ignore: decorator
@inline function append(index: usize, block: usize, key: i32, other: i32, slot: i32, name: u32): void {
  const at = size(block);
  setEntry(entryAt(block, at), key, other, name);
  setPlace(index, slot, placeIn(block, at));
  setSize(block, at + 1);
}

/** Moves every entry that is not below `from` into block `into`, and keeps the rest in place. */
function moveEntries(index: usize, block: usize, into: usize, from: u64): void {
  const count = size(block);
  setSize(block, 0);
  for (let k = 0; k < count; k++) {
    const entry = entryAt(block, k);
    const key = keyOf(entry);
    const slot = slotOf(entry);
    append(index, ordered(key, slot) >= from ? into : block, key, otherOf(entry), slot, nameOf(entry));
  }
  voidFrom(block, size(block));
  setBoundOf(into, greatestOtherIn(into));
}

/** Halves a full block. */
function split(index: usize, block: usize): usize {
  const median = selectMedian(block);
  const end = rangeEnd(block);
  const upper = makeBlock(median, end);
  setRange(block, rangeFrom(block), median);
  moveEntries(index, block, upper, median);
  lowerBound(block, greatestOtherIn(block));
  openBlock(index, block, upper);
  turnHints(index, median, end, block, upper);
  return upper;
}

/** A new block for what comes from the wanted ordered key on, where the block has nothing of that and no hint names it. */
function openAbove(index: usize, block: usize, wanted: u64): usize {
  const end = rangeEnd(block);
  const upper = makeBlock(wanted, end);
  setRange(block, rangeFrom(block), wanted);
  openBlock(index, block, upper);
  return upper;
}

/** Puts an entry that the index lacks into the block that its key falls into. */
// @ts-ignore: decorator
@inline function put(index: usize, block: usize, key: i32, other: i32, slot: i32, name: u32): void {
  let into = block;
  if (size(block) == BLOCK) {
    const upper = split(index, block);
    if (ordered(key, slot) >= rangeFrom(upper)) into = upper;
  }
  append(index, into, key, other, slot, name);
  if (other > boundOf(into)) raiseBounds(index, into, other);
}

/** Takes an entry out of its block, which may be thin then. */
// @ts-ignore: decorator
@inline function pull(index: usize, block: usize, at: usize): void {
  const entry = entryAt(block, numberIn(at));
  const count = size(block) - 1;
  const last = entryAt(block, count);
  const moved = slotOf(last);
  const gone = otherOf(entry);
  setEntry(entry, keyOf(last), otherOf(last), nameOf(last));
  voidEntry(last);
  setPlace(index, moved, at);
  setSize(block, count);
  if (gone == boundOf(block)) lower(block);
}

/** Sets a block's bound anew: the entry that held it left or sank. */
function lower(block: usize): void {
  const most = greatestOtherIn(block);
  if (most != boundOf(block)) lowerBound(block, most);
}

/** Joins a thin block with a neighbour of its shelf, where both fit well into one. */
function join(index: usize, block: usize): void {
  const shelf = shelfOf(block);
  if (blocksOn(shelf) == 1) return;
  const first = numberOf(block) + 1 < blocksOn(shelf) ? numberOf(block) : numberOf(block) - 1;
  const below = blockAt(shelf, first);
  const upper = blockAt(shelf, first + 1);
  if (size(below) + size(upper) > JOINED) return;
  const from = rangeFrom(upper);
  const end = rangeEnd(upper);
  moveEntries(index, upper, below, 0);
  setRange(below, rangeFrom(below), end);
  store<i32>(bound(shelf, first), boundOf(below));
  closeBlock(index, upper);
  turnHints(index, from, end, upper, below);
  giveBack(upper, BLOCK_BYTES);
}

/**
 * Loads the lines that `amountsChanged` will read when the key grows by so much, for no use but that they are near by then.
 * A load that nobody uses stays in the code, since it may trap.
 */
// @ts-ignore: decorator
@inline export function foreseeMove(index: usize, slot: i32, key: i32): void {
  if (!isSettled(index)) return;
  const at = place(index, slot);
  const block = blockOf(at);
  size(block);
  keyOf(entryAt(block, numberIn(at)));
  size(hinted(index, amount(keyColumn(index), slot) + key));
}

/** Follows a change of an instance's remaining amounts. */
export function amountsChanged(index: usize, slot: i32): void {
  settlePlaces(index);
  const at = place(index, slot);
  if (at == 0) return;
  const key = amount(keyColumn(index), slot);
  const other = amount(otherColumn(index), slot);
  const block = blockOf(at);
  const into = locate(index, ordered(key, slot));
  if (into == block) return change(index, block, entryAt(block, numberIn(at)), key, other);
  const name = nameOf(entryAt(block, numberIn(at)));
  pull(index, block, at);
  put(index, into, key, other, slot, name);
  if (size(block) < THIN) join(index, block);
}

// @ts-ignore: decorator
@inline function amount(which: i32, slot: i32): i32 {
  return columnCell(which, slot);
}

/** An entry that stays in its block. */
function change(index: usize, block: usize, entry: usize, key: i32, other: i32): void {
  const before = otherOf(entry);
  setAmounts(entry, key, other);
  if (other > boundOf(block)) raiseBounds(index, block, other);
  else if (before == boundOf(block)) lower(block);
}

/** Takes every instance out, or makes a new index ready. */
export function empty(index: usize): void {
  for (let r = 0, end = shelfCount(index); r < end; r++) {
    const shelf = shelfAt(index, r);
    for (let b = 0, last = blocksOn(shelf); b < last; b++) giveBack(blockAt(shelf, b), BLOCK_BYTES);
  }
  clearHints(index);
  clearDirectory(index);
  clearPlaces(index);
  openFirst(index, makeBlock(0, LAST));
}

function insert(index: usize, slot: i32): void {
  const key = amount(keyColumn(index), slot);
  put(index, locate(index, ordered(key, slot)), key, amount(otherColumn(index), slot), slot, nameFor(slot, tagFor(index, slot)));
}

export function addToIndex(index: usize, slot: i32): void {
  settlePlaces(index);
  if (!isIn(index, slot)) insert(index, slot);
}

function greatestOrderedIn(block: usize): u64 {
  let most: u64 = 0;
  for (let k = 0, end = size(block); k < end; k++) {
    most = max(most, ordered(keyOf(entryAt(block, k)), slotOf(entryAt(block, k))));
  }
  return most;
}

/**
 * The same while an index without hints is filled in the order of the keys: blocks stay as they are once three quarters
 * are full. @param near the block that the one before went into. @returns the block of this one, if no block was split.
 */
export function addInOrder(index: usize, slot: i32, near: usize): usize {
  if (isIn(index, slot)) return near;
  const key = amount(keyColumn(index), slot);
  const wanted = ordered(key, slot);
  let block = isInRange(near, wanted) ? near : searchAll(index, wanted);
  if (size(block) >= JOINED && greatestOrderedIn(block) < wanted) block = openAbove(index, block, wanted);
  put(index, block, key, amount(otherColumn(index), slot), slot, nameFor(slot, tagFor(index, slot)));
  return block;
}

export function takeFromIndex(index: usize, slot: i32): void {
  settlePlaces(index);
  const at = place(index, slot);
  if (at == 0) return;
  const block = blockOf(at);
  pull(index, block, at);
  setPlace(index, slot, 0);
  if (size(block) < THIN) join(index, block);
}
