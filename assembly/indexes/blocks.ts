// Block index: the live instances ordered by (remaining amount, slot), so that the tightest fit is found by a search and
// a short walk. One index by cpu and one by memory, each built when a request first asks for it.
//
//   directory   separators u64[blocks + 1], ascending: block d holds separators[d] <= (key << 32 | slot) < separators[d + 1]
//               largest other amount in the block i32[], slab number i32[]
//   slab        count, next free │ keys i32[BLOCK] │ others i32[BLOCK], -1 where unused │ slots i32[BLOCK]
//   position    of an instance within its slab, u8[capacity]
//
// Within a block the order is free; a change that stays between the separators is written in place. Full blocks split at
// their median, thin ones join a neighbour.
import { COLUMN_REMAINING_CPU, COLUMN_REMAINING_MEMORY } from "../abi";
import { enlarge } from "../memory/arena";
import { belowEither64, greatest64 } from "../bits/lanes";
import { capacity, cell, isLive, slots } from "../table/instances";
import { selectMedian } from "./median";

export const BLOCK = 128;
const KEYS: usize = 64;
const OTHERS: usize = KEYS + BLOCK * 4;
const SLOTS: usize = OTHERS + BLOCK * 4;
const SLAB: i32 = <i32>SLOTS + BLOCK * 4;
const THIN = BLOCK / 4;
const JOINED = BLOCK * 3 / 4; // a join leaves room for a quarter
const LAST: u64 = 0xffffffffffffffff;
const FIRST_BLOCKS = 16;

// Heads: built i32, blocks i32, room i32, separators u32, largest u32, slab numbers u32, slabs u32, slabs in use i32,
// free slab + 1 i32, positions u32, capacity i32.
const HEADS: usize = memory.data(2 * 64, 16);

// @ts-ignore: decorator
@inline export function indexBy(which: i32): usize {
  return which == COLUMN_REMAINING_CPU ? HEADS : HEADS + 64;
}

// @ts-ignore: decorator
@inline export function isBuilt(index: usize): bool {
  return load<i32>(index) != 0;
}

// @ts-ignore: decorator
@inline export function blocks(index: usize): i32 {
  return load<i32>(index, 4);
}

// @ts-ignore: decorator
@inline function keyColumn(index: usize): i32 {
  return index == HEADS ? COLUMN_REMAINING_CPU : COLUMN_REMAINING_MEMORY;
}

// @ts-ignore: decorator
@inline function otherColumn(index: usize): i32 {
  return index == HEADS ? COLUMN_REMAINING_MEMORY : COLUMN_REMAINING_CPU;
}

// @ts-ignore: decorator
@inline export function separator(index: usize, block: i32): usize {
  return <usize>load<u32>(index, 12) + (<usize>block << 3);
}

// @ts-ignore: decorator
@inline export function largest(index: usize, block: i32): usize {
  return <usize>load<u32>(index, 16) + (<usize>block << 2);
}

// @ts-ignore: decorator
@inline function slabNumber(index: usize, block: i32): usize {
  return <usize>load<u32>(index, 20) + (<usize>block << 2);
}

// @ts-ignore: decorator
@inline function slabAt(index: usize, number: i32): usize {
  return <usize>load<u32>(index, 24) + <usize>(number * SLAB);
}

/** Slab of a block. */
// @ts-ignore: decorator
@inline export function slabOf(index: usize, block: i32): usize {
  return slabAt(index, load<i32>(slabNumber(index, block)));
}

// @ts-ignore: decorator
@inline export function size(slab: usize): i32 {
  return load<i32>(slab);
}

// @ts-ignore: decorator
@inline function position(index: usize, slot: i32): usize {
  return <usize>load<u32>(index, 36) + <usize>slot;
}

// @ts-ignore: decorator
@inline function ordered(key: i32, slot: i32): u64 {
  return (<u64>key << 32) | <u64>slot;
}

/** The block whose range holds the ordered key. */
export function locate(index: usize, wanted: u64): i32 {
  const first = separator(index, 0);
  let p = first;
  for (let length = blocks(index); length > 1; ) {
    const half = length >> 1;
    const q = p + (<usize>half << 3);
    p = select<usize>(q, p, load<u64>(q) <= wanted);
    length -= half;
  }
  return <i32>((p - first) >>> 3);
}

function makeRoom(index: usize): void {
  const old = load<i32>(index, 8);
  if (blocks(index) + 1 < old) return;
  const room = max(old << 1, FIRST_BLOCKS);
  // Four more: the walk over `largest` reads a vector past the end.
  store<u32>(index, <u32>enlarge(<usize>load<u32>(index, 12), bytesOf(old, 8), bytesOf(room, 8)), 12);
  store<u32>(index, <u32>enlarge(<usize>load<u32>(index, 16), bytesOf(old, 4), bytesOf(room, 4)), 16);
  store<u32>(index, <u32>enlarge(<usize>load<u32>(index, 20), bytesOf(old, 4), bytesOf(room, 4)), 20);
  store<u32>(index, <u32>enlarge(<usize>load<u32>(index, 24), <usize>(old * SLAB), <usize>(room * SLAB)), 24);
  memory.fill(largest(index, blocks(index)), 0xff, <usize>(room + 4 - blocks(index)) << 2);
  store<i32>(index, room, 8);
}

