// Barren words: the words of 64 instances of which a request lately found that none is a candidate without a task of its
// group. They stay barren until something grows there: an amount, a count that sinks, an attribute, a state. Kept for
// spreads over instances, whose low slots soon hold either no room or a task of the group already. Of barren words a
// request also knows how many tasks of the group a candidate there holds at least, once it had to look for those.
//
//   ages     u8 by word, 1..255, one more with each growth; when one starts over, all its requests forget the word. There
//            is one for all instances and one for each of a few constraints, which grows with what satisfies it only; none
//            before some request has a list
//   grown    u8[8] by word beside the ages: the instance of each of the last eight growths, at the lowest bits of its age, so
//            that of a word that was barren lately only those are looked at which grew since
//   request  u8 by word, the age at which the word was barren, 0 = never: barren while both agree; for each value of the
//            attribute it spreads over, a list of its own, as long as the last word that ever was barren needs
//   bounds   u8 by word, while it is barren no candidate holds fewer tasks; MANY_HELD at most, NONE_HELD without candidates
import { enlarge } from "../memory/arena";
import { listAt, listCount, listPush } from "../memory/list";
import { LANES, NONE } from "../abi";
import { capacity } from "./instances";

const AGES: usize = memory.data(16, 16);
const AGES_STRIDE = 20; // bytes u32, capacity i32, program i32 or NONE, grown u32, its capacity i32
const GROWN = 12;
const KNOWN = 8; // growths of a word
export const ALL_AGES = 0;
const MOST_AGES = 9;
const LIST: usize = memory.data(16, 16);
// bytes u32, words it tells of i32, value i32, next of the request + 1, number of the ages, bounds u32 or 0, their capacity i32
const STRIDE = 28;
const BOUNDS = 20;
export const MANY_HELD = 254;
export const NONE_HELD = 255;
const FIRST_WORDS = 64;
const VECTOR = 16; // bytes compared at once, from a multiple of so many on; the table has at least as many words

// @ts-ignore: decorator
@inline function bytesFor(instances: i32): usize {
  return <usize>(instances / LANES);
}

/** Grows an array of bytes by word to the instance table. */
// @ts-ignore: decorator
@inline function settle(head: usize): usize {
  if (load<i32>(head, 4) != capacity()) grow(head);
  return <usize>load<u32>(head);
}

function grow(head: usize): void {
  const old = load<i32>(head, 4);
  store<u32>(head, <u32>enlarge(<usize>load<u32>(head), bytesFor(old), bytesFor(capacity())));
  store<i32>(head, capacity(), 4);
}

/** The last growths of a word. */
// @ts-ignore: decorator
@inline function grownIn(ages: usize, w: i32): usize {
  if (load<i32>(ages, GROWN + 4) != capacity()) growGrown(ages);
  return <usize>load<u32>(ages, GROWN) + (<usize>w << 3);
}

function growGrown(ages: usize): void {
  const old = bytesFor(load<i32>(ages, GROWN + 4)) << 3;
  store<u32>(ages, <u32>enlarge(<usize>load<u32>(ages, GROWN), old, bytesFor(capacity()) << 3), GROWN);
  store<i32>(ages, capacity(), GROWN + 4);
}

/** Something grew on the instance, or it changed: it may have become a candidate, whatever the constraint. */
export function noteGrowth(slot: i32): void {
  for (let n = 0, end = listCount(AGES); n < end; n++) noteGrowthIn(n, slot);
}

/** Something grew on an instance, which only those ages are about. */
// @ts-ignore: decorator
@inline export function noteGrowthIn(ages: i32, slot: i32): void {
  const at = settle(listAt(AGES, ages)) + <usize>(slot / LANES);
  const age = load<u8>(at) + 1;
  store<u8>(grownIn(listAt(AGES, ages), slot / LANES) + <usize>(age & (KNOWN - 1)), <u8>(slot & (LANES - 1)));
  if (age == 0) startOver(ages, at, slot / LANES);
  else store<u8>(at, age);
}

