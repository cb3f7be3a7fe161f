// Seats: which instances hold a task of a group, one bit per slot, in pages that exist only where some instance does.
// Kept for the groups that a constraint, a spread over instances or a task:group test asks about; written by counts.
//
//   directory u32 per 512 slots ─► page of 512 bits, or 0 for an empty one; as long as the highest seat needs
import { allocate, enlarge } from "../memory/arena";
import { clearBit, setBit, wordAt } from "../bits/words";

const PAGE_SLOTS = 512;
const PAGE_WORDS = PAGE_SLOTS / 64;
const PAGE_BYTES = PAGE_SLOTS / 8;
const FIRST_SLOTS = 16 * PAGE_SLOTS;

// Head, within the record of a group: directory u32, instances it covers i32.

// @ts-ignore: decorator
@inline export function hasSeats(head: usize): bool {
  return load<u32>(head) != 0;
}

/** Makes the directory, of a group without. */
export function openSeats(head: usize): void {
  settle(head, 0);
}

/** Grows the directory until it tells of a slot. */
function settle(head: usize, slot: i32): void {
  const old = load<i32>(head, 4);
  let now = max(old, FIRST_SLOTS);
  while (now <= slot) now <<= 1;
  if (old == now) return;
  store<u32>(head, <u32>enlarge(<usize>load<u32>(head), bytesFor(old), bytesFor(now)));
  store<i32>(head, now, 4);
}

// @ts-ignore: decorator
@inline function bytesFor(instances: i32): usize {
  return <usize>((instances / PAGE_SLOTS) << 2);
}

// @ts-ignore: decorator
@inline function entryOf(head: usize, page: i32): usize {
  return <usize>load<u32>(head) + (<usize>page << 2);
}

export function putSeat(head: usize, slot: i32, taken: bool): void {
  settle(head, slot);
  const entry = entryOf(head, slot / PAGE_SLOTS);
  if (load<u32>(entry) == 0) store<u32>(entry, <u32>allocate(PAGE_BYTES));
  const page = <usize>load<u32>(entry);
  if (taken) setBit(page, slot & (PAGE_SLOTS - 1));
  else clearBit(page, slot & (PAGE_SLOTS - 1));
}

/** Instances of a bitset word that hold a task of the group. */
// @ts-ignore: decorator
@inline export function seats64(head: usize, w: i32): u64 {
  if (w << 6 >= load<i32>(head, 4)) return 0;
  const page = <usize>load<u32>(entryOf(head, w / PAGE_WORDS));
  return page == 0 ? 0 : wordAt(page, w & (PAGE_WORDS - 1));
}
