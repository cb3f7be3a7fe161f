// The block indexes there are, and which instances each holds: one index by cpu and one by memory over all live
// instances, and some over those that satisfy a memberOf program. Each record names its root (see directory) and knows
// of every instance where its entry stands.
//
//   places ─► u32 per 1,024 slots ─► u32[1024], the place of an instance: see block; 0 when it is not in
import { COLUMN_REMAINING_CPU, COLUMN_REMAINING_MEMORY } from "../abi";
import { allocate, enlarge } from "../memory/arena";
import { listAt, listCount, listPush } from "../memory/list";
import { slots } from "../table/instances";

// Record: key column i32, program i32 or NONE, separators u32, bounds u32, shelves u32, shelf count i32, room i32,
// places u32, slots they cover i32, journal position u64 (of subsets), hints u32 and their bits i32 (see hints), tag attribute + 1
// i32, unused, journal position of the tags u64 (see tags), list u32 of those to be filled in, its bytes u32, its count i32
// and how many are in i32 (see filling).
const LIST: usize = memory.data(16, 16);
const STRIDE = 88;
const FILLING: usize = 72;
export const JOURNAL_POSITION: usize = 40;
const PLACES_BITS = 10;
const PLACES = 1 << PLACES_BITS;

// @ts-ignore: decorator
@inline export function indexCount(): i32 {
  return listCount(LIST);
}

// @ts-ignore: decorator
@inline export function indexAt(number: i32): usize {
  return listAt(LIST, number);
}

/** The index by a column over the instances of a program (NONE: all), or 0. */
export function findIndex(which: i32, program: i32): usize {
  for (let n = 0, end = indexCount(); n < end; n++) {
    const index = indexAt(n);
    if (keyColumn(index) == which && programOf(index) == program) return index;
  }
  return 0;
}

/** A record for a new index; `empty` in blocks makes it ready. */
export function addIndex(which: i32, program: i32): usize {
  const index = indexAt(listPush(LIST, STRIDE));
  store<i32>(index, which);
  store<i32>(index, program, 4);
  return index;
}

// @ts-ignore: decorator
@inline export function keyColumn(index: usize): i32 {
  return load<i32>(index);
}

// @ts-ignore: decorator
@inline export function otherColumn(index: usize): i32 {
  return keyColumn(index) == COLUMN_REMAINING_CPU ? COLUMN_REMAINING_MEMORY : COLUMN_REMAINING_CPU;
}

// @ts-ignore: decorator
@inline export function programOf(index: usize): i32 {
  return load<i32>(index, 4);
}

/** 0 once every instance is in that belongs there. */
// @ts-ignore: decorator
@inline export function fillingList(index: usize): usize {
  return <usize>load<u32>(index, FILLING);
}

export function fillingBytes(index: usize): usize {
  return <usize>load<u32>(index, FILLING + 4);
}

export function fillingCount(index: usize): i32 {
  return load<i32>(index, FILLING + 8);
}

export function fillingPosition(index: usize): i32 {
  return load<i32>(index, FILLING + 12);
}

export function setFillingPosition(index: usize, position: i32): void {
  store<i32>(index, position, FILLING + 12);
}

export function setFilling(index: usize, list: usize, bytes: usize, count: i32, position: i32): void {
  store<u32>(index, <u32>list, FILLING);
  store<u32>(index, <u32>bytes, FILLING + 4);
  store<i32>(index, count, FILLING + 8);
  store<i32>(index, position, FILLING + 12);
}

/** The attribute whose values the tags tell, or NONE. */
// @ts-ignore: decorator
@inline export function tagAttribute(index: usize): i32 {
  return load<i32>(index, 56) - 1;
}

export function setTagAttribute(index: usize, attribute: i32): void {
  store<i32>(index, attribute + 1, 56);
}

// @ts-ignore: decorator
@inline export function tagPosition(index: usize): u64 {
  return load<u64>(index, 64);
}

export function setTagPosition(index: usize, position: u64): void {
  store<u64>(index, position, 64);
}

// @ts-ignore: decorator
@inline export function hintTable(index: usize): usize {
  return <usize>load<u32>(index, 48);
}

// @ts-ignore: decorator
@inline export function hintBits(index: usize): i32 {
  return load<i32>(index, 52);
}

export function setHintTable(index: usize, hints: usize, bits: i32): void {
  store<u32>(index, <u32>hints, 48);
  store<i32>(index, bits, 52);
}

// @ts-ignore: decorator
@inline export function rootSeparators(index: usize): usize {
  return <usize>load<u32>(index, 8);
}

// @ts-ignore: decorator
@inline export function rootBounds(index: usize): usize {
  return <usize>load<u32>(index, 12);
}

// @ts-ignore: decorator
@inline export function rootShelves(index: usize): usize {
  return <usize>load<u32>(index, 16);
}

// @ts-ignore: decorator
@inline export function shelfCount(index: usize): i32 {
  return load<i32>(index, 20);
}

export function setShelfCount(index: usize, count: i32): void {
  store<i32>(index, count, 20);
}

// @ts-ignore: decorator
@inline export function rootRoom(index: usize): i32 {
  return load<i32>(index, 24);
}

export function setRoot(index: usize, room: i32, separators: usize, bounds: usize, shelves: usize): void {
  store<u32>(index, <u32>separators, 8);
  store<u32>(index, <u32>bounds, 12);
  store<u32>(index, <u32>shelves, 16);
  store<i32>(index, room, 24);
}

// @ts-ignore: decorator
@inline export function isSettled(index: usize): bool {
  return load<i32>(index, 32) >= slots();
}

/** Grows the places to the instance table. */
// @ts-ignore: decorator
@inline export function settlePlaces(index: usize): void {
  if (!isSettled(index)) growPlaces(index);
}

function growPlaces(index: usize): void {
  let covered = load<i32>(index, 32);
  for (const end = slots(); covered < end; covered += PLACES) {
    const pages = covered / PLACES;
    if ((pages & (pages - 1)) == 0) enlargePages(index, pages);
    store<u32>(pageOf(index, covered), <u32>allocate(PLACES << 2));
  }
  store<i32>(index, covered, 32);
}

/** A power of two of them, to twice as many. */
function enlargePages(index: usize, pages: i32): void {
  const larger = <usize>max(pages << 1, 1);
  store<u32>(index, <u32>enlarge(<usize>load<u32>(index, 28), <usize>pages << 2, larger << 2), 28);
}

/** No instance is in the index. */
export function clearPlaces(index: usize): void {
  settlePlaces(index);
  for (let slot = 0, end = slots(); slot < end; slot += PLACES) memory.fill(<usize>load<u32>(pageOf(index, slot)), 0, PLACES << 2);
}

/** Where the page of a slot is told. */
// @ts-ignore: decorator
@inline function pageOf(index: usize, slot: i32): usize {
  return <usize>load<u32>(index, 28) + (<usize>(slot >> PLACES_BITS) << 2);
}

// @ts-ignore: decorator
@inline function placeOf(index: usize, slot: i32): usize {
  return <usize>load<u32>(pageOf(index, slot)) + (<usize>(slot & (PLACES - 1)) << 2);
}

// @ts-ignore: decorator
@inline export function place(index: usize, slot: i32): usize {
  return <usize>load<u32>(placeOf(index, slot));
}

// @ts-ignore: decorator
@inline export function setPlace(index: usize, slot: i32, at: usize): void {
  store<u32>(placeOf(index, slot), <u32>at);
}

/** Whether the index holds the instance; after `settlePlaces`. */
// @ts-ignore: decorator
@inline export function isIn(index: usize, slot: i32): bool {
  return place(index, slot) != 0;
}
