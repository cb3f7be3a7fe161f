// Host ports in use: one bitset over instances per port and protocol that is or was in use anywhere, found through a
// two-level directory. COLUMN_RESERVED_PORTS counts an instance's bits.
//
//   key = port | protocol << 16      directory u32[512] ─► page u32[256] ─► number of the bitset + 1
import { COLUMN_RESERVED_PORTS } from "../abi";
import { allocate, enlarge } from "../memory/arena";
import { listAt, listCount, listPush } from "../memory/list";
import { clearBit, hasBit, setBit } from "../bits/words";
import { capacity, cell, setCell } from "./instances";

const DIRECTORY: usize = memory.data(512 * 4, 16);
const LIST: usize = memory.data(16, 16);
const STRIDE = 16; // bitset u32, capacity i32, key i32, unused

/** Bitset of the instances that use the port, or 0 when none ever did. */
export function portBits(key: i32): usize {
  const page = <usize>load<u32>(DIRECTORY + (<usize>(key >> 8) << 2));
  if (page == 0) return 0;
  const number = load<i32>(page + (<usize>(key & 255) << 2)) - 1;
  return number < 0 ? 0 : settledBits(number);
}

function settledBits(number: i32): usize {
  const at = listAt(LIST, number);
  const old = load<i32>(at, 4);
  if (old != capacity()) {
    store<u32>(at, <u32>enlarge(<usize>load<u32>(at), <usize>(old >> 3), <usize>(capacity() >> 3)));
    store<i32>(at, capacity(), 4);
  }
  return <usize>load<u32>(at);
}

function addPort(key: i32): usize {
  const entry = DIRECTORY + (<usize>(key >> 8) << 2);
  if (load<u32>(entry) == 0) store<u32>(entry, <u32>allocate(256 * 4));
  const number = listPush(LIST, STRIDE);
  store<i32>(listAt(LIST, number), key, 8);
  store<i32>(<usize>load<u32>(entry) + (<usize>(key & 255) << 2), number + 1);
  return settledBits(number);
}

// @ts-ignore: decorator
@inline export function portUsed(slot: i32, key: i32): bool {
  const bits = portBits(key);
  return bits != 0 && hasBit(bits, slot);
}

/** Marks a port used; one that already is stays so. */
export function takePort(slot: i32, key: i32): void {
  let bits = portBits(key);
  if (bits == 0) bits = addPort(key);
  if (hasBit(bits, slot)) return;
  setBit(bits, slot);
  setCell(COLUMN_RESERVED_PORTS, slot, cell(COLUMN_RESERVED_PORTS, slot) + 1);
}

export function freePort(slot: i32, key: i32): void {
  assert(portUsed(slot, key), "port held");
  clearBit(portBits(key), slot);
  setCell(COLUMN_RESERVED_PORTS, slot, cell(COLUMN_RESERVED_PORTS, slot) - 1);
}

/** Number of known ports; `portKey` and `portUsed` tell the rest. */
export function portCount(): i32 {
  return listCount(LIST);
}

export function portKey(number: i32): i32 {
  return load<i32>(listAt(LIST, number), 8);
}

export function clearPorts(slot: i32): void {
  for (let n = 0, end = portCount(); n < end; n++) {
    if (portUsed(slot, portKey(n))) freePort(slot, portKey(n));
  }
}
