// Check of the block indexes: whether entries, ranges, places and bounds agree with the table. Run by `check`, never by
// a decision.
import { NONE } from "../abi";
import { cell, isLive, slots } from "../table/instances";
import {
  BLOCK, boundOf, entryAt, greatestOtherIn, isInRange, keyOf, numberOf, otherOf, placeIn, rangeEnd, rangeFrom, shelfOf,
  size, slotOf,
} from "./block";
import {
  blockAt, blocksOn, bound, LAST, ordered, separator, shelfAt, shelfBound, shelfNumber, shelfSeparator, upperSeparator,
} from "./directory";
import { hintsAreSound } from "./hints";
import { tagsAreSound } from "./tags";
import { fillingList, isIn, keyColumn, otherColumn, place, programOf, settlePlaces, shelfCount } from "./members";

export function indexIsSound(index: usize): bool {
  settlePlaces(index);
  let found = 0;
  for (let r = 0, end = shelfCount(index); r < end; r++) {
    if (!shelfIsSound(index, r)) return false;
    const shelf = shelfAt(index, r);
    for (let b = 0, last = blocksOn(shelf); b < last; b++) found += size(blockAt(shelf, b));
  }
  if (!hintsAreSound(index) || !tagsAreSound(index)) return false;
  return found == membersOf(index) && load<u64>(shelfSeparator(index, 0)) == 0 &&
    load<u64>(shelfSeparator(index, shelfCount(index))) == LAST;
}

/** Instances in the index; -1 when one over all instances lacks one or holds a free slot. */
function membersOf(index: usize): i32 {
  let members = 0;
  for (let slot = 0, end = slots(); slot < end; slot++) {
    const inside = isIn(index, slot);
    if (programOf(index) == NONE && inside != isLive(slot) && (inside || fillingList(index) == 0)) return -1;
    members += <i32>inside;
  }
  return members;
}

function shelfIsSound(index: usize, r: i32): bool {
  const shelf = shelfAt(index, r);
  if (shelfNumber(shelf) != r) return false;
  if (blocksOn(shelf) < 1 || load<u64>(separator(shelf, 0)) != load<u64>(shelfSeparator(index, r))) return false;
  for (let b = 0, end = blocksOn(shelf); b < end; b++) {
    const block = blockAt(shelf, b);
    if (rangeFrom(block) != load<u64>(separator(shelf, b)) || rangeEnd(block) != upperSeparator(index, r, b)) return false;
    if (load<i32>(bound(shelf, b)) != boundOf(block) || load<i32>(shelfBound(index, r)) < boundOf(block)) return false;
    if (shelfOf(block) != shelf || numberOf(block) != b || !blockIsSound(index, block)) return false;
  }
  return true;
}

function blockIsSound(index: usize, block: usize): bool {
  for (let k = 0; k < BLOCK; k++) {
    const entry = entryAt(block, k);
    if (k >= size(block)) {
      if (otherOf(entry) != -1) return false;
      continue;
    }
    const slot = slotOf(entry);
    if (!isLive(slot) || place(index, slot) != placeIn(block, k)) return false;
    if (keyOf(entry) != cell(keyColumn(index), slot) || otherOf(entry) != cell(otherColumn(index), slot)) return false;
    if (!isInRange(block, ordered(keyOf(entry), slot)) || otherOf(entry) > boundOf(block)) return false;
  }
  return greatestOtherIn(block) == boundOf(block);
}
