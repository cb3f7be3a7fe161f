// First fit: the lowest slot among the eligible instances with the fewest tasks of a group, or simply the lowest. Stops
// at the first instance that no other can beat, so a spread that still finds an empty instance looks at few words.
import { lowest } from "../bits/words";
import { bitset, LIVE, words } from "../table/instances";
import { count, countColumn, entries, FIELD_FLOOR, isDense, record, seatsOf } from "../table/counts";
import { leastUnder } from "../bits/narrow";
import { seats64 } from "../table/seats";
import { allowed64, eligible64, nextWord } from "./query";

/** Lowest eligible slot, or -1. */
export function firstEligible(): i32 {
  for (let w = nextWord(0), end = words(); w < end; w = nextWord(w + 1)) {
    const here = eligible64(w);
    if (here != 0) return (w << 6) + lowest(here);
  }
  return -1;
}

/** Lowest slot among the eligible ones with the fewest tasks of the group, or -1. */
export function fewestTasks(group: i32): i32 {
  const counts = record(group);
  if (entries(counts) == 0) return firstEligible();
  if (load<i32>(counts, FIELD_FLOOR) == 0) {
    const seatless = firstWithout(counts);
    if (seatless >= 0) return seatless;
  }
  return fewestByCount(group, counts);
}

/** Lowest eligible slot without a task of the group, or -1. */
function firstWithout(counts: usize): i32 {
  const seats = seatsOf(counts);
  for (let w = nextWord(0), end = words(); w < end; w = nextWord(w + 1)) {
    const seatless = allowed64(w) & ~seats64(seats, w);
    const here = seatless == 0 ? 0 : eligible64(w) & seatless;
    if (here != 0) return (w << 6) + lowest(here);
  }
  return -1;
}

function fewestByCount(group: i32, counts: usize): i32 {
  const floor = load<i32>(counts, FIELD_FLOOR);
  let best = -1;
  let least = i32.MAX_VALUE;
  for (let w = nextWord(0), end = words(); w < end; w = nextWord(w + 1)) {
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
