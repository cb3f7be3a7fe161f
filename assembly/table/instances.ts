// Instance table. A slot is an instance's number; the lowest free one is given out first. What scans compare stands in
// i32 columns, what only a chosen instance is asked stands in one row, half a cache line, so that a placement touches few.
// Both come in pages of 1,024 slots, made when the first of those is taken: the table grows without moving anything.
//
//   pages      { columns u32, rows u32 }[capacity / 1024], both 0 where no slot was ever taken
//   columns    REMAINING_*, REGISTERED_AT, RESERVED_PORTS ─► i32[1024] each, one after the other; free slots hold -1 in
//              REMAINING_*, so no task ever fits there
//   rows       1,024 rows | 1 if they are wide; a row is TOTAL_*, RUNNING_TASKS, PENDING_TASKS, FIRST_TASK, ANONYMOUS i32,
//              32 bytes; in a wide page, where tasks are counted, a whole line: 32 bytes more, see residents
//   bitsets    LIVE registered · ACTIVE status ACTIVE · AGENT connected · READY = LIVE and ACTIVE and AGENT
import {
  COLUMN_FIRST_TASK, COLUMN_PENDING_TASKS, COLUMN_REGISTERED_AT, COLUMN_REMAINING_CPU, COLUMN_REMAINING_ENI,
  COLUMN_RUNNING_TASKS, COLUMN_TOTAL_ENI, COLUMNS, LANES, NONE, REGISTRATION_COLUMNS,
} from "../abi";
import { allocate, enlarge, giveBack, moved } from "../memory/arena";
import { clearBit, hasBit, putBit, setBit, wordAt } from "../bits/words";

export const LIVE = 0;
export const ACTIVE = 1;
export const AGENT = 2;
export const READY = 3;
const BITSETS = 4;
const FIRST_CAPACITY = 1024;

const ROW_BITS = 5; // 32 bytes
const PAGE_BITS = 10;
const PAGE_SLOTS = 1 << PAGE_BITS;
const PAGE_WORDS = PAGE_SLOTS / LANES;
const COLUMN_BITS = PAGE_BITS + 2; // 4 KiB of a page
const COLUMNS_BYTES: usize = 6 << COLUMN_BITS;

// Head: capacity i32, slots i32, instances i32, lowest slot that may be free i32, bitsets u32[4], pages u32.
const PAGES: usize = 32;
const HEAD: usize = memory.data(36, 16);

// @ts-ignore: decorator
@inline export function capacity(): i32 {
  return load<i32>(HEAD);
}

/** One more than the highest slot ever used. */
// @ts-ignore: decorator
@inline export function slots(): i32 {
  return load<i32>(HEAD, 4);
}

/** Bitset words that hold all slots, rounded up to an even number. */
// @ts-ignore: decorator
@inline export function words(): i32 {
  return ((slots() + 2 * LANES - 1) / (2 * LANES)) * 2;
}

// @ts-ignore: decorator
@inline export function instanceCount(): i32 {
  return load<i32>(HEAD, 8);
}

// @ts-ignore: decorator
@inline export function bitset(which: i32): usize {
  return <usize>load<u32>(HEAD + 16 + (<usize>which << 2));
}

/** Where page `number` is told. */
// @ts-ignore: decorator
@inline function pageAt(number: i32): usize {
  return <usize>load<u32>(HEAD, PAGES) + (<usize>number << 3);
}

/** Columns of a page, 0 where no slot was ever taken. */
// @ts-ignore: decorator
@inline function columnsOf(number: i32): usize {
  return <usize>load<u32>(pageAt(number));
}

/** Rows of the page of a slot, | 1 if they are wide. */
// @ts-ignore: decorator
@inline function rowsOf(slot: i32): u32 {
  return load<u32>(pageAt(slot >> PAGE_BITS), 4);
}

