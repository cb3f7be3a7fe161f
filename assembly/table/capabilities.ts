// Capability sets: attributes that never have a value are alike on many instances, so an instance holds one number, a
// byte, of a set shared by all that have the same ones. Called by attributes and selections only.
//
//   instance ─► set number, 0 is the empty set ─► row of 256 bits, one per capability
//
// At most 255 sets of at most 256 capabilities: beyond them a capability leaves all sets and its attribute keeps
// storage of its own. The instance changed last is pending: its row is no set until another one is changed or sets are
// read, so that 60 names given one by one make one set.
import { NONE } from "../abi";
import { take } from "../memory/arena";
import { clearBit, hasBit, putBit, setBit } from "../bits/words";
import { pageCount, PAGE_SLOTS, pagedValue, putValue } from "./pages";

const SETS = 256;
const NUMBERS = 256;
const ROW = 32; // bytes
const WELCOME = 192; // a new capability joins while there are fewer sets

// Head: room u32, one more than the largest set number i32, pending slot + 1 i32, unused, numbers taken, pending row.
const HEAD: usize = memory.data(16 + ROW + ROW, 16);
const TAKEN: usize = HEAD + 16;
const PENDING: usize = HEAD + 16 + ROW;
/** Head of the paged column of set numbers. */
export const SET_NUMBERS: usize = memory.data(8, 8);

// Room: rows, users i32 per set, attribute i32 per capability, a table over sets, a byte per set.
const USERS: usize = SETS * ROW;
const NAMES: usize = USERS + SETS * 4;
const TABLE: usize = NAMES + NUMBERS * 4;
const RENAMED: usize = TABLE + ROW;

function room(): usize {
  if (load<u32>(HEAD) == 0) {
    store<u32>(HEAD, <u32>take(RENAMED + SETS));
    store<i32>(HEAD, 1, 4);
  }
  return <usize>load<u32>(HEAD);
}

// @ts-ignore: decorator
@inline function rowOf(id: i32): usize {
  return room() + <usize>(id * ROW);
}

// @ts-ignore: decorator
@inline function users(id: i32): i32 {
  return load<i32>(room() + USERS + (<usize>id << 2));
}

function addUsers(id: i32, delta: i32): void {
  if (id != 0) store<i32>(room() + USERS + (<usize>id << 2), users(id) + delta);
}

// @ts-ignore: decorator
@inline function setsEnd(): i32 {
  return load<i32>(HEAD, 4);
}

export function setCount(): i32 {
  let count = 0;
  for (let id = 1, end = setsEnd(); id < end; id++) count += i32(users(id) > 0);
  return count;
}

/** The number of an attribute that becomes a capability, or NONE when it shall not. */
export function joinSets(attribute: i32): i32 {
  if (setCount() >= WELCOME) return NONE;
  for (let number = 0; number < NUMBERS; number++) {
    if (hasBit(TAKEN, number)) continue;
    setBit(TAKEN, number);
    store<i32>(room() + NAMES + (<usize>number << 2), attribute);
    return number;
  }
  return NONE;
}

export function attributeNamed(number: i32): i32 {
  return load<i32>(room() + NAMES + (<usize>number << 2));
}

// @ts-ignore: decorator
@inline function isPending(slot: i32): bool {
  return load<i32>(HEAD, 8) == slot + 1;
}

/** Slot of the pending instance when it has the capability, else NONE. */
export function pendingWith(number: i32): i32 {
  return load<i32>(HEAD, 8) != 0 && hasBit(PENDING, number) ? load<i32>(HEAD, 8) - 1 : NONE;
}

export function hasCapability(slot: i32, number: i32): bool {
  return hasBit(isPending(slot) ? PENDING : rowOf(pagedValue(SET_NUMBERS, slot)), number);
}

/** Gives or takes a capability; no instance but this one may be pending. */
export function putCapability(slot: i32, number: i32, has: bool): void {
  if (!isPending(slot)) {
    assert(load<i32>(HEAD, 8) == 0, "pending");
    const id = pagedValue(SET_NUMBERS, slot);
    memory.copy(PENDING, rowOf(id), ROW);
    addUsers(id, -1);
    putValue(SET_NUMBERS, slot, 0);
    store<i32>(HEAD, slot + 1, 8);
  }
  putBit(PENDING, number, has);
}

