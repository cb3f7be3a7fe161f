// Directory of a block index: where blocks, slabs and positions lie, and how blocks come and go. Called by blocks and
// tightest; it knows no instance but by key and slot.
//
//   directory   separators u64[blocks + 1], ascending: block d holds separators[d] <= (key << 32 | slot) < separators[d + 1]
//               largest other amount in the block i32[], slab number i32[]
//   slab        count, next free │ keys i32[BLOCK] │ others i32[BLOCK], -1 where unused │ slots i32[BLOCK]
//   position    of an instance within its slab, u8[capacity]
import { COLUMN_REMAINING_CPU, COLUMN_REMAINING_MEMORY } from "../abi";
import { enlarge } from "../memory/arena";
import { listAt, listCount, listPush } from "../memory/list";
import { capacity } from "../table/instances";
import { belowEither64 } from "../bits/lanes";

export const BLOCK = 128;
export const KEYS: usize = 64;
export const OTHERS: usize = KEYS + BLOCK * 4;
export const SLOTS: usize = OTHERS + BLOCK * 4;
const SLAB: i32 = <i32>SLOTS + BLOCK * 4;
export const LAST: u64 = 0xffffffffffffffff;
const FIRST_BLOCKS = 16;

// Indexes: one by cpu and one by memory over all live instances, and some over those that satisfy a memberOf program.
// Record: key column i32, blocks i32, room i32, separators u32, largest u32, slab numbers u32, slabs u32, slabs in use
// i32, free slab + 1 i32, positions u32, capacity i32, program i32 or NONE, journal position u64 (of subsets).
const LIST: usize = memory.data(16, 16);
const STRIDE = 64;
const PROGRAM: usize = 44;
export const JOURNAL_POSITION: usize = 48;
export const ELSEWHERE: u8 = 0xff; // position of an instance that is not in the index

// @ts-ignore: decorator
@inline export function indexCount(): i32 {
  return listCount(LIST);
}

// @ts-ignore: decorator
@inline export function indexAt(number: i32): usize {
  return listAt(LIST, number);
}

/** The index by a column over the instances of a program (NONE: all), or 0. */
export function findIndex(which: i32, program: i32): usize {
  for (let n = 0, end = indexCount(); n < end; n++) {
    const index = indexAt(n);
    if (keyColumn(index) == which && programOf(index) == program) return index;
  }
  return 0;
}

/** A new index, without instances. */
export function addIndex(which: i32, program: i32): usize {
  const index = indexAt(listPush(LIST, STRIDE));
  store<i32>(index, which);
  store<i32>(index, program, PROGRAM);
  empty(index);
  return index;
}

/** Takes every instance out. */
export function empty(index: usize): void {
  store<i32>(index, 0, 4);
  store<i32>(index, 0, 28);
  store<i32>(index, 0, 32);
  settlePositions(index);
  memory.fill(position(index, 0), ELSEWHERE, <usize>capacity());
  makeRoom(index);
  store<u64>(separator(index, 0), LAST);
  openBlock(index, 0, 0);
}

/** Grows the positions to the instance table. */
export function settlePositions(index: usize): void {
  const old = load<i32>(index, 40);
  const now = capacity();
  if (old == now) return;
  store<u32>(index, <u32>enlarge(<usize>load<u32>(index, 36), <usize>old, <usize>now), 36);
  memory.fill(position(index, old), ELSEWHERE, <usize>(now - old));
  store<i32>(index, now, 40);
}

// @ts-ignore: decorator
@inline export function isIn(index: usize, slot: i32): bool {
  return load<u8>(position(index, slot)) != ELSEWHERE;
}

// @ts-ignore: decorator
@inline export function programOf(index: usize): i32 {
  return load<i32>(index, PROGRAM);
}

// @ts-ignore: decorator
@inline export function blocks(index: usize): i32 {
  return load<i32>(index, 4);
}

// @ts-ignore: decorator
@inline export function keyColumn(index: usize): i32 {
  return load<i32>(index);
}

// @ts-ignore: decorator
@inline export function otherColumn(index: usize): i32 {
  return keyColumn(index) == COLUMN_REMAINING_CPU ? COLUMN_REMAINING_MEMORY : COLUMN_REMAINING_CPU;
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
@inline export function slabNumber(index: usize, block: i32): usize {
  return <usize>load<u32>(index, 20) + (<usize>block << 2);
}

// @ts-ignore: decorator
@inline export function slabAt(index: usize, number: i32): usize {
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
@inline export function position(index: usize, slot: i32): usize {
  return <usize>load<u32>(index, 36) + <usize>slot;
}

// @ts-ignore: decorator
@inline export function ordered(key: i32, slot: i32): u64 {
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
export function openBlock(index: usize, block: i32, from: u64): void {
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
export function closeBlock(index: usize, block: i32): void {
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

