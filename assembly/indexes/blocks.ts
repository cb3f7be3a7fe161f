// Block index: the live instances ordered by (remaining amount, slot), so that the tightest fit is found by a search and
// a short walk. One index by cpu and one by memory, each built when a request first asks for it. Within a block the
// order is free; a change that stays in the block's range is written in place. Full blocks split at their median, thin
// ones join a neighbour.
//
//   block    entries i32, bound i32, range from u64 up to u64 │ keys i32[BLOCK] │ others i32[BLOCK], -1 where unused │
//            slots i32[BLOCK]
import { greatest64 } from "../bits/lanes";
import { hasBit } from "../bits/words";
import { allocate, giveBack } from "../memory/arena";
import { cell, slots } from "../table/instances";
import {
  blockAt, blocksOn, bound, boundPlace, foundBlock, foundShelf, LAST, locate, ordered, raiseBounds, shelfAt,
} from "./directory";
import { clearPlaces, isIn, keyColumn, otherColumn, place, setPlace, settlePlaces, shelfCount } from "./members";
import { selectMedian } from "./median";
import { clearDirectory, closeBlock, openBlock, openFirst } from "./shelves";

export const BLOCK = 64;
export const KEYS: usize = 64;
export const OTHERS: usize = KEYS + BLOCK * 4;
export const SLOTS: usize = OTHERS + BLOCK * 4;
const BLOCK_BYTES: usize = SLOTS + BLOCK * 4;
const THIN = BLOCK / 4;
const JOINED = BLOCK * 3 / 4; // a join leaves room for a quarter

// @ts-ignore: decorator
@inline export function size(block: usize): i32 {
  return load<i32>(block);
}

/** The most that an entry has of the other amount, -1 without entries. */
// @ts-ignore: decorator
@inline export function boundOf(block: usize): i32 {
  return load<i32>(block, 4);
}

// @ts-ignore: decorator
@inline export function rangeFrom(block: usize): u64 {
  return load<u64>(block, 8);
}

// @ts-ignore: decorator
@inline export function rangeEnd(block: usize): u64 {
  return load<u64>(block, 16);
}

// @ts-ignore: decorator
@inline export function keyIn(block: usize, at: i32): i32 {
  return load<i32>(block + (<usize>at << 2), KEYS);
}

// @ts-ignore: decorator
@inline export function otherIn(block: usize, at: i32): i32 {
  return load<i32>(block + (<usize>at << 2), OTHERS);
}

// @ts-ignore: decorator
@inline export function slotIn(block: usize, at: i32): i32 {
  return load<i32>(block + (<usize>at << 2), SLOTS);
}

function makeBlock(from: u64, end: u64): usize {
  const block = allocate(BLOCK_BYTES);
  store<i32>(block, -1, 4);
  store<u64>(block, from, 8);
  store<u64>(block, end, 16);
  memory.fill(block + OTHERS, 0xff, BLOCK * 4);
  return block;
}

// @ts-ignore: decorator
@inline function append(index: usize, block: usize, key: i32, other: i32, slot: i32): void {
  const at = size(block);
  const p = block + (<usize>at << 2);
  store<i32>(p, key, KEYS);
  store<i32>(p, other, OTHERS);
  store<i32>(p, slot, SLOTS);
  setPlace(index, slot, block | <usize>at);
  store<i32>(block, at + 1);
  if (other > boundOf(block)) store<i32>(block, other, 4);
}

/** Moves every entry that is not below `from` into block `into`, and keeps the rest in place. */
function moveEntries(index: usize, block: usize, into: usize, from: u64): void {
  const count = size(block);
  store<i32>(block, 0);
  store<i32>(block, -1, 4);
  for (let k = 0; k < count; k++) {
    const key = keyIn(block, k);
    const slot = slotIn(block, k);
    append(index, ordered(key, slot) >= from ? into : block, key, otherIn(block, k), slot);
  }
  const kept = <usize>size(block) << 2;
  memory.fill(block + OTHERS + kept, 0xff, <usize>BLOCK * 4 - kept);
}

/** Halves the full block that `locate` found. */
function split(index: usize, block: usize): void {
  const r = foundShelf();
  const b = foundBlock();
  const median = selectMedian(block + KEYS, block + SLOTS, BLOCK);
  const upper = makeBlock(median, rangeEnd(block));
  store<u64>(block, median, 16);
  moveEntries(index, block, upper, median);
  store<i32>(bound(shelfAt(index, r), b), boundOf(block));
  openBlock(index, r, b, median, upper, boundOf(upper));
}

