// Loops over bitsets: one bit per instance slot, u64 words, bit = slot. Lengths are in words and even, so that every
// loop may take two words at a time; bits past the last slot are zero.

// @ts-ignore: decorator
@inline export function wordAt(bits: usize, word: i32): u64 {
  return load<u64>(bits + (<usize>word << 3));
}

// @ts-ignore: decorator
@inline export function setWord(bits: usize, word: i32, value: u64): void {
  store<u64>(bits + (<usize>word << 3), value);
}

// @ts-ignore: decorator
@inline export function hasBit(bits: usize, slot: i32): bool {
  return ((load<u8>(bits + (<usize>slot >>> 3)) >>> (slot & 7)) & 1) != 0;
}

export function setBit(bits: usize, slot: i32): void {
  const at = bits + (<usize>slot >>> 3);
  store<u8>(at, load<u8>(at) | ((<u8>1) << <u8>(slot & 7)));
}

export function clearBit(bits: usize, slot: i32): void {
  const at = bits + (<usize>slot >>> 3);
  store<u8>(at, load<u8>(at) & ~((<u8>1) << <u8>(slot & 7)));
}

export function putBit(bits: usize, slot: i32, on: bool): void {
  if (on) setBit(bits, slot);
  else clearBit(bits, slot);
}

export function copyWords(target: usize, source: usize, words: i32): void {
  memory.copy(target, source, <usize>words << 3);
}

export function andWords(target: usize, source: usize, words: i32): void {
  for (let p: usize = 0, end = <usize>words << 3; p < end; p += 16) {
    v128.store(target + p, v128.and(v128.load(target + p), v128.load(source + p)));
  }
}

export function orWords(target: usize, source: usize, words: i32): void {
  for (let p: usize = 0, end = <usize>words << 3; p < end; p += 16) {
    v128.store(target + p, v128.or(v128.load(target + p), v128.load(source + p)));
  }
}

export function notWords(target: usize, words: i32): void {
  for (let p: usize = 0, end = <usize>words << 3; p < end; p += 16) {
    v128.store(target + p, v128.not(v128.load(target + p)));
  }
}

export function andNotWords(target: usize, source: usize, words: i32): void {
  for (let p: usize = 0, end = <usize>words << 3; p < end; p += 16) {
    v128.store(target + p, v128.andnot(v128.load(target + p), v128.load(source + p)));
  }
}

export function countBits(bits: usize, words: i32): i32 {
  let count: u64 = 0;
  for (let p = bits, end = bits + (<usize>words << 3); p < end; p += 8) count += popcnt(load<u64>(p));
  return <i32>count;
}

/** Lowest set bit, or -1. */
export function firstBit(bits: usize, words: i32): i32 {
  for (let w = 0; w < words; w++) {
    const word = wordAt(bits, w);
    if (word != 0) return (w << 6) + <i32>ctz(word);
  }
  return -1;
}

/** The k-th set bit, counted from 0; there must be more than k. */
export function nthBit(bits: usize, words: i32, k: i32): i32 {
  for (let w = 0; w < words; w++) {
    let word = wordAt(bits, w);
    const here = <i32>popcnt(word);
    if (k >= here) {
      k -= here;
      continue;
    }
    while (k > 0) {
      word &= word - 1;
      k--;
    }
    return (w << 6) + <i32>ctz(word);
  }
  assert(false, "fewer bits");
  return -1;
}

/** Number of the lowest set bit of a word that has one. */
// @ts-ignore: decorator
@inline export function lowest(word: u64): i32 {
  return <i32>ctz(word);
}
