// Value sets: which value ids of an attribute a CQL test accepts, one bit per id. The host adds an id as soon as the
// value is interned, so a set is complete for every value that a column can hold.
import { enlarge } from "../memory/arena";
import { listAt, listPush } from "../memory/list";
import { hasBit, setBit } from "../bits/words";

const LIST: usize = memory.data(16, 16);
const STRIDE = 8; // bits u32, bytes i32
const LEAST_BYTES = 64;

export function addSet(): i32 {
  return listPush(LIST, STRIDE);
}

/** Bits over values, with room for `value`. */
export function setTable(set: i32, value: i32): usize {
  const at = listAt(LIST, set);
  const bytes = load<i32>(at, 4);
  if (bytes == 0 || value >= bytes << 3) {
    let larger = max(bytes, LEAST_BYTES);
    while (value >= larger << 3) larger <<= 1;
    store<u32>(at, <u32>enlarge(<usize>load<u32>(at), <usize>bytes, <usize>larger));
    store<i32>(at, larger, 4);
  }
  return <usize>load<u32>(at);
}

export function setAdd(set: i32, value: i32): void {
  setBit(setTable(set, value), value);
}

/** Empties a set, for one evaluation. */
export function clearSet(set: i32): void {
  const at = listAt(LIST, set);
  memory.fill(<usize>load<u32>(at), 0, <usize>load<i32>(at, 4));
}

export function setHas(set: i32, value: i32): bool {
  const at = listAt(LIST, set);
  return value < load<i32>(at, 4) << 3 && hasBit(<usize>load<u32>(at), value);
}
