// One block of a block index, as it lies in memory: up to BLOCK entries (key, other amount, slot, tag), in fours, which a
// search reads as vectors. Read by every file of the block index; blocks changes it, and shelves where it stands.
//
//   head     entries i32, bound i32, range from u64 up to u64, shelf u32, number on the shelf i32
//   15 fours keys i32[4] │ others i32[4], -1 where unused │ names u32[4], slot << 5 | tag (see tags)
//
// With 12 bytes an entry a block takes 752, which the arena makes 768. Slots are below 2^27: memory ends before.
import { highestLane, lowestLane } from "../bits/lanes";

export const BLOCK = 60;
const HEAD: usize = 32;
const FOUR: usize = 48; // bytes
const OTHERS: usize = 16;
const NAMES: usize = 32;
const TAG_BITS = 5;
export const TAGS = 1 << TAG_BITS;
export const BLOCK_BYTES: usize = HEAD + FOUR * (BLOCK / 4);
const AT: usize = 63; // bits of a place that tell the entry

// @ts-ignore: decorator
@inline export function size(block: usize): i32 {
  return load<i32>(block);
}

// @ts-ignore: decorator
@inline export function setSize(block: usize, entries: i32): void {
  store<i32>(block, entries);
}

/** The most that an entry has of the other amount, -1 without entries. */
// @ts-ignore: decorator
@inline export function boundOf(block: usize): i32 {
  return load<i32>(block, 4);
}

// @ts-ignore: decorator
@inline export function setBoundOf(block: usize, most: i32): void {
  store<i32>(block, most, 4);
}

// @ts-ignore: decorator
@inline export function rangeFrom(block: usize): u64 {
  return load<u64>(block, 8);
}

// @ts-ignore: decorator
@inline export function rangeEnd(block: usize): u64 {
  return load<u64>(block, 16);
}

export function setRange(block: usize, from: u64, end: u64): void {
  store<u64>(block, from, 8);
  store<u64>(block, end, 16);
}

// @ts-ignore: decorator
@inline export function isInRange(block: usize, wanted: u64): bool {
  return wanted >= rangeFrom(block) && wanted < rangeEnd(block);
}

// @ts-ignore: decorator
@inline export function shelfOf(block: usize): usize {
  return <usize>load<u32>(block, 24);
}

// @ts-ignore: decorator
@inline export function numberOf(block: usize): i32 {
  return load<i32>(block, 28);
}

export function setWhere(block: usize, shelf: usize, number: i32): void {
  store<u32>(block, <u32>shelf, 24);
  store<i32>(block, number, 28);
}

// ---- entries

/** The place of an entry, one number: blocks are 64-byte aligned. Never 0. */
// @ts-ignore: decorator
@inline export function placeIn(block: usize, at: i32): usize {
  return block | <usize>at;
}

// @ts-ignore: decorator
@inline export function blockOf(place: usize): usize {
  return place & ~AT;
}

// @ts-ignore: decorator
@inline export function numberIn(place: usize): i32 {
  return <i32>(place & AT);
}

// @ts-ignore: decorator
@inline export function entryAt(block: usize, at: i32): usize {
  return block + HEAD + (<usize>(at & ~3) << 3) + (<usize>at << 2);
}

// @ts-ignore: decorator
@inline export function keyOf(entry: usize): i32 {
  return load<i32>(entry);
}

// @ts-ignore: decorator
@inline export function otherOf(entry: usize): i32 {
  return load<i32>(entry, OTHERS);
}

// @ts-ignore: decorator
@inline export function slotOf(entry: usize): i32 {
  return <i32>(nameOf(entry) >>> TAG_BITS);
}

// @ts-ignore: decorator
@inline export function tagOf(entry: usize): i32 {
  return <i32>(nameOf(entry) & (TAGS - 1));
}

/** Slot and tag in one. */
// @ts-ignore: decorator
@inline export function nameOf(entry: usize): u32 {
  return load<u32>(entry, NAMES);
}

// @ts-ignore: decorator
@inline export function nameFor(slot: i32, tag: i32): u32 {
  return <u32>(slot << TAG_BITS | tag);
}

// @ts-ignore: decorator
@inline export function setName(entry: usize, name: u32): void {
  store<u32>(entry, name, NAMES);
}

// @ts-ignore: decorator
@inline export function setAmounts(entry: usize, key: i32, other: i32): void {
  store<i32>(entry, key);
  store<i32>(entry, other, OTHERS);
}

// @ts-ignore: decorator
@inline export function setEntry(entry: usize, key: i32, other: i32, name: u32): void {
  setAmounts(entry, key, other);
  setName(entry, name);
}

/** No search finds the entry. */
// @ts-ignore: decorator
@inline export function voidEntry(entry: usize): void {
  store<i32>(entry, -1, OTHERS);
}

