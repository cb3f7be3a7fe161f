// Attributes: the value id that each has on each instance. Names and values are interned by the host; ids are dense,
// values per attribute. An attribute is stored in one of three ways, and nobody outside table/ sees which:
//
//   SHARED  it never had a value: in capability sets, a byte an instance for all such attributes together
//   PAIRS   few instances have it: a map from slots
//   PAGED   a column, in pages as narrow as their values
import { NONE, VALUE_MISSING, VALUE_NONE } from "../abi";
import { enlarge } from "../memory/arena";
import { listAt, listCount, listPush } from "../memory/list";
import * as sets from "./capabilities";
import { slots } from "./instances";
import { INSTANCES, note } from "./journal";
import {
  among64, freePages, PAGE_SLOTS, PAGE_WORDS, pageAt, pageBytes, pageCount, pagedValue, putValue,
} from "./pages";
import { freePairs, pairCount, pairsFor, pairValue, putPair, resizePairs, slotAt, valueAt } from "./pairs";

export const SHARED = 1;
export const PAIRS = 2;
export const PAGED = 3;
const UNUSED = 0;

const LIST: usize = memory.data(16, 16);
// form i32, instances that have it i32, largest value i32, unused, then the head of PAIRS or PAGED (8 bytes) or the
// number of the capability i32, then instances by value id: block u32, room i32, both 0 until someone asks.
const STRIDE = 32;
const VALUES = 16;
const BEFORE: usize = memory.data(8, 8); // head of the pairs that become pages

export function addAttribute(): i32 {
  return listPush(LIST, STRIDE);
}

// @ts-ignore: decorator
@inline export function attributeCount(): i32 {
  return listCount(LIST);
}

// @ts-ignore: decorator
@inline function form(at: usize): i32 {
  return load<i32>(at);
}

// @ts-ignore: decorator
@inline function holders(at: usize): i32 {
  return load<i32>(at, 4);
}

// @ts-ignore: decorator
@inline export function formOf(attribute: i32): i32 {
  return form(listAt(LIST, attribute));
}

/** Instances that have the attribute. */
export function holderCount(attribute: i32): i32 {
  return holders(listAt(LIST, attribute));
}

/** Head of the pairs or pages; of a shared attribute, where its capability number stands. */
// @ts-ignore: decorator
@inline export function valuesOf(attribute: i32): usize {
  return listAt(LIST, attribute) + VALUES;
}

// @ts-ignore: decorator
@inline export function largestValue(attribute: i32): i32 {
  return load<i32>(listAt(LIST, attribute), 8);
}

function value(at: usize, slot: i32): i32 {
  if (form(at) == PAGED) return pagedValue(at + VALUES, slot);
  if (form(at) == PAIRS) return pairValue(at + VALUES, slot);
  return form(at) == SHARED && sets.hasCapability(slot, load<i32>(at, VALUES)) ? VALUE_NONE : VALUE_MISSING;
}

export function attributeValue(slot: i32, attribute: i32): i32 {
  return value(listAt(LIST, attribute), slot);
}

/** Called by domains, which knows what is counted by values. */
export function putAttribute(slot: i32, attribute: i32, now: i32): void {
  const at = listAt(LIST, attribute);
  const before = value(at, slot);
  if (before == now) return;
  store<i32>(at, max(load<i32>(at, 8), now), 8);
  if (form(at) == UNUSED) choose(at, attribute, now);
  if (form(at) == SHARED && now > VALUE_NONE) leave(at);
  store<i32>(at, holders(at) + i32(now != VALUE_MISSING) - i32(before != VALUE_MISSING), 4);
  put(at, slot, now);
  if (holders(at) == 0) release(at);
  if (countsValues(at)) {
    if (before != VALUE_MISSING) changePopulation(at, before, -1);
    if (now != VALUE_MISSING) changePopulation(at, now, 1);
  }
  note(INSTANCES, slot);
}

/** How an attribute is stored that no instance had. */
function choose(at: usize, attribute: i32, now: i32): void {
  const number = now == VALUE_NONE ? sets.joinSets(attribute) : NONE;
  store<i32>(at, number == NONE ? PAIRS : SHARED);
  store<i32>(at, max(number, 0), VALUES);
}

