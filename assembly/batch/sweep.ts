// Sweep: a spread over instances fills level by level. Every instance with the fewest tasks of the group gets one, in the
// order of slots; then those that now have one more, and so on. One pass over the words serves a whole level.
import { NONE } from "../abi";
import { lowest } from "../bits/words";
import { equal64 } from "../bits/lanes";
import { fewestTasks } from "../indexes/first-fit";
import { eligible64, nextWord } from "../indexes/query";
import { count, countColumn, isDense, record, seatsOf } from "../table/counts";
import { words } from "../table/instances";
import { groupOf } from "../table/requests";
import { seats64 } from "../table/seats";
import { lanesOf, levelOf, pointAt, sweepFrom, wordOf } from "./cursors";

/** Points the cursor at the next instance of the word it stands at, if there is one. */
// @ts-ignore: decorator
@inline export function nextLane(cursor: usize): bool {
  if (lanesOf(cursor) == 0) return false;
  take(cursor, levelOf(cursor), wordOf(cursor), lanesOf(cursor));
  return true;
}

/** Points the cursor at the next instance of its domain, which is the level at hand in indexes/levels. */
export function sweep(cursor: usize, request: usize): void {
  const group = groupOf(request);
  let lanes: u64 = 0;
  let w = wordOf(cursor);
  if (levelOf(cursor) == NONE) return nextLevel(cursor, request);
  while (lanes == 0) {
    w = nextWord(w + 1);
    if (w >= words()) return nextLevel(cursor, request);
    lanes = eligible64(w);
    if (lanes != 0) lanes = withCount64(group, levelOf(cursor), w, lanes);
  }
  take(cursor, levelOf(cursor), w, lanes);
}

/** Starts the lowest level that has an eligible instance. */
function nextLevel(cursor: usize, request: usize): void {
  const group = groupOf(request);
  const slot = fewestTasks(request);
  if (slot < 0) return pointAt(cursor, NONE, 0, 0);
  const level = count(group, slot);
  const w = slot >> 6;
  take(cursor, level, w, withCount64(group, level, w, eligible64(w)));
}

// @ts-ignore: decorator
@inline function take(cursor: usize, level: i32, w: i32, lanes: u64): void {
  sweepFrom(cursor, level, w, lanes & (lanes - 1));
  pointAt(cursor, (w << 6) + lowest(lanes), level, 1);
}

/** Those of `lanes` that hold exactly `level` tasks of the group. */
function withCount64(group: i32, level: i32, w: i32, lanes: u64): u64 {
  const at = record(group);
  if (level == 0) return lanes & ~seats64(seatsOf(at), w);
  if (isDense(at)) return lanes & equal64(countColumn(at) + (<usize>w << 8), i32x4.splat(level));
  let answer: u64 = 0;
  for (let rest = lanes & seats64(seatsOf(at), w); rest != 0; rest &= rest - 1) {
    if (count(group, (w << 6) + lowest(rest)) == level) answer |= rest & (0 - rest);
  }
  return answer;
}
