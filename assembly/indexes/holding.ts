// Instances that hold exactly so many tasks of a group, 64 at a time: what a spread over instances leaves once none is
// without. Called by query.
import { equal64 } from "../bits/lanes";
import { lowest } from "../bits/words";
import { count, countColumn, isDense, record, seatsOf } from "../table/counts";
import { seats64 } from "../table/seats";

/** Those of `lanes` that hold `tasks` tasks of the group, at least 1. */
export function holding64(group: i32, tasks: i32, w: i32, lanes: u64): u64 {
  const counts = record(group);
  if (isDense(counts)) return lanes & equal64(countColumn(counts) + (<usize>w << 8), i32x4.splat(tasks));
  let answer: u64 = 0;
  for (let rest = lanes & seats64(seatsOf(counts), w); rest != 0; rest &= rest - 1) {
    if (count(group, (w << 6) + lowest(rest)) == tasks) answer |= rest & (0 - rest);
  }
  return answer;
}
