// Reach: which words of 64 instances hold one that a pair of programs (filter and memberOf) allows, for each value of an
// attribute. Made for a spread whose domain with fewest tasks was searched in vain: a domain that the programs leave out
// altogether is then no level at all, and one of which they leave little is searched in those words only. Called by levels.
//
//   block ─► number of words by value i32[ROWS], then for each value up to `values` a bitset over words; exact
import { NONE, REQUEST_FILTER, REQUEST_MEMBER_OF, VALUE_MISSING } from "../abi";
import { lowest, wordAt } from "../bits/words";
import { evaluate, isDynamic } from "../cql/programs";
import { allocate, giveBack } from "../memory/arena";
import { listAt, listCount, listPush } from "../memory/list";
import { domainPage, largestValue } from "../table/attributes";
import { capacity, words } from "../table/instances";
import { entry, INSTANCES, remembers, TASKS, written } from "../table/journal";
import { equal64, PAGE_WORDS, present64, valueIn } from "../table/pages";
import { word } from "../table/requests";

export const MOST_VALUES = 32;
const ROWS: usize = MOST_VALUES + 1;

const LIST: usize = memory.data(16, 16);
// filter i32, memberOf i32 or NONE, attribute i32, capacity i32, values i32, block u32, journal positions u64[2]
const STRIDE = 40;
const POSITIONS = 24;

/** Number of the reach of an attribute under the programs of a request, made when it is new. */
export function reachFor(request: usize, attribute: i32): i32 {
  const filter = word(request, REQUEST_FILTER);
  const memberOf = word(request, REQUEST_MEMBER_OF);
  for (let n = 0, end = listCount(LIST); n < end; n++) {
    const at = listAt(LIST, n);
    if (load<i32>(at) == filter && load<i32>(at, 4) == memberOf && load<i32>(at, 8) == attribute) return n;
  }
  const number = listPush(LIST, STRIDE);
  const at = listAt(LIST, number);
  store<i32>(at, filter);
  store<i32>(at, memberOf, 4);
  store<i32>(at, attribute, 8);
  return number;
}

// @ts-ignore: decorator
@inline function rowBytes(instances: i32): usize {
  return <usize>(instances >> 9);
}

// @ts-ignore: decorator
@inline function blockBytes(at: usize): usize {
  return (ROWS << 2) + <usize>(load<i32>(at, 16) + 1) * rowBytes(load<i32>(at, 12));
}

/** Words that hold an allowed instance with the value. */
// @ts-ignore: decorator
@inline export function wordsWith(block: usize, value: i32): i32 {
  return load<i32>(block + (<usize>value << 2));
}

/** Bitset over words: those that hold an allowed instance with the value. */
// @ts-ignore: decorator
@inline export function rowOf(block: usize, value: i32): usize {
  return block + (ROWS << 2) + <usize>value * rowBytes(capacity());
}

/** The block of a reach, up to date, or 0 when the attribute has too many values; valid until anything changes. */
export function settledReach(number: i32): usize {
  const at = listAt(LIST, number);
  const values = largestValue(load<i32>(at, 8));
  const since = load<u64>(at + POSITIONS);
  if (values > MOST_VALUES) return 0;
  if (load<i32>(at, 12) != capacity() || load<i32>(at, 16) != values || !remembers(INSTANCES, since)) startAnew(at, values);
  else if (since != written(INSTANCES)) catchUp(at, INSTANCES);
  if (isTaskBound(at)) catchUpTasks(at);
  return <usize>load<u32>(at, 20);
}

// @ts-ignore: decorator
@inline function isTaskBound(at: usize): bool {
  return load<i32>(at, 4) != NONE && isDynamic(load<i32>(at, 4));
}

function catchUpTasks(at: usize): void {
  const since = load<u64>(at + POSITIONS + 8);
  if (since == written(TASKS)) return;
  if (remembers(TASKS, since)) catchUp(at, TASKS);
  else startAnew(at, load<i32>(at, 16));
}

function startAnew(at: usize, values: i32): void {
  if (load<u32>(at, 20) != 0) giveBack(<usize>load<u32>(at, 20), blockBytes(at));
  store<i32>(at, capacity(), 12);
  store<i32>(at, values, 16);
  store<u32>(at, <u32>allocate(blockBytes(at)), 20);
  store<u64>(at + POSITIONS, written(INSTANCES));
  store<u64>(at + POSITIONS + 8, written(TASKS));
  const filter = evaluate(load<i32>(at));
  const memberOf: usize = load<i32>(at, 4) == NONE ? filter : evaluate(load<i32>(at, 4));
  for (let w = 0, end = words(); w < end; w++) addWord(at, w, wordAt(filter, w) & wordAt(memberOf, w));
}

/** Looks anew at the words of the instances that changed. */
function catchUp(at: usize, journal: i32): void {
  const filter = evaluate(load<i32>(at));
  const memberOf: usize = load<i32>(at, 4) == NONE ? filter : evaluate(load<i32>(at, 4));
  const position = at + POSITIONS + (<usize>journal << 3);
  let last = -1;
  for (let n = load<u64>(position), end = written(journal); n < end; n++) {
    const w = entry(journal, n) >> 6;
    if (w == last) continue;
    last = w;
    dropWord(at, w);
    addWord(at, w, wordAt(filter, w) & wordAt(memberOf, w));
  }
  store<u64>(position, written(journal));
}

function dropWord(at: usize, w: i32): void {
  const block = <usize>load<u32>(at, 20);
  for (let value = 0, end = load<i32>(at, 16); value <= end; value++) {
    const byte = rowOf(block, value) + <usize>(w >> 3);
    const bit = <u8>1 << <u8>(w & 7);
    if ((load<u8>(byte) & bit) == 0) continue;
    store<u8>(byte, load<u8>(byte) ^ bit);
    store<i32>(block + (<usize>value << 2), wordsWith(block, value) - 1);
  }
}

/** Adds a word, which is in no row, to the row of every value that its allowed instances have. */
function addWord(at: usize, w: i32, allowed: u64): void {
  const block = <usize>load<u32>(at, 20);
  const page = domainPage(load<i32>(at, 8), w);
  const inPage = w & (PAGE_WORDS - 1);
  for (let rest = allowed; rest != 0; ) {
    const value = valueIn(page, (inPage << 6) + lowest(rest));
    const byte = rowOf(block, value) + <usize>(w >> 3);
    store<u8>(byte, load<u8>(byte) | <u8>1 << <u8>(w & 7));
    store<i32>(block + (<usize>value << 2), wordsWith(block, value) + 1);
    rest &= value == VALUE_MISSING ? present64(page, inPage) : ~equal64(page, inPage, value);
  }
}

/** Whether every reach that is up to date is what a new one would be; for check. */
export function reachesAreSound(): bool {
  for (let n = 0, end = listCount(LIST); n < end; n++) {
    const at = listAt(LIST, n);
    const isCurrent = load<u64>(at + POSITIONS) == written(INSTANCES) && load<i32>(at, 12) == capacity();
    if (load<u32>(at, 20) != 0 && isCurrent && !sameAsNew(n, at)) return false;
  }
  return true;
}

function sameAsNew(number: i32, at: usize): bool {
  const bytes = blockBytes(at);
  if (settledReach(number) == 0 || blockBytes(at) != bytes) return true;
  const kept = allocate(bytes);
  memory.copy(kept, <usize>load<u32>(at, 20), bytes);
  startAnew(at, load<i32>(at, 16));
  const same = memory.compare(kept, <usize>load<u32>(at, 20), bytes) == 0;
  giveBack(kept, bytes);
  return same;
}