function insert(index: usize, slot: i32, key: i32, other: i32): void {
  let block = locate(index, ordered(key, slot));
  if (size(block) == BLOCK) {
    split(index, block);
    block = locate(index, ordered(key, slot));
  }
  if (other > boundOf(block)) raiseBounds(index, foundShelf(), foundBlock(), other);
  append(index, block, key, other, slot);
}

function remove(index: usize, slot: i32): void {
  const at = place(index, slot);
  const block = at & ~(<usize>BLOCK - 1);
  const p = block + ((at & (BLOCK - 1)) << 2);
  const count = size(block) - 1;
  const last = block + (<usize>count << 2);
  const moved = load<i32>(last, SLOTS);
  const gone = load<i32>(p, OTHERS);
  store<i32>(p, load<i32>(last, KEYS), KEYS);
  store<i32>(p, load<i32>(last, OTHERS), OTHERS);
  store<i32>(p, moved, SLOTS);
  store<i32>(last, -1, OTHERS);
  store<i32>(block, count);
  setPlace(index, moved, at);
  setPlace(index, slot, 0);
  if (gone == boundOf(block)) lower(index, block);
  if (count < THIN) join(index, block);
}

/** Sets a block's bound anew: the entry that held it left or sank. */
function lower(index: usize, block: usize): void {
  const most = greatest64(block + OTHERS);
  if (most == boundOf(block)) return;
  store<i32>(block, most, 4);
  store<i32>(boundPlace(index, block, rangeFrom(block)), most);
}

/** Joins a thin block with a neighbour of its shelf, where both fit well into one. */
function join(index: usize, block: usize): void {
  locate(index, rangeFrom(block));
  const r = foundShelf();
  const shelf = shelfAt(index, r);
  if (blocksOn(shelf) == 1) return;
  const first = foundBlock() + 1 < blocksOn(shelf) ? foundBlock() : foundBlock() - 1;
  const lower = blockAt(shelf, first);
  const upper = blockAt(shelf, first + 1);
  if (size(lower) + size(upper) > JOINED) return;
  moveEntries(index, upper, lower, 0);
  store<u64>(lower, rangeEnd(upper), 16);
  store<i32>(bound(shelf, first), boundOf(lower));
  giveBack(upper, BLOCK_BYTES);
  closeBlock(index, r, first + 1);
}

/** Follows a change of an instance's remaining amounts. */
export function amountsChanged(index: usize, slot: i32): void {
  settlePlaces(index);
  const at = place(index, slot);
  if (at == 0) return;
  const key = cell(keyColumn(index), slot);
  const other = cell(otherColumn(index), slot);
  const block = at & ~(<usize>BLOCK - 1);
  const wanted = ordered(key, slot);
  if (wanted < rangeFrom(block) || wanted >= rangeEnd(block)) {
    remove(index, slot);
    return insert(index, slot, key, other);
  }
  const p = block + ((at & (BLOCK - 1)) << 2);
  const before = load<i32>(p, OTHERS);
  store<i32>(p, key, KEYS);
  store<i32>(p, other, OTHERS);
  if (other <= boundOf(block)) {
    if (before == boundOf(block)) lower(index, block);
    return;
  }
  store<i32>(block, other, 4);
  locate(index, wanted);
  raiseBounds(index, foundShelf(), foundBlock(), other);
}

/** Takes every instance out, or makes a new index ready. */
export function empty(index: usize): void {
  for (let r = 0, end = shelfCount(index); r < end; r++) {
    const shelf = shelfAt(index, r);
    for (let b = 0, last = blocksOn(shelf); b < last; b++) giveBack(blockAt(shelf, b), BLOCK_BYTES);
  }
  clearDirectory(index);
  clearPlaces(index);
  openFirst(index, makeBlock(0, LAST));
}

/** Fills an empty index with the instances of a bitset. */
export function fillIndex(index: usize, members: usize): void {
  for (let slot = 0, end = slots(); slot < end; slot++) {
    if (hasBit(members, slot)) insert(index, slot, cell(keyColumn(index), slot), cell(otherColumn(index), slot));
  }
}

export function addToIndex(index: usize, slot: i32): void {
  settlePlaces(index);
  if (!isIn(index, slot)) insert(index, slot, cell(keyColumn(index), slot), cell(otherColumn(index), slot));
}

export function takeFromIndex(index: usize, slot: i32): void {
  settlePlaces(index);
  if (isIn(index, slot)) remove(index, slot);
}
