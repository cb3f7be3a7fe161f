/** Step scaling, one decision or many a call. */
import { parseStepScaling, type StepScalingInput } from '../model/step-scaling.ts';
import { checkStepScalingTable, type StepScalingTable, stepScalingTable } from '../model/step-table.ts';
import { answer } from './tables.ts';

/**
 * Capacity that a step scaling policy asks for: the step that metricValue - threshold falls into, applied to currentCapacity,
 * within minCapacity and maxCapacity (Application Auto Scaling guide, step scaling policies). At or above the threshold a step
 * holds its lower bound and not its upper one, below it the other way round. Without a step the capacity stays, within its
 * bounds.
 *
 * Rounding of percentages: towards zero, but a change below 1 is 1 (12.7 is 12, 0.67 is 1, -0.58 is -1, -6.67 is -6).
 * A distance within 1e-12 of the metric's size of a bound is at the bound: 0.3 is 0.1 above 0.2.
 * @throws InvalidParameterException WRONG_TYPE, NOT_ALLOWED, OUT_OF_RANGE, STEP_COUNT, STEP_BOUNDS, MAGNITUDE_TYPE, naming the
 * member.
 */
export function stepScaling(input: StepScalingInput): number {
  return scale(stepScalingTable(parseStepScaling(input)))[0] as number;
}

/**
 * As `stepScaling`, for a table of decisions; answers the new capacities. That steps neither overlap nor leave gaps is not
 * checked here.
 * @throws InvalidParameterException WRONG_TYPE, WRONG_LENGTH, OUT_OF_RANGE, naming the column and the index.
 */
export function stepScalingBatch(table: StepScalingTable): Int32Array {
  checkStepScalingTable(table);
  return scale(table);
}

function scale(table: StepScalingTable): Int32Array {
  const doubles = [table.metricValue, table.threshold, table.metricIntervalLowerBound, table.metricIntervalUpperBound];
  const ints = [
    table.currentCapacity,
    table.adjustmentType,
    table.minAdjustmentMagnitude,
    table.minCapacity,
    table.maxCapacity,
    table.stepsEnd,
    table.scalingAdjustment,
  ];
  return answer(doubles, ints, (core) =>
    core.scaleBySteps(table.currentCapacity.length, table.scalingAdjustment.length),
  ).ints(0);
}
