/** Many step scaling decisions at once: a column a member. Made and checked here, answered by the core. */
import { MAX_AMOUNT } from '../../assembly/abi.ts';
import { boundColumns, doubleColumn, endColumn, intColumn, MOST_METRIC } from './column.ts';
import { fields, whole } from './read.ts';
import { ADJUSTMENT_TYPES, type AdjustmentType, adjustmentRange, type StepScaling } from './step-scaling.ts';

/** All columns but the last three are as long as there are decisions; these hold the steps of all, one's after the other's. */
export interface StepScalingTable {
  readonly currentCapacity: Int32Array;
  readonly metricValue: Float64Array;
  readonly threshold: Float64Array;
  /** Indexes in ADJUSTMENT_TYPES. */
  readonly adjustmentType: Int32Array;
  /** 0 where there is none. */
  readonly minAdjustmentMagnitude: Int32Array;
  readonly minCapacity: Int32Array;
  readonly maxCapacity: Int32Array;
  /** Where each decision's steps end. Steps are taken as valid: of two that hold, the first counts. */
  readonly stepsEnd: Int32Array;
  /** -Infinity where there is none. */
  readonly metricIntervalLowerBound: Float64Array;
  /** Infinity where there is none. */
  readonly metricIntervalUpperBound: Float64Array;
  readonly scalingAdjustment: Int32Array;
}

export function stepScalingTable(decision: StepScaling): StepScalingTable {
  const { steps } = decision;
  return {
    currentCapacity: Int32Array.of(decision.currentCapacity),
    metricValue: Float64Array.of(decision.metricValue),
    threshold: Float64Array.of(decision.threshold),
    adjustmentType: Int32Array.of(ADJUSTMENT_TYPES.indexOf(decision.adjustmentType)),
    minAdjustmentMagnitude: Int32Array.of(decision.minAdjustmentMagnitude),
    minCapacity: Int32Array.of(decision.minCapacity),
    maxCapacity: Int32Array.of(decision.maxCapacity),
    stepsEnd: Int32Array.of(steps.length),
    metricIntervalLowerBound: Float64Array.from(steps, ({ lower }) => lower),
    metricIntervalUpperBound: Float64Array.from(steps, ({ upper }) => upper),
    scalingAdjustment: Int32Array.from(steps, ({ adjustment }) => adjustment),
  };
}

/** @throws InvalidParameterException WRONG_TYPE, WRONG_LENGTH, OUT_OF_RANGE, naming the column and the index. */
export function checkStepScalingTable(table: StepScalingTable): void {
  fields(table, '');
  intColumn(table.currentCapacity, 'currentCapacity', undefined, 0, MAX_AMOUNT);
  const { length } = table.currentCapacity;
  doubleColumn(table.metricValue, 'metricValue', length, -MOST_METRIC, MOST_METRIC);
  doubleColumn(table.threshold, 'threshold', length, -MOST_METRIC, MOST_METRIC);
  intColumn(table.adjustmentType, 'adjustmentType', length, 0, ADJUSTMENT_TYPES.length - 1);
  intColumn(table.minAdjustmentMagnitude, 'minAdjustmentMagnitude', length, 0, MAX_AMOUNT);
  intColumn(table.minCapacity, 'minCapacity', length, 0, MAX_AMOUNT);
  intColumn(table.maxCapacity, 'maxCapacity', length, 0, MAX_AMOUNT);
  boundColumns(table.minCapacity, table.maxCapacity, 'maxCapacity', MAX_AMOUNT);
  intColumn(table.scalingAdjustment, 'scalingAdjustment', undefined, -MAX_AMOUNT, MAX_AMOUNT);
  const steps = table.scalingAdjustment.length;
  doubleColumn(table.metricIntervalLowerBound, 'metricIntervalLowerBound', steps, -Infinity, MOST_METRIC);
  doubleColumn(table.metricIntervalUpperBound, 'metricIntervalUpperBound', steps, -MOST_METRIC, Infinity);
  endColumn(table.stepsEnd, 'stepsEnd', length, steps);
  checkAdjustments(table);
}

/** Each step's adjustment within what its decision's type allows. */
function checkAdjustments({ adjustmentType, stepsEnd, scalingAdjustment }: StepScalingTable): void {
  let step = 0;
  stepsEnd.forEach((end, k) => {
    const range = adjustmentRange(ADJUSTMENT_TYPES[adjustmentType[k] as number] as AdjustmentType);
    for (; step < end; step++) whole(scalingAdjustment[step], `scalingAdjustment[${step}]`, ...range);
  });
}
