// Numbers: small ids for pairs of integers, handed out in the order in which pairs are first asked for. A hash table of one
// call of scale/victims: made by `openNumbers`, given back by `closeNumbers`.
//
//   table ─► { pair u64, number + 1 i32, unused }, open addressing, linear probing, at most half full
import { allocate, giveBack } from "../memory/arena";

const HEAD: usize = memory.data(8, 8); // table u32, bits of its length i32
const CELL_BITS = 4; // 16 bytes

// @ts-ignore: decorator
@inline function tableBytes(bits: i32): usize {
  return (<usize>1) << <usize>(bits + CELL_BITS);
}

/** Room for `most` pairs. */
export function openNumbers(most: i32): void {
  const bits = 33 - <i32>clz(max(most, 2));
  store<u32>(HEAD, <u32>allocate(tableBytes(bits)));
  store<i32>(HEAD, bits, 4);
}

export function closeNumbers(): void {
  giveBack(<usize>load<u32>(HEAD), tableBytes(load<i32>(HEAD, 4)));
}

/** Address where the number of a pair stands, plus 1; 0 stands there when it has none yet. */
export function numberAt(a: i32, b: i32): usize {
  const bits = load<i32>(HEAD, 4);
  const pair = ((<u64>(<u32>a)) << 32) | <u64>(<u32>b);
  let place = <i32>((pair * 0x9e3779b97f4a7c15) >> <u64>(64 - bits));
  while (true) {
    const cell = <usize>load<u32>(HEAD) + (<usize>place << CELL_BITS);
    if (load<i32>(cell, 8) == 0) store<u64>(cell, pair);
    if (load<u64>(cell) == pair) return cell + 8;
    place = (place + 1) & ((1 << bits) - 1);
  }
  return 0;
}
