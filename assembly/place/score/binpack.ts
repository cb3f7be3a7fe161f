// binpack: keeps the candidates with the least of a resource left. All candidates get the same task, so the order
// before placing is the order after it.
import { candidates } from "../../bits/candidates";
import { equal64, least64 } from "../../bits/lanes";
import { setWord, wordAt } from "../../bits/words";
import { capacity, lanesAt, words } from "../../table/instances";

export function binpack(which: i32): void {
  const kept = candidates(capacity());
  let least: u32 = 0xffffffff;
  for (let w = 0, end = words(); w < end; w++) {
    if (wordAt(kept, w) != 0) least = min(least, least64(lanesAt(which, w), wordAt(kept, w)));
  }
  for (let w = 0, end = words(); w < end; w++) {
    const here = wordAt(kept, w);
    if (here != 0) setWord(kept, w, here & equal64(lanesAt(which, w), i32x4.splat(<i32>least)));
  }
}
