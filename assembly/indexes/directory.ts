// Directory of a block index, two levels, so that a block comes or goes without moving more than one shelf. Called by
// blocks and tightest; it knows no instance but by key and slot.
//
//   root     separators u64[shelves + 1], ascending: shelf r holds separators[r] <= (key << 32 | slot) < separators[r + 1]
//            bounds i32[shelves]: no entry of the shelf has more of the other amount; addresses u32[shelves]
//   shelf    number of blocks │ separators u64[SHELF] │ bounds i32[SHELF] │ addresses u32[SHELF]
//   block    see blocks
//
// A block's bound is exact; a shelf's may stand too high, and the walk that finds nothing under it sets it right.
import { hintsOf, rootBounds, rootSeparators, rootShelves, shelfCount } from "./members";

const SHELF_BITS = 7;
export const SHELF = 1 << SHELF_BITS;
const SEPARATORS: usize = 16;
const BOUNDS: usize = SEPARATORS + SHELF * 8;
const ADDRESSES: usize = BOUNDS + SHELF * 4;
export const SHELF_BYTES: usize = ADDRESSES + SHELF * 4;
export const LAST: u64 = 0xffffffffffffffff;
export const BEYOND = 4; // a vector of bounds may be read past the last one

// What `locate` found: shelf number, block number within it.
const FOUND: usize = memory.data(8, 8);

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

/** Number of the hint for keys about as large: 32 for each power of two. */
// @ts-ignore: decorator
@inline function hintNumber(key: i32): i32 {
  const power = max(31 - <i32>clz(key), 5);
  return ((power - 5) << 5) + (key >> (power - 5));
}

/** The block whose range holds the ordered key; `foundShelf` and `foundBlock` tell where it stands. */
export function locate(index: usize, wanted: u64): usize {
  const hint = hintsOf(index) + (<usize>hintNumber(<i32>(wanted >> 32)) << 2);
  const r = load<i32>(hint) >> SHELF_BITS;
  if (r < shelfCount(index)) {
    const shelf = shelfAt(index, r);
    const b = load<i32>(hint) & (SHELF - 1);
    if (b < blocksOn(shelf) && wanted >= load<u64>(separator(shelf, b)) && wanted < upperSeparator(index, r, b)) {
      setFound(r, b);
      return blockAt(shelf, b);
    }
  }
  const block = searchAll(index, wanted);
  store<i32>(hint, foundShelf() << SHELF_BITS | foundBlock());
  return block;
}

function searchAll(index: usize, wanted: u64): usize {
  const r = search(rootSeparators(index), shelfCount(index), wanted);
  const shelf = shelfAt(index, r);
  const b = search(separator(shelf, 0), blocksOn(shelf), wanted);
  setFound(r, b);
  return blockAt(shelf, b);
}

// @ts-ignore: decorator
@inline export function foundShelf(): i32 {
  return load<i32>(FOUND);
}

// @ts-ignore: decorator
@inline export function foundBlock(): i32 {
  return load<i32>(FOUND, 4);
}

// @ts-ignore: decorator
@inline function nextEnough(bounds: usize, from: i32, end: i32, need: v128): i32 {
  for (; from < end; from += 4) {
    const enough = i32x4.bitmask(i32x4.ge_s(v128.load(bounds + (<usize>from << 2)), need));
    if (enough != 0) return from + ctz(enough);
  }
  return end;
}

/** Where the bound of a block stands, which holds what lies `from` on. The search that led there last is tried first. */
export function boundPlace(index: usize, block: usize, from: u64): usize {
  const r = foundShelf();
  const b = foundBlock();
  if (r < shelfCount(index) && b < blocksOn(shelfAt(index, r)) && blockAt(shelfAt(index, r), b) == block) {
    return bound(shelfAt(index, r), b);
  }
  locate(index, from);
  return bound(shelfAt(index, foundShelf()), foundBlock());
}

/** The walk at hand stands there. */
// @ts-ignore: decorator
@inline export function setFound(r: i32, b: i32): void {
  store<i32>(FOUND, r);
  store<i32>(FOUND, b, 4);
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

export function raiseBounds(index: usize, r: i32, b: i32, other: i32): void {
  const here = bound(shelfAt(index, r), b);
  if (other > load<i32>(here)) store<i32>(here, other);
  if (other > load<i32>(shelfBound(index, r))) store<i32>(shelfBound(index, r), other);
}

/** After a walk over the whole shelf found nothing under its bound. */
export function tightenShelf(index: usize, r: i32): void {
  const shelf = shelfAt(index, r);
  let most = -1;
  for (let b = 0, end = blocksOn(shelf); b < end; b++) most = max(most, load<i32>(bound(shelf, b)));
  store<i32>(shelfBound(index, r), most);
}
