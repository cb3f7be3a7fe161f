// Holders: whether as many instances have an attribute as were counted, all of them registered. Called by check, and
// changes nothing, not even the pending instance.
import { NONE } from "../abi";
import { wordAt } from "../bits/words";
import { attributeCount, formOf, holderCount, PAGED, PAIRS, SHARED, valuesOf } from "./attributes";
import { hasCapability } from "./capabilities";
import { bitset, isLive, LIVE, slots, words } from "./instances";
import { PAGE_WORDS, pageAt, pageCount, present64 } from "./pages";
import { pairCount, slotAt } from "./pairs";

const UNSOUND = -1;

/** The first attribute that was miscounted, or NONE. */
export function miscountedAttribute(): i32 {
  for (let attribute = 0, end = attributeCount(); attribute < end; attribute++) {
    if (holdersFound(attribute) != holderCount(attribute)) return attribute;
  }
  return NONE;
}

function holdersFound(attribute: i32): i32 {
  const form = formOf(attribute);
  const values = valuesOf(attribute);
  if (form == PAGED) return inPages(values);
  if (form == PAIRS) return inPairs(values);
  return form == SHARED ? inSets(load<i32>(values)) : 0;
}

function inSets(number: i32): i32 {
  let found = 0;
  for (let slot = 0, end = slots(); slot < end; slot++) {
    if (!hasCapability(slot, number)) continue;
    if (!isLive(slot)) return UNSOUND;
    found++;
  }
  return found;
}

function inPages(head: usize): i32 {
  let found = 0;
  for (let w = 0, end = pageCount(head) * PAGE_WORDS; w < end; w++) {
    const here = present64(pageAt(head, w / PAGE_WORDS), w & (PAGE_WORDS - 1));
    const live = w < words() ? wordAt(bitset(LIVE), w) : 0;
    if ((here & ~live) != 0) return UNSOUND;
    found += <i32>popcnt(here);
  }
  return found;
}

function inPairs(head: usize): i32 {
  let found = 0;
  for (let p = 0, end = pairCount(head); p < end; p++) {
    const slot = slotAt(head, p);
    if (slot < 0) continue;
    if (!isLive(slot)) return UNSOUND;
    found++;
  }
  return found;
}
