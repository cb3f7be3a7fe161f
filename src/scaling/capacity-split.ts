/** How new tasks are shared out over a capacity provider strategy, for one service or many a call. */
import {
  type CapacitySplitTable,
  capacitySplitTable,
  checkCapacitySplitTable,
  type DistributeCapacityInput,
  parseCapacitySplit,
} from '../model/capacity-split.ts';
import { answer } from './tables.ts';

/**
 * New tasks by capacity provider, in the order of the strategy, zeros included: the base first, then in the ratio of the
 * weights (ECS API, CapacityProviderStrategyItem). AWS does not say who is next within a ratio. 'sequential' gives task after
 * task to the provider with the least (tasks beyond base + 1) / weight, the first of several: it goes on from `runningCounts`
 * as tasks are added. 'largestRemainder' gives whole shares and then the largest fractions.
 *
 * A provider that is alone gets all, without a weight too. (JavaScript lists members named like array indexes first.)
 * @throws InvalidParameterException WRONG_TYPE, NOT_ALLOWED, OUT_OF_RANGE, EMPTY, RUNNING_COUNTS_RULE, naming the member, and
 * what CreateService refuses: CAPACITY_PROVIDER_COUNT, _TWICE, _BASE, _WEIGHT, _MIX.
 */
export function distributeCapacity(input: DistributeCapacityInput): Record<string, number> {
  const split = parseCapacitySplit(input);
  const given = distribute(capacitySplitTable(split));
  return Object.fromEntries(split.providers.map(({ capacityProvider }, k) => [capacityProvider, given[k] as number]));
}

/**
 * As `distributeCapacity`, for a table of services; answers the new tasks of each provider of each service.
 * @throws InvalidParameterException WRONG_TYPE, WRONG_LENGTH, OUT_OF_RANGE, EMPTY, CAPACITY_PROVIDER_WEIGHT, naming the column
 * and the index.
 */
export function distributeCapacityBatch(table: CapacitySplitTable): Int32Array {
  checkCapacitySplitTable(table);
  return distribute(table);
}

function distribute(table: CapacitySplitTable): Int32Array {
  const ints = [table.count, table.rule, table.providersEnd, table.weight, table.base, table.runningCount];
  const held = answer([], ints, (core) => core.splitCapacity(table.count.length, table.weight.length)).ints(5);
  return held.map((count, k) => count - (table.runningCount[k] as number));
}
