/** Target tracking as the rule takes it: one decision as an object, or a table of them. Validated here for core and twin. */
import { MAX_AMOUNT } from '../../assembly/abi.ts';
import { boundColumns, doubleColumn, intColumn, MOST_METRIC } from './column.ts';
import { fields, real, whole } from './read.ts';

export interface TargetTrackingInput {
  /** Tasks that are RUNNING, or instances in service: not those desired. */
  readonly runningCount: number;
  /** The newest datapoint, in the metric's unit; it must fall in proportion when capacity is added. */
  readonly metricValue: number;
  /** Above 0, in the same unit. */
  readonly targetValue: number;
  /** Of the scalable target, in tasks or instances. */
  readonly minCapacity: number;
  readonly maxCapacity: number;
}

/** Many decisions, a column a member, all of one length. */
export interface TargetTrackingTable {
  readonly runningCount: Int32Array;
  readonly metricValue: Float64Array;
  readonly targetValue: Float64Array;
  readonly minCapacity: Int32Array;
  readonly maxCapacity: Int32Array;
}

/** @throws InvalidParameterException WRONG_TYPE, OUT_OF_RANGE, naming the member. */
export function checkTargetTracking(input: TargetTrackingInput): void {
  fields(input, '');
  whole(input.runningCount, 'runningCount');
  real(input.metricValue, 'metricValue', -MOST_METRIC, MOST_METRIC);
  real(input.targetValue, 'targetValue', Number.MIN_VALUE, MOST_METRIC);
  whole(input.minCapacity, 'minCapacity');
  whole(input.maxCapacity, 'maxCapacity', input.minCapacity);
}

/** @throws InvalidParameterException WRONG_TYPE, WRONG_LENGTH, OUT_OF_RANGE, naming the column and the index. */
export function checkTargetTrackingTable(table: TargetTrackingTable): void {
  fields(table, '');
  intColumn(table.runningCount, 'runningCount', undefined, 0, MAX_AMOUNT);
  const { length } = table.runningCount;
  doubleColumn(table.metricValue, 'metricValue', length, -MOST_METRIC, MOST_METRIC);
  doubleColumn(table.targetValue, 'targetValue', length, Number.MIN_VALUE, MOST_METRIC);
  intColumn(table.minCapacity, 'minCapacity', length, 0, MAX_AMOUNT);
  intColumn(table.maxCapacity, 'maxCapacity', length, 0, MAX_AMOUNT);
  boundColumns(table.minCapacity, table.maxCapacity, 'maxCapacity', MAX_AMOUNT);
}
