// Domain levels: for a spread over an attribute, the domains with the same number of tasks form a level, and the lowest
// level that has a candidate wins. The indexes look through one level at a time, fewest tasks first; the instances
// without the attribute are the last level. Several spreads stack up: an instance is in when it is in every level at
// hand. Called by plan, compose and query.
import { MAX_STRATEGIES, NONE, VALUE_MISSING, VALUE_NONE } from "../abi";
import { setBit } from "../bits/words";
import { attributeValue, domainPage, largestValue, population } from "../table/attributes";
import { domainAttribute, domainCounts } from "../table/domains";
import { words } from "../table/instances";
import { among64, equal64, PAGE_WORDS, present64, valueIn } from "../table/pages";
import { reachHead, strategyArgument } from "../table/requests";
import { alsoTo, narrowTo, widen } from "./narrow";
import { reachFor, rowOf, settledReach, wordsWith } from "./reach";

const SOME_VALUES = 4; // up to so many domains of a level are compared as vectors

// Number of levels at hand i32, 0 = every instance is in.
const DEPTH: usize = memory.data(4, 4);
// Each level: attribute i32, count i32 (LAST = without the attribute), counts u32, number of values i32 (or MANY), then
// SOME_VALUES value ids, or a bitset over the values of a column of bytes, then the reach u32 or 0. The first is the
// outermost.
const TABLE: usize = 16 + SOME_VALUES * 4;
const REACH: usize = TABLE + 32;
const STRIDE = 80;
const LEVEL: usize = memory.data(MAX_STRATEGIES * 80, 16);
const BYTES = 256; // values of a column of bytes
const MANY = SOME_VALUES + 1;
const NARROW_SHARE = 4; // of the words; beyond, to look for the next one costs more than it saves
const LAST: u32 = 0xffffffff;
const BEFORE_FIRST: i64 = -1;

// @ts-ignore: decorator
@inline function depth(): i32 {
  return load<i32>(DEPTH);
}

// @ts-ignore: decorator
@inline function levelAt(number: i32): usize {
  return LEVEL + <usize>(number * STRIDE);
}

export function everyLevel(): void {
  store<i32>(DEPTH, 0);
  widen();
}

/** Starts with the levels of a request's first strategy, a spread over an attribute; `nextLevel` must follow. */
export function setLevels(request: usize): void {
  everyLevel();
  pushLevels(request, 0);
}

/** Adds the levels of strategy `k` within the level at hand; `nextLevel` must follow and moves through these. */
export function pushLevels(request: usize, k: i32): void {
  pushPair(strategyArgument(request, k));
  const reach = load<i32>(reachHead(request, k));
  if (reach != 0) store<u32>(levelAt(depth() - 1), <u32>settledReach(reach - 1), REACH);
}

function pushPair(domains: i32): void {
  const level = levelAt(depth());
  store<i32>(DEPTH, depth() + 1);
  store<u32>(level, <u32>domainCounts(domains), 8);
  store<i32>(level, domainAttribute(domains));
  store<u32>(level, 0, REACH);
}

/** Back to the levels that the last `pushLevels` found. */
export function popLevels(): void {
  store<i32>(DEPTH, depth() - 1);
  if (depth() == 0) widen();
}

/** A level of strategy `k`, the innermost at hand, was searched in vain: perhaps the programs leave it out. */
export function searchedInVain(request: usize, k: i32): void {
  const head = reachHead(request, k);
  if (load<i32>(head) != 0) return;
  const level = levelAt(depth() - 1);
  store<i32>(head, reachFor(request, load<i32>(level)) + 1);
  store<u32>(level, <u32>settledReach(load<i32>(head) - 1), REACH);
}

/** Whether the programs of a request are known to leave out a value of the attribute that its first strategy spreads over. */
export function isLeftOut(request: usize, value: i32): bool {
  const reach = load<i32>(reachHead(request, 0));
  if (reach == 0) return false;
  const block = settledReach(reach - 1);
  return block != 0 && wordsWith(block, value) == 0;
}

/** One domain of a (group, attribute) pair as the level at hand; VALUE_MISSING: the instances without the attribute. */
export function oneDomain(domains: i32, value: i32): void {
  everyLevel();
  pushPair(domains);
  store<u32>(LEVEL, value == VALUE_MISSING ? LAST : 0, 4);
  store<i32>(LEVEL, i32(value != VALUE_MISSING), 12);
  store<i32>(LEVEL, value, 16);
}

/** The next of the innermost levels after `count` that holds an instance, or a negative number after the last. */
export function nextLevel(count: i64): i64 {
  if (count == <i64>LAST) return BEFORE_FIRST;
  const level = levelAt(depth() - 1);
  const attribute = load<i32>(level);
  const counts = <usize>load<u32>(level, 8);
  const reach = <usize>load<u32>(level, REACH);
  let least = LAST;
  let values = 0;
  for (let value = VALUE_NONE, end = largestValue(attribute); value <= end; value++) {
    const here = load<u32>(counts + (<usize>value << 2));
    if (<i64>here <= count || here > least || isEmpty(attribute, reach, value)) continue;
    if (here < least) values = 0;
    least = here;
    if (values < SOME_VALUES) store<i32>(level + 16 + (<usize>values << 2), value);
    if (values < MANY) values++;
  }
  store<u32>(level, least, 4);
  store<i32>(level, values, 12);
  if (values == MANY && largestValue(attribute) < BYTES) listMany(level);
  if (reach == 0) return <i64>least;
  if (least == LAST && wordsWith(reach, VALUE_MISSING) == 0) return BEFORE_FIRST;
  if (depth() == 1) narrowToLevel(level, reach);
  return <i64>least;
}

