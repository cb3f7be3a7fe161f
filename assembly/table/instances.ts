// Instance table. A slot is an instance's number; the lowest free one is given out first. What scans compare stands in
// i32 columns, what only a chosen instance is asked stands in one row, half a cache line, so that a placement touches few.
//
//   columns    REMAINING_*, REGISTERED_AT, RESERVED_PORTS ─► i32[capacity] each, 64-byte aligned; free slots hold -1 in
//              REMAINING_*, so no task ever fits there
//   rows       directory u32[capacity / 1024] ─► page of 1,024 rows | 1 if it is wide; a row is TOTAL_*, RUNNING_TASKS,
//              PENDING_TASKS, FIRST_TASK, ANONYMOUS i32, 32 bytes; in a wide page, where tasks are counted, a whole line:
//              32 bytes more, see residents
//   bitsets    LIVE registered · ACTIVE status ACTIVE · AGENT connected · READY = LIVE and ACTIVE and AGENT
import {
  COLUMN_FIRST_TASK, COLUMN_PENDING_TASKS, COLUMN_REMAINING_CPU, COLUMN_REMAINING_ENI,
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
const PAGE_ROWS = 1 << PAGE_BITS;

// Head: capacity i32, slots i32, instances i32, lowest slot that may be free i32, bitsets u32[4], addresses of the first
// cell of each COLUMN_* u32[COLUMNS], 0 for those in rows, directory of the rows u32.
const DIRECTORY: usize = 32 + COLUMNS * 4;
const HEAD: usize = memory.data(36 + COLUMNS * 4, 16);

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

// @ts-ignore: decorator
@inline function firstCell(which: i32): usize {
  return <usize>load<u32>(HEAD + 32 + (<usize>which << 2));
}

/** Where the page of a slot is told. */
// @ts-ignore: decorator
@inline function pageOf(slot: i32): usize {
  return <usize>load<u32>(HEAD, DIRECTORY) + (<usize>(slot >> PAGE_BITS) << 2);
}

/** The row of an instance, for `cellIn`; valid until the first task is counted there. */
// @ts-ignore: decorator
@inline export function rowAt(slot: i32): usize {
  const page = load<u32>(pageOf(slot));
  return <usize>((page & ~1) + (<u32>(slot & (PAGE_ROWS - 1)) << (ROW_BITS + (page & 1))));
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

/** A column that is one array. */
// @ts-ignore: decorator
@inline export function column(which: i32): usize {
  assert(!isInRow(which), "a column");
  return firstCell(which);
}

/** A cell that stands in rows. */
// @ts-ignore: decorator
@inline export function cellIn(row: usize, which: i32): i32 {
  return load<i32>(row + inRow(which));
}

/** Address of one cell, of a column or a row. */
// @ts-ignore: decorator
@inline export function cellAt(which: i32, slot: i32): usize {
  return isInRow(which) ? rowAt(slot) + inRow(which) : firstCell(which) + (<usize>slot << 2);
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
  for (let c = 0; c < COLUMNS; c++) {
    if (isInRow(c)) continue;
    const block = enlarge(firstCell(c), <usize>old << 2, <usize>larger << 2);
    if (isRemaining(c)) memory.fill(block + (<usize>old << 2), 0xff, <usize>(larger - old) << 2);
    store<u32>(HEAD + 32 + (<usize>c << 2), <u32>block);
  }
  growRows(old, larger);
  store<i32>(HEAD, larger);
  moved();
}

function growRows(old: i32, larger: i32): void {
  const pages = <usize>(old >> PAGE_BITS) << 2;
  store<u32>(HEAD, <u32>enlarge(<usize>load<u32>(HEAD, DIRECTORY), pages, <usize>(larger >> PAGE_BITS) << 2), DIRECTORY);
  for (let slot = old; slot < larger; slot += PAGE_ROWS) store<u32>(pageOf(slot), <u32>allocate(PAGE_ROWS << ROW_BITS));
}

/** The second half of an instance's row, or 0 where it has none. */
// @ts-ignore: decorator
@inline export function besideRow(slot: i32): usize {
  const page = load<u32>(pageOf(slot));
  if ((page & 1) == 0) return 0;
  return <usize>((page & ~1) + (<u32>(slot & (PAGE_ROWS - 1)) << (ROW_BITS + 1)) + (1 << ROW_BITS));
}

/** Gives the rows of a page second halves, empty. @returns that of one instance. */
export function widenRows(slot: i32): usize {
  const before = <usize>load<u32>(pageOf(slot));
  const page = allocate(PAGE_ROWS << (ROW_BITS + 1));
  for (let row: usize = 0; row < <usize>PAGE_ROWS; row++) {
    memory.copy(page + (row << (ROW_BITS + 1)), before + (row << ROW_BITS), 1 << ROW_BITS);
  }
  giveBack(before, PAGE_ROWS << ROW_BITS);
  store<u32>(pageOf(slot), <u32>page | 1);
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
