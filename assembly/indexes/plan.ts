// Planner: answers every decision through the indexes. A list of at most one spread over an attribute and one last key
// is one search for each level; compose makes any other of such searches. Every answer is the one the stages would give.
import {
  COLUMN_REMAINING_CPU, COLUMN_REMAINING_MEMORY, STRATEGY_BINPACK_CPU, STRATEGY_BINPACK_MEMORY, STRATEGY_RANDOM,
  STRATEGY_SPREAD_ATTRIBUTE, STRATEGY_SPREAD_INSTANCE,
} from "../abi";
import { largestValue } from "../table/attributes";
import { wantsAllGpus } from "../table/demands";
import { domainAttribute } from "../table/domains";
import { demandOf, strategyArgument, strategyCount, strategyKind } from "../table/requests";
import { composed } from "./compose";
import { fewestTasks, firstEligible } from "./first-fit";
import { everyLevel, firstLevel, nextLevel, searchedInVain, setLevels } from "./levels";
import { tightestFit } from "./pack";
import { setQuery } from "./query";
import { leastInDomains } from "./sift";
import { WITH_INDEXES } from "./switch";

export const UNPLANNED = -2;
const MOST_LEVELS = 32; // values beyond which one pass beats a walk for each count of tasks

/** The slot, -1 when no instance can take the task, or, without indexes, UNPLANNED. */
export function planned(request: usize): i32 {
  if (!WITH_INDEXES && !(isPlannable(request) && endsInBinpack(request))) return UNPLANNED;
  setQuery(request);
  everyLevel();
  if (strategyKind(request, 0) != STRATEGY_SPREAD_ATTRIBUTE) {
    return isOneKey(request) ? lastKey(request) : composed(request);
  }
  if (!isOneKey(request)) return composed(request);
  if (largestValue(domainAttribute(strategyArgument(request, 0))) > MOST_LEVELS) {
    return leastInDomains(request, strategyArgument(request, 0), strategyKind(request, strategyCount(request) - 1));
  }
  setLevels(request);
  for (let level = firstLevel(); level >= 0; level = nextLevel(level)) {
    const slot = lastKey(request);
    if (slot >= 0) return slot;
    if (WITH_INDEXES) searchedInVain(request, 0);
  }
  return -1;
}

function endsInBinpack(request: usize): bool {
  const last = strategyKind(request, strategyCount(request) - 1);
  return last == STRATEGY_BINPACK_CPU || last == STRATEGY_BINPACK_MEMORY;
}

/** Whether `lastKey` answers the request level by level, and placing a task takes the same from every instance. */
export function isPlannable(request: usize): bool {
  return isOneKey(request) && !wantsAllGpus(demandOf(request));
}

/** Whether the list is at most one spread over an attribute and then at most one other strategy but random. */
function isOneKey(request: usize): bool {
  const count = strategyCount(request);
  const first = strategyKind(request, 0);
  if (first == STRATEGY_RANDOM) return false;
  if (count == 1) return true;
  const last = strategyKind(request, 1);
  return count == 2 && first == STRATEGY_SPREAD_ATTRIBUTE && last != STRATEGY_RANDOM && last != STRATEGY_SPREAD_ATTRIBUTE;
}

/** The instance that the last strategy of the list prefers within the level at hand, or -1; after `setQuery`. */
export function lastKey(request: usize): i32 {
  const kind = strategyKind(request, strategyCount(request) - 1);
  if (kind == STRATEGY_BINPACK_CPU) return tightestFit(request, COLUMN_REMAINING_CPU);
  if (kind == STRATEGY_BINPACK_MEMORY) return tightestFit(request, COLUMN_REMAINING_MEMORY);
  if (kind == STRATEGY_SPREAD_INSTANCE) return fewestTasks(request);
  return firstEligible();
}
