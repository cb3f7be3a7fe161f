// Check of the block indexes: whether entries, ranges, places and bounds agree with the table. Run by `check`, never by
// a decision.
import { NONE } from "../abi";
import { greatest64 } from "../bits/lanes";
import { cell, isLive, slots } from "../table/instances";
import { BLOCK, boundOf, keyIn, otherIn, OTHERS, rangeEnd, rangeFrom, size, slotIn } from "./blocks";
import {
  blockAt, blocksOn, bound, LAST, ordered, separator, shelfAt, shelfBound, shelfSeparator, upperSeparator,
} from "./directory";
import { isIn, keyColumn, otherColumn, place, programOf, settlePlaces, shelfCount } from "./members";

export function indexIsSound(index: usize): bool {
  settlePlaces(index);
  let found = 0;
  for (let r = 0, end = shelfCount(index); r < end; r++) {
    if (!shelfIsSound(index, r)) return false;
    const shelf = shelfAt(index, r);
    for (let b = 0, last = blocksOn(shelf); b < last; b++) found += size(blockAt(shelf, b));
  }
  return found == membersOf(index) && load<u64>(shelfSeparator(index, 0)) == 0 &&
    load<u64>(shelfSeparator(index, shelfCount(index))) == LAST;
}

/** Instances in the index; -1 when one over all instances lacks one or holds a free slot. */
function membersOf(index: usize): i32 {
  let members = 0;
  for (let slot = 0, end = slots(); slot < end; slot++) {
    const inside = isIn(index, slot);
    if (programOf(index) == NONE && inside != isLive(slot)) return -1;
    members += <i32>inside;
  }
  return members;
}

function shelfIsSound(index: usize, r: i32): bool {
  const shelf = shelfAt(index, r);
  if (blocksOn(shelf) < 1 || load<u64>(separator(shelf, 0)) != load<u64>(shelfSeparator(index, r))) return false;
  for (let b = 0, end = blocksOn(shelf); b < end; b++) {
    const block = blockAt(shelf, b);
    if (rangeFrom(block) != load<u64>(separator(shelf, b)) || rangeEnd(block) != upperSeparator(index, r, b)) return false;
    if (load<i32>(bound(shelf, b)) != boundOf(block) || load<i32>(shelfBound(index, r)) < boundOf(block)) return false;
    if (!blockIsSound(index, block)) return false;
  }
  return true;
}

function blockIsSound(index: usize, block: usize): bool {
  for (let k = 0; k < BLOCK; k++) {
    if (k >= size(block)) {
      if (otherIn(block, k) != -1) return false;
      continue;
    }
    const slot = slotIn(block, k);
    const key = ordered(keyIn(block, k), slot);
    if (!isLive(slot) || place(index, slot) != (block | <usize>k)) return false;
    if (keyIn(block, k) != cell(keyColumn(index), slot) || otherIn(block, k) != cell(otherColumn(index), slot)) return false;
    if (key < rangeFrom(block) || key >= rangeEnd(block) || otherIn(block, k) > boundOf(block)) return false;
  }
  return size(block) == 0 || greatest64(block + OTHERS) == boundOf(block);
}
