/**
 * The generator behind the `random` strategy: xoshiro128** on unsigned 32-bit words. Twin of assembly/random/random.ts:
 * the same seed gives the same draws in both engines. The words are part of the state and so of snapshots.
 */

export interface RandomState {
  /** Four unsigned 32-bit words. */
  words: readonly number[];
}

function unsigned(x: number): number {
  return x >>> 0;
}

function rotateLeft(x: number, bits: number): number {
  return unsigned((x << bits) | (x >>> (32 - bits)));
}

function mix(x: number): number {
  let h = unsigned(x + 0x9e3779b9);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return unsigned(h ^ (h >>> 16));
}

/** @param seed any u32; it alone decides all draws. */
export function seedRandom(seed: number): RandomState {
  return { words: [0, 1, 2, 3].map((k) => mix(unsigned(seed + Math.imul(k, 0x9e3779b9)))) };
}

/** The next u32. */
export function next(random: RandomState): number {
  const [a = 0, b = 0, c = 0, d = 0] = random.words;
  const drawn = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9);
  const third = c ^ a;
  const fourth = d ^ b;
  random.words = [a ^ fourth, b ^ third, third ^ (b << 9), rotateLeft(fourth, 11)].map(unsigned);
  return unsigned(drawn);
}

/**
 * A number below `k` >= 1, each equally likely (Lemire's multiply and shift): draws whose low half would favour some
 * numbers are thrown away.
 */
export function below(random: RandomState, k: number): number {
  const favoured = BigInt(2 ** 32 % k);
  let product = BigInt(next(random)) * BigInt(k);
  while ((product & 0xffffffffn) < favoured) product = BigInt(next(random)) * BigInt(k);
  return Number(product >> 32n);
}
