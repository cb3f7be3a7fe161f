/** On-Demand and Spot instances of Auto Scaling groups, one group or many a call. */
import {
  checkMixedInstancesTable,
  type MixedInstances,
  type MixedInstancesInput,
  type MixedInstancesTable,
  mixedInstancesTable,
  parseMixedInstances,
} from '../model/mixed-instances.ts';
import { answer } from './tables.ts';

/**
 * How many of a group's instances are On-Demand and how many Spot: the base first, then the percentage of the rest, rounded up
 * (Amazon EC2 Auto Scaling guide, mixed instances groups).
 * @throws InvalidParameterException WRONG_TYPE, OUT_OF_RANGE, naming the member.
 */
export function mixedInstances(input: MixedInstancesInput): MixedInstances {
  const mix = parseMixedInstances(input);
  const onDemand = onDemandCounts(mixedInstancesTable(mix))[0] as number;
  return { onDemand, spot: mix.total - onDemand };
}

/**
 * As `mixedInstances`, for a table of groups; answers the On-Demand instances, the rest of each total is Spot.
 * @throws InvalidParameterException WRONG_TYPE, WRONG_LENGTH, OUT_OF_RANGE, naming the column and the index.
 */
export function mixedInstancesBatch(table: MixedInstancesTable): Int32Array {
  checkMixedInstancesTable(table);
  return onDemandCounts(table);
}

function onDemandCounts(table: MixedInstancesTable): Int32Array {
  const ints = [table.onDemandBaseCapacity, table.onDemandPercentageAboveBaseCapacity, table.total];
  return answer([], ints, (core) => core.mixInstances(table.total.length)).ints(2);
}
