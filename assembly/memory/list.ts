// Growing lists of fixed-size records, addressed by number; used by every table. A list's head is 16 bytes of static
// memory: block u32, count i32, capacity i32, stride i32. Records are zero when new; addresses hold until the next push.
import { enlarge } from "./arena";

// @ts-ignore: decorator
@inline export function listCount(head: usize): i32 {
  return load<i32>(head, 4);
}

// @ts-ignore: decorator
@inline export function listAt(head: usize, index: i32): usize {
  assert(index >= 0 && index < listCount(head), "list index");
  return <usize>load<u32>(head) + <usize>(index * load<i32>(head, 12));
}

/** Adds a zeroed record of `stride` bytes (the same at every call) and returns its number. */
export function listPush(head: usize, stride: i32): i32 {
  const count = listCount(head);
  const capacity = load<i32>(head, 8);
  if (count == capacity) {
    const larger = max(capacity << 1, 8);
    const block = enlarge(<usize>load<u32>(head), <usize>(capacity * stride), <usize>(larger * stride));
    store<u32>(head, <u32>block);
    store<i32>(head, larger, 8);
    store<i32>(head, stride, 12);
  }
  store<i32>(head, count + 1, 4);
  return count;
}
