// Gather: fills the ties with all that is eligible, or with what has exactly as much of a resource left as the tightest
// fit: neighbours in the block index when they are few, found by a pass over the words when they are many.
import { COLUMN_REMAINING_CPU, COLUMN_REMAINING_MEMORY } from "../abi";
import { belowEither64, equal64 } from "../bits/lanes";
import { cell, lanesAt, words } from "../table/instances";
import { entryAt, numberOf, rangeFrom, shelfOf, slotOf, withKeyIn } from "./block";
import { blockAt, blocksOn, locate, ordered, shelfAt, shelfNumber } from "./directory";
import { keyColumn, otherColumn, shelfCount } from "./members";
import { allowed64, eligible64, isEligible, needOf, nextWord, rest64 } from "./query";
import { addTies, clearTies, endTies, putTies, tiesRoom } from "./ties";

/** All that is eligible. Most words with room hold something, so the staircase is asked only after one that does not. */
export function gatherEligible(): void {
  let tie = clearTies();
  const needCpu = i32x4.splat(needOf(COLUMN_REMAINING_CPU));
  const needMemory = i32x4.splat(needOf(COLUMN_REMAINING_MEMORY));
  for (let w = nextWord(0), end = words(); w < end; ) {
    let here = allowed64(w);
    if (here != 0) here &= ~belowEither64(lanesAt(COLUMN_REMAINING_CPU, w), needCpu, lanesAt(COLUMN_REMAINING_MEMORY, w), needMemory);
    if (here != 0) here = rest64(w, here);
    if (here != 0) tie = putTies(tie, w, here);
    w = here == 0 ? nextWord(w + 1) : w + 1;
  }
  endTies(tie);
}

/** The instances with as much left as `first`, the lowest of them; `index` is over the column or 0. */
export function gatherEqual(index: usize, which: i32, first: i32): void {
  clearTies();
  if (index != 0 && gatherNeighbours(index, first)) return;
  clearTies();
  const key = i32x4.splat(cell(which, first));
  for (let w = nextWord(first >> 6), end = words(); w < end; w = nextWord(w + 1)) {
    const same = allowed64(w) & equal64(lanesAt(which, w), key);
    const here = same == 0 ? 0 : eligible64(w) & same;
    if (here != 0) addTies(w, here);
  }
}

/** Walks the entries with the key from `first` on; false when a pass over the words costs less. */
function gatherNeighbours(index: usize, first: i32): bool {
  const key = cell(keyColumn(index), first);
  const last = ordered(key, i32.MAX_VALUE);
  const budget = tiesRoom();
  let looked = 0;
  const start = locate(index, ordered(key, first));
  const needOther = i32x4.splat(needOf(otherColumn(index)));
  let b = numberOf(start);
  for (let r = shelfNumber(shelfOf(start)), end = shelfCount(index); r < end; r++) {
    const shelf = shelfAt(index, r);
    for (; b < blocksOn(shelf); b++) {
      const block = blockAt(shelf, b);
      if (rangeFrom(block) > last) return true;
      const here = withKeyIn(block, i32x4.splat(key), needOther);
      looked += 4 + <i32>popcnt(here);
      if (looked > budget) return false;
      addEligible(block, here);
    }
    b = 0;
  }
  return true;
}

function addEligible(block: usize, entries: u64): void {
  for (let rest = entries; rest != 0; rest &= rest - 1) {
    const slot = slotOf(entryAt(block, <i32>ctz(rest)));
    if (isEligible(slot)) addTies(slot >> 6, (<u64>1) << (slot & 63));
  }
}