/** The row of an instance, for `cellIn`; valid until the first task is counted there. */
// @ts-ignore: decorator
@inline export function rowAt(slot: i32): usize {
  const page = rowsOf(slot);
  return <usize>((page & ~1) + (<u32>(slot & (PAGE_SLOTS - 1)) << (ROW_BITS + (page & 1))));
}

/** Byte of the columns of a page at which one starts: the four that remain, then the other two. */
// @ts-ignore: decorator
@inline function inColumns(which: i32): usize {
  const isRemaining = which <= COLUMN_REMAINING_ENI;
  return <usize>(isRemaining ? which - COLUMN_REMAINING_CPU : which - COLUMN_REGISTERED_AT + 4) << COLUMN_BITS;
}

/** Byte of a row at which a cell stands. */
// @ts-ignore: decorator
@inline function inRow(which: i32): usize {
  return <usize>(which <= COLUMN_TOTAL_ENI ? which : which <= COLUMN_PENDING_TASKS ? which - 4 : which - 6) << 2;
}

// @ts-ignore: decorator
@inline function isInRow(which: i32): bool {
  return which <= COLUMN_TOTAL_ENI || which == COLUMN_RUNNING_TASKS || which == COLUMN_PENDING_TASKS ||
    which >= COLUMN_FIRST_TASK;
}

/** Address of the 64 cells of a word in a column. */
// @ts-ignore: decorator
@inline export function lanesAt(which: i32, w: i32): usize {
  assert(!isInRow(which), "a column");
  return columnsOf(w / PAGE_WORDS) + inColumns(which) + (<usize>(w & (PAGE_WORDS - 1)) << 8);
}

/** A cell that stands in a column. */
// @ts-ignore: decorator
@inline export function columnCell(which: i32, slot: i32): i32 {
  return load<i32>(columnCellAt(which, slot));
}

// @ts-ignore: decorator
@inline function columnCellAt(which: i32, slot: i32): usize {
  return columnsOf(slot >> PAGE_BITS) + inColumns(which) + (<usize>(slot & (PAGE_SLOTS - 1)) << 2);
}

/** A cell that stands in rows. */
// @ts-ignore: decorator
@inline export function cellIn(row: usize, which: i32): i32 {
  return load<i32>(row + inRow(which));
}

/** Address of one cell, of a column or a row. */
// @ts-ignore: decorator
@inline export function cellAt(which: i32, slot: i32): usize {
  return isInRow(which) ? rowAt(slot) + inRow(which) : columnCellAt(which, slot);
}

// @ts-ignore: decorator
@inline export function cell(which: i32, slot: i32): i32 {
  return load<i32>(cellAt(which, slot));
}

// @ts-ignore: decorator
@inline export function setCell(which: i32, slot: i32, value: i32): void {
  store<i32>(cellAt(which, slot), value);
}

// @ts-ignore: decorator
@inline export function isLive(slot: i32): bool {
  return slot >= 0 && slot < slots() && hasBit(bitset(LIVE), slot);
}

// @ts-ignore: decorator
@inline export function hasTasks(slot: i32): bool {
  return (cell(COLUMN_RUNNING_TASKS, slot) | cell(COLUMN_PENDING_TASKS, slot)) != 0;
}

function isRemaining(which: i32): bool {
  return which >= COLUMN_REMAINING_CPU && which <= COLUMN_REMAINING_ENI;
}

function grow(): void {
  const old = capacity();
  const larger = old == 0 ? FIRST_CAPACITY : old << 1;
  for (let b = 0; b < BITSETS; b++) {
    store<u32>(HEAD + 16 + (<usize>b << 2), <u32>enlarge(bitset(b), <usize>(old >> 3), <usize>(larger >> 3)));
  }
  const pages = <usize>load<u32>(HEAD, PAGES);
  store<u32>(HEAD, <u32>enlarge(pages, <usize>(old >> PAGE_BITS) << 3, <usize>(larger >> PAGE_BITS) << 3), PAGES);
  store<i32>(HEAD, larger);
  moved();
}