/** Whether no instance with the value can be eligible. */
// @ts-ignore: decorator
@inline function isEmpty(attribute: i32, reach: usize, value: i32): bool {
  return reach != 0 ? wordsWith(reach, value) == 0 : population(attribute, value) == 0;
}

/** Where the programs leave little of the level, only those words are searched. */
function narrowToLevel(level: usize, reach: usize): void {
  widen();
  const values = load<i32>(level, 12);
  if (values == MANY) return;
  const first = values == 0 ? VALUE_MISSING : load<i32>(level, 16);
  let found = wordsWith(reach, first);
  for (let k = 1; k < values; k++) found += wordsWith(reach, load<i32>(level + 16 + (<usize>k << 2)));
  if (found > words() / NARROW_SHARE) return;
  narrowTo(rowOf(reach, first), found);
  for (let k = 1; k < values; k++) alsoTo(rowOf(reach, load<i32>(level + 16 + (<usize>k << 2))));
}

/** Fills the bitset over the values of a level. */
function listMany(level: usize): void {
  const counts = <usize>load<u32>(level, 8);
  memory.fill(level + TABLE, 0, BYTES >> 3);
  for (let value = VALUE_NONE, end = largestValue(load<i32>(level)); value <= end; value++) {
    if (load<u32>(counts + (<usize>value << 2)) == load<u32>(level, 4)) setBit(level + TABLE, value);
  }
}

export function firstLevel(): i64 {
  return nextLevel(BEFORE_FIRST);
}

/** Whether one instance lies in every level at hand. */
// @ts-ignore: decorator
@inline export function isInLevel(slot: i32): bool {
  if (depth() == 0) return true;
  return isIn(LEVEL, slot) && (depth() == 1 || isInInner(slot));
}

function isInInner(slot: i32): bool {
  for (let n = 1, end = depth(); n < end; n++) {
    if (!isIn(levelAt(n), slot)) return false;
  }
  return true;
}

// @ts-ignore: decorator
@inline function isIn(level: usize, slot: i32): bool {
  const value = attributeValue(slot, load<i32>(level));
  if (value == VALUE_MISSING || load<u32>(level, 4) == LAST) return value == VALUE_MISSING && load<u32>(level, 4) == LAST;
  const values = load<i32>(level, 12);
  if (values == MANY) return load<u32>(<usize>load<u32>(level, 8) + (<usize>value << 2)) == load<u32>(level, 4);
  for (let k = 0; k < values; k++) {
    if (load<i32>(level + 16 + (<usize>k << 2)) == value) return true;
  }
  return false;
}

/** Attribute of the level at hand, NONE where there is none or more than one. */
// @ts-ignore: decorator
@inline export function levelAttribute(): i32 {
  return depth() == 1 ? load<i32>(LEVEL) : NONE;
}

/** Values that make up the one level at hand, a bit each, 1 for the instances without; of an attribute of less than 32. */
export function levelValues(): u32 {
  if (load<u32>(LEVEL, 4) == LAST) return 1;
  const values = load<i32>(LEVEL, 12);
  let bits: u32 = 0;
  if (values == MANY) return load<u32>(LEVEL + TABLE) & ~1;
  for (let k = 0; k < values; k++) bits |= 1 << listedValue(k);
  return bits;
}

/**
 * Values that make up the level at hand, one of which an instance must have: 0 for no level, -1 when they are not listed
 * or there is more than one level.
 */
// @ts-ignore: decorator
@inline export function listedValues(): i32 {
  if (depth() != 1) return depth() == 0 ? 0 : -1;
  return load<u32>(LEVEL, 4) == LAST || load<i32>(LEVEL, 12) == MANY ? -1 : load<i32>(LEVEL, 12);
}

// @ts-ignore: decorator
@inline export function listedValue(k: i32): i32 {
  return load<i32>(LEVEL + 16 + (<usize>k << 2));
}

/** Those of `lanes` that have one value of the attribute of the level. */
// @ts-ignore: decorator
@inline export function ofValue64(value: i32, w: i32, lanes: u64): u64 {
  return lanes & equal64(domainPage(load<i32>(LEVEL), w), w & (PAGE_WORDS - 1), value);
}

/** Those of `lanes` that lie in every level at hand. */
// @ts-ignore: decorator
@inline export function inLevel64(w: i32, lanes: u64): u64 {
  return depth() == 0 ? lanes : inAll64(w, lanes);
}

function inAll64(w: i32, lanes: u64): u64 {
  let here = lanes;
  for (let n = 0, end = depth(); n < end && here != 0; n++) here = inOne64(levelAt(n), w, here);
  return here;
}

function inOne64(level: usize, w: i32, lanes: u64): u64 {
  const page = domainPage(load<i32>(level), w);
  const word = w & (PAGE_WORDS - 1);
  if (load<u32>(level, 4) == LAST) return lanes & ~present64(page, word);
  const values = load<i32>(level, 12);
  if (values == MANY) {
    return largestValue(load<i32>(level)) < BYTES
      ? lanes & among64(page, word, level + TABLE)
      : ofMany64(level, page, word, lanes);
  }
  let mask: u64 = 0;
  for (let k = 0; k < values; k++) mask |= equal64(page, word, load<i32>(level + 16 + (<usize>k << 2)));
  return lanes & mask;
}

function ofMany64(level: usize, page: u32, word: i32, lanes: u64): u64 {
  const counts = <usize>load<u32>(level, 8);
  const wanted = load<u32>(level, 4);
  let mask: u64 = 0;
  for (let rest = lanes; rest != 0; rest &= rest - 1) {
    const value = valueIn(page, (word << 6) + <i32>ctz(rest));
    if (value != VALUE_MISSING && load<u32>(counts + (<usize>value << 2)) == wanted) mask |= rest & (0 - rest);
  }
  return mask;
}
