// First fit: the lowest slot among the eligible instances with the fewest tasks of a group, or simply the lowest. Stops
// at the first instance that no other can beat, so a spread that still finds an empty instance looks at few words.
import { lowest } from "../bits/words";
import { bitset, LIVE, words } from "../table/instances";
import { count, countColumn, entries, FIELD_FLOOR, isDense, record } from "../table/counts";
import { leastUnder } from "../bits/narrow";
import { eligible64 } from "./query";

/** Lowest eligible slot, or -1. */
export function firstEligible(): i32 {
  for (let w = 0, end = words(); w < end; w++) {
    const here = eligible64(w);
    if (here != 0) return (w << 6) + lowest(here);
  }
  return -1;
}

/** Lowest slot among the eligible ones with the fewest tasks of the group, or -1. */
export function fewestTasks(group: i32): i32 {
  const counts = record(group);
  if (entries(counts) == 0) return firstEligible();
  const floor = load<i32>(counts, FIELD_FLOOR);
  let best = -1;
  let least = i32.MAX_VALUE;
  for (let w = 0, end = words(); w < end; w++) {
    for (let rest = eligible64(w); rest != 0; rest &= rest - 1) {
      const slot = (w << 6) + lowest(rest);
      const here = count(group, slot);
      if (here == floor) return slot;
      if (here >= least) continue;
      least = here;
      best = slot;
    }
  }
  if (isDense(counts)) raiseFloor(counts);
  return best;
}

/** No candidate stood on the floor: perhaps no instance does any more. */
function raiseFloor(counts: usize): void {
  store<i32>(counts, <i32>leastUnder(bitset(LIVE), countColumn(counts), words()), FIELD_FLOOR);
}
