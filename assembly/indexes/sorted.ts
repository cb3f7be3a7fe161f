// Sort of ordered keys (key << 32 | slot) by bytes of the key, lowest first; called by blocks, which puts many instances
// into an index: in order they meet the same block again while it is near. Equal keys keep their order.
const DIGIT: u32 = 8;
const ROOM: u32 = 1 << DIGIT;
const COUNTS: usize = memory.data(1024, 16); // of each digit, then where its next one goes

// @ts-ignore: decorator
@inline function countOf(digit: u32): usize {
  return COUNTS + (<usize>digit << 2);
}

// @ts-ignore: decorator
@inline function digitAt(at: usize, shift: u32): u32 {
  return <u32>(load<u64>(at) >> <u64>shift) & (ROOM - 1);
}

/** One pass: `count` elements from one list into another, by the digit at `shift`. */
function spread(from: usize, into: usize, count: i32, shift: u32): void {
  memory.fill(COUNTS, 0, <usize>ROOM << 2);
  const end = from + (<usize>count << 3);
  for (let at = from; at < end; at += 8) {
    const cell = countOf(digitAt(at, shift));
    store<i32>(cell, load<i32>(cell) + 1);
  }
  let before = 0;
  for (let digit: u32 = 0; digit < ROOM; digit++) {
    const here = load<i32>(countOf(digit));
    store<i32>(countOf(digit), before);
    before += here;
  }
  for (let at = from; at < end; at += 8) {
    const cell = countOf(digitAt(at, shift));
    const place = load<i32>(cell);
    store<u64>(into + (<usize>place << 3), load<u64>(at));
    store<i32>(cell, place + 1);
  }
}

/** @param scratch as large as the list. @param largest no key is larger. @returns the list that is sorted now: either. */
export function sortByKey(list: usize, scratch: usize, count: i32, largest: u32): usize {
  let sorted = list;
  let other = scratch;
  for (let shift: u32 = 0; shift < 32 && largest >>> shift != 0; shift += DIGIT) {
    spread(sorted, other, count, shift + 32);
    const held = sorted;
    sorted = other;
    other = held;
  }
  return sorted;
}
