// Hints of a block index: for keys of about the same size the block where such a key was last looked for. Asked by
// directory before it searches; blocks keeps them true, so that none ever names a block that is gone.
//
//   hints u32[] by the power of two of a key and the bits below it: as many as the index is large
import { allocate, giveBack } from "../memory/arena";
import { rangeEnd, rangeFrom } from "./block";
import { hintBits, hintTable, setHintTable } from "./members";

const LEAST_BITS = 5;
const MOST_BITS = 10;
const LARGEST_KEY: u32 = 0x7fffffff;

// @ts-ignore: decorator
@inline function hintsFor(bits: i32): usize {
  return <usize>(32 - bits) << (<usize>bits + 2);
}

// @ts-ignore: decorator
@inline function number(bits: i32, key: i32): i32 {
  const above = max(31 - <i32>clz(key) - bits, 0);
  return (above << bits) + (key >> above);
}

/** Address of the hint for a key. */
// @ts-ignore: decorator
@inline export function hintFor(index: usize, key: i32): usize {
  return hintTable(index) + (<usize>number(hintBits(index), key) << 2);
}

/** A new table of hints, for a root of so many shelves; what it knew is found again. */
export function settleHints(index: usize, shelves: i32): void {
  const bits = min(MOST_BITS, max(LEAST_BITS, 34 - <i32>clz(shelves)));
  const before = hintTable(index);
  if (before != 0) giveBack(before, hintsFor(hintBits(index)));
  setHintTable(index, allocate(hintsFor(bits)), bits);
}

/** Every block is about to go. */
export function clearHints(index: usize): void {
  if (hintTable(index) != 0) memory.fill(hintTable(index), 0, hintsFor(hintBits(index)));
}

/** All that `from` up to `end` has of hints to one block becomes hints to another: that range moved. */
export function turnHints(index: usize, from: u64, end: u64, block: usize, into: usize): void {
  const last = hintFor(index, <i32>min(<u32>((end - 1) >> 32), LARGEST_KEY));
  for (let hint = hintFor(index, <i32>(from >> 32)); hint <= last; hint += 4) {
    if (load<u32>(hint) == <u32>block) store<u32>(hint, <u32>into);
  }
}

/** Whether every hint names a block that has keys for it; for check. */
export function hintsAreSound(index: usize): bool {
  const bits = hintBits(index);
  const first = hintTable(index);
  for (let hint = first, end = first + hintsFor(bits); hint < end; hint += 4) {
    const block = <usize>load<u32>(hint);
    if (block == 0) continue;
    const last = hintFor(index, <i32>min(<u32>((rangeEnd(block) - 1) >> 32), LARGEST_KEY));
    if (hint < hintFor(index, <i32>(rangeFrom(block) >> 32)) || hint > last) return false;
  }
  return true;
}
