// Median of a block's ordered keys (key << 32 | slot) by quickselect on a copy; called when a block splits.
import { allocate } from "../memory/arena";

const SCRATCH: usize = memory.data(4, 4);

// @ts-ignore: decorator
@inline function at(list: usize, k: i32): usize {
  return list + (<usize>k << 3);
}

function copyOrdered(keys: usize, slots: usize, count: i32): usize {
  if (load<u32>(SCRATCH) == 0) store<u32>(SCRATCH, <u32>allocate(<usize>count << 3));
  const list = <usize>load<u32>(SCRATCH);
  for (let k = 0; k < count; k++) {
    const p = <usize>k << 2;
    store<u64>(at(list, k), (<u64>load<u32>(keys + p) << 32) | <u64>load<u32>(slots + p));
  }
  return list;
}

/** The element of rank count / 2; `count` is the same at every call. */
export function selectMedian(keys: usize, slots: usize, count: i32): u64 {
  const list = copyOrdered(keys, slots, count);
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
