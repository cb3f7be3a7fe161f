// Paged columns of small numbers by slot: pages of 1024 slots, each as narrow as its values allow, made when the first
// value comes. 0 is what a slot has that was never set. Used by attributes and capabilities, which keep the heads.
//
//   head { directory u32, pages i32 }  ─► u32 per page: 0, or address | width ─► 1024 bits, u8, u16 or u32
import { allocate, enlarge, giveBack } from "../memory/arena";
import { equal64 as equalWords64 } from "../bits/lanes";
import { equalBytes64, equalShorts64, inBytes64, inShorts64, inWords64 } from "../bits/bytes";
import { hasBit, putBit, wordAt } from "../bits/words";

export const PAGE_SLOTS = 1024;
export const PAGE_WORDS = 16;
const PAGE_SHIFT = 10;
const BIT = 0;
const BYTE = 1;
const SHORT = 2;
const WORD = 3;

// @ts-ignore: decorator
@inline function widthFor(value: i32): u32 {
  return value <= 1 ? BIT : value <= 0xff ? BYTE : value <= 0xffff ? SHORT : WORD;
}

/** Bytes of a page whose largest value is this. */
export function pageBytes(largest: i32): i32 {
  return bytesOf(widthFor(largest));
}

// @ts-ignore: decorator
@inline function bytesOf(width: u32): i32 {
  return width == BIT ? PAGE_SLOTS >> 3 : (PAGE_SLOTS >> 1) << width;
}

// @ts-ignore: decorator
@inline function block(page: u32): usize {
  return <usize>(page & ~3);
}

/** The page of a slot, or 0; valid until the next `putValue`. */
// @ts-ignore: decorator
@inline export function pageAt(head: usize, number: i32): u32 {
  return number < load<i32>(head, 4) ? load<u32>(<usize>load<u32>(head) + (<usize>number << 2)) : 0;
}

// @ts-ignore: decorator
@inline export function pageCount(head: usize): i32 {
  return load<i32>(head, 4);
}

/** Value of a lane of a page, 0 to 1023. */
export function valueIn(page: u32, lane: i32): i32 {
  const width = page & 3;
  if (page == 0) return 0;
  if (width == BYTE) return <i32>load<u8>(block(page) + <usize>lane);
  if (width == SHORT) return <i32>load<u16>(block(page) + (<usize>lane << 1));
  if (width == WORD) return load<i32>(block(page) + (<usize>lane << 2));
  return i32(hasBit(block(page), lane));
}

export function pagedValue(head: usize, slot: i32): i32 {
  return valueIn(pageAt(head, slot >> PAGE_SHIFT), slot & (PAGE_SLOTS - 1));
}

function putIn(page: u32, lane: i32, value: i32): void {
  const width = page & 3;
  if (width == BYTE) store<u8>(block(page) + <usize>lane, <u8>value);
  else if (width == SHORT) store<u16>(block(page) + (<usize>lane << 1), <u16>value);
  else if (width == WORD) store<i32>(block(page) + (<usize>lane << 2), value);
  else putBit(block(page), lane, value != 0);
}

/** Where the page of a slot stands in the directory, which grows to hold it. */
function entryOf(head: usize, number: i32): usize {
  const pages = load<i32>(head, 4);
  if (number >= pages) {
    const larger = max(number + 1, max(pages << 1, PAGE_WORDS));
    store<u32>(head, <u32>enlarge(<usize>load<u32>(head), <usize>pages << 2, <usize>larger << 2));
    store<i32>(head, larger, 4);
  }
  return <usize>load<u32>(head) + (<usize>number << 2);
}

/** The same values in a page wide enough for `value`. */
function widened(page: u32, value: i32): u32 {
  const wider = <u32>allocate(<usize>pageBytes(value)) | widthFor(value);
  if (page == 0) return wider;
  for (let lane = 0; lane < PAGE_SLOTS; lane++) {
    const here = valueIn(page, lane);
    if (here != 0) putIn(wider, lane, here);
  }
  giveBack(block(page), <usize>bytesOf(page & 3));
  return wider;
}

export function putValue(head: usize, slot: i32, value: i32): void {
  if (value == 0 && pageAt(head, slot >> PAGE_SHIFT) == 0) return;
  const entry = entryOf(head, slot >> PAGE_SHIFT);
  const page = load<u32>(entry);
  if (page == 0 || widthFor(value) > (page & 3)) store<u32>(entry, widened(page, value));
  putIn(load<u32>(entry), slot & (PAGE_SLOTS - 1), value);
}

export function freePages(head: usize): void {
  for (let n = 0, end = pageCount(head); n < end; n++) {
    const page = pageAt(head, n);
    giveBack(block(page), <usize>bytesOf(page & 3));
  }
  giveBack(<usize>load<u32>(head), <usize>pageCount(head) << 2);
  store<u64>(head, 0);
}

/** Lanes of a word (0 to 15) of a page that have `value`, which is not 0. */
export function equal64(page: u32, word: i32, value: i32): u64 {
  const width = page & 3;
  if (page == 0 || widthFor(value) > width) return 0;
  const at = block(page);
  if (width == BYTE) return equalBytes64(at + (<usize>word << 6), i8x16.splat(<i8>value));
  if (width == SHORT) return equalShorts64(at + (<usize>word << 7), i16x8.splat(<i16>value));
  if (width == WORD) return equalWords64(at + (<usize>word << 8), i32x4.splat(value));
  return wordAt(at, word);
}

/** Lanes of a word that have a value other than 0. */
export function present64(page: u32, word: i32): u64 {
  const width = page & 3;
  if (page == 0) return 0;
  const at = block(page);
  if (width == BYTE) return ~equalBytes64(at + (<usize>word << 6), i8x16.splat(0));
  if (width == SHORT) return ~equalShorts64(at + (<usize>word << 7), i16x8.splat(0));
  if (width == WORD) return ~equalWords64(at + (<usize>word << 8), i32x4.splat(0));
  return wordAt(at, word);
}

/** Lanes of a word whose value a table has: a bitset over values, of 32 bytes at least, without 0. */
export function among64(page: u32, word: i32, table: usize): u64 {
  const width = page & 3;
  if (page == 0) return 0;
  const at = block(page);
  if (width == BYTE) return inBytes64(at + (<usize>word << 6), table);
  if (width == SHORT) return inShorts64(at + (<usize>word << 7), table);
  if (width == WORD) return inWords64(at + (<usize>word << 8), table);
  return hasBit(table, 1) ? wordAt(at, word) : 0;
}
