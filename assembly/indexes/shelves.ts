// How blocks and shelves come into a directory and leave it. Called by blocks; only the shelf at hand, and the root when a
// shelf splits or joins, are moved.
import { allocate, enlarge, giveBack } from "../memory/arena";
import { boundOf, numberOf, rangeFrom, setWhere, shelfOf } from "./block";
import {
  BEYOND, blockAt, blockEntry, blocksOn, bound, LAST, separator, SHELF, shelfAt, shelfBound, SHELF_BYTES, shelfNumber,
  shelfSeparator, tightenShelf,
} from "./directory";
import { settleHints } from "./hints";
import { rootBounds, rootRoom, rootSeparators, rootShelves, setRoot, setShelfCount, shelfCount } from "./members";

const FIRST_SHELVES = 12;

/** Copies blocks between shelves or within one. */
function moveBlocks(from: usize, b: i32, to: usize, at: i32, count: i32): void {
  const n = <usize>count;
  memory.copy(separator(to, at), separator(from, b), n << 3);
  memory.copy(bound(to, at), bound(from, b), n << 2);
  memory.copy(blockEntry(to, at), blockEntry(from, b), n << 2);
  for (let k = at; k < at + count; k++) setWhere(blockAt(to, k), to, k);
}

function setShelfNumber(shelf: usize, r: i32): void {
  store<i32>(shelf, r, 4);
}

function setBlocksOn(shelf: usize, count: i32): void {
  store<i32>(shelf, count);
}

/** Writes a block, which the directory had or makes room for, into its place. */
function putBlock(shelf: usize, b: i32, block: usize): void {
  store<u64>(separator(shelf, b), rangeFrom(block));
  store<i32>(bound(shelf, b), boundOf(block));
  store<u32>(blockEntry(shelf, b), <u32>block);
  setWhere(block, shelf, b);
}

/** Puts a block into the directory after another. */
export function openBlock(index: usize, before: usize, block: usize): void {
  if (blocksOn(shelfOf(before)) == SHELF) splitShelf(index, shelfNumber(shelfOf(before)));
  const shelf = shelfOf(before);
  const b = numberOf(before) + 1;
  moveBlocks(shelf, b, shelf, b + 1, blocksOn(shelf) - b);
  putBlock(shelf, b, block);
  setBlocksOn(shelf, blocksOn(shelf) + 1);
  const most = shelfBound(index, shelfNumber(shelf));
  if (boundOf(block) > load<i32>(most)) store<i32>(most, boundOf(block));
}

/** Takes a block that is not the first of its shelf out of the directory; its range goes to the one before. */
export function closeBlock(index: usize, block: usize): void {
  const shelf = shelfOf(block);
  const b = numberOf(block);
  moveBlocks(shelf, b + 1, shelf, b, blocksOn(shelf) - b - 1);
  setBlocksOn(shelf, blocksOn(shelf) - 1);
  if (blocksOn(shelf) < SHELF / 4) joinShelf(index, shelfNumber(shelf));
}

function splitShelf(index: usize, r: i32): void {
  const shelf = shelfAt(index, r);
  const upper = addShelf(index, r + 1, load<u64>(separator(shelf, SHELF / 2)));
  moveBlocks(shelf, SHELF / 2, upper, 0, SHELF / 2);
  setBlocksOn(upper, SHELF / 2);
  setBlocksOn(shelf, SHELF / 2);
  tightenShelf(index, r);
  tightenShelf(index, r + 1);
}

function joinShelf(index: usize, r: i32): void {
  if (shelfCount(index) == 1) return;
  const first = r + 1 < shelfCount(index) ? r : r - 1;
  const lower = shelfAt(index, first);
  const upper = shelfAt(index, first + 1);
  const below = blocksOn(lower);
  if (below + blocksOn(upper) > SHELF * 3 / 4) return;
  moveBlocks(upper, 0, lower, below, blocksOn(upper));
  setBlocksOn(lower, below + blocksOn(upper));
  dropShelf(index, first + 1);
  tightenShelf(index, first);
}

function makeRoom(index: usize): void {
  const old = rootRoom(index);
  if (shelfCount(index) + 1 < old) return;
  const room = max(old << 1, FIRST_SHELVES);
  setRoot(
    index, room,
    enlarge(rootSeparators(index), <usize>old << 3, <usize>room << 3),
    enlarge(rootBounds(index), old == 0 ? 0 : <usize>(old + BEYOND) << 2, <usize>(room + BEYOND) << 2),
    enlarge(rootShelves(index), <usize>old << 2, <usize>room << 2),
  );
  settleHints(index, room);
}

function moveShelves(index: usize, r: i32, to: i32): void {
  const later = <usize>(shelfCount(index) - r);
  memory.copy(shelfSeparator(index, to), shelfSeparator(index, r), (later + 1) << 3);
  memory.copy(shelfBound(index, to), shelfBound(index, r), later << 2);
  memory.copy(rootShelves(index) + (<usize>to << 2), rootShelves(index) + (<usize>r << 2), later << 2);
  for (let k = to, end = to + <i32>later; k < end; k++) setShelfNumber(shelfAt(index, k), k);
}

/** Puts an empty shelf at place `r`. */
function addShelf(index: usize, r: i32, from: u64): usize {
  makeRoom(index);
  moveShelves(index, r, r + 1);
  const shelf = allocate(SHELF_BYTES);
  store<u64>(shelfSeparator(index, r), from);
  store<i32>(shelfBound(index, r), -1);
  store<u32>(rootShelves(index) + (<usize>r << 2), <u32>shelf);
  setShelfNumber(shelf, r);
  setShelfCount(index, shelfCount(index) + 1);
  return shelf;
}

function dropShelf(index: usize, r: i32): void {
  giveBack(shelfAt(index, r), SHELF_BYTES);
  moveShelves(index, r + 1, r);
  setShelfCount(index, shelfCount(index) - 1);
}

/** The first shelf with its first block, of an index that has none. */
export function openFirst(index: usize, block: usize): void {
  makeRoom(index);
  store<u64>(rootSeparators(index), LAST);
  const shelf = addShelf(index, 0, 0);
  putBlock(shelf, 0, block);
  setBlocksOn(shelf, 1);
}

/** Gives back every shelf. */
export function clearDirectory(index: usize): void {
  for (let r = 0, end = shelfCount(index); r < end; r++) giveBack(shelfAt(index, r), SHELF_BYTES);
  setShelfCount(index, 0);
}
