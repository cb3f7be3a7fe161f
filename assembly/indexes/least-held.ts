// Least held: the lowest slot among the eligible instances with the fewest tasks of a group, by what the request remembers
// of each word (see table/barren). Of words that grew since, the instances that did are looked at anew; if those have no
// candidate without a task, the words with the least bound are asked, which is right unless tasks came since. Called by
// first-fit.
import { NONE, REQUEST_MEMBER_OF, VALUE_MISSING } from "../abi";
import { equal64, least64 } from "../bits/lanes";
import { lowest } from "../bits/words";
import {
  addBarren, agesOf, barrenOf, boundsOf, grownSince, leastBound, lowerBound, MANY_HELD, nextBounded, nextFertile, NONE_HELD, setBarren,
  setBound, wantsBound,
} from "../table/barren";
import { count, countColumn, isDense, record, seatsOf } from "../table/counts";
import { words } from "../table/instances";
import { barrenHead, groupOf, word } from "../table/requests";
import { seats64 } from "../table/seats";
import { listedValue, ofValue64 } from "./levels";
import { allowed64, fittingOf64, nextWord } from "./query";

export const UNBOUNDED = -2;
const ANY = VALUE_MISSING; // no value is asked for
const EVERY: u64 = 0xffffffffffffffff;

// Of the word looked at last: tasks that a candidate holds at least, i32.MAX_VALUE without candidates, and the lowest slot
// of one that does; of the search at hand: the same.
const LOOK: usize = memory.data(16, 8);

// @ts-ignore: decorator
@inline function valueOf(values: i32, k: i32): i32 {
  return values == 0 ? ANY : listedValue(k);
}

/** The slot, -1, or UNBOUNDED when the bounds do not reach so far. `values` of the level are listed, 0: no level. */
export function fewestHeld(request: usize, values: i32): i32 {
  const searched = max(values, 1);
  let best = -1;
  for (let k = 0; k < searched; k++) {
    const slot = firstWithout(request, valueOf(values, k), best < 0 ? words() : (best >> 6) + 1);
    if (slot >= 0 && (best < 0 || slot < best)) best = slot;
  }
  if (best >= 0) return best;
  let least = <i32>NONE_HELD;
  for (let k = 0; k < searched; k++) {
    const slot = leastBounded(request, valueOf(values, k), least);
    if (slot == UNBOUNDED) return UNBOUNDED;
    if (slot < 0) continue;
    if (held() < least || slot < best) best = slot;
    least = held();
  }
  return best;
}

// @ts-ignore: decorator
@inline function barrenFor(request: usize, value: i32): i32 {
  const barren = barrenOf(barrenHead(request), value);
  return barren == NONE ? addBarrenFor(request, value) : barren;
}

function addBarrenFor(request: usize, value: i32): i32 {
  return addBarren(barrenHead(request), value, agesOf(word(request, REQUEST_MEMBER_OF)));
}

/** Lowest eligible slot of a value without a task of the group, in the words before `end`, or -1. */
function firstWithout(request: usize, value: i32, end: i32): i32 {
  const barren = barrenFor(request, value);
  const counts = record(groupOf(request));
  let w = nextCandidate(barren, 0, end);
  let slot = -1;
  for (; w < end; w = nextCandidate(barren, w + 1, end)) {
    const grown = grownSince(barren, w);
    slot = seatless(counts, w, candidates64(value, w, grown));
    if (slot >= 0) break;
    if (!wantsBound(barren, w)) continue;
    look(groupOf(request), counts, value, w, grown);
    if (grown == EVERY) setBound(barren, w, held());
    else lowerBound(barren, w, held());
  }
  setBarren(barren, min(w, end));
  return slot;
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

/** Lowest eligible slot of a value with the fewest tasks of the group, at most `most`, or -1; all its words are barren. */
function leastBounded(request: usize, value: i32, most: i32): i32 {
  const barren = barrenFor(request, value);
  const counts = record(groupOf(request));
  const bounds = boundsOf(barren);
  const end = words();
  for (let bound = leastBound(bounds, end); bound <= min(most, MANY_HELD); bound = leastBound(bounds, end)) {
    if (bound == MANY_HELD) return UNBOUNDED;
    for (let w = nextBounded(bounds, bound, 0, end); w < end; w = nextBounded(bounds, bound, w + 1, end)) {
      look(groupOf(request), counts, value, w, EVERY);
      if (held() == bound) return slotHeld();
      setBound(barren, w, held());
    }
  }
  return -1;
}

// @ts-ignore: decorator
@inline function held(): i32 {
  return load<i32>(LOOK);
}

// @ts-ignore: decorator
@inline function slotHeld(): i32 {
  return load<i32>(LOOK, 4);
}

// @ts-ignore: decorator
@inline function setHeld(tasks: i32, slot: i32): void {
  store<i32>(LOOK, tasks);
  store<i32>(LOOK, slot, 4);
}

/** Those of some instances of a word that the programs allow and that have the value. */
// @ts-ignore: decorator
@inline function candidates64(value: i32, w: i32, among: u64): u64 {
  const lanes = allowed64(w) & among;
  return lanes == 0 || value == ANY ? lanes : ofValue64(value, w, lanes);
}

/** The lowest slot of the lanes that fits and holds no task of the group, or -1. */
// @ts-ignore: decorator
@inline function seatless(counts: usize, w: i32, lanes: u64): i32 {
  const free = lanes == 0 ? 0 : lanes & ~seats64(seatsOf(counts), w);
  const here = free == 0 ? 0 : fittingOf64(w, free);
  return here == 0 ? -1 : (w << 6) + lowest(here);
}

/** Finds the candidate among some instances of a word that holds the fewest tasks of the group. */
function look(group: i32, counts: usize, value: i32, w: i32, among: u64): void {
  let lanes = candidates64(value, w, among);
  const slot = seatless(counts, w, lanes);
  if (slot >= 0) return setHeld(0, slot);
  if (lanes != 0) lanes = fittingOf64(w, lanes);
  if (lanes == 0) return setHeld(i32.MAX_VALUE, -1);
  if (!isDense(counts)) return lookAtPairs(group, w, lanes);
  const column = countColumn(counts) + (<usize>w << 8);
  const fewest = <i32>least64(column, lanes);
  setHeld(fewest, (w << 6) + lowest(lanes & equal64(column, i32x4.splat(fewest))));
}

function lookAtPairs(group: i32, w: i32, lanes: u64): void {
  setHeld(i32.MAX_VALUE, -1);
  for (let rest = lanes; rest != 0 && held() > 1; rest &= rest - 1) {
    const slot = (w << 6) + lowest(rest);
    const here = count(group, slot);
    if (here < held()) setHeld(here, slot);
  }
}
