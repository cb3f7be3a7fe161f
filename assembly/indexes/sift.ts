// Sift: a spread over an attribute of many values, then one last key, in one pass over the words that have room. Domain
// by domain would mean a walk for each count that some value has. Called by plan in place of the levels.
import {
  COLUMN_REMAINING_CPU, COLUMN_REMAINING_MEMORY, STRATEGY_BINPACK_CPU, STRATEGY_BINPACK_MEMORY, STRATEGY_SPREAD_INSTANCE,
  VALUE_MISSING,
} from "../abi";
import { lowest } from "../bits/words";
import { domainPage } from "../table/attributes";
import { count } from "../table/counts";
import { domainAttribute, domainCounts } from "../table/domains";
import { cell, words } from "../table/instances";
import { PAGE_WORDS, valueIn } from "../table/pages";
import { groupOf } from "../table/requests";
import { fitting64, nextWord } from "./query";

const LAST: u32 = 0xffffffff; // domain count of the instances without the attribute

/** The eligible slot with the least (tasks in its domain, last key, slot), or -1; `domains` is a (group, attribute) pair. */
export function leastInDomains(request: usize, domains: i32, kind: i32): i32 {
  const attribute = domainAttribute(domains);
  const counts = domainCounts(domains);
  let best = -1;
  let least = LAST;
  let leastKey = i32.MAX_VALUE;
  for (let w = nextWord(0), end = words(); w < end; w = nextWord(w + 1)) {
    const page = domainPage(attribute, w);
    const first = (w & (PAGE_WORDS - 1)) << 6;
    for (let rest = fitting64(w); rest != 0; rest &= rest - 1) {
      const lane = lowest(rest);
      const value = valueIn(page, first + lane);
      const here = value == VALUE_MISSING ? LAST : load<u32>(counts + (<usize>value << 2));
      if (here > least) continue;
      const key = keyOf(request, kind, (w << 6) + lane);
      if (best >= 0 && here == least && key >= leastKey) continue;
      least = here;
      leastKey = key;
      best = (w << 6) + lane;
    }
  }
  return best;
}

/** What the last strategy compares. */
// @ts-ignore: decorator
@inline function keyOf(request: usize, kind: i32, slot: i32): i32 {
  if (kind == STRATEGY_BINPACK_CPU) return cell(COLUMN_REMAINING_CPU, slot);
  if (kind == STRATEGY_BINPACK_MEMORY) return cell(COLUMN_REMAINING_MEMORY, slot);
  return kind == STRATEGY_SPREAD_INSTANCE ? count(groupOf(request), slot) : 0;
}
