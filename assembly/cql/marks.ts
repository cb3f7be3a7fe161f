// Marks: bitsets that the host fills group by group for one evaluation, so that a filter over many groups leaves nothing
// behind. Read by OP_MARKS.
import { allocate, giveBack } from "../memory/arena";
import { listAt, listCount, listPush } from "../memory/list";
import { setBit } from "../bits/words";
import { gather, places, record, slotAt } from "../table/counts";
import { capacity } from "../table/instances";

const LIST: usize = memory.data(16, 16);
const STRIDE = 8; // bits u32, capacity i32

/** Empties a mark; the numbers are 0, 1, 2 and so on, made as they are asked for. */
export function clearMark(mark: i32): void {
  while (listCount(LIST) <= mark) listPush(LIST, STRIDE);
  const at = listAt(LIST, mark);
  giveBack(<usize>load<u32>(at), <usize>(load<i32>(at, 4) >> 3));
  store<u32>(at, <u32>allocate(<usize>(capacity() >> 3)));
  store<i32>(at, capacity(), 4);
}

/** Marks the instances that hold an active task of the group. */
export function markGroup(mark: i32, group: i32): void {
  const bits = markBits(mark);
  const counts = record(group);
  gather(counts);
  for (let p = 0, end = places(counts); p < end; p++) {
    if (slotAt(counts, p) >= 0) setBit(bits, slotAt(counts, p));
  }
}

export function markBits(mark: i32): usize {
  return <usize>load<u32>(listAt(LIST, mark));
}
