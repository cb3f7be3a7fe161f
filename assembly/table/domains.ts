// Domain counts: active tasks of a group by value of an attribute, what `spread` over an attribute compares. Kept for
// the (group, attribute) pairs that some request spreads over; counted anew when values of the attribute changed.
import { allocate, giveBack } from "../memory/arena";
import { listAt, listPush } from "../memory/list";
import { attributeValue, attributeVersion, largestValue, makeDomain } from "./attributes";
import { countAt, FIELD_DOMAINS, places, record, slotAt } from "./counts";

const LIST: usize = memory.data(16, 16);
const STRIDE = 24; // group, attribute, counts u32, values i32, attribute version, next + 1

// @ts-ignore: decorator
@inline function head(group: i32): i32 {
  return load<i32>(record(group), FIELD_DOMAINS);
}

/** Number of the pair, made when it is new. */
export function domainsOf(group: i32, attribute: i32): i32 {
  for (let n = head(group); n != 0; n = load<i32>(listAt(LIST, n - 1), 20)) {
    if (load<i32>(listAt(LIST, n - 1), 4) == attribute) return n - 1;
  }
  const number = listPush(LIST, STRIDE);
  const at = listAt(LIST, number);
  store<i32>(at, group);
  store<i32>(at, attribute, 4);
  makeDomain(attribute);
  store<i32>(at, -1, 16);
  store<i32>(at, head(group), 20);
  store<i32>(record(group), number + 1, FIELD_DOMAINS);
  return number;
}

function recount(at: usize): void {
  const attribute = load<i32>(at, 4);
  const values = largestValue(attribute) + 1;
  giveBack(<usize>load<u32>(at, 8), <usize>load<i32>(at, 12) << 2);
  const counts = allocate(<usize>values << 2);
  store<u32>(at, <u32>counts, 8);
  store<i32>(at, values, 12);
  store<i32>(at, attributeVersion(attribute), 16);
  const group = record(load<i32>(at));
  for (let p = 0, end = places(group); p < end; p++) {
    const slot = slotAt(group, p);
    if (slot < 0) continue;
    const cell = counts + (<usize>attributeValue(slot, attribute) << 2);
    store<i32>(cell, load<i32>(cell) + countAt(group, p));
  }
}

// @ts-ignore: decorator
@inline function isFresh(at: usize): bool {
  return load<i32>(at, 16) == attributeVersion(load<i32>(at, 4));
}

/** Counts by value id, up to date; valid until the next change. */
export function domainCounts(number: i32): usize {
  const at = listAt(LIST, number);
  if (!isFresh(at)) recount(at);
  return <usize>load<u32>(at, 8);
}

export function domainAttribute(number: i32): i32 {
  return load<i32>(listAt(LIST, number), 4);
}

/** Follows a change of a group's count on an instance. */
export function followDomains(group: i32, slot: i32, delta: i32): void {
  for (let n = head(group); n != 0; ) {
    const at = listAt(LIST, n - 1);
    n = load<i32>(at, 20);
    if (!isFresh(at)) continue;
    const cell = <usize>load<u32>(at, 8) + (<usize>attributeValue(slot, load<i32>(at, 4)) << 2);
    store<i32>(cell, load<i32>(cell) + delta);
  }
}

/** Whether the kept counts of every pair of a group are what a recount gives; for check. */
export function domainsAreSound(group: i32): bool {
  for (let n = head(group); n != 0; n = load<i32>(listAt(LIST, n - 1), 20)) {
    const at = listAt(LIST, n - 1);
    if (isFresh(at) && !sameAsRecount(at)) return false;
  }
  return true;
}

function sameAsRecount(at: usize): bool {
  const values = load<i32>(at, 12);
  const kept = allocate(<usize>values << 2);
  memory.copy(kept, <usize>load<u32>(at, 8), <usize>values << 2);
  recount(at);
  const same = memory.compare(kept, <usize>load<u32>(at, 8), <usize>values << 2) == 0;
  giveBack(kept, <usize>values << 2);
  return same;
}
