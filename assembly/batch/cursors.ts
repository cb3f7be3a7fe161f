// Cursors of a batch: one for each domain of a spread over an attribute, or a single one. Each knows the next instance
// of its domain and how the domain stands; the best of them takes the next task. Filled by fill and sweep, read by many;
// nothing here outlives a batch.
//
//   cursor ─► { tasks of the group in the domain u32 (LAST without the attribute), key i32, slot i32 or NONE, left i32,
//               value i32, taken i32, level i32, word i32, lanes u64 }
import { NONE } from "../abi";

export const MOST_CURSORS = 16;
const STRIDE = 40;
const LIST: usize = memory.data(16 * 40, 16);

// @ts-ignore: decorator
@inline export function cursorAt(number: i32): usize {
  return LIST + <usize>(number * STRIDE);
}

// @ts-ignore: decorator
@inline export function domainCount(cursor: usize): u32 {
  return load<u32>(cursor);
}

/** What the last strategy compares of the next instance. */
// @ts-ignore: decorator
@inline export function keyOf(cursor: usize): i32 {
  return load<i32>(cursor, 4);
}

/** The next instance, NONE when the domain has no more. */
// @ts-ignore: decorator
@inline export function slotOf(cursor: usize): i32 {
  return load<i32>(cursor, 8);
}

/** How many more tasks go to that instance before the cursor has to look for the next. */
// @ts-ignore: decorator
@inline export function leftOf(cursor: usize): i32 {
  return load<i32>(cursor, 12);
}

// @ts-ignore: decorator
@inline export function valueOf(cursor: usize): i32 {
  return load<i32>(cursor, 16);
}

/** Tasks given to the instance and not committed yet. */
// @ts-ignore: decorator
@inline export function takenOf(cursor: usize): i32 {
  return load<i32>(cursor, 20);
}

// @ts-ignore: decorator
@inline export function levelOf(cursor: usize): i32 {
  return load<i32>(cursor, 24);
}

// @ts-ignore: decorator
@inline export function wordOf(cursor: usize): i32 {
  return load<i32>(cursor, 28);
}

// @ts-ignore: decorator
@inline export function lanesOf(cursor: usize): u64 {
  return load<u64>(cursor, 32);
}

export function openCursor(number: i32, value: i32, count: u32): usize {
  const cursor = cursorAt(number);
  store<u32>(cursor, count);
  store<i32>(cursor, value, 16);
  pointAt(cursor, NONE, 0, 0);
  sweepFrom(cursor, NONE, 0, 0);
  return cursor;
}

export function pointAt(cursor: usize, slot: i32, key: i32, left: i32): void {
  store<i32>(cursor, key, 4);
  store<i32>(cursor, slot, 8);
  store<i32>(cursor, left, 12);
  store<i32>(cursor, 0, 20);
}

/** Where a sweep stands: the lanes of a word that hold `level` tasks of the group and wait for one more. */
export function sweepFrom(cursor: usize, level: i32, word: i32, lanes: u64): void {
  store<i32>(cursor, level, 24);
  store<i32>(cursor, word, 28);
  store<u64>(cursor, lanes, 32);
}

/** `count` tasks go to the instance; each lowers its key by `need`. */
// @ts-ignore: decorator
@inline export function takeAt(cursor: usize, count: i32, need: i32): void {
  if (domainCount(cursor) != 0xffffffff) store<u32>(cursor, domainCount(cursor) + <u32>count);
  store<i32>(cursor, keyOf(cursor) - count * need, 4);
  store<i32>(cursor, leftOf(cursor) - count, 12);
  store<i32>(cursor, takenOf(cursor) + count, 20);
}

/** The cursor with the least (tasks in the domain, key, slot), or 0 when none has an instance. */
export function bestCursor(count: i32): usize {
  let best: usize = 0;
  for (let n = 0; n < count; n++) {
    const cursor = cursorAt(n);
    if (slotOf(cursor) != NONE && (best == 0 || isBefore(cursor, best))) best = cursor;
  }
  return best;
}

// @ts-ignore: decorator
@inline function isBefore(cursor: usize, other: usize): bool {
  if (domainCount(cursor) != domainCount(other)) return domainCount(cursor) < domainCount(other);
  if (keyOf(cursor) != keyOf(other)) return keyOf(cursor) < keyOf(other);
  return slotOf(cursor) < slotOf(other);
}
