// Median of a block's ordered keys (key << 32 | slot) by quickselect on a copy; called when a block splits.
import { allocate } from "../memory/arena";
import { BLOCK, entryAt, keyOf, slotOf } from "./block";

const SCRATCH: usize = memory.data(4, 4);

// @ts-ignore: decorator
@inline function at(list: usize, k: i32): usize {
  return list + (<usize>k << 3);
}

function copyOrdered(block: usize): usize {
  if (load<u32>(SCRATCH) == 0) store<u32>(SCRATCH, <u32>allocate(BLOCK << 3));
  const list = <usize>load<u32>(SCRATCH);
  for (let k = 0; k < BLOCK; k++) {
    const entry = entryAt(block, k);
    store<u64>(at(list, k), (<u64>keyOf(entry) << 32) | <u64>slotOf(entry));
  }
  return list;
}

/** The element of rank BLOCK / 2 of a full block. */
export function selectMedian(block: usize): u64 {
  const list = copyOrdered(block);
  const count = BLOCK;
  const rank = count >> 1;
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const pivot = load<u64>(at(list, (low + high) >> 1));
    let i = low;
    let j = high;
    while (i <= j) {
      while (load<u64>(at(list, i)) < pivot) i++;
      while (load<u64>(at(list, j)) > pivot) j--;
      if (i > j) break;
      const held = load<u64>(at(list, i));
      store<u64>(at(list, i), load<u64>(at(list, j)));
      store<u64>(at(list, j), held);
      i++;
      j--;
    }
    if (rank <= j) high = j;
    else if (rank >= i) low = i;
    else break;
  }
  return load<u64>(at(list, rank));
}
