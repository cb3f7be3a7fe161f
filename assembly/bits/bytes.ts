// SIMD over u8 and u16 columns, 64 instances (one bitset word) at a time: equality and membership to a u64 mask. Called
// by the pages of attribute values. Tables of membership are bitsets over values, long enough for every value there is.

// @ts-ignore: decorator
@inline function mask16(lanes: v128): u64 {
  return <u64>(<u32>i8x16.bitmask(lanes));
}

/** Bits of the 64 bytes from `p` on that equal `value`. */
// @ts-ignore: decorator
@inline export function equalBytes64(p: usize, value: v128): u64 {
  return (
    mask16(i8x16.eq(v128.load(p), value)) |
    (mask16(i8x16.eq(v128.load(p, 16), value)) << 16) |
    (mask16(i8x16.eq(v128.load(p, 32), value)) << 32) |
    (mask16(i8x16.eq(v128.load(p, 48), value)) << 48)
  );
}

// @ts-ignore: decorator
@inline function equalShorts16(p: usize, value: v128): u64 {
  return mask16(i8x16.narrow_i16x8_s(i16x8.eq(v128.load(p), value), i16x8.eq(v128.load(p, 16), value)));
}

/** Bits of the 64 u16 lanes from `p` on that equal `value`. */
// @ts-ignore: decorator
@inline export function equalShorts64(p: usize, value: v128): u64 {
  return (
    equalShorts16(p, value) |
    (equalShorts16(p + 32, value) << 16) |
    (equalShorts16(p + 64, value) << 32) |
    (equalShorts16(p + 96, value) << 48)
  );
}

/** Lanes whose bit the 256-bit table has: one swizzle finds the byte of the table, another the bit in it. */
// @ts-ignore: decorator
@inline function inBytes16(p: usize, low: v128, high: v128): u64 {
  const values = v128.load(p);
  const byte = i8x16.shr_u(values, 3);
  // An index from 16 on, and thus every negative one, gives 0.
  const found = v128.or(i8x16.swizzle(low, byte), i8x16.swizzle(high, i8x16.sub(byte, i8x16.splat(16))));
  const bit = i8x16.swizzle(
    i8x16(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0),
    v128.and(values, i8x16.splat(7)),
  );
  return mask16(i8x16.ne(v128.and(found, bit), i8x16.splat(0)));
}

/** Bits of the 64 bytes from `p` on that the table has; the table is 32 bytes. */
// @ts-ignore: decorator
@inline export function inBytes64(p: usize, table: usize): u64 {
  const low = v128.load(table);
  const high = v128.load(table, 16);
  return (
    inBytes16(p, low, high) |
    (inBytes16(p + 16, low, high) << 16) |
    (inBytes16(p + 32, low, high) << 32) |
    (inBytes16(p + 48, low, high) << 48)
  );
}

// @ts-ignore: decorator
@inline function topBit(table: usize, value: u32): u64 {
  return (<u64>(load<u8>(table + <usize>(value >>> 3)) >>> (value & 7))) << 63;
}

/** The same over u16 lanes. */
export function inShorts64(p: usize, table: usize): u64 {
  let mask: u64 = 0;
  for (let end = p + 128; p < end; p += 2) mask = (mask >> 1) | topBit(table, load<u16>(p));
  return mask;
}

/** The same over u32 lanes. */
export function inWords64(p: usize, table: usize): u64 {
  let mask: u64 = 0;
  for (let end = p + 256; p < end; p += 4) mask = (mask >> 1) | topBit(table, load<u32>(p));
  return mask;
}
