// Zone balance: where an Auto Scaling group launches and terminates instances. The zone with the fewest, or with the most.
import { NONE } from "../abi";
import { exchange } from "../memory/arena";
import { setWord, word, words } from "../memory/cells";

function fewest(counts: usize, from: i32, to: i32): i32 {
  let best = from;
  for (let z = from + 1; z < to; z++) if (word(counts, z) < word(counts, best)) best = z;
  return best;
}

/** Among those with an instance that may end. */
function most(counts: usize, kept: usize, from: i32, to: i32): i32 {
  let best = NONE;
  for (let z = from; z < to; z++) {
    if (word(counts, z) <= word(kept, z)) continue;
    if (best == NONE || word(counts, z) > word(counts, best)) best = z;
  }
  return best;
}

/**
 * Columns of i32 in the exchange buffer: changes, above 0 launches and below 0 terminations, ends of zones by group; protected
 * instances, instances by zone. The instances are written over. Ties: the first zone. Without one that may end, none does.
 */
export function balanceZones(groups: i32, zones: i32): void {
  const changes = exchange(0);
  const ends = changes + words(groups);
  const kept = ends + words(groups);
  const counts = kept + words(zones);
  let from = 0;
  for (let k = 0; k < groups; k++) {
    const to = word(ends, k);
    if (from == to) continue;
    for (let left = word(changes, k); left > 0; left--) {
      const zone = fewest(counts, from, to);
      setWord(counts, zone, word(counts, zone) + 1);
    }
    for (let left = word(changes, k); left < 0; left++) {
      const zone = most(counts, kept, from, to);
      if (zone == NONE) break;
      setWord(counts, zone, word(counts, zone) - 1);
    }
    from = to;
  }
}