function startOver(ages: i32, at: usize, w: i32): void {
  store<u8>(at, 1);
  for (let n = 0, end = listCount(LIST); n < end; n++) {
    const list = listAt(LIST, n);
    if (load<i32>(list, 16) == ages && w < told(list)) store<u8>(<usize>load<u32>(list) + <usize>w, 0);
  }
}

function addAges(program: i32): i32 {
  const number = listPush(AGES, AGES_STRIDE);
  const at = listAt(AGES, number);
  store<i32>(at, program, 8);
  memory.fill(settle(at), 1, <usize>(capacity() / LANES));
  return number;
}

/** Ages of the instances that satisfy a program (NONE: all), ALL_AGES where there would be too many of their kind. */
export function agesOf(program: i32): i32 {
  if (listCount(AGES) == 0) addAges(NONE);
  for (let n = 0, end = listCount(AGES); n < end; n++) {
    if (load<i32>(listAt(AGES, n), 8) == program) return n;
  }
  return listCount(AGES) < MOST_AGES ? addAges(program) : ALL_AGES;
}

// @ts-ignore: decorator
@inline export function agesCount(): i32 {
  return listCount(AGES);
}

/** Whose satisfaction the ages are about, NONE for ALL_AGES. */
// @ts-ignore: decorator
@inline export function agesProgram(ages: i32): i32 {
  return load<i32>(listAt(AGES, ages), 8);
}

/** The barren words for a value, in the chain that starts at `head` (number + 1), or NONE. */
export function barrenOf(head: usize, value: i32): i32 {
  for (let n = load<i32>(head); n != 0; n = load<i32>(listAt(LIST, n - 1), 12)) {
    if (load<i32>(listAt(LIST, n - 1), 8) == value) return n - 1;
  }
  return NONE;
}

/** Adds to such a chain: no word is known to be barren. */
export function addBarren(head: usize, value: i32, ages: i32): i32 {
  const number = listPush(LIST, STRIDE);
  const at = listAt(LIST, number);
  store<i32>(at, value, 8);
  store<i32>(at, load<i32>(head), 12);
  store<i32>(at, ages, 16);
  store<i32>(head, number + 1);
  return number;
}

// @ts-ignore: decorator
@inline function agesAt(barren: i32): usize {
  return settle(listAt(AGES, load<i32>(listAt(LIST, barren), 16)));
}

/** Words that a list tells of; those from there on are not known to be barren. */
// @ts-ignore: decorator
@inline function told(list: usize): i32 {
  return load<i32>(list, 4);
}

/** The bytes of a list that tells of the words before `end`. */
// @ts-ignore: decorator
@inline function tellOf(list: usize, end: i32): usize {
  if (told(list) < end) growTo(list, end);
  return <usize>load<u32>(list);
}

function growTo(list: usize, end: i32): void {
  const old = told(list);
  let now = max(old, FIRST_WORDS);
  while (now < end) now <<= 1;
  store<u32>(list, <u32>enlarge(<usize>load<u32>(list), <usize>old, <usize>now));
  store<i32>(list, now, 4);
}

/** No word before `end` has a candidate now. */
export function setBarren(number: i32, end: i32): void {
  const ages = agesAt(number);
  const barren = tellOf(listAt(LIST, number), end);
  let w = 0;
  for (; w + VECTOR <= end; w += VECTOR) v128.store(barren + <usize>w, v128.load(ages + <usize>w));
  for (; w < end; w++) store<u8>(barren + <usize>w, load<u8>(ages + <usize>w));
}

/** Instances of a word that grew since it was barren, all where that is not known. */
export function grownSince(number: i32, w: i32): u64 {
  const ages = listAt(AGES, load<i32>(listAt(LIST, number), 16));
  const list = listAt(LIST, number);
  const was = w < told(list) ? <i32>load<u8>(<usize>load<u32>(list) + <usize>w) : 0;
  const age = <i32>load<u8>(settle(ages) + <usize>w);
  if (was == 0 || age - was > KNOWN) return ~(<u64>0);
  const grown = grownIn(ages, w);
  let lanes: u64 = 0;
  for (let k = was + 1; k <= age; k++) lanes |= (<u64>1) << <u64>load<u8>(grown + <usize>(k & (KNOWN - 1)));
  return lanes;
}

