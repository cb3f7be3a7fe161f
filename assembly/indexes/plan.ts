// Planner: answers a decision through an index where the strategy list has a shape that one serves: at most one spread
// over an attribute, then one last key. Every answer is the one the stages would give; anything else is left to them.
import {
  COLUMN_REMAINING_CPU, COLUMN_REMAINING_MEMORY, NONE, REQUEST_MEMBER_OF, STRATEGY_BINPACK_CPU, STRATEGY_BINPACK_MEMORY, STRATEGY_RANDOM,
  STRATEGY_SPREAD_ATTRIBUTE, STRATEGY_SPREAD_INSTANCE,
} from "../abi";
import { largestValue } from "../table/attributes";
import { gpuOf } from "../table/demands";
import { domainAttribute } from "../table/domains";
import { demandOf, groupOf, strategyArgument, strategyCount, strategyKind, word } from "../table/requests";
import { fewestTasks, firstEligible } from "./first-fit";
import { chooseIndex, walkedInVain } from "./choose";
import { everyLevel, firstLevel, nextLevel, setLevels } from "./levels";
import { setQuery } from "./query";
import { leastRemaining } from "./scan";
import { leastInDomains } from "./sift";
import { SPENT, tightest } from "./tightest";
import { WITH_INDEXES } from "./switch";

export const UNPLANNED = -2;
const MOST_LEVELS = 32; // values beyond which one pass beats a walk for each count of tasks

/** The slot, -1 when no instance can take the task, or UNPLANNED. */
export function planned(request: usize): i32 {
  if (!isPlannable(request) || (!WITH_INDEXES && !endsInBinpack(request))) return UNPLANNED;
  setQuery(request);
  if (strategyKind(request, 0) != STRATEGY_SPREAD_ATTRIBUTE) {
    everyLevel();
    return lastKey(request);
  }
  if (largestValue(domainAttribute(strategyArgument(request, 0))) > MOST_LEVELS) {
    return leastInDomains(request, strategyArgument(request, 0), strategyKind(request, strategyCount(request) - 1));
  }
  setLevels(strategyArgument(request, 0));
  for (let level = firstLevel(); level >= 0; level = nextLevel(level)) {
    const slot = lastKey(request);
    if (slot >= 0) return slot;
  }
  return -1;
}

function endsInBinpack(request: usize): bool {
  const last = strategyKind(request, strategyCount(request) - 1);
  return last == STRATEGY_BINPACK_CPU || last == STRATEGY_BINPACK_MEMORY;
}

/** Whether an index serves the request. */
export function isPlannable(request: usize): bool {
  if (gpuOf(demandOf(request)) == NONE) return false;
  const count = strategyCount(request);
  const first = strategyKind(request, 0);
  if (first == STRATEGY_RANDOM) return false;
  if (first != STRATEGY_SPREAD_ATTRIBUTE) return count == 1;
  if (count == 1) return true;
  const last = strategyKind(request, 1);
  return count == 2 && last != STRATEGY_RANDOM && last != STRATEGY_SPREAD_ATTRIBUTE;
}

/** The instance that the last strategy of the list prefers within the level at hand, or -1; after `setQuery`. */
export function lastKey(request: usize): i32 {
  const kind = strategyKind(request, strategyCount(request) - 1);
  if (kind == STRATEGY_BINPACK_CPU) return tightestFit(request, COLUMN_REMAINING_CPU);
  if (kind == STRATEGY_BINPACK_MEMORY) return tightestFit(request, COLUMN_REMAINING_MEMORY);
  if (kind == STRATEGY_SPREAD_INSTANCE) return fewestTasks(request);
  return firstEligible();
}

function tightestFit(request: usize, which: i32): i32 {
  const memberOf = word(request, REQUEST_MEMBER_OF);
  const index = chooseIndex(which, memberOf);
  const slot = index == 0 ? SPENT : tightest(index);
  if (slot != SPENT) return slot;
  if (index != 0) walkedInVain(which, memberOf);
  return leastRemaining(which);
}
