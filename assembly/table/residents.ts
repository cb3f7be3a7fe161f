// Residents: the tasks of loose groups that an instance holds, one cell of 16 bits each, in no order. They stand on the line
// of the instance's row, which every placement and release reads, so that to count or to prove a task costs no line more;
// those that find no place there stand apart. Written by counts only.
//
//   second half of a wide row ─► others in use u16, how often their room was doubled u16, others u32, cells u16[12]
//   others ─► cells u16[32 << doubled], those in use first; given back once none is and few are in the row
//
// A cell holds the number of a group + 1; one that is not in use holds 0.
import { allocate, enlarge, giveBack } from "../memory/arena";
import { besideRow, capacity, isLive, widenRows } from "./instances";

export const MOST_KEY = 0xffff;
const MOST = 1024; // cells of one instance: beyond, to look through them costs more than a table by group
const IN_ROW = 12;
const FEW = 8;
const CELLS: usize = 8; // before them stands the head
const CELLS_OF_ROW: u32 = 0xfff0; // without the head, in a mask of the whole half
const HALF: usize = 32; // bytes
const FIRST_OTHERS: usize = 64; // bytes

/** Others in use. */
// @ts-ignore: decorator
@inline function apart(at: usize): i32 {
  return <i32>load<u16>(at);
}

// @ts-ignore: decorator
@inline function others(at: usize): usize {
  return <usize>load<u32>(at, 4);
}

// @ts-ignore: decorator
@inline function othersBytes(at: usize): usize {
  return FIRST_OTHERS << <usize>load<u16>(at, 2);
}

/** Those of 16 cells from `p` on that hold the key, a bit each. */
// @ts-ignore: decorator
@inline function holding(p: usize, key: v128): u32 {
  return <u32>i8x16.bitmask(i8x16.narrow_i16x8_s(i16x8.eq(v128.load(p), key), i16x8.eq(v128.load(p, 16), key)));
}

/** Cells of the row that hold the key, 0 for those not in use. */
// @ts-ignore: decorator
@inline function inRow(at: usize, key: i32): u32 {
  return holding(at, splat(key)) & CELLS_OF_ROW;
}

// @ts-ignore: decorator
@inline function splat(key: i32): v128 {
  return i16x8.splat(<i16>key);
}

// @ts-ignore: decorator
@inline function other(at: usize, k: i32): usize {
  return others(at) + (<usize>k << 1);
}

/** A cell that holds the key, or 0. */
// @ts-ignore: decorator
@inline export function residentOf(slot: i32, key: i32): usize {
  const at = besideRow(slot);
  if (at == 0) return 0;
  const here = inRow(at, key);
  if (here != 0) return at + (<usize>ctz(here) << 1);
  return apart(at) != 0 ? residentApart(at, splat(key)) : 0;
}

function residentApart(at: usize, key: v128): usize {
  for (let p = others(at), end = other(at, apart(at)); p < end; p += HALF) {
    const here = holding(p, key);
    if (here != 0) return p + (<usize>ctz(here) << 1);
  }
  return 0;
}

/** Cells that hold the key. */
export function countResidents(slot: i32, key: i32): i32 {
  const at = besideRow(slot);
  if (at == 0) return 0;
  let found = popcnt(inRow(at, key));
  for (let p = others(at), end = other(at, apart(at)); p < end; p += HALF) found += popcnt(holding(p, splat(key)));
  return <i32>found;
}

/** The key of some cell in use, or 0. */
export function someResident(slot: i32): i32 {
  const at = besideRow(slot);
  if (at == 0) return 0;
  if (apart(at) != 0) return <i32>load<u16>(other(at, 0));
  const here = inRow(at, 0) ^ CELLS_OF_ROW;
  return here == 0 ? 0 : <i32>load<u16>(at + (<usize>ctz(here) << 1));
}

/** Adds so many cells, or none and answers false where an instance would have too many. */
// @ts-ignore: decorator
@inline export function addResidents(slot: i32, key: i32, tasks: i32): bool {
  let at = besideRow(slot);
  if (at == 0) at = widenRows(slot);
  if (tasks > MOST - apart(at)) return false;
  for (let k = 0; k < tasks; k++) add(at, key);
  return true;
}

// @ts-ignore: decorator
@inline function add(at: usize, key: i32): void {
  const free = inRow(at, 0);
  if (free != 0) store<u16>(at + (<usize>ctz(free) << 1), <u16>key);
  else addApart(at, key);
}

function addApart(at: usize, key: i32): void {
  const k = apart(at);
  if (others(at) == 0) {
    store<u32>(at, <u32>allocate(FIRST_OTHERS), 4);
  } else if (<usize>k << 1 == othersBytes(at)) {
    store<u32>(at, <u32>enlarge(others(at), <usize>k << 1, <usize>k << 2), 4);
    store<u16>(at, load<u16>(at, 2) + 1, 2);
  }
  store<u16>(other(at, k), <u16>key);
  store<u16>(at, <u16>(k + 1));
}

/** Takes so many cells that hold the key, which the instance has. */
export function takeResidents(slot: i32, key: i32, tasks: i32): bool {
  for (let k = 0; k < tasks; k++) dropResident(slot, residentOf(slot, key));
  return true;
}

/** Takes a cell that `residentOf` found. */
// @ts-ignore: decorator
@inline export function dropResident(slot: i32, cell: usize): void {
  assert(cell != 0, "count");
  const at = besideRow(slot);
  if (cell - at < HALF) store<u16>(cell, 0);
  else dropApart(at, cell);
  if (others(at) != 0 && apart(at) == 0) dropOthers(at);
}

/** The last one takes its place. */
function dropApart(at: usize, cell: usize): void {
  const left = apart(at) - 1;
  store<u16>(cell, load<u16>(other(at, left)));
  store<u16>(other(at, left), 0);
  store<u16>(at, <u16>left);
}

/** Gives back the room of the others, which nobody needs soon. */
function dropOthers(at: usize): void {
  if (<i32>popcnt(inRow(at, 0)) < IN_ROW - FEW) return;
  giveBack(others(at), othersBytes(at));
  store<u16>(at, 0, 2);
  store<u32>(at, 0, 4);
}

/** Cells in use on all instances, or -1 where they are not as drawn above, or a free slot has any; for check. */
export function residentCells(): i32 {
  let cells = 0;
  for (let slot = 0, end = capacity(); slot < end; slot++) {
    const at = besideRow(slot);
    if (at == 0) continue;
    const room = others(at) == 0 ? 0 : <i32>(othersBytes(at) >> 1);
    const here = IN_ROW - <i32>popcnt(inRow(at, 0)) + apart(at);
    if (apart(at) > room || (here > 0 && !isLive(slot))) return -1;
    for (let k = 0; k < room; k++) {
      if ((load<u16>(other(at, k)) != 0) != (k < apart(at))) return -1;
    }
    cells += here;
  }
  return cells;
}
