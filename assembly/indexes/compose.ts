// Compose: any list of strategies from searches that each settle one of them. A spread narrows the query to one level and
// the rest of the list is answered there; a binpack leaves ties, few as a rule, on which the rest is applied one by one;
// random draws among what is left. Called by plan for the lists that are more than one search.
import {
  COLUMN_REMAINING_CPU, COLUMN_REMAINING_MEMORY, REQUEST_MEMBER_OF, STRATEGY_BINPACK_CPU, STRATEGY_BINPACK_MEMORY,
  STRATEGY_RANDOM, STRATEGY_SPREAD_ATTRIBUTE, STRATEGY_SPREAD_INSTANCE,
} from "../abi";
import { count, entries, record } from "../table/counts";
import { groupOf, isDistinct, strategyArgument, strategyCount, strategyKind, word } from "../table/requests";
import { chooseIndex } from "./choose";
import { fewestTasks, firstEligible } from "./first-fit";
import { gatherEligible, gatherEqual } from "./gather";
import { everyLevel, firstLevel, nextLevel, popLevels, pushLevels, searchedInVain } from "./levels";
import { tightestFit } from "./pack";
import { keepHolding } from "./query";
import { drawTie, keepFewestDomainTies, keepFewestTies, keepLeastTies, lowestTie } from "./ties";

const MOST_FAILURES = 3; // levels searched in vain before all eligible instances are gathered instead

const FAILURES: usize = memory.data(4, 4);

/** The slot, or -1 when no instance can take the task; after `setQuery`. */
export function composed(request: usize): i32 {
  everyLevel();
  store<i32>(FAILURES, 0);
  return bestFrom(request, 0);
}

/** What the strategies from number `k` on prefer among the eligible instances of the levels at hand, or -1. */
function bestFrom(request: usize, k: i32): i32 {
  while (k < strategyCount(request) && isSettled(request, k)) k++;
  if (k == strategyCount(request)) return firstEligible();
  const kind = strategyKind(request, k);
  if (kind == STRATEGY_BINPACK_CPU) return packed(request, k, COLUMN_REMAINING_CPU);
  if (kind == STRATEGY_BINPACK_MEMORY) return packed(request, k, COLUMN_REMAINING_MEMORY);
  if (kind == STRATEGY_SPREAD_INSTANCE) return spreadInstances(request, k);
  if (kind == STRATEGY_SPREAD_ATTRIBUTE) return spreadAttribute(request, k);
  gatherEligible();
  return drawTie();
}

/** Whether all that is eligible ties by the strategy: the same stood before it, or no instance holds tasks to compare. */
function isSettled(request: usize, k: i32): bool {
  const kind = strategyKind(request, k);
  if (kind == STRATEGY_RANDOM) return false;
  if (kind == STRATEGY_SPREAD_INSTANCE && (isDistinct(request) || entries(record(groupOf(request))) == 0)) return true;
  for (let n = 0; n < k; n++) {
    if (strategyKind(request, n) != kind) continue;
    if (kind != STRATEGY_SPREAD_ATTRIBUTE || strategyArgument(request, n) == strategyArgument(request, k)) return true;
  }
  return false;
}

function packed(request: usize, k: i32, which: i32): i32 {
  const first = tightestFit(request, which);
  if (first < 0 || k + 1 == strategyCount(request)) return first;
  gatherEqual(chooseIndex(which, word(request, REQUEST_MEMBER_OF)), which, first);
  return bestTie(request, k + 1);
}

function spreadInstances(request: usize, k: i32): i32 {
  const first = fewestTasks(request);
  if (first < 0 || k + 1 == strategyCount(request)) return first;
  keepHolding(groupOf(request), count(groupOf(request), first), first);
  return bestFrom(request, k + 1);
}

function spreadAttribute(request: usize, k: i32): i32 {
  pushLevels(request, k);
  for (let level = firstLevel(); level >= 0 && load<i32>(FAILURES) < MOST_FAILURES; level = nextLevel(level)) {
    const slot = bestFrom(request, k + 1);
    if (slot >= 0) return slot;
    store<i32>(FAILURES, load<i32>(FAILURES) + 1);
    searchedInVain(request, k);
  }
  popLevels();
  if (load<i32>(FAILURES) < MOST_FAILURES) return -1;
  gatherEligible();
  return bestTie(request, k);
}

/** What the strategies from number `k` on prefer among the ties, or -1 when there is none. */
function bestTie(request: usize, k: i32): i32 {
  for (let end = strategyCount(request); k < end; k++) {
    const kind = strategyKind(request, k);
    if (kind == STRATEGY_RANDOM) return drawTie();
    if (kind == STRATEGY_BINPACK_CPU) keepLeastTies(COLUMN_REMAINING_CPU);
    else if (kind == STRATEGY_BINPACK_MEMORY) keepLeastTies(COLUMN_REMAINING_MEMORY);
    else if (kind == STRATEGY_SPREAD_INSTANCE) keepFewestTies(groupOf(request));
    else keepFewestDomainTies(strategyArgument(request, k));
  }
  return lowestTie();
}
