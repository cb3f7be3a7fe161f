// Tightest fit through a block index: walks the blocks from the needed amount up, skips those whose bound of the other
// amount is too small, and looks for eligible entries in the rest. Gives up after a budget of entries that fit but are
// not eligible, so that no request pays much more for the index than a scan costs.
import { words } from "../table/instances";
import { boundOf, entryAt, fittingIn, keyOf, numberOf, shelfOf, slotOf, tagTable, tightestIn } from "./block";
import { blockAt, locate, nextBlock, nextShelf, ordered, SHELF, shelfAt, shelfNumber, tightenShelf } from "./directory";
import { keyColumn, otherColumn } from "./members";
import { isInLevel } from "./levels";
import { isEligibleInLevel, needOf } from "./query";
import { EVERY_TAG, tagsOfLevel } from "./tags";

export const SPENT = -2;
const LEAST_BUDGET = 32;

const WASTED: usize = memory.data(4, 4); // entries that fit but were not eligible, in this walk
const TAGS: usize = memory.data(4, 4); // of the level at hand

/** Returns the slot, -1 or SPENT. */
export function tightest(index: usize): i32 {
  const key = needOf(keyColumn(index));
  const other = needOf(otherColumn(index));
  const needKey = i32x4.splat(key);
  const needOther = i32x4.splat(other);
  store<i32>(WASTED, 0);
  store<i32>(TAGS, tagsOfLevel(index));
  const tags = tagTable(load<u32>(TAGS));
  const block = locate(index, ordered(key, 0));
  const slot = boundOf(block) >= other ? bestIn(block, needKey, needOther, tags) : -1;
  return slot >= 0 ? slot : tightestAfter(index, block, needKey, needOther, tags);
}

/** The same in the blocks after one. */
function tightestAfter(index: usize, block: usize, needKey: v128, needOther: v128, tags: v128): i32 {
  const budget = max(words(), LEAST_BUDGET); // an entry costs as much as the scan of a word
  let shelf = shelfOf(block);
  let from = numberOf(block) + 1;
  while (true) {
    for (let b = nextBlock(shelf, from, needOther); b < SHELF; b = nextBlock(shelf, b + 1, needOther)) {
      if (load<i32>(WASTED) > budget) return SPENT;
      const slot = bestIn(blockAt(shelf, b), needKey, needOther, tags);
      if (slot >= 0) return slot;
    }
    if (from == 0) tightenShelf(index, shelfNumber(shelf));
    from = 0;
    const r = nextShelf(index, shelfNumber(shelf) + 1, needOther);
    if (r < 0) return load<i32>(WASTED) > budget ? SPENT : -1;
    shelf = shelfAt(index, r);
  }
  return -1;
}

/** The eligible entry with the smallest (key, slot), or -1. */
function bestIn(block: usize, needKey: v128, needOther: v128, tags: v128): i32 {
  const slot = load<i32>(TAGS) == EVERY_TAG
    ? tightestIn(block, needKey, needOther, tags, false)
    : tightestIn(block, needKey, needOther, tags, true);
  if (slot < 0) return noneIn();
  return isEligibleHere(slot) ? slot : bestOfRest(block, needKey, needOther, tags, slot);
}

/** A block without an entry that fits, or only with such of other domains: a block costs about as much as two words. */
// @ts-ignore: decorator
@inline function noneIn(): i32 {
  if (load<i32>(TAGS) != EVERY_TAG) store<i32>(WASTED, load<i32>(WASTED) + 2);
  return -1;
}

/** Whether an entry that fits and has one of the tags is eligible. */
// @ts-ignore: decorator
@inline function isEligibleHere(slot: i32): bool {
  return isEligibleInLevel(slot) && (load<i32>(TAGS) != EVERY_TAG || isInLevel(slot));
}

/** The same where the first that fits is not eligible. */
function bestOfRest(block: usize, needKey: v128, needOther: v128, tags: v128, first: i32): i32 {
  let best: u64 = 0xffffffffffffffff;
  let wasted = 1;
  for (let rest = fittingIn(block, needKey, needOther, tags); rest != 0; rest &= rest - 1) {
    const entry = entryAt(block, <i32>ctz(rest));
    const slot = slotOf(entry);
    const wanted = ordered(keyOf(entry), slot);
    if (wanted >= best || slot == first) continue;
    if (isEligibleHere(slot)) best = wanted;
    else wasted++;
  }
  store<i32>(WASTED, load<i32>(WASTED) + wasted);
  return <i32>best; // the slot, or -1 from all ones
}
