// Narrows a bitset to the lanes with the smallest key of an i32 column: one step of every scoring strategy.
import { equal64, least64 } from "./lanes";
import { setWord, wordAt } from "./words";

/** Smallest key among the set bits, unsigned; 0xffffffff when none is set. */
export function leastUnder(bits: usize, keys: usize, words: i32): u32 {
  let least: u32 = 0xffffffff;
  for (let w = 0; w < words; w++) {
    const here = wordAt(bits, w);
    if (here != 0) least = min(least, least64(keys + (<usize>w << 8), here));
  }
  return least;
}

export function keepLeast(bits: usize, keys: usize, words: i32): void {
  const least = i32x4.splat(<i32>leastUnder(bits, keys, words));
  for (let w = 0; w < words; w++) {
    const here = wordAt(bits, w);
    if (here != 0) setWord(bits, w, here & equal64(keys + (<usize>w << 8), least));
  }
}
