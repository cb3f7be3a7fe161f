/** Target tracking, one decision or many a call. */
import {
  checkTargetTracking,
  checkTargetTrackingTable,
  type TargetTrackingInput,
  type TargetTrackingTable,
} from '../model/target-tracking.ts';
import { answer, ask } from './tables.ts';

/**
 * Capacity that a target tracking policy asks for when its alarm fires: runningCount x metricValue / targetValue, rounded up
 * when it grows and when it shrinks, within minCapacity and maxCapacity (Application Auto Scaling guide, target tracking;
 * Amazon EC2 Auto Scaling guide, scaling based on Amazon SQS). From 0 it asks for 1 once the metric is above its target (ECS
 * developer guide, service-auto-scaling). Whether an alarm fires, cooldowns and several policies are the caller's.
 *
 * Rounding: a result within 1e-12 of its size of a whole number is that number, so 3 tasks at 0.1 of a target of 0.1 stay 3,
 * and the 2 tasks at 52 of 50 become ceil(2.08) = 3.
 * @throws InvalidParameterException WRONG_TYPE, OUT_OF_RANGE, naming the member: a metric that is not finite, a target that is
 * not above 0, a maximum below the minimum.
 */
export function targetTracking(input: TargetTrackingInput): number {
  checkTargetTracking(input);
  const { runningCount, metricValue, targetValue, minCapacity, maxCapacity } = input;
  return ask((core) => core.trackedCapacity(runningCount, metricValue, targetValue, minCapacity, maxCapacity));
}

/**
 * As `targetTracking`, for a table of decisions; answers the new capacities.
 * @throws InvalidParameterException WRONG_TYPE, WRONG_LENGTH, OUT_OF_RANGE, naming the column and the index.
 */
export function targetTrackingBatch(table: TargetTrackingTable): Int32Array {
  checkTargetTrackingTable(table);
  return track(table);
}

function track(table: TargetTrackingTable): Int32Array {
  const ints = [table.runningCount, table.minCapacity, table.maxCapacity];
  return answer([table.metricValue, table.targetValue], ints, (core) =>
    core.trackTargets(table.runningCount.length),
  ).ints(0);
}