// @ts-ignore: decorator
@inline function bytesOf(room: i32, stride: i32): usize {
  return room == 0 ? 0 : <usize>((room + 4) * stride);
}

function takeSlab(index: usize): i32 {
  const free = load<i32>(index, 32);
  if (free != 0) {
    store<i32>(index, load<i32>(slabAt(index, free - 1), 4), 32);
    return clean(index, free - 1);
  }
  const number = load<i32>(index, 28);
  store<i32>(index, number + 1, 28);
  return clean(index, number);
}

function clean(index: usize, number: i32): i32 {
  const slab = slabAt(index, number);
  store<i32>(slab, 0);
  memory.fill(slab + OTHERS, 0xff, BLOCK * 4);
  return number;
}

/** Puts an empty block at directory place `block`; the later ones move up. */
function openBlock(index: usize, block: i32, from: u64): void {
  makeRoom(index);
  const later = <usize>(blocks(index) - block);
  memory.copy(separator(index, block + 1), separator(index, block), (later + 1) << 3);
  memory.copy(largest(index, block + 1), largest(index, block), later << 2);
  memory.copy(slabNumber(index, block + 1), slabNumber(index, block), later << 2);
  store<i32>(index, blocks(index) + 1, 4);
  store<u64>(separator(index, block), from);
  store<i32>(largest(index, block), -1);
  store<i32>(slabNumber(index, block), takeSlab(index));
}

/** Takes an empty block away; its range goes to the one before. */
function closeBlock(index: usize, block: i32): void {
  const number = load<i32>(slabNumber(index, block));
  store<i32>(slabAt(index, number), load<i32>(index, 32), 4);
  store<i32>(index, number + 1, 32);
  const later = <usize>(blocks(index) - block - 1);
  memory.copy(separator(index, block), separator(index, block + 1), (later + 1) << 3);
  memory.copy(largest(index, block), largest(index, block + 1), later << 2);
  memory.copy(slabNumber(index, block), slabNumber(index, block + 1), later << 2);
  store<i32>(index, blocks(index) - 1, 4);
  store<i32>(largest(index, blocks(index)), -1);
}

function append(index: usize, block: i32, key: i32, other: i32, slot: i32): void {
  const slab = slabOf(index, block);
  const at = size(slab);
  const p = slab + (<usize>at << 2);
  store<i32>(p, key, KEYS);
  store<i32>(p, other, OTHERS);
  store<i32>(p, slot, SLOTS);
  store<u8>(position(index, slot), <u8>at);
  store<i32>(slab, at + 1);
  if (other > load<i32>(largest(index, block))) store<i32>(largest(index, block), other);
}

/** Moves every entry of a slab that is not below `from` into block `into`, and keeps the rest in place. */
function moveEntries(index: usize, block: i32, into: i32, from: u64): void {
  const slab = slabOf(index, block);
  const count = size(slab);
  store<i32>(slab, 0);
  store<i32>(largest(index, block), -1);
  for (let k = 0; k < count; k++) {
    const p = slab + (<usize>k << 2);
    const key = load<i32>(p, KEYS);
    const slot = load<i32>(p, SLOTS);
    append(index, ordered(key, slot) >= from ? into : block, key, load<i32>(p, OTHERS), slot);
  }
  const kept = <usize>size(slab) << 2;
  memory.fill(slab + OTHERS + kept, 0xff, <usize>BLOCK * 4 - kept);
}

function split(index: usize, block: i32): void {
  const slab = slabOf(index, block);
  const median = selectMedian(slab + KEYS, slab + SLOTS, BLOCK);
  openBlock(index, block + 1, median);
  moveEntries(index, block, block + 1, median);
}

function insert(index: usize, slot: i32): void {
  const key = cell(keyColumn(index), slot);
  let block = locate(index, ordered(key, slot));
  if (size(slabOf(index, block)) == BLOCK) {
    split(index, block);
    block = locate(index, ordered(key, slot));
  }
  append(index, block, key, cell(otherColumn(index), slot), slot);
}

/** Sets the largest other amount anew when the entry that held it left or sank. */
function lower(index: usize, block: i32, gone: i32): void {
  if (gone != load<i32>(largest(index, block))) return;
  const others = slabOf(index, block) + OTHERS;
  store<i32>(largest(index, block), max(greatest64(others), greatest64(others + 256)));
}

