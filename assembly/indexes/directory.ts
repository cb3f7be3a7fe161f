// Directory of a block index, two levels, so that a block comes or goes without moving more than one shelf. Called by
// blocks and tightest; it knows no instance but by key and slot.
//
//   root     separators u64[shelves + 1], ascending: shelf r holds separators[r] <= (key << 32 | slot) < separators[r + 1]
//            bounds i32[shelves]: no entry of the shelf has more of the other amount; addresses u32[shelves]
//   shelf    number of blocks, place in the root │ separators u64[SHELF] │ bounds i32[SHELF] │ addresses u32[SHELF]
//   block    see block; it knows its shelf and its number there
//
// A block's bound is exact; a shelf's may stand too high, and the walk that finds nothing under it sets it right.
import { isInRange, numberOf, rangeFrom, setBoundOf, shelfOf } from "./block";
import { hintFor } from "./hints";
import { rootBounds, rootSeparators, rootShelves, shelfCount } from "./members";

export const SHELF = 124; // just under 2 KiB
const NEAR = 8; // blocks
const SEPARATORS: usize = 16;
const BOUNDS: usize = SEPARATORS + SHELF * 8;
const ADDRESSES: usize = BOUNDS + SHELF * 4;
export const SHELF_BYTES: usize = ADDRESSES + SHELF * 4;
export const LAST: u64 = 0xffffffffffffffff;
export const BEYOND = 4; // a vector of bounds may be read past the last one

// @ts-ignore: decorator
@inline export function ordered(key: i32, slot: i32): u64 {
  return (<u64>key << 32) | <u64>slot;
}

// ---- shelves

// @ts-ignore: decorator
@inline export function shelfAt(index: usize, r: i32): usize {
  return <usize>load<u32>(rootShelves(index) + (<usize>r << 2));
}

// @ts-ignore: decorator
@inline export function shelfSeparator(index: usize, r: i32): usize {
  return rootSeparators(index) + (<usize>r << 3);
}

// @ts-ignore: decorator
@inline export function shelfBound(index: usize, r: i32): usize {
  return rootBounds(index) + (<usize>r << 2);
}

// @ts-ignore: decorator
@inline export function blocksOn(shelf: usize): i32 {
  return load<i32>(shelf);
}

/** Place of the shelf in the root. */
// @ts-ignore: decorator
@inline export function shelfNumber(shelf: usize): i32 {
  return load<i32>(shelf, 4);
}

// @ts-ignore: decorator
@inline export function separator(shelf: usize, b: i32): usize {
  return shelf + SEPARATORS + (<usize>b << 3);
}

// @ts-ignore: decorator
@inline export function bound(shelf: usize, b: i32): usize {
  return shelf + BOUNDS + (<usize>b << 2);
}

// @ts-ignore: decorator
@inline export function blockEntry(shelf: usize, b: i32): usize {
  return shelf + ADDRESSES + (<usize>b << 2);
}

// @ts-ignore: decorator
@inline export function blockAt(shelf: usize, b: i32): usize {
  return <usize>load<u32>(blockEntry(shelf, b));
}

/** Where the range of a block ends. */
// @ts-ignore: decorator
@inline export function upperSeparator(index: usize, r: i32, b: i32): u64 {
  const shelf = shelfAt(index, r);
  return b + 1 < blocksOn(shelf) ? load<u64>(separator(shelf, b + 1)) : load<u64>(shelfSeparator(index, r + 1));
}

// ---- search

/** Number of the last of `length` ascending separators that is not above `wanted`; the first never is. */
// @ts-ignore: decorator
@inline function search(first: usize, length: i32, wanted: u64): i32 {
  let p = first;
  while (length > 1) {
    const half = length >> 1;
    const q = p + (<usize>half << 3);
    p = select<usize>(q, p, load<u64>(q) <= wanted);
    length -= half;
  }
  return <i32>((p - first) >>> 3);
}

