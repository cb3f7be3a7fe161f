/**
 * CloudWatch alarms as the evaluator takes them: one as an object in CloudWatch's words, or a table of them. Validated here
 * for the core and its twin.
 */
import { doubleColumn, endColumn, intColumn, MOST_METRIC } from './column.ts';
import { noTypos } from './known-members.ts';
import { fields, list, oneOf, optionalOneOf, optionalWhole, real, whole } from './read.ts';

/** The index is the code in tables. */
export const ALARM_STATES = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const;
/** The index is the code in tables; CloudWatch's other operators are those of anomaly detection. */
export const COMPARISON_OPERATORS = [
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'GreaterThanOrEqualToThreshold',
] as const;
/** The index is the code in tables. */
export const MISSING_DATA_TREATMENTS = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;

export type AlarmState = (typeof ALARM_STATES)[number];
export type ComparisonOperator = (typeof COMPARISON_OPERATORS)[number];
export type MissingDataTreatment = (typeof MISSING_DATA_TREATMENTS)[number];

/** CloudWatch allows a day of periods; the shortest is ten seconds. */
const MOST_PERIODS = 8640;

export interface AlarmInput {
  /** N: how many of the newest datapoints are looked at, 1 to 8,640. */
  readonly evaluationPeriods: number;
  /** M of these must breach, 1 to N. Default N. */
  readonly datapointsToAlarm?: number | undefined;
  readonly comparisonOperator: ComparisonOperator;
  /** In the metric's unit. */
  readonly threshold: number;
  /** Default 'missing'. */
  readonly treatMissingData?: MissingDataTreatment | undefined;
  /**
   * One for each period of the evaluation range, oldest first, null where none came. The range is a little longer than N
   * (CloudWatch: 5 when N is 3), so that older datapoints stand in for missing ones.
   */
  readonly datapoints: readonly (number | null)[];
  /** Default 'INSUFFICIENT_DATA', that of a new alarm. */
  readonly previousState?: AlarmState | undefined;
}

/** An alarm with its defaults. */
export type Alarm = { readonly [Member in keyof AlarmInput]-?: NonNullable<AlarmInput[Member]> };

/** Many alarms, a column a member; all columns but `datapoints` are as long as there are alarms. */
export interface AlarmTable {
  readonly evaluationPeriods: Int32Array;
  readonly datapointsToAlarm: Int32Array;
  /** Indexes in COMPARISON_OPERATORS. */
  readonly comparisonOperator: Int32Array;
  readonly threshold: Float64Array;
  /** Indexes in MISSING_DATA_TREATMENTS. */
  readonly treatMissingData: Int32Array;
  /** Those of all alarms, one alarm's after the other's, oldest first; NaN is a missing one. */
  readonly datapoints: Float64Array;
  /** Where each alarm's datapoints end. */
  readonly datapointsEnd: Int32Array;
  /** Indexes in ALARM_STATES. */
  readonly previousState: Int32Array;
}

const ALARM_MEMBERS = [
  ...['evaluationPeriods', 'datapointsToAlarm', 'comparisonOperator', 'threshold', 'treatMissingData', 'datapoints'],
  'previousState',
];

/** @throws InvalidParameterException WRONG_TYPE, NOT_ALLOWED, OUT_OF_RANGE, UNKNOWN_MEMBER, naming the member. */
export function parseAlarm(input: AlarmInput): Alarm {
  noTypos(fields(input, ''), '', ALARM_MEMBERS);
  const evaluationPeriods = whole(input.evaluationPeriods, 'evaluationPeriods', 1, MOST_PERIODS);
  return {
    evaluationPeriods,
    datapointsToAlarm:
      optionalWhole(input.datapointsToAlarm, 'datapointsToAlarm', 1, evaluationPeriods) ?? evaluationPeriods,
    comparisonOperator: oneOf(input.comparisonOperator, 'comparisonOperator', COMPARISON_OPERATORS),
    threshold: real(input.threshold, 'threshold', -MOST_METRIC, MOST_METRIC),
    treatMissingData: optionalOneOf(input.treatMissingData, 'treatMissingData', MISSING_DATA_TREATMENTS) ?? 'missing',
    datapoints: list(input.datapoints, 'datapoints').map((value, k) =>
      value === null || value === undefined ? null : real(value, `datapoints[${k}]`, -MOST_METRIC, MOST_METRIC),
    ),
    previousState: optionalOneOf(input.previousState, 'previousState', ALARM_STATES) ?? 'INSUFFICIENT_DATA',
  };
}

export function alarmTable(alarm: Alarm): AlarmTable {
  return {
    evaluationPeriods: Int32Array.of(alarm.evaluationPeriods),
    datapointsToAlarm: Int32Array.of(alarm.datapointsToAlarm),
    comparisonOperator: Int32Array.of(COMPARISON_OPERATORS.indexOf(alarm.comparisonOperator)),
    threshold: Float64Array.of(alarm.threshold),
    treatMissingData: Int32Array.of(MISSING_DATA_TREATMENTS.indexOf(alarm.treatMissingData)),
    datapoints: Float64Array.from(alarm.datapoints, (value) => value ?? Number.NaN),
    datapointsEnd: Int32Array.of(alarm.datapoints.length),
    previousState: Int32Array.of(ALARM_STATES.indexOf(alarm.previousState)),
  };
}

/** @throws InvalidParameterException WRONG_TYPE, WRONG_LENGTH, OUT_OF_RANGE, naming the column and the index. */
export function checkAlarmTable(table: AlarmTable): void {
  fields(table, '');
  intColumn(table.evaluationPeriods, 'evaluationPeriods', undefined, 1, MOST_PERIODS);
  const { length } = table.evaluationPeriods;
  intColumn(table.datapointsToAlarm, 'datapointsToAlarm', length, 1, MOST_PERIODS);
  intColumn(table.comparisonOperator, 'comparisonOperator', length, 0, COMPARISON_OPERATORS.length - 1);
  doubleColumn(table.threshold, 'threshold', length, -MOST_METRIC, MOST_METRIC);
  intColumn(table.treatMissingData, 'treatMissingData', length, 0, MISSING_DATA_TREATMENTS.length - 1);
  doubleColumn(table.datapoints, 'datapoints', undefined, -MOST_METRIC, MOST_METRIC, true);
  endColumn(table.datapointsEnd, 'datapointsEnd', length, table.datapoints.length);
  intColumn(table.previousState, 'previousState', length, 0, ALARM_STATES.length - 1);
  const wrong = table.datapointsToAlarm.findIndex((m, k) => m > (table.evaluationPeriods[k] as number));
  if (wrong >= 0)
    whole(table.datapointsToAlarm[wrong], `datapointsToAlarm[${wrong}]`, 1, table.evaluationPeriods[wrong]);
}