function remove(index: usize, block: i32, slot: i32): void {
  const slab = slabOf(index, block);
  const p = slab + (<usize>load<u8>(position(index, slot)) << 2);
  const last = slab + (<usize>(size(slab) - 1) << 2);
  const gone = load<i32>(p, OTHERS);
  store<u8>(position(index, load<i32>(last, SLOTS)), load<u8>(position(index, slot)));
  store<i32>(p, load<i32>(last, KEYS), KEYS);
  store<i32>(p, load<i32>(last, OTHERS), OTHERS);
  store<i32>(p, load<i32>(last, SLOTS), SLOTS);
  store<i32>(last, -1, OTHERS);
  store<i32>(slab, size(slab) - 1);
  lower(index, block, gone);
  joinIfThin(index, block);
}

function joinIfThin(index: usize, block: i32): void {
  const here = size(slabOf(index, block));
  if (here >= THIN || blocks(index) == 1) return;
  const first = block + 1 < blocks(index) ? block : block - 1;
  if (size(slabOf(index, first)) + size(slabOf(index, first + 1)) > JOINED) return;
  moveEntries(index, first + 1, first, 0);
  closeBlock(index, first + 1);
}

/** Follows a change of an instance's remaining amounts; the old ones tell where it stands. */
export function amountsChanged(index: usize, slot: i32, oldKey: i32, oldOther: i32): void {
  const key = cell(keyColumn(index), slot);
  const other = cell(otherColumn(index), slot);
  const block = locate(index, ordered(oldKey, slot));
  const wanted = ordered(key, slot);
  if (wanted < load<u64>(separator(index, block)) || wanted >= load<u64>(separator(index, block + 1))) {
    remove(index, block, slot);
    insert(index, slot);
    return;
  }
  const p = slabOf(index, block) + (<usize>load<u8>(position(index, slot)) << 2);
  store<i32>(p, key, KEYS);
  store<i32>(p, other, OTHERS);
  if (other >= load<i32>(largest(index, block))) store<i32>(largest(index, block), other);
  else lower(index, block, oldOther);
}

/** Builds the index from the live instances; from then on it follows every change. */
export function build(index: usize): void {
  makeRoom(index);
  store<i32>(index, 1);
  store<u64>(separator(index, 0), LAST);
  openBlock(index, 0, 0);
  for (let slot = 0, end = slots(); slot < end; slot++) {
    if (isLive(slot)) instanceAdded(index, slot);
  }
}

export function instanceAdded(index: usize, slot: i32): void {
  const old = load<i32>(index, 40);
  if (old != capacity()) {
    store<u32>(index, <u32>enlarge(<usize>load<u32>(index, 36), <usize>old, <usize>capacity()), 36);
    store<i32>(index, capacity(), 40);
  }
  insert(index, slot);
}

/** Before the instance's columns are cleared. */
export function instanceRemoved(index: usize, slot: i32): void {
  remove(index, locate(index, ordered(cell(keyColumn(index), slot), slot)), slot);
}

/** Entries of half a block (64 places) that have enough of both amounts. */
// @ts-ignore: decorator
@inline export function fitting64(slab: usize, half: i32, needKey: v128, needOther: v128): u64 {
  const p = slab + (<usize>half << 8);
  return ~belowEither64(p + KEYS, needKey, p + OTHERS, needOther);
}

// @ts-ignore: decorator
@inline export function keyIn(slab: usize, place: i32): i32 {
  return load<i32>(slab + (<usize>place << 2), KEYS);
}

// @ts-ignore: decorator
@inline export function slotIn(slab: usize, place: i32): i32 {
  return load<i32>(slab + (<usize>place << 2), SLOTS);
}

/** Whether entries, separators, positions and largest amounts agree with the table; for check. */
export function indexIsSound(index: usize): bool {
  let found = 0;
  for (let block = 0, end = blocks(index); block < end; block++) {
    if (!blockIsSound(index, block)) return false;
    found += size(slabOf(index, block));
  }
  let live = 0;
  for (let slot = 0, end = slots(); slot < end; slot++) live += <i32>isLive(slot);
  return found == live && load<u64>(separator(index, 0)) == 0 && load<u64>(separator(index, blocks(index))) == LAST;
}

function blockIsSound(index: usize, block: i32): bool {
  const slab = slabOf(index, block);
  let most = -1;
  for (let k = 0, end = size(slab); k < end; k++) {
    const slot = slotIn(slab, k);
    const key = ordered(keyIn(slab, k), slot);
    const other = load<i32>(slab + (<usize>k << 2), OTHERS);
    if (!isLive(slot) || keyIn(slab, k) != cell(keyColumn(index), slot) || other != cell(otherColumn(index), slot)) return false;
    if (key < load<u64>(separator(index, block)) || key >= load<u64>(separator(index, block + 1))) return false;
    if (load<u8>(position(index, slot)) != <u8>k) return false;
    most = max(most, other);
  }
  return most == load<i32>(largest(index, block));
}
