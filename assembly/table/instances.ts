// Instance table. A slot is an instance's number; the lowest free one is given out first. What scans compare stands in
// i32 columns, what only a chosen instance is asked stands in one row, half a cache line, so that a placement touches few.
//
//   columns    REMAINING_*, REGISTERED_AT, RESERVED_PORTS ─► i32[capacity] each, 64-byte aligned; free slots hold -1 in
//              REMAINING_*, so no task ever fits there
//   rows       TOTAL_*, RUNNING_TASKS, PENDING_TASKS, FIRST_TASK, ANONYMOUS ─► 32 bytes an instance; once a placer holds
//              tasks, a whole line: 32 bytes more, see residents
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
const WIDE_ROW_BITS = 6;

// Head: capacity i32, slots i32, instances i32, lowest slot that may be free i32, bitsets u32[4], addresses of the first
// cell of each COLUMN_* u32[COLUMNS], bits of the bytes of a row less ROW_BITS i32.
const WIDENED: usize = 32 + COLUMNS * 4;
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

// @ts-ignore: decorator
@inline function rowBits(): i32 {
  return ROW_BITS + load<i32>(HEAD, WIDENED);
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

/** Address of one cell, of a column or a row. */
// @ts-ignore: decorator
@inline export function cellAt(which: i32, slot: i32): usize {
  return firstCell(which) + (<usize>slot << <usize>(isInRow(which) ? rowBits() : 2));
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
  const oldRows = firstCell(0);
  const rows = enlarge(oldRows, <usize>old << <usize>rowBits(), <usize>larger << <usize>rowBits());
  let field: usize = 0;
  for (let c = 0; c < COLUMNS; c++) {
    let block: usize;
    if (isInRow(c)) {
      block = rows + (field++ << 2);
    } else {
      block = enlarge(firstCell(c), <usize>old << 2, <usize>larger << 2);
      if (isRemaining(c)) memory.fill(block + (<usize>old << 2), 0xff, <usize>(larger - old) << 2);
    }
    store<u32>(HEAD + 32 + (<usize>c << 2), <u32>block);
  }
  store<i32>(HEAD, larger);
  moved();
}

// @ts-ignore: decorator
@inline export function hasWideRows(): bool {
  return load<i32>(HEAD, WIDENED) != 0;
}

/** The second half of an instance's row, where rows are wide. */
// @ts-ignore: decorator
@inline export function besideRow(slot: i32): usize {
  return firstCell(0) + (<usize>slot << WIDE_ROW_BITS) + (1 << ROW_BITS);
}

/** Gives every row a second half, empty. */
export function widenRows(): void {
  const before = firstCell(0);
  const rows = allocate(<usize>capacity() << WIDE_ROW_BITS);
  for (let slot: usize = 0, end = <usize>capacity(); slot < end; slot++) {
    memory.copy(rows + (slot << WIDE_ROW_BITS), before + (slot << ROW_BITS), 1 << ROW_BITS);
  }
  for (let c = 0; c < COLUMNS; c++) {
    if (isInRow(c)) store<u32>(HEAD + 32 + (<usize>c << 2), <u32>(firstCell(c) - before + rows));
  }
  giveBack(before, <usize>capacity() << ROW_BITS);
  store<i32>(HEAD, WIDE_ROW_BITS - ROW_BITS, WIDENED);
  moved();
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