/** Makes all entries from `at` on void. */
export function voidFrom(block: usize, at: i32): void {
  for (let k = at; k < BLOCK; k++) voidEntry(entryAt(block, k));
}

// ---- all entries at once, by the fours in use

/** Address after the last four in use, counted as `four` of the functions below: from `block` on. */
// @ts-ignore: decorator
@inline function lastFour(block: usize): usize {
  return block + <usize>((size(block) + 3) >> 2) * FOUR;
}

/** Tags as a table for `spare4`, from a bitset of them: a byte for each 16th, bit 0 for the lower, bit 1 for the upper half. */
// @ts-ignore: decorator
@inline export function tagTable(tags: u32): v128 {
  const all = i32x4.splat(<i32>tags);
  const lower = i8x16.swizzle(all, i8x16(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1));
  const upper = i8x16.swizzle(all, i8x16(2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3));
  const bits = i8x16(1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128);
  const inLower = i8x16.eq(v128.and(lower, bits), bits);
  const inUpper = i8x16.eq(v128.and(upper, bits), bits);
  return v128.or(v128.and(inLower, i8x16.splat(1)), v128.and(inUpper, i8x16.splat(2)));
}

/** All ones where four names have none of the tags of a table. */
// @ts-ignore: decorator
@inline function untagged4(names: v128, table: v128): v128 {
  const halves = i8x16.swizzle(table, v128.and(names, i32x4.splat(TAGS / 2 - 1)));
  const half = v128.and(i32x4.shr_u(names, TAG_BITS - 1), i32x4.splat(1));
  return i32x4.eq(v128.and(halves, i32x4.add(half, i32x4.splat(1))), i32x4.splat(0));
}

/** By how much four keys exceed the need, at least 2^31 as u32 where an entry does not fit or has none of the tags. */
// @ts-ignore: decorator
@inline function spare4(four: usize, needKey: v128, needOther: v128, tags: v128): v128 {
  return v128.or(untaggedSpare4(four, needKey, needOther), untagged4(v128.load(four, HEAD + NAMES), tags));
}

/** The same where every tag will do. */
// @ts-ignore: decorator
@inline function untaggedSpare4(four: usize, needKey: v128, needOther: v128): v128 {
  const short = i32x4.shr_s(i32x4.sub(v128.load(four, HEAD + OTHERS), needOther), 31);
  return v128.or(i32x4.sub(v128.load(four, HEAD), needKey), short);
}

/** The slot of the tightest fit, the lowest of those that are as tight, or -1. */
// @ts-ignore: decorator
@inline export function tightestIn(block: usize, needKey: v128, needOther: v128, tags: v128, isTagged: bool): i32 {
  let least = i32x4.splat(-1);
  let names = i32x4.splat(0); // of the least in each lane, all bits turned, so that the lowest slot is the greatest
  for (let four = block, end = lastFour(block); four < end; four += FOUR) {
    const spare = isTagged ? spare4(four, needKey, needOther, tags) : untaggedSpare4(four, needKey, needOther);
    const lesser = v128.min<u32>(least, spare);
    const here = v128.andnot(i32x4.eq(spare, lesser), v128.load(four, HEAD + NAMES));
    names = v128.max<u32>(v128.and(names, i32x4.eq(least, lesser)), here);
    least = lesser;
  }
  const spare = <i32>lowestLane(least);
  if (spare < 0) return -1;
  return <i32>(lowestLane(v128.not(v128.and(names, i32x4.eq(least, i32x4.splat(spare))))) >>> TAG_BITS);
}

/** Bits of the entries that fit. */
export function fittingIn(block: usize, needKey: v128, needOther: v128, tags: v128): u64 {
  let fitting: u64 = 0;
  for (let four = lastFour(block); four > block; four -= FOUR) {
    fitting = (fitting << 4) | <u64>(~i32x4.bitmask(spare4(four - FOUR, needKey, needOther, tags)) & 15);
  }
  return fitting;
}

/** Bits of the entries that have the key, and enough of the other amount. */
export function withKeyIn(block: usize, key: v128, needOther: v128): u64 {
  let found: u64 = 0;
  for (let four = lastFour(block) - FOUR; four >= block; four -= FOUR) {
    const enough = i32x4.ge_s(v128.load(four, HEAD + OTHERS), needOther);
    found = (found << 4) | <u64>i32x4.bitmask(v128.and(i32x4.eq(v128.load(four, HEAD), key), enough));
  }
  return found;
}

/** The greatest other amount of any entry, -1 without. */
export function greatestOtherIn(block: usize): i32 {
  let most = i32x4.splat(-1);
  for (let four = block, end = lastFour(block); four < end; four += FOUR) {
    most = v128.max<i32>(most, v128.load(four, HEAD + OTHERS));
  }
  return highestLane(most);
}
