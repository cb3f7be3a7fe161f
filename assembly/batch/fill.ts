// Fill: the chosen instance of a binpack stays the tightest fit until it can take no more, so a batch gives it all it can
// take at once. The same holds for a list that ends with a spread over an attribute, where the lowest slot wins.
import {
  COLUMN_REMAINING_CPU, COLUMN_REMAINING_ENI, COLUMN_REMAINING_GPU, COLUMN_REMAINING_MEMORY, NONE, STRATEGY_BINPACK_CPU,
  STRATEGY_BINPACK_MEMORY,
} from "../abi";
import { lastKey } from "../indexes/plan";
import { cpuOf, eniOf, gpuOf, memoryOf, portsOf } from "../table/demands";
import { cell } from "../table/instances";
import { demandOf, isDistinct, strategyCount, strategyKind } from "../table/requests";
import { pointAt } from "./cursors";

/** Column that the last strategy of the request compares, or NONE. */
function keyColumnOf(request: usize): i32 {
  const kind = strategyKind(request, strategyCount(request) - 1);
  if (kind == STRATEGY_BINPACK_CPU) return COLUMN_REMAINING_CPU;
  return kind == STRATEGY_BINPACK_MEMORY ? COLUMN_REMAINING_MEMORY : NONE;
}

/** By how much a task lowers the key. */
export function keyNeed(request: usize): i32 {
  const which = keyColumnOf(request);
  if (which == NONE) return 0;
  return which == COLUMN_REMAINING_CPU ? cpuOf(demandOf(request)) : memoryOf(demandOf(request));
}

/** Points the cursor at the next instance of its domain, which is the level at hand. */
export function refill(cursor: usize, request: usize): void {
  const slot = lastKey(request);
  if (slot < 0) return pointAt(cursor, NONE, 0, 0);
  const which = keyColumnOf(request);
  pointAt(cursor, slot, which == NONE ? 0 : cell(which, slot), fits(request, slot));
}

/** How many tasks of the request the instance can take, at least 1. */
function fits(request: usize, slot: i32): i32 {
  const demand = demandOf(request);
  if (isDistinct(request) || portsOf(demand) > 0) return 1;
  const byCpu = times(cell(COLUMN_REMAINING_CPU, slot), cpuOf(demand));
  const byMemory = times(cell(COLUMN_REMAINING_MEMORY, slot), memoryOf(demand));
  const byEni = times(cell(COLUMN_REMAINING_ENI, slot), eniOf(demand));
  const byGpu = times(cell(COLUMN_REMAINING_GPU, slot), gpuOf(demand));
  return min(min(byCpu, byMemory), min(byEni, byGpu));
}

// @ts-ignore: decorator
@inline function times(left: i32, need: i32): i32 {
  return need == 0 ? i32.MAX_VALUE : left / need;
}
