// Domain levels: for a spread over an attribute, the domains with the same number of tasks form a level, and the lowest
// level that has a candidate wins. The indexes look through one level at a time, fewest tasks first; the instances
// without the attribute are the last level. Called by plan and query.
import { VALUE_MISSING, VALUE_NONE } from "../abi";
import { attributeValue, domainPage, largestValue, population } from "../table/attributes";
import { domainAttribute, domainCounts } from "../table/domains";
import { equal64, PAGE_WORDS, present64, valueIn } from "../table/pages";

const SOME_VALUES = 4; // up to so many domains of a level are compared as vectors

// Level at hand: attribute i32 (-1 = every instance is in), count i32 (LAST = without the attribute), counts u32,
// number of values i32 (or MANY), then SOME_VALUES value ids.
const LEVEL: usize = memory.data(16 + SOME_VALUES * 4, 16);
const MANY = SOME_VALUES + 1;
const LAST: u32 = 0xffffffff;
const BEFORE_FIRST: i64 = -1;

export function everyLevel(): void {
  store<i32>(LEVEL, -1);
}

/** Starts with the levels of a (group, attribute) pair; `nextLevel` must follow. */
export function setLevels(domains: i32): void {
  store<u32>(LEVEL, <u32>domainCounts(domains), 8);
  store<i32>(LEVEL, domainAttribute(domains));
}

/** One domain of a (group, attribute) pair as the level at hand; VALUE_MISSING: the instances without the attribute. */
export function oneDomain(domains: i32, value: i32): void {
  setLevels(domains);
  store<u32>(LEVEL, value == VALUE_MISSING ? LAST : 0, 4);
  store<i32>(LEVEL, i32(value != VALUE_MISSING), 12);
  store<i32>(LEVEL, value, 16);
}

/** The next level after `count` that holds an instance, or a negative number after the last. */
export function nextLevel(count: i64): i64 {
  if (count == <i64>LAST) return BEFORE_FIRST;
  const attribute = load<i32>(LEVEL);
  const counts = <usize>load<u32>(LEVEL, 8);
  let least = LAST;
  let values = 0;
  for (let value = VALUE_NONE, end = largestValue(attribute); value <= end; value++) {
    const here = load<u32>(counts + (<usize>value << 2));
    if (<i64>here <= count || here > least || population(attribute, value) == 0) continue;
    if (here < least) values = 0;
    least = here;
    if (values < SOME_VALUES) store<i32>(LEVEL + 16 + (<usize>values << 2), value);
    if (values < MANY) values++;
  }
  store<u32>(LEVEL, least, 4);
  store<i32>(LEVEL, values, 12);
  return <i64>least;
}

export function firstLevel(): i64 {
  return nextLevel(BEFORE_FIRST);
}

/** Whether one instance lies in the level at hand. */
// @ts-ignore: decorator
@inline export function isInLevel(slot: i32): bool {
  const attribute = load<i32>(LEVEL);
  if (attribute < 0) return true;
  const value = attributeValue(slot, attribute);
  if (value == VALUE_MISSING || load<u32>(LEVEL, 4) == LAST) return value == VALUE_MISSING && load<u32>(LEVEL, 4) == LAST;
  const values = load<i32>(LEVEL, 12);
  if (values == MANY) return load<u32>(<usize>load<u32>(LEVEL, 8) + (<usize>value << 2)) == load<u32>(LEVEL, 4);
  for (let k = 0; k < values; k++) {
    if (load<i32>(LEVEL + 16 + (<usize>k << 2)) == value) return true;
  }
  return false;
}

/** Values that make up the level at hand, one of which an instance must have: 0 for no level, -1 when they are not listed. */
// @ts-ignore: decorator
@inline export function listedValues(): i32 {
  if (load<i32>(LEVEL) < 0) return 0;
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

/** Those of `lanes` that lie in the level at hand. */
export function inLevel64(w: i32, lanes: u64): u64 {
  const attribute = load<i32>(LEVEL);
  if (attribute < 0) return lanes;
  const page = domainPage(attribute, w);
  const word = w & (PAGE_WORDS - 1);
  if (load<u32>(LEVEL, 4) == LAST) return lanes & ~present64(page, word);
  const values = load<i32>(LEVEL, 12);
  if (values == MANY) return ofMany64(page, word, lanes);
  let mask: u64 = 0;
  for (let k = 0; k < values; k++) mask |= equal64(page, word, load<i32>(LEVEL + 16 + (<usize>k << 2)));
  return lanes & mask;
}

function ofMany64(page: u32, word: i32, lanes: u64): u64 {
  const counts = <usize>load<u32>(LEVEL, 8);
  const level = load<u32>(LEVEL, 4);
  let mask: u64 = 0;
  for (let rest = lanes; rest != 0; rest &= rest - 1) {
    const value = valueIn(page, (word << 6) + <i32>ctz(rest));
    if (value != VALUE_MISSING && load<u32>(counts + (<usize>value << 2)) == level) mask |= rest & (0 - rest);
  }
  return mask;
}