/** The block that a key is probably in, or 0. */
// @ts-ignore: decorator
@inline export function hinted(index: usize, key: i32): usize {
  return <usize>load<u32>(hintFor(index, key));
}

/** The block whose range holds the ordered key. */
// @ts-ignore: decorator
@inline export function locate(index: usize, wanted: u64): usize {
  const block = <usize>load<u32>(hintFor(index, <i32>(wanted >> 32)));
  return block != 0 && isInRange(block, wanted) ? block : searchNear(index, wanted, block);
}

/** Where the hint does not lead, the block is mostly one of the next to it: their separators stand on a line or two. */
function searchNear(index: usize, wanted: u64, hinted: usize): usize {
  let block = hinted == 0 ? <usize>0 : nearTo(hinted, wanted);
  if (block == 0) block = searchAll(index, wanted);
  store<u32>(hintFor(index, <i32>(wanted >> 32)), <u32>block);
  return block;
}

/** The block of the same shelf, few places from `block`, whose range holds the ordered key, or 0. */
function nearTo(block: usize, wanted: u64): usize {
  const shelf = shelfOf(block);
  const at = numberOf(block);
  if (wanted < rangeFrom(block)) {
    for (let b = at - 1, end = max(at - NEAR, 0); b >= end; b--) {
      if (wanted >= load<u64>(separator(shelf, b))) return blockAt(shelf, b);
    }
    return 0;
  }
  for (let b = at + 1, end = min(at + NEAR, blocksOn(shelf) - 1); b < end; b++) {
    if (wanted < load<u64>(separator(shelf, b + 1))) return blockAt(shelf, b);
  }
  return 0;
}

/** As `locate`, whatever the hints. */
export function searchAll(index: usize, wanted: u64): usize {
  const shelf = shelfAt(index, search(rootSeparators(index), shelfCount(index), wanted));
  return blockAt(shelf, search(separator(shelf, 0), blocksOn(shelf), wanted));
}

// @ts-ignore: decorator
@inline function nextEnough(bounds: usize, from: i32, end: i32, need: v128): i32 {
  for (; from < end; from += 4) {
    const enough = i32x4.bitmask(i32x4.ge_s(v128.load(bounds + (<usize>from << 2)), need));
    if (enough != 0) return from + ctz(enough);
  }
  return end;
}

/** The next block of a shelf from `b` on whose bound is enough, or SHELF or more. */
// @ts-ignore: decorator
@inline export function nextBlock(shelf: usize, b: i32, need: v128): i32 {
  const found = nextEnough(bound(shelf, 0), b, blocksOn(shelf), need);
  return found < blocksOn(shelf) ? found : SHELF;
}

/** The next shelf from `r` on whose bound is enough, or -1. */
export function nextShelf(index: usize, r: i32, need: v128): i32 {
  const found = nextEnough(rootBounds(index), r, shelfCount(index), need);
  return found < shelfCount(index) ? found : -1;
}

/** An entry of the block has more than its bound. */
export function raiseBounds(index: usize, block: usize, other: i32): void {
  const shelf = shelfOf(block);
  const shelfMost = shelfBound(index, shelfNumber(shelf));
  setBoundOf(block, other);
  store<i32>(bound(shelf, numberOf(block)), other);
  if (other > load<i32>(shelfMost)) store<i32>(shelfMost, other);
}

/** No entry of the block has as much as its bound. */
export function lowerBound(block: usize, other: i32): void {
  setBoundOf(block, other);
  store<i32>(bound(shelfOf(block), numberOf(block)), other);
}

/** After a walk over the whole shelf found nothing under its bound. */
export function tightenShelf(index: usize, r: i32): void {
  const shelf = shelfAt(index, r);
  let most = -1;
  for (let b = 0, end = blocksOn(shelf); b < end; b++) most = max(most, load<i32>(bound(shelf, b)));
  store<i32>(shelfBound(index, r), most);
}
