// One block of a block index, as it lies in memory: up to BLOCK entries (key, other amount, slot, tag), in lines of four so
// that an entry is on one cache line and a search reads whole lines. Read by every file of the block index; blocks
// changes it, and shelves where it stands.
//
//   line 0       entries i32, bound i32, range from u64 up to u64, shelf u32, number on the shelf i32
//   line 1 to 15 keys i32[4] │ others i32[4], -1 where unused │ slots i32[4] │ tags i32[4] (see tags)
import { highestLane, lowestLane } from "../bits/lanes";

export const BLOCK = 60;
const LINE: usize = 64;
const OTHERS: usize = 16;
const SLOTS: usize = 32;
const TAGS: usize = 48;
const LINES: usize = BLOCK / 4;
export const BLOCK_BYTES: usize = LINE * (LINES + 1);
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
  return block + LINE + (<usize>(at & ~3) << 4) + (<usize>(at & 3) << 2);
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
  return load<i32>(entry, SLOTS);
}

// @ts-ignore: decorator
@inline export function tagOf(entry: usize): i32 {
  return load<i32>(entry, TAGS);
}

// @ts-ignore: decorator
@inline export function setTag(entry: usize, tag: i32): void {
  store<i32>(entry, tag, TAGS);
}

// @ts-ignore: decorator
@inline export function setEntry(entry: usize, key: i32, other: i32, slot: i32, tag: i32): void {
  store<i32>(entry, key);
  store<i32>(entry, other, OTHERS);
  store<i32>(entry, slot, SLOTS);
  store<i32>(entry, tag, TAGS);
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

// ---- all entries at once, by the lines in use

/** Address after the last line in use, counted as `line` of the functions below: from `block` on. */
// @ts-ignore: decorator
@inline function lastLine(block: usize): usize {
  return block + (<usize>((size(block) + 3) & ~3) << 4);
}

/** By how much four keys exceed the need, at least 2^31 as u32 where an entry does not fit or has none of the tags. */
// @ts-ignore: decorator
@inline function spare4(line: usize, needKey: v128, needOther: v128, tags: v128): v128 {
  const short = i32x4.shr_s(i32x4.sub(v128.load(line, LINE + OTHERS), needOther), 31);
  const untagged = i32x4.eq(v128.and(v128.load(line, LINE + TAGS), tags), i32x4.splat(0));
  return v128.or(i32x4.sub(v128.load(line, LINE), needKey), v128.or(short, untagged));
}

/** The same where every tag will do. */
// @ts-ignore: decorator
@inline function untaggedSpare4(line: usize, needKey: v128, needOther: v128): v128 {
  const short = i32x4.shr_s(i32x4.sub(v128.load(line, LINE + OTHERS), needOther), 31);
  return v128.or(i32x4.sub(v128.load(line, LINE), needKey), short);
}

/** The slot of the tightest fit, the lowest of those that are as tight, or -1. */
// @ts-ignore: decorator
@inline export function tightestIn(block: usize, needKey: v128, needOther: v128, tags: v128, isTagged: bool): i32 {
  let least = i32x4.splat(-1);
  let slots = i32x4.splat(0); // of the least in each lane, all bits turned, so that the lowest slot is the greatest
  for (let line = block, end = lastLine(block); line < end; line += LINE) {
    const spare = isTagged ? spare4(line, needKey, needOther, tags) : untaggedSpare4(line, needKey, needOther);
    const lesser = v128.min<u32>(least, spare);
    const here = v128.andnot(i32x4.eq(spare, lesser), v128.load(line, LINE + SLOTS));
    slots = v128.max<u32>(v128.and(slots, i32x4.eq(least, lesser)), here);
    least = lesser;
  }
  const spare = <i32>lowestLane(least);
  if (spare < 0) return -1;
  return <i32>lowestLane(v128.not(v128.and(slots, i32x4.eq(least, i32x4.splat(spare)))));
}

/** Bits of the entries that fit. */
export function fittingIn(block: usize, needKey: v128, needOther: v128, tags: v128): u64 {
  let fitting: u64 = 0;
  for (let line = lastLine(block); line > block; line -= LINE) {
    fitting = (fitting << 4) | <u64>(~i32x4.bitmask(spare4(line - LINE, needKey, needOther, tags)) & 15);
  }
  return fitting;
}

/** Bits of the entries that have the key, and enough of the other amount. */
export function withKeyIn(block: usize, key: v128, needOther: v128): u64 {
  let found: u64 = 0;
  for (let line = lastLine(block); line > block; line -= LINE) {
    const enough = i32x4.ge_s(v128.load(line, OTHERS), needOther);
    found = (found << 4) | <u64>i32x4.bitmask(v128.and(i32x4.eq(v128.load(line), key), enough));
  }
  return found;
}

/** The greatest other amount of any entry, -1 without. */
export function greatestOtherIn(block: usize): i32 {
  let most = i32x4.splat(-1);
  for (let line = block, end = lastLine(block); line < end; line += LINE) {
    most = v128.max<i32>(most, v128.load(line, LINE + OTHERS));
  }
  return highestLane(most);
}
