// First fit: the lowest slot among the eligible instances with the fewest tasks of a group, or simply the lowest. Stops
// at the first instance that no other can beat, so a spread that still finds an empty instance looks at few words.
import { NONE, REQUEST_MEMBER_OF } from "../abi";
import { equal64, least64 } from "../bits/lanes";
import { lowest } from "../bits/words";
import { isDynamic } from "../cql/programs";
import { bitset, LIVE, words } from "../table/instances";
import { count, countColumn, entries, FIELD_FLOOR, isDense, record, seatsOf } from "../table/counts";
import { leastUnder } from "../bits/narrow";
import { seats64 } from "../table/seats";
import { groupOf, word } from "../table/requests";
import { fewestHeld, UNBOUNDED } from "./least-held";
import { listedValues } from "./levels";
import { allowed64, eligible64, nextWord } from "./query";

// Words below which it costs more to remember the barren ones than to look: between two decisions for one of many groups,
// something grows in most words of a small table. A group that is everywhere is one of few.
const WORTHWHILE = 256;
const WORTHWHILE_DENSE = 16;
const NOT_LISTED = -1;

/** Lowest eligible slot, or -1. */
export function firstEligible(): i32 {
  for (let w = nextWord(0), end = words(); w < end; w = nextWord(w + 1)) {
    const here = eligible64(w);
    if (here != 0) return (w << 6) + lowest(here);
  }
  return -1;
}

/** Lowest slot among the eligible ones with the fewest tasks of the request's group, or -1. */
export function fewestTasks(request: usize): i32 {
  const group = groupOf(request);
  const counts = record(group);
  if (entries(counts) == 0) return firstEligible();
  const least = isDense(counts) ? WORTHWHILE_DENSE : WORTHWHILE;
  const values = words() >= least && isSteady(request) ? listedValues() : NOT_LISTED;
  if (values != NOT_LISTED) {
    const slot = fewestHeld(request, values);
    if (slot != UNBOUNDED) return slot;
  }
  const floor = load<i32>(counts, FIELD_FLOOR);
  const seatless = floor == 0 ? firstInLevel(seatsOf(counts)) : -1;
  return seatless >= 0 ? seatless : fewestByCount(group, counts, max(floor, 1));
}

/** Lowest eligible slot of the level at hand without a task of the group, or -1. */
function firstInLevel(seats: usize): i32 {
  for (let w = nextWord(0), end = words(); w < end; w = nextWord(w + 1)) {
    const seatless = allowed64(w) & ~seats64(seats, w);
    const here = seatless == 0 ? 0 : eligible64(w) & seatless;
    if (here != 0) return (w << 6) + lowest(here);
  }
  return -1;
}

/** Whether only growth on an instance can make it a candidate. */
function isSteady(request: usize): bool {
  const memberOf = word(request, REQUEST_MEMBER_OF);
  return memberOf == NONE || !isDynamic(memberOf);
}

/** No eligible instance holds fewer than `floor` tasks. */
function fewestByCount(group: i32, counts: usize, floor: i32): i32 {
  let best = -1;
  let least = i32.MAX_VALUE;
  for (let w = nextWord(0), end = words(); w < end; w = nextWord(w + 1)) {
    const here = eligible64(w);
    if (isDense(counts)) {
      const fewest = here == 0 ? least : <i32>least64(countColumn(counts) + (<usize>w << 8), here);
      if (fewest >= least) continue;
      least = fewest;
      best = (w << 6) + lowest(here & equal64(countColumn(counts) + (<usize>w << 8), i32x4.splat(fewest)));
      if (fewest == floor) return best;
      continue;
    }
    for (let rest = here; rest != 0; rest &= rest - 1) {
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
