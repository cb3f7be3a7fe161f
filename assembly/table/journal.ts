// Journals: which slots changed lately, so that cached bitsets catch up with the few instead of starting anew. Written
// by the other tables, read by cql/evaluate. An entry is a slot; a reader that fell RING entries behind starts anew.

import { noteGrowth } from "./barren";

export const INSTANCES = 0; // status, agent, attributes, registration
export const TASKS = 1; // task counts of an instance or of a group on it
const RING = 1024;

const HEAD: usize = memory.data(16, 16); // entries ever written, u64 per journal
const RINGS: usize = memory.data(2 * RING * 4, 16);

// @ts-ignore: decorator
@inline export function written(journal: i32): u64 {
  return load<u64>(HEAD + (<usize>journal << 3));
}

// @ts-ignore: decorator
@inline export function note(journal: i32, slot: i32): void {
  if (journal == INSTANCES) noteGrowth(slot);
  const n = written(journal);
  store<i32>(RINGS + (<usize>(journal * RING + <i32>(n & (RING - 1))) << 2), slot);
  store<u64>(HEAD + (<usize>journal << 3), n + 1);
}

/** Whether the entries from `since` on are all still there. */
// @ts-ignore: decorator
@inline export function remembers(journal: i32, since: u64): bool {
  return written(journal) - since <= <u64>RING;
}

// @ts-ignore: decorator
@inline export function entry(journal: i32, n: u64): i32 {
  return load<i32>(RINGS + (<usize>(journal * RING + <i32>(n & (RING - 1))) << 2));
}
