// Filling of a block index that is empty: its instances in the order of their keys, a part a call, so that no decision
// waits for a million of them and each finds the block of the one before, which is near. Called by choose. Until all are
// in, the index must not be asked; what changes meanwhile is followed as ever, whether its turn has come or not.
//
//   list ─► key << 32 | slot, by the keys there were when the filling began
import { hasBit } from "../bits/words";
import { allocate, giveBack } from "../memory/arena";
import { cell, slots } from "../table/instances";
import { addInOrder } from "./blocks";
import { blockAt, ordered, shelfAt } from "./directory";
import { clearHints } from "./hints";
import {
  fillingBytes, fillingCount, fillingList, fillingPosition, keyColumn, setFilling, setFillingPosition, settlePlaces,
} from "./members";
import { sortByKey } from "./sorted";

const PART = 1 << 16; // some milliseconds

/** Of an empty index: notes which instances of a bitset belong in; few are put in at once. */
export function beginFilling(index: usize, members: usize): void {
  const bytes = <usize>slots() << 3;
  const list = allocate(bytes);
  let count = 0;
  let largest = 0;
  for (let slot = 0, end = slots(); slot < end; slot++) {
    if (!hasBit(members, slot)) continue;
    const key = cell(keyColumn(index), slot);
    largest = max(largest, key);
    store<u64>(list + (<usize>count << 3), ordered(key, slot));
    count++;
  }
  const scratch = allocate(bytes);
  const sorted = sortByKey(list, scratch, count, largest);
  giveBack(sorted == list ? scratch : list, bytes);
  setFilling(index, sorted, bytes, count, 0);
  if (count <= PART) fill(index, members);
}

/** Puts the next part in, of what is in the bitset still. @returns whether all are in. */
export function fill(index: usize, members: usize): bool {
  const list = fillingList(index);
  if (list == 0) return true;
  settlePlaces(index);
  clearHints(index);
  let near = blockAt(shelfAt(index, 0), 0);
  const end = min(fillingPosition(index) + PART, fillingCount(index));
  for (let k = fillingPosition(index); k < end; k++) {
    const slot = <i32>load<u64>(list + (<usize>k << 3));
    if (hasBit(members, slot)) near = addInOrder(index, slot, near);
  }
  if (end < fillingCount(index)) {
    setFillingPosition(index, end);
    return false;
  }
  endFilling(index);
  return true;
}

/** The rest is not put in. */
export function endFilling(index: usize): void {
  if (fillingList(index) != 0) giveBack(fillingList(index), fillingBytes(index));
  setFilling(index, 0, 0, 0, 0);
}
