// Small maps from slots to numbers other than 0: open addressing, linear probing, none deleted in place. What an
// attribute that few instances have is kept in; attributes keep the heads.
//
//   head { block u32, pairs i32 }  ─► { slot + 1, value } pairs, a power of two of them, at most 3/4 full
import { allocate, giveBack } from "../memory/arena";

const FIRST_PAIRS = 8;

// @ts-ignore: decorator
@inline export function pairCount(head: usize): i32 {
  return load<i32>(head, 4);
}

// @ts-ignore: decorator
@inline function pairAt(head: usize, place: i32): usize {
  return <usize>load<u32>(head) + (<usize>place << 3);
}

/** Slot of a place, or -1 when it is empty. */
// @ts-ignore: decorator
@inline export function slotAt(head: usize, place: i32): i32 {
  return load<i32>(pairAt(head, place)) - 1;
}

// @ts-ignore: decorator
@inline export function valueAt(head: usize, place: i32): i32 {
  return load<i32>(pairAt(head, place), 4);
}

// @ts-ignore: decorator
@inline function home(slot: i32, pairs: i32): i32 {
  return <i32>((<u32>slot * 0x9e3779b1) >>> (32 - <u32>ctz(pairs)));
}

/** The pair of a slot, or the empty one where it would stand. */
function pairOf(head: usize, slot: i32): usize {
  const pairs = pairCount(head);
  let place = home(slot, pairs);
  while (true) {
    const pair = pairAt(head, place);
    const key = load<i32>(pair);
    if (key == 0 || key == slot + 1) return pair;
    place = (place + 1) & (pairs - 1);
  }
  return 0;
}

export function pairValue(head: usize, slot: i32): i32 {
  return pairCount(head) == 0 ? 0 : load<i32>(pairOf(head, slot), 4);
}

/** Pairs there must be for so many entries; never fewer than there are. */
export function pairsFor(head: usize, entries: i32): i32 {
  let pairs = max(pairCount(head), FIRST_PAIRS);
  while (entries * 4 > pairs * 3) pairs <<= 1;
  return pairs;
}

/** Makes room: `pairs` is what `pairsFor` says. */
export function resizePairs(head: usize, pairs: i32): void {
  const oldPairs = pairCount(head);
  if (oldPairs == pairs) return;
  const old = <usize>load<u32>(head);
  store<u32>(head, <u32>allocate(<usize>pairs << 3));
  store<i32>(head, pairs, 4);
  for (let p = old, end = old + (<usize>oldPairs << 3); p < end; p += 8) {
    if (load<i32>(p) != 0) store<u64>(pairOf(head, load<i32>(p) - 1), load<u64>(p));
  }
  giveBack(old, <usize>oldPairs << 3);
}

/** Sets the value of a slot, 0 to take it out; there is room. */
export function putPair(head: usize, slot: i32, value: i32): void {
  const pair = pairOf(head, slot);
  if (value == 0) {
    if (load<i32>(pair) != 0) removePair(head, pair);
    return;
  }
  store<i32>(pair, slot + 1);
  store<i32>(pair, value, 4);
}

/** Empties a pair and moves later ones of the same run up, so that no gap parts a key from its home. */
function removePair(head: usize, pair: usize): void {
  const mask = pairCount(head) - 1;
  let gap = <i32>((pair - pairAt(head, 0)) >>> 3);
  for (let place = (gap + 1) & mask; ; place = (place + 1) & mask) {
    const from = pairAt(head, place);
    const key = load<i32>(from);
    if (key == 0) break;
    const distance = (place - home(key - 1, mask + 1)) & mask;
    if (distance < ((place - gap) & mask)) continue;
    store<u64>(pairAt(head, gap), load<u64>(from));
    gap = place;
  }
  store<u64>(pairAt(head, gap), 0);
}

export function freePairs(head: usize): void {
  giveBack(<usize>load<u32>(head), <usize>pairCount(head) << 3);
  store<u64>(head, 0);
}
