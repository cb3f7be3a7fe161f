// Selections: the instances whose value of an attribute passes a test, as bits set in an empty bitset as long as the
// instance table. Called by the sweeps of CQL programs.
import { VALUE_NONE } from "../abi";
import { hasBit, setBit } from "../bits/words";
import { formOf, PAGED, PAIRS, settleSets, SHARED, valuesOf } from "./attributes";
import { SET_NUMBERS, setsWith } from "./capabilities";
import { capacity } from "./instances";
import { among64, equal64, PAGE_WORDS, pageAt, pageCount, present64 } from "./pages";
import { pairCount, slotAt, valueAt } from "./pairs";

const ANY = -1;

export function selectPresent(attribute: i32, bits: usize): void {
  selectEqual(attribute, ANY, bits);
}

/** Instances that have exactly the value. */
export function selectEqual(attribute: i32, value: i32, bits: usize): void {
  const form = formOf(attribute);
  const values = valuesOf(attribute);
  if (form == PAGED) pagesEqual(values, value, bits);
  else if (form == PAIRS) pairsEqual(values, value, bits);
  else if (form == SHARED && (value == ANY || value == VALUE_NONE)) selectShared(attribute, bits);
}

/** Instances whose value a table has: a bitset over values, as long as `among64` wants it. */
export function selectAmong(attribute: i32, table: usize, bits: usize): void {
  const form = formOf(attribute);
  const values = valuesOf(attribute);
  if (form == PAGED) pagesAmong(values, table, bits);
  else if (form == PAIRS) pairsAmong(values, table, bits);
  else if (form == SHARED && hasBit(table, VALUE_NONE)) selectShared(attribute, bits);
}

function selectShared(attribute: i32, bits: usize): void {
  settleSets();
  // Settling may have moved the attribute elsewhere.
  if (formOf(attribute) != SHARED) selectPresent(attribute, bits);
  else pagesAmong(SET_NUMBERS, setsWith(load<i32>(valuesOf(attribute))), bits);
}

/** Words of a page that the instance table has. */
// @ts-ignore: decorator
@inline function wordsOf(page: i32): i32 {
  return min(PAGE_WORDS, (capacity() >> 6) - page * PAGE_WORDS);
}

// @ts-ignore: decorator
@inline function wordsAt(bits: usize, page: i32): usize {
  return bits + <usize>(page * PAGE_WORDS * 8);
}

function pagesEqual(head: usize, value: i32, bits: usize): void {
  for (let n = 0, pages = pageCount(head); n < pages; n++) {
    const page = pageAt(head, n);
    if (page == 0) continue;
    for (let w = 0, end = wordsOf(n); w < end; w++) {
      const here = value == ANY ? present64(page, w) : equal64(page, w, value);
      store<u64>(wordsAt(bits, n) + (<usize>w << 3), here);
    }
  }
}

function pagesAmong(head: usize, table: usize, bits: usize): void {
  for (let n = 0, pages = pageCount(head); n < pages; n++) {
    const page = pageAt(head, n);
    if (page == 0) continue;
    for (let w = 0, end = wordsOf(n); w < end; w++) {
      store<u64>(wordsAt(bits, n) + (<usize>w << 3), among64(page, w, table));
    }
  }
}

function pairsEqual(head: usize, value: i32, bits: usize): void {
  for (let p = 0, end = pairCount(head); p < end; p++) {
    const slot = slotAt(head, p);
    if (slot >= 0 && (value == ANY || valueAt(head, p) == value)) setBit(bits, slot);
  }
}

function pairsAmong(head: usize, table: usize, bits: usize): void {
  for (let p = 0, end = pairCount(head); p < end; p++) {
    const slot = slotAt(head, p);
    if (slot >= 0 && hasBit(table, valueAt(head, p))) setBit(bits, slot);
  }
}
