// First fit: the lowest slot among the eligible instances with the fewest tasks of a group, or simply the lowest. Stops
// at the first instance that no other can beat, so a spread that still finds an empty instance looks at few words.
import { NONE, REQUEST_MEMBER_OF, VALUE_MISSING } from "../abi";
import { equal64, least64 } from "../bits/lanes";
import { lowest } from "../bits/words";
import { isDynamic } from "../cql/programs";
import { addBarren, agesOf, ALL_AGES, barrenOf, nextFertile, setBarren } from "../table/barren";
import { bitset, LIVE, words } from "../table/instances";
import { count, countColumn, entries, FIELD_FLOOR, isDense, record, seatsOf } from "../table/counts";
import { leastUnder } from "../bits/narrow";
import { seats64 } from "../table/seats";
import { barrenHead, groupOf, word } from "../table/requests";
import { listedValue, listedValues, ofValue64 } from "./levels";
import { allowed64, eligible64, fittingOf64, nextWord } from "./query";

const WORTHWHILE = 256; // words below which it costs more to remember the barren ones than to look
const ANY = VALUE_MISSING; // no value is asked for

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
  const floor = load<i32>(counts, FIELD_FLOOR);
  if (floor > 0) return fewestByCount(group, counts, floor);
  const seatless = firstWithout(request, seatsOf(counts));
  return seatless >= 0 ? seatless : fewestByCount(group, counts, 1);
}

/** Lowest eligible slot without a task of the group, or -1. The values of a level are searched one after the other. */
function firstWithout(request: usize, seats: usize): i32 {
  const values = words() >= WORTHWHILE && isSteady(request) ? listedValues() : -1;
  if (values < 0) return firstInLevel(seats);
  if (values == 0) return firstOf(barrenFor(request, ANY), ANY, seats, words());
  let best = -1;
  for (let k = 0; k < values; k++) {
    const value = listedValue(k);
    const slot = firstOf(barrenFor(request, value), value, seats, best < 0 ? words() : (best >> 6) + 1);
    if (slot >= 0 && (best < 0 || slot < best)) best = slot;
  }
  return best;
}

// @ts-ignore: decorator
@inline function barrenFor(request: usize, value: i32): i32 {
  const barren = barrenOf(barrenHead(request), value);
  return barren == NONE ? addBarrenFor(request, value) : barren;
}

function addBarrenFor(request: usize, value: i32): i32 {
  const memberOf = word(request, REQUEST_MEMBER_OF);
  return addBarren(barrenHead(request), value, memberOf == NONE ? ALL_AGES : agesOf(memberOf));
}

/** Lowest such slot of a value, in the words before `end`. */
function firstOf(barren: i32, value: i32, seats: usize, end: i32): i32 {
  for (let w = nextCandidate(barren, 0, end); w < end; w = nextCandidate(barren, w + 1, end)) {
    let seatless = allowed64(w) & ~seats64(seats, w);
    if (seatless != 0 && value != ANY) seatless = ofValue64(value, w, seatless);
    const here = seatless == 0 ? 0 : fittingOf64(w, seatless);
    if (here != 0) return (w << 6) + lowest(here);
    setBarren(barren, w);
  }
  return -1;
}

/** The next word from `w` on that has room and is not known to be barren, or `end` or more. */
// @ts-ignore: decorator
@inline function nextCandidate(barren: i32, w: i32, end: i32): i32 {
  while (w < end) {
    const fertile = nextFertile(barren, w, end);
    w = nextWord(fertile);
    if (w == fertile) break;
  }
  return w;
}

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
