// Attribute columns: the value id of each attribute on each instance. Names and values are interned by the host; ids are
// dense, values per attribute. A name that never had a value costs one bit an instance.
//
//   attribute ─► { presence bitset, column i32[capacity] or 0, capacity, version, largest value id,
//                 instances by value id, room for value ids }
import { VALUE_FIRST, VALUE_MISSING, VALUE_NONE } from "../abi";
import { allocate, enlarge } from "../memory/arena";
import { listAt, listCount, listPush } from "../memory/list";
import { hasBit, putBit } from "../bits/words";
import { capacity, slots } from "./instances";
import { INSTANCES, note } from "./journal";

const LIST: usize = memory.data(16, 16);
const STRIDE = 32; // presence u32, column u32, capacity i32, version i32, largest i32, population u32, room i32

export function addAttribute(): i32 {
  return listPush(LIST, STRIDE);
}

// @ts-ignore: decorator
@inline export function attributeCount(): i32 {
  return listCount(LIST);
}

/** Changes with every change of a value: what was counted by it must be counted again. */
// @ts-ignore: decorator
@inline export function attributeVersion(attribute: i32): i32 {
  return load<i32>(listAt(LIST, attribute), 12);
}

// @ts-ignore: decorator
@inline export function largestValue(attribute: i32): i32 {
  return load<i32>(listAt(LIST, attribute), 16);
}

/** Grows an attribute's storage to the instance table's; readers of whole columns call it first. */
export function settle(attribute: i32): usize {
  const at = listAt(LIST, attribute);
  const old = load<i32>(at, 8);
  const now = capacity();
  if (old == now) return at;
  store<u32>(at, <u32>enlarge(<usize>load<u32>(at), <usize>(old >> 3), <usize>(now >> 3)));
  const values = <usize>load<u32>(at, 4);
  if (values != 0) store<u32>(at, <u32>enlarge(values, <usize>old << 2, <usize>now << 2), 4);
  store<i32>(at, now, 8);
  return at;
}

/** Bitset of instances that have the attribute; after `settle`. */
// @ts-ignore: decorator
@inline export function presence(record: usize): usize {
  return <usize>load<u32>(record);
}

/** Column of value ids, or 0 when the attribute never had a value; after `settle`. */
// @ts-ignore: decorator
@inline export function valueColumn(record: usize): usize {
  return <usize>load<u32>(record, 4);
}

export function attributeValue(slot: i32, attribute: i32): i32 {
  const at = settle(attribute);
  const values = valueColumn(at);
  if (values != 0) return load<i32>(values + (<usize>slot << 2));
  return hasBit(presence(at), slot) ? VALUE_NONE : VALUE_MISSING;
}

function addColumn(at: usize): void {
  const values = allocate(<usize>capacity() << 2);
  const has = presence(at);
  for (let slot = 0, end = slots(); slot < end; slot++) {
    if (hasBit(has, slot)) store<i32>(values + (<usize>slot << 2), VALUE_NONE);
  }
  store<u32>(at, <u32>values, 4);
}

/** How many instances have the value; a value beyond the largest has none. */
export function population(attribute: i32, value: i32): i32 {
  const at = listAt(LIST, attribute);
  return value < load<i32>(at, 24) ? load<i32>(<usize>load<u32>(at, 20) + (<usize>value << 2)) : 0;
}

function changePopulation(at: usize, value: i32, delta: i32): void {
  const room = load<i32>(at, 24);
  if (value >= room) {
    const larger = max(value + 1, room << 1);
    store<u32>(at, <u32>enlarge(<usize>load<u32>(at, 20), <usize>room << 2, <usize>larger << 2), 20);
    store<i32>(at, larger, 24);
  }
  const cell = <usize>load<u32>(at, 20) + (<usize>value << 2);
  store<i32>(cell, load<i32>(cell) + delta);
}

export function setAttribute(slot: i32, attribute: i32, value: i32): void {
  const before = attributeValue(slot, attribute);
  const at = settle(attribute);
  if (value >= VALUE_FIRST && valueColumn(at) == 0) addColumn(at);
  if (before != VALUE_MISSING) changePopulation(at, before, -1);
  if (value != VALUE_MISSING) changePopulation(at, value, 1);
  putBit(presence(at), slot, value != VALUE_MISSING);
  if (valueColumn(at) != 0) store<i32>(valueColumn(at) + (<usize>slot << 2), value);
  store<i32>(at, load<i32>(at, 12) + 1, 12);
  store<i32>(at, max(load<i32>(at, 16), value), 16);
  note(INSTANCES, slot);
}

export function clearAttributes(slot: i32): void {
  for (let a = 0, end = attributeCount(); a < end; a++) {
    if (hasBit(presence(settle(a)), slot)) setAttribute(slot, a, VALUE_MISSING);
  }
}