/** The page of a slot that is the first of it to be taken. */
function makePage(slot: i32): void {
  const page = pageAt(slot >> PAGE_BITS);
  store<u32>(page, <u32>allocate(COLUMNS_BYTES));
  store<u32>(page, <u32>allocate(PAGE_SLOTS << ROW_BITS), 4);
  memory.fill(<usize>load<u32>(page), 0xff, 4 << COLUMN_BITS); // what remains
}

/** The second half of an instance's row, or 0 where it has none. */
// @ts-ignore: decorator
@inline export function besideRow(slot: i32): usize {
  const page = rowsOf(slot);
  if ((page & 1) == 0) return 0;
  return <usize>((page & ~1) + (<u32>(slot & (PAGE_SLOTS - 1)) << (ROW_BITS + 1)) + (1 << ROW_BITS));
}

/** Gives the rows of a page second halves, empty. @returns that of one instance. */
export function widenRows(slot: i32): usize {
  const before = <usize>rowsOf(slot);
  const page = allocate(PAGE_SLOTS << (ROW_BITS + 1));
  for (let row: usize = 0; row < <usize>PAGE_SLOTS; row++) {
    memory.copy(page + (row << (ROW_BITS + 1)), before + (row << ROW_BITS), 1 << ROW_BITS);
  }
  giveBack(before, PAGE_SLOTS << ROW_BITS);
  store<u32>(pageAt(slot >> PAGE_BITS), <u32>page | 1, 4);
  moved();
  return besideRow(slot);
}

function lowestFreeSlot(): i32 {
  const live = bitset(LIVE);
  for (let w = load<i32>(HEAD, 12) >> 6, end = capacity() >> 6; w < end; w++) {
    const free = ~wordAt(live, w);
    if (free != 0) return (w << 6) + <i32>ctz(free);
  }
  return capacity();
}

/** Takes the lowest free slot and fills its columns from a registration record (REGISTRATION_COLUMNS words). */
export function addInstance(record: usize): i32 {
  const slot = lowestFreeSlot();
  if (slot == capacity()) grow();
  if (columnsOf(slot >> PAGE_BITS) == 0) makePage(slot);
  for (let c = 0; c < REGISTRATION_COLUMNS; c++) setCell(c, slot, load<i32>(record + (<usize>c << 2)));
  for (let c = REGISTRATION_COLUMNS; c < COLUMNS; c++) setCell(c, slot, 0);
  setCell(COLUMN_FIRST_TASK, slot, NONE);
  setBit(bitset(LIVE), slot);
  store<i32>(HEAD, slot + 1, 12);
  store<i32>(HEAD, max(slots(), slot + 1), 4);
  store<i32>(HEAD, instanceCount() + 1, 8);
  return slot;
}

export function removeInstance(slot: i32): void {
  for (let b = 0; b < BITSETS; b++) clearBit(bitset(b), slot);
  for (let c = 0; c < COLUMNS; c++) setCell(c, slot, isRemaining(c) ? -1 : 0);
  store<i32>(HEAD, min(load<i32>(HEAD, 12), slot), 12);
  store<i32>(HEAD, instanceCount() - 1, 8);
}

/** READY follows from the two states. */
export function setState(slot: i32, active: bool, connected: bool): void {
  putBit(bitset(ACTIVE), slot, active);
  putBit(bitset(AGENT), slot, connected);
  putBit(bitset(READY), slot, active && connected);
}

/** Whether the four remaining amounts lie between zero and the totals. */
export function withinTotals(slot: i32): bool {
  for (let c = COLUMN_REMAINING_CPU; c <= COLUMN_REMAINING_ENI; c++) {
    const left = cell(c, slot);
    if (left < 0 || left > cell(c - COLUMN_REMAINING_CPU, slot)) return false;
  }
  return true;
}