/** `holders` counts the slot already. */
function put(at: usize, slot: i32, now: i32): void {
  if (form(at) == SHARED) {
    if (!sets.nonePendingBut(slot)) settleSets();
    // Settling may have taken the attribute out of the sets.
    if (form(at) == SHARED) return sets.putCapability(slot, load<i32>(at, VALUES), now != VALUE_MISSING);
  }
  if (form(at) == PAIRS && now != VALUE_MISSING) makeRoom(at);
  if (form(at) == PAGED) putValue(at + VALUES, slot, now);
  else putPair(at + VALUES, slot, now);
}

/** Pairs for all holders, or pages where those are smaller. */
function makeRoom(at: usize): void {
  const pairs = pairsFor(at + VALUES, holders(at));
  const pages = (slots() + PAGE_SLOTS - 1) / PAGE_SLOTS;
  if (pairs << 3 > pages * pageBytes(load<i32>(at, 8))) toPages(at);
  else resizePairs(at + VALUES, pairs);
}

function toPages(at: usize): void {
  store<u64>(BEFORE, load<u64>(at, VALUES));
  store<u64>(at, 0, VALUES);
  store<i32>(at, PAGED);
  for (let p = 0, end = pairCount(BEFORE); p < end; p++) {
    if (slotAt(BEFORE, p) >= 0) putValue(at + VALUES, slotAt(BEFORE, p), valueAt(BEFORE, p));
  }
  freePairs(BEFORE);
}

/** Nothing is left to store. A column that counts values stays one. */
function release(at: usize): void {
  if (countsValues(at)) return;
  if (form(at) == PAGED) freePages(at + VALUES);
  if (form(at) == PAIRS) freePairs(at + VALUES);
  if (form(at) == SHARED) sets.leaveSets(load<i32>(at, VALUES));
  store<i32>(at, UNUSED);
  store<u64>(at, 0, VALUES);
}

/** Gives the pending instance its set, so that sets may be read; attributes leave the sets for that if they must. */
export function settleSets(): void {
  for (let number = sets.settlePending(); number != NONE; number = sets.settlePending()) {
    leave(listAt(LIST, sets.attributeNamed(number)));
  }
}

/** Moves a shared attribute to storage of its own. */
function leave(at: usize): void {
  const number = load<i32>(at, VALUES);
  store<u64>(at, 0, VALUES);
  store<i32>(at, PAIRS);
  const pending = sets.pendingWith(number);
  if (pending != NONE) put(at, pending, VALUE_NONE);
  const table = sets.setsWith(number);
  for (let n = 0, end = pageCount(sets.SET_NUMBERS) * PAGE_WORDS; n < end; n++) {
    const page = pageAt(sets.SET_NUMBERS, n / PAGE_WORDS);
    for (let rest = among64(page, n & (PAGE_WORDS - 1), table); rest != 0; rest &= rest - 1) {
      put(at, (n << 6) + <i32>ctz(rest), VALUE_NONE);
    }
  }
  sets.leaveSets(number);
}

/** From now on a column that counts its instances by value: an attribute that some request spreads over. */
export function makeDomain(attribute: i32): void {
  const at = listAt(LIST, attribute);
  if (countsValues(at)) return;
  if (form(at) == SHARED) leave(at);
  if (form(at) != PAGED) toPages(at);
  for (let slot = 0, end = slots(); slot < end; slot++) {
    const here = value(at, slot);
    if (here != VALUE_MISSING) changePopulation(at, here, 1);
  }
  if (!countsValues(at)) changePopulation(at, VALUE_NONE, 0);
}

// @ts-ignore: decorator
@inline function countsValues(at: usize): bool {
  return load<i32>(at, 28) != 0;
}

/** The page of a word of a domain's column, for the loops over words in table/pages. */
// @ts-ignore: decorator
@inline export function domainPage(attribute: i32, word: i32): u32 {
  return pageAt(valuesOf(attribute), word / PAGE_WORDS);
}

/** How many instances have the value of a domain; a value beyond the largest has none. */
export function population(attribute: i32, value: i32): i32 {
  const at = listAt(LIST, attribute);
  return value < load<i32>(at, 28) ? load<i32>(<usize>load<u32>(at, 24) + (<usize>value << 2)) : 0;
}

function changePopulation(at: usize, value: i32, delta: i32): void {
  const room = load<i32>(at, 28);
  if (value >= room) {
    const larger = max(value + 1, max(room << 1, 16));
    store<u32>(at, <u32>enlarge(<usize>load<u32>(at, 24), <usize>room << 2, <usize>larger << 2), 24);
    store<i32>(at, larger, 28);
  }
  const cell = <usize>load<u32>(at, 24) + (<usize>value << 2);
  store<i32>(cell, load<i32>(cell) + delta);
}
