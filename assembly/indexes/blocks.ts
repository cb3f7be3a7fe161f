// Block index: the live instances ordered by (remaining amount, slot), so that the tightest fit is found by a search and
// a short walk. One index by cpu and one by memory, each built when a request first asks for it. Within a block the
// order is free; a change that stays between the separators is written in place. Full blocks split at their median, thin
// ones join a neighbour.
import { NONE } from "../abi";
import { greatest64 } from "../bits/lanes";
import { hasBit } from "../bits/words";
import { cell, isLive, slots } from "../table/instances";
import {
  BLOCK, blocks, closeBlock, ELSEWHERE, isIn, KEYS, keyColumn, keyIn, largest, LAST, locate, openBlock, ordered,
  otherColumn, OTHERS, position, programOf, separator, settlePositions, size, slabOf, slotIn, SLOTS,
} from "./directory";
import { selectMedian } from "./median";

const THIN = BLOCK / 4;
const JOINED = BLOCK * 3 / 4; // a join leaves room for a quarter

function append(index: usize, block: i32, key: i32, other: i32, slot: i32): void {
  const slab = slabOf(index, block);
  const at = size(slab);
  const p = slab + (<usize>at << 2);
  store<i32>(p, key, KEYS);
  store<i32>(p, other, OTHERS);
  store<i32>(p, slot, SLOTS);
  store<u8>(position(index, slot), <u8>at);
  store<i32>(slab, at + 1);
  if (other > load<i32>(largest(index, block))) store<i32>(largest(index, block), other);
}

/** Moves every entry of a slab that is not below `from` into block `into`, and keeps the rest in place. */
function moveEntries(index: usize, block: i32, into: i32, from: u64): void {
  const slab = slabOf(index, block);
  const count = size(slab);
  store<i32>(slab, 0);
  store<i32>(largest(index, block), -1);
  for (let k = 0; k < count; k++) {
    const p = slab + (<usize>k << 2);
    const key = load<i32>(p, KEYS);
    const slot = load<i32>(p, SLOTS);
    append(index, ordered(key, slot) >= from ? into : block, key, load<i32>(p, OTHERS), slot);
  }
  const kept = <usize>size(slab) << 2;
  memory.fill(slab + OTHERS + kept, 0xff, <usize>BLOCK * 4 - kept);
}

function split(index: usize, block: i32): void {
  const slab = slabOf(index, block);
  const median = selectMedian(slab + KEYS, slab + SLOTS, BLOCK);
  openBlock(index, block + 1, median);
  moveEntries(index, block, block + 1, median);
}

function insert(index: usize, slot: i32): void {
  const key = cell(keyColumn(index), slot);
  let block = locate(index, ordered(key, slot));
  if (size(slabOf(index, block)) == BLOCK) {
    split(index, block);
    block = locate(index, ordered(key, slot));
  }
  append(index, block, key, cell(otherColumn(index), slot), slot);
}

/** Sets the largest other amount anew when the entry that held it left or sank. */
function lower(index: usize, block: i32, gone: i32): void {
  if (gone != load<i32>(largest(index, block))) return;
  const others = slabOf(index, block) + OTHERS;
  store<i32>(largest(index, block), max(greatest64(others), greatest64(others + 256)));
}

function remove(index: usize, block: i32, slot: i32): void {
  const slab = slabOf(index, block);
  const p = slab + (<usize>load<u8>(position(index, slot)) << 2);
  const last = slab + (<usize>(size(slab) - 1) << 2);
  const gone = load<i32>(p, OTHERS);
  store<u8>(position(index, load<i32>(last, SLOTS)), load<u8>(position(index, slot)));
  store<u8>(position(index, slot), ELSEWHERE);
  store<i32>(p, load<i32>(last, KEYS), KEYS);
  store<i32>(p, load<i32>(last, OTHERS), OTHERS);
  store<i32>(p, load<i32>(last, SLOTS), SLOTS);
  store<i32>(last, -1, OTHERS);
  store<i32>(slab, size(slab) - 1);
  lower(index, block, gone);
  joinIfThin(index, block);
}

function joinIfThin(index: usize, block: i32): void {
  const here = size(slabOf(index, block));
  if (here >= THIN || blocks(index) == 1) return;
  const first = block + 1 < blocks(index) ? block : block - 1;
  if (size(slabOf(index, first)) + size(slabOf(index, first + 1)) > JOINED) return;
  moveEntries(index, first + 1, first, 0);
  closeBlock(index, first + 1);
}

/** Follows a change of an instance's remaining amounts; the old ones tell where it stands. */
export function amountsChanged(index: usize, slot: i32, oldKey: i32, oldOther: i32): void {
  settlePositions(index);
  if (!isIn(index, slot)) return;
  const key = cell(keyColumn(index), slot);
  const other = cell(otherColumn(index), slot);
  const block = locate(index, ordered(oldKey, slot));
  const wanted = ordered(key, slot);
  if (wanted < load<u64>(separator(index, block)) || wanted >= load<u64>(separator(index, block + 1))) {
    remove(index, block, slot);
    insert(index, slot);
    return;
  }
  const p = slabOf(index, block) + (<usize>load<u8>(position(index, slot)) << 2);
  store<i32>(p, key, KEYS);
  store<i32>(p, other, OTHERS);
  if (other >= load<i32>(largest(index, block))) store<i32>(largest(index, block), other);
  else lower(index, block, oldOther);
}

/** Fills an empty index with the instances of a bitset. */
export function fillIndex(index: usize, members: usize): void {
  for (let slot = 0, end = slots(); slot < end; slot++) {
    if (hasBit(members, slot)) insert(index, slot);
  }
}

export function addToIndex(index: usize, slot: i32): void {
  settlePositions(index);
  if (!isIn(index, slot)) insert(index, slot);
}

/** While the instance's columns still hold what the index was told last. */
export function takeFromIndex(index: usize, slot: i32): void {
  settlePositions(index);
  if (!isIn(index, slot)) return;
  remove(index, locate(index, ordered(cell(keyColumn(index), slot), slot)), slot);
}

/** Whether entries, separators, positions and largest amounts agree with the table; for check. */
export function indexIsSound(index: usize): bool {
  settlePositions(index);
  let found = 0;
  for (let block = 0, end = blocks(index); block < end; block++) {
    if (!blockIsSound(index, block)) return false;
    found += size(slabOf(index, block));
  }
  let members = 0;
  for (let slot = 0, end = slots(); slot < end; slot++) {
    const inside = isIn(index, slot);
    if (programOf(index) == NONE && inside != isLive(slot)) return false;
    members += <i32>inside;
  }
  return found == members && load<u64>(separator(index, 0)) == 0 && load<u64>(separator(index, blocks(index))) == LAST;
}

function blockIsSound(index: usize, block: i32): bool {
  const slab = slabOf(index, block);
  let most = -1;
  for (let k = 0, end = size(slab); k < end; k++) {
    const slot = slotIn(slab, k);
    const key = ordered(keyIn(slab, k), slot);
    const other = load<i32>(slab + (<usize>k << 2), OTHERS);
    if (!isLive(slot) || keyIn(slab, k) != cell(keyColumn(index), slot) || other != cell(otherColumn(index), slot)) return false;
    if (key < load<u64>(separator(index, block)) || key >= load<u64>(separator(index, block + 1))) return false;
    if (load<u8>(position(index, slot)) != <u8>k) return false;
    most = max(most, other);
  }
  return most == load<i32>(largest(index, block));
}
