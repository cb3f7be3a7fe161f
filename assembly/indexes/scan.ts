// Fused scan: the eligible instance with the least of a resource left, lowest slot first, in one pass. Eligibility is
// asked only of words that hold a fitting instance better than the best so far. Exact whatever the request; what the
// other binpack index falls back to.
import { COLUMN_REMAINING_CPU, COLUMN_REMAINING_MEMORY } from "../abi";
import { equal64, least64, leastSpare } from "../bits/lanes";
import { lowest } from "../bits/words";
import { cell, lanesAt, words } from "../table/instances";
import { isNarrow } from "./narrow";
import { allowed64, eligible64, needOf, nextWord } from "./query";

/** `which` is COLUMN_REMAINING_CPU or COLUMN_REMAINING_MEMORY. Returns the slot or -1. */
export function leastRemaining(which: i32): i32 {
  if (isNarrow()) return leastOfFew(which);
  const other = which == COLUMN_REMAINING_CPU ? COLUMN_REMAINING_MEMORY : COLUMN_REMAINING_CPU;
  const need = needOf(which);
  const needKey = i32x4.splat(need);
  const needOther = i32x4.splat(needOf(other));
  let best: u32 = 0x7fffffff; // spare of the best so far: remaining less need
  let slot = -1;
  for (let w = nextWord(0), end = words(); w < end; w = nextWord(w + 1)) {
    if (allowed64(w) == 0) continue;
    const keys = lanesAt(which, w);
    if (leastSpare(keys, needKey, lanesAt(other, w), needOther, 256) >= best) continue;
    const here = eligible64(w);
    if (here == 0) continue;
    const spare = least64(keys, here) - <u32>need;
    if (spare >= best) continue;
    best = spare;
    slot = (w << 6) + lowest(here & equal64(keys, i32x4.splat(<i32>spare + need)));
  }
  return slot;
}

/** The same in the words of a narrow search, where few instances are eligible. */
function leastOfFew(which: i32): i32 {
  let least = i32.MAX_VALUE;
  let slot = -1;
  for (let w = nextWord(0), end = words(); w < end; w = nextWord(w + 1)) {
    for (let rest = eligible64(w); rest != 0; rest &= rest - 1) {
      const here = cell(which, (w << 6) + lowest(rest));
      if (here >= least) continue;
      least = here;
      slot = (w << 6) + lowest(rest);
    }
  }
  return slot;
}
