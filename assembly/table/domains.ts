// Domain counts: active tasks of a group by value of an attribute, what `spread` over an attribute compares. Kept for
// the (group, attribute) pairs that some request spreads over: counted when they are first asked for, and followed from
// then on, whether a count changes or a value.
import { VALUE_MISSING } from "../abi";
import { allocate, enlarge, giveBack } from "../memory/arena";
import { listAt, listCount, listPush } from "../memory/list";
import { attributeCount, attributeValue, largestValue, makeDomain, putAttribute } from "./attributes";
import { count, countAt, FIELD_DOMAINS, places, record, slotAt } from "./counts";
import { hasTasks } from "./instances";

const LIST: usize = memory.data(16, 16);
const STRIDE = 20; // group, attribute, counts u32, values i32 (0: not counted yet), next + 1
const NEXT: usize = 16;

// @ts-ignore: decorator
@inline function head(group: i32): i32 {
  return load<i32>(record(group), FIELD_DOMAINS);
}

// @ts-ignore: decorator
@inline function nextOf(at: usize): i32 {
  return load<i32>(at, NEXT);
}

/** Number of the pair, made when it is new. */
export function domainsOf(group: i32, attribute: i32): i32 {
  for (let n = head(group); n != 0; n = nextOf(listAt(LIST, n - 1))) {
    if (load<i32>(listAt(LIST, n - 1), 4) == attribute) return n - 1;
  }
  const number = listPush(LIST, STRIDE);
  const at = listAt(LIST, number);
  store<i32>(at, group);
  store<i32>(at, attribute, 4);
  makeDomain(attribute);
  store<i32>(at, head(group), NEXT);
  store<i32>(record(group), number + 1, FIELD_DOMAINS);
  return number;
}

// @ts-ignore: decorator
@inline function valuesIn(at: usize): i32 {
  return load<i32>(at, 12);
}

// @ts-ignore: decorator
@inline function isCounted(at: usize): bool {
  return valuesIn(at) != 0;
}

/** The counts by value id of all instances. */
function counted(at: usize, values: i32): usize {
  const attribute = load<i32>(at, 4);
  const group = record(load<i32>(at));
  const counts = allocate(<usize>values << 2);
  for (let p = 0, end = places(group); p < end; p++) {
    const slot = slotAt(group, p);
    if (slot < 0) continue;
    const cell = counts + (<usize>attributeValue(slot, attribute) << 2);
    store<i32>(cell, load<i32>(cell) + countAt(group, p));
  }
  return counts;
}

/** Counts for every value there is, those that came later included. */
function settle(at: usize): void {
  const values = largestValue(load<i32>(at, 4)) + 1;
  const before = valuesIn(at);
  if (before >= values) return;
  const room = before == 0 ? values : max(values, before + (before >> 1));
  const counts = before == 0
    ? counted(at, values)
    : enlarge(<usize>load<u32>(at, 8), <usize>before << 2, <usize>room << 2);
  store<u32>(at, <u32>counts, 8);
  store<i32>(at, room, 12);
}

/** Counts by value id, up to date; valid until the next change. */
export function domainCounts(number: i32): usize {
  const at = listAt(LIST, number);
  settle(at);
  return <usize>load<u32>(at, 8);
}

export function domainAttribute(number: i32): i32 {
  return load<i32>(listAt(LIST, number), 4);
}

// @ts-ignore: decorator
@inline function add(at: usize, value: i32, delta: i32): void {
  if (value >= valuesIn(at)) settle(at);
  const cell = <usize>load<u32>(at, 8) + (<usize>value << 2);
  store<i32>(cell, load<i32>(cell) + delta);
}

/** Follows a change of a group's count on an instance. */
export function followDomains(group: i32, slot: i32, delta: i32): void {
  for (let n = head(group); n != 0; ) {
    const at = listAt(LIST, n - 1);
    n = nextOf(at);
    if (isCounted(at)) add(at, attributeValue(slot, load<i32>(at, 4)), delta);
  }
}

/** Sets the value of an attribute on an instance; its tasks are counted under the new one from now on. */
export function setAttribute(slot: i32, attribute: i32, now: i32): void {
  if (!hasTasks(slot)) return putAttribute(slot, attribute, now);
  const before = attributeValue(slot, attribute);
  putAttribute(slot, attribute, now);
  for (let n = 0, end = listCount(LIST); n < end; n++) {
    const at = listAt(LIST, n);
    if (load<i32>(at, 4) != attribute || !isCounted(at)) continue;
    const here = count(load<i32>(at), slot);
    if (here == 0) continue;
    add(at, before, -here);
    add(at, now, here);
  }
}

/** Takes every attribute of an instance that holds no task any more. */
export function clearAttributes(slot: i32): void {
  for (let a = 0, end = attributeCount(); a < end; a++) putAttribute(slot, a, VALUE_MISSING);
}

/** Whether the kept counts of every pair of a group are what a recount gives; for check. */
export function domainsAreSound(group: i32): bool {
  for (let n = head(group); n != 0; n = nextOf(listAt(LIST, n - 1))) {
    const at = listAt(LIST, n - 1);
    if (isCounted(at) && !sameAsRecount(at)) return false;
  }
  return true;
}

function sameAsRecount(at: usize): bool {
  settle(at);
  const bytes = <usize>valuesIn(at) << 2;
  const again = counted(at, valuesIn(at));
  const same = memory.compare(again, <usize>load<u32>(at, 8), bytes) == 0;
  giveBack(again, bytes);
  return same;
}
