/**
 * Task ids: 32 hexadecimal digits, an invertible function of (seed, running number), so that engines need not store
 * them. The first half is the number through a keyed permutation, the second half a check.
 */

function mix(x: number): number {
  let h = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function roundKey(seed: number, round: number): number {
  return mix((seed + Math.imul(round + 1, 0x9e3779b9)) >>> 0);
}

const ROUNDS = 4;

/** Two digits of every byte. */
const BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hex(word: number): string {
  const byte = (shift: number): string => BYTES[(word >>> shift) & 255] as string;
  return byte(24) + byte(16) + byte(8) + byte(0);
}

function check(seed: number, left: number, right: number): string {
  const a = mix((left ^ roundKey(seed, 5)) >>> 0);
  const b = mix((right ^ roundKey(seed, 6) ^ a) >>> 0);
  return hex(a) + hex(b);
}

/** Id of the task with a running number below 2^31. */
export function taskId(seed: number, number: number): string {
  let left = 0;
  let right = number >>> 0;
  for (let round = 0; round < ROUNDS; round++) {
    const next = (left ^ mix((right ^ roundKey(seed, round)) >>> 0)) >>> 0;
    left = right;
    right = next;
  }
  return hex(left) + hex(right) + check(seed, left, right);
}

/** The running number of an id, or -1 when no engine with this seed made it. */
export function taskNumber(seed: number, id: string): number {
  if (!/^[0-9a-f]{32}$/.test(id)) return -1;
  let left = Number.parseInt(id.slice(0, 8), 16);
  let right = Number.parseInt(id.slice(8, 16), 16);
  if (check(seed, left, right) !== id.slice(16)) return -1;
  for (let round = ROUNDS - 1; round >= 0; round--) {
    const previous = (right ^ mix((left ^ roundKey(seed, round)) >>> 0)) >>> 0;
    right = left;
    left = previous;
  }
  return left === 0 && right < 0x80000000 ? right : -1;
}