// @ts-ignore: decorator
@inline export function nonePendingBut(slot: i32): bool {
  return load<i32>(HEAD, 8) == 0 || isPending(slot);
}

/** Gives the pending instance its set; answers NONE, or a capability that must leave its sets first. */
export function settlePending(): i32 {
  const slot = load<i32>(HEAD, 8) - 1;
  if (slot < 0) return NONE;
  const id = setOfRow(PENDING);
  if (id < 0) return rarest();
  addUsers(id, 1);
  putValue(SET_NUMBERS, slot, id);
  store<i32>(HEAD, 0, 8);
  return NONE;
}

// @ts-ignore: decorator
@inline function same(a: usize, b: usize): bool {
  const low = v128.xor(v128.load(a), v128.load(b));
  const high = v128.xor(v128.load(a, 16), v128.load(b, 16));
  return !v128.any_true(v128.or(low, high));
}

/** The set with this row, other than `but`, or -1. Row 0 stays empty. */
function equalSet(row: usize, but: i32): i32 {
  if (same(row, rowOf(0))) return 0;
  for (let id = 1, end = setsEnd(); id < end; id++) {
    if (id != but && users(id) > 0 && same(row, rowOf(id))) return id;
  }
  return -1;
}

/** The set with this row, made when it is new, or -1 when there is no room. */
function setOfRow(row: usize): i32 {
  const known = equalSet(row, 0);
  if (known >= 0) return known;
  let id = 1;
  while (id < setsEnd() && users(id) > 0) id++;
  if (id == SETS) return -1;
  memory.copy(rowOf(id), row, ROW);
  store<i32>(HEAD, max(setsEnd(), id + 1), 4);
  return id;
}

/** The capability of the pending instance that the fewest sets have. */
function rarest(): i32 {
  let best = NONE;
  let least = SETS;
  for (let number = 0; number < NUMBERS; number++) {
    if (!hasBit(PENDING, number)) continue;
    let sets = 0;
    for (let id = 1, end = setsEnd(); id < end; id++) sets += i32(users(id) > 0 && hasBit(rowOf(id), number));
    if (sets >= least) continue;
    least = sets;
    best = number;
  }
  return best;
}

/** Table over set numbers for `among64`: the sets that have the capability. Valid until the next call. */
export function setsWith(number: i32): usize {
  const table = room() + TABLE;
  memory.fill(table, 0, ROW);
  for (let id = 1, end = setsEnd(); id < end; id++) {
    if (users(id) > 0 && hasBit(rowOf(id), number)) setBit(table, id);
  }
  return table;
}

/** Takes a capability out of every set; sets that become equal become one. */
export function leaveSets(number: i32): void {
  clearBit(TAKEN, number);
  clearBit(PENDING, number);
  const renamed = room() + RENAMED;
  let any = false;
  for (let id = 1, end = setsEnd(); id < end; id++) {
    store<u8>(renamed + <usize>id, <u8>id);
    if (users(id) == 0 || !hasBit(rowOf(id), number)) continue;
    clearBit(rowOf(id), number);
    const twin = equalSet(rowOf(id), id);
    if (twin < 0) continue;
    addUsers(twin, users(id));
    addUsers(id, -users(id));
    store<u8>(renamed + <usize>id, <u8>twin);
    any = true;
  }
  if (any) renameAll(renamed);
}

function renameAll(renamed: usize): void {
  for (let slot = 0, end = pageCount(SET_NUMBERS) * PAGE_SLOTS; slot < end; slot++) {
    const id = pagedValue(SET_NUMBERS, slot);
    const now = <i32>load<u8>(renamed + <usize>id);
    if (id != 0 && now != id) putValue(SET_NUMBERS, slot, now);
  }
}

/** Whether every set has as many users as were counted, and no twin; for check. */
export function setsAreSound(): bool {
  changeAllUsers(-1);
  let sound = true;
  for (let id = 1, end = setsEnd(); id < end; id++) sound = sound && users(id) == 0;
  changeAllUsers(1);
  for (let id = 1, end = setsEnd(); id < end; id++) sound = sound && (users(id) == 0 || equalSet(rowOf(id), id) < 0);
  return sound;
}

function changeAllUsers(delta: i32): void {
  for (let slot = 0, end = pageCount(SET_NUMBERS) * PAGE_SLOTS; slot < end; slot++) {
    addUsers(pagedValue(SET_NUMBERS, slot), delta);
  }
}
