// SIMD over i32 columns, 64 instances (one bitset word) at a time: comparisons to a u64 mask, and the smallest value
// under a mask. Called by filter, score, the CQL machine and the indexes. Columns are 64-byte aligned and padded to
// whole words.

// 16 lane masks of 4 lanes: entry m has lane j all ones where bit j of m is NOT set.
const OFF: usize = memory.data<i32>([
  -1, -1, -1, -1, 0, -1, -1, -1, -1, 0, -1, -1, 0, 0, -1, -1, -1, -1, 0, -1, 0, -1, 0, -1, -1, 0, 0, -1, 0, 0, 0, -1,
  -1, -1, -1, 0, 0, -1, -1, 0, -1, 0, -1, 0, 0, 0, -1, 0, -1, -1, 0, 0, 0, -1, 0, 0, -1, 0, 0, 0, 0, 0, 0, 0,
], 16);

// @ts-ignore: decorator
@inline function mask16(a: v128, b: v128, c: v128, d: v128): u64 {
  // Narrowing keeps the sign, so all-ones and negative lanes alike become set bits.
  return <u64>i8x16.bitmask(i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d)));
}

/** Bits of the 64 lanes from `p` on that are smaller than `need` (all values and needs below 2^30 in size). */
// @ts-ignore: decorator
@inline export function below64(p: usize, need: v128): u64 {
  let mask: u64 = 0;
  for (let k: usize = 0; k < 256; k += 64) {
    mask |=
      mask16(
        i32x4.sub(v128.load(p + k), need),
        i32x4.sub(v128.load(p + k, 16), need),
        i32x4.sub(v128.load(p + k, 32), need),
        i32x4.sub(v128.load(p + k, 48), need),
      ) << (<u64>k >> 2);
  }
  return mask;
}

// @ts-ignore: decorator
@inline function short(p: usize, needP: v128, q: usize, needQ: v128): v128 {
  return v128.or(i32x4.sub(v128.load(p), needP), i32x4.sub(v128.load(q), needQ));
}

/** Bits of the 64 lanes where the first column is below `needP` or the second below `needQ`. */
// @ts-ignore: decorator
@inline export function belowEither64(p: usize, needP: v128, q: usize, needQ: v128): u64 {
  let mask: u64 = 0;
  for (let k: usize = 0; k < 256; k += 64) {
    mask |=
      mask16(
        short(p + k, needP, q + k, needQ),
        short(p + k + 16, needP, q + k + 16, needQ),
        short(p + k + 32, needP, q + k + 32, needQ),
        short(p + k + 48, needP, q + k + 48, needQ),
      ) << (<u64>k >> 2);
  }
  return mask;
}

/** Bits of the 64 lanes from `p` on that equal `value`. */
// @ts-ignore: decorator
@inline export function equal64(p: usize, value: v128): u64 {
  let mask: u64 = 0;
  for (let k: usize = 0; k < 256; k += 64) {
    mask |=
      mask16(
        i32x4.eq(v128.load(p + k), value),
        i32x4.eq(v128.load(p + k, 16), value),
        i32x4.eq(v128.load(p + k, 32), value),
        i32x4.eq(v128.load(p + k, 48), value),
      ) << (<u64>k >> 2);
  }
  return mask;
}

/** Bits of the 64 lanes from `p` on that are smaller than `bound`, unsigned. */
// @ts-ignore: decorator
@inline export function below64u(p: usize, bound: v128): u64 {
  let mask: u64 = 0;
  for (let k: usize = 0; k < 256; k += 64) {
    mask |=
      mask16(
        i32x4.lt_u(v128.load(p + k), bound),
        i32x4.lt_u(v128.load(p + k, 16), bound),
        i32x4.lt_u(v128.load(p + k, 32), bound),
        i32x4.lt_u(v128.load(p + k, 48), bound),
      ) << (<u64>k >> 2);
  }
  return mask;
}

/** The smallest of four lanes, unsigned. */
// @ts-ignore: decorator
@inline export function lowestLane(lanes: v128): u32 {
  const two = v128.min<u32>(lanes, v128.shuffle<i32>(lanes, lanes, 2, 3, 0, 1));
  return <u32>i32x4.extract_lane(v128.min<u32>(two, v128.shuffle<i32>(two, two, 1, 0, 3, 2)), 0);
}

// @ts-ignore: decorator
@inline export function highestLane(lanes: v128): i32 {
  const two = v128.max<i32>(lanes, v128.shuffle<i32>(lanes, lanes, 2, 3, 0, 1));
  return i32x4.extract_lane(v128.max<i32>(two, v128.shuffle<i32>(two, two, 1, 0, 3, 2)), 0);
}

/**
 * By how much the tightest fit of the lanes before `end` bytes exceeds `needKey`, among those that have `needOther` too;
 * negative, read as i32, when none fits.
 */
// @ts-ignore: decorator
@inline export function leastSpare(keys: usize, needKey: v128, others: usize, needOther: v128, end: usize): u32 {
  let least = i32x4.splat(-1);
  for (let k: usize = 0; k < end; k += 16) {
    const spare = i32x4.sub(v128.load(keys + k), needKey);
    const short = i32x4.shr_s(i32x4.sub(v128.load(others + k), needOther), 31);
    least = v128.min<u32>(least, v128.or(spare, short));
  }
  return lowestLane(least);
}

/** Smallest value among the lanes of `bits`, unsigned; 0xffffffff when there is none. */
// @ts-ignore: decorator
@inline export function least64(p: usize, bits: u64): u32 {
  let least = i32x4.splat(-1);
  for (let half: usize = 0; half < 256; half += 128) {
    let four = <u32>(bits >> (<u64>half >> 2));
    for (let k: usize = 0; k < 128; k += 16) {
      const off = v128.load(OFF + (<usize>(four & 15) << 4));
      least = v128.min<u32>(least, v128.or(v128.load(p + half + k), off));
      four >>= 4;
    }
  }
  return lowestLane(least);
}

/** Greatest of the 64 lanes from `p` on. */
export function greatest64(p: usize): i32 {
  let most = v128.load(p);
  for (let k: usize = 16; k < 256; k += 16) most = v128.max<i32>(most, v128.load(p + k));
  return highestLane(most);
}

/** Greatest of the 64 lanes from `p` on whose lane in `q` is at least `need`, or -1. */
export function greatestWith64(p: usize, q: usize, need: i32): i32 {
  const needs = i32x4.splat(need);
  let most = i32x4.splat(-1);
  for (let k: usize = 0; k < 256; k += 16) {
    most = v128.max<i32>(most, v128.or(v128.load(p + k), i32x4.lt_s(v128.load(q + k), needs)));
  }
  return highestLane(most);
}
