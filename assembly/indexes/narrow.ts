// The words that a search may confine itself to: set by levels where the programs leave little of a level, asked by query
// and by the searches, which then look at these words only. Means nothing between decisions.
import { allocate, giveBack } from "../memory/arena";
import { wordAt } from "../bits/words";
import { capacity, words } from "../table/instances";

// bitset over words u32 or 0, how many there are at most i32, bitset of our own u32, its bytes i32
const HEAD: usize = memory.data(16, 8);

/** Every word is searched. */
// @ts-ignore: decorator
@inline export function widen(): void {
  store<u64>(HEAD, 0);
}

/** Only the words of the bitset, at most `count`, are searched from now on. */
export function narrowTo(bits: usize, count: i32): void {
  store<u32>(HEAD, <u32>bits);
  store<i32>(HEAD, count, 4);
}

/** These too. */
export function alsoTo(bits: usize): void {
  const own = ownBits();
  const before = <usize>load<u32>(HEAD);
  for (let p: usize = 0, end = <usize>(capacity() >> 9); p < end; p += 2) {
    store<u16>(own + p, load<u16>(before + p) | load<u16>(bits + p));
  }
  store<u32>(HEAD, <u32>own);
}

function ownBits(): usize {
  const bytes = capacity() >> 9;
  if (load<i32>(HEAD, 12) != bytes) {
    giveBack(<usize>load<u32>(HEAD, 8), <usize>load<i32>(HEAD, 12));
    store<u32>(HEAD, <u32>allocate(<usize>bytes), 8);
    store<i32>(HEAD, bytes, 12);
  }
  return <usize>load<u32>(HEAD, 8);
}

// @ts-ignore: decorator
@inline export function isNarrow(): bool {
  return load<u32>(HEAD) != 0;
}

/** How many words a search looks at, at most. */
// @ts-ignore: decorator
@inline export function wordsToSearch(): i32 {
  return isNarrow() ? load<i32>(HEAD, 4) : words();
}

/** The next word from `w` on that a narrow search looks at, or `words()`. */
export function nextNarrow(w: i32): i32 {
  const bits = <usize>load<u32>(HEAD);
  const end = words();
  if (w >= end) return end;
  let rest = <u32>load<u8>(bits + <usize>(w >> 3)) & (0xff << (w & 7));
  for (let at = w >> 3; ; ) {
    if (rest != 0) return min((at << 3) + <i32>ctz(rest), end);
    if (++at << 3 >= end) return end;
    rest = load<u8>(bits + <usize>at);
  }
  return end;
}