/** Those of a vector of bytes from `p` on, as bits, that do not lie before `w`. */
// @ts-ignore: decorator
@inline function notBefore(w: i32, p: i32, found: i32): i32 {
  return p < w ? found & (0xffff << (w - p)) : found;
}

/** The next word from `w` on, before `end`, that is not barren, or `end` or more. */
export function nextFertile(number: i32, w: i32, end: i32): i32 {
  const ages = agesAt(number);
  const barren = <usize>load<u32>(listAt(LIST, number));
  const known = min(end, told(listAt(LIST, number)));
  for (let p = w & -VECTOR; p < known; p += VECTOR) {
    const same = i8x16.eq(v128.load(barren + <usize>p), v128.load(ages + <usize>p));
    const fertile = notBefore(w, p, ~i8x16.bitmask(same) & 0xffff);
    if (fertile != 0) return p + ctz(fertile);
  }
  return max(w, known);
}

// ---- bounds

/** Bounds of a list; made with the least that a barren word can have. */
export function boundsOf(number: i32): usize {
  const head = listAt(LIST, number) + BOUNDS;
  if (load<u32>(head) == 0) memory.fill(settle(head), 1, bytesFor(capacity()));
  return settle(head);
}

// @ts-ignore: decorator
@inline function boundFor(held: i32): u8 {
  return <u8>min(held, MANY_HELD + i32(held == i32.MAX_VALUE));
}

/** Whether what the candidates of the word hold may tell more than its bound does. */
// @ts-ignore: decorator
@inline export function wantsBound(number: i32, w: i32): bool {
  const bounds = <usize>load<u32>(listAt(LIST, number), BOUNDS);
  return bounds != 0 && load<u8>(boundsOf(number) + <usize>w) > 1;
}

export function setBound(number: i32, w: i32, held: i32): void {
  if (load<u32>(listAt(LIST, number), BOUNDS) != 0) store<u8>(boundsOf(number) + <usize>w, boundFor(held));
}

/** The same where only what grew since was looked at. */
export function lowerBound(number: i32, w: i32, held: i32): void {
  if (load<u32>(listAt(LIST, number), BOUNDS) == 0) return;
  const at = boundsOf(number) + <usize>w;
  store<u8>(at, min(load<u8>(at), boundFor(held)));
}

/** The least bound of the words before `end`. */
export function leastBound(bounds: usize, end: i32): i32 {
  let least = i8x16.splat(-1);
  let w = 0;
  for (; w + 16 <= end; w += 16) least = v128.min<u8>(least, v128.load(bounds + <usize>w));
  for (; w < end; w++) least = v128.min<u8>(least, i8x16.splat(<i8>load<u8>(bounds + <usize>w)));
  // Pairs of bytes to shorts, the lesser of each as the low byte.
  const pairs = v128.min<u8>(least, i16x8.shr_u(least, 8));
  let held: u32 = NONE_HELD;
  for (let rest = i64x2.extract_lane(pairs, 0), other = i64x2.extract_lane(pairs, 1), k = 0; k < 4; k++) {
    held = min(held, min(<u32>(rest & 0xff), <u32>(other & 0xff)));
    rest >>>= 16;
    other >>>= 16;
  }
  return <i32>held;
}

/** The next word from `w` on, before `end`, with such a bound, or `end` or more. */
export function nextBounded(bounds: usize, bound: i32, w: i32, end: i32): i32 {
  const wanted = i8x16.splat(<i8>bound);
  for (let p = w & -VECTOR; p < end; p += VECTOR) {
    const found = notBefore(w, p, i8x16.bitmask(i8x16.eq(v128.load(bounds + <usize>p), wanted)));
    if (found != 0) return p + ctz(found);
  }
  return end;
}
