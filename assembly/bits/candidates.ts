// The candidate set of the decision at hand: one scratch bitset, as long as the instance table. filter fills it,
// constrain and score narrow it, select reads it; its content means nothing between decisions.
import { allocate, giveBack } from "../memory/arena";

const HEAD: usize = memory.data(8, 8); // bitset u32, bytes i32

/** The bitset, long enough for `instances` bits (a multiple of 512). */
export function candidates(instances: i32): usize {
  const bytes = instances >> 3;
  if (load<i32>(HEAD, 4) != bytes) {
    giveBack(<usize>load<u32>(HEAD), <usize>load<i32>(HEAD, 4));
    store<u32>(HEAD, <u32>allocate(<usize>bytes));
    store<i32>(HEAD, bytes, 4);
  }
  return <usize>load<u32>(HEAD);
}
