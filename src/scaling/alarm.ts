/** CloudWatch alarms, one or many a call. */
import {
  ALARM_STATES,
  type AlarmInput,
  type AlarmState,
  type AlarmTable,
  alarmTable,
  checkAlarmTable,
  parseAlarm,
} from '../model/alarm.ts';
import { answer } from './tables.ts';

/**
 * State of a CloudWatch alarm after its newest datapoints: M of N, with missing datapoints treated as the alarm says
 * (CloudWatch user guide, using CloudWatch alarms, both tables on missing data). Values are compared as doubles, without
 * tolerance: 0.1 + 0.2 is greater than 0.3.
 * @throws InvalidParameterException WRONG_TYPE, NOT_ALLOWED, OUT_OF_RANGE, naming the member.
 */
export function evaluateAlarm(input: AlarmInput): AlarmState {
  return ALARM_STATES[evaluate(alarmTable(parseAlarm(input)))[0] as number] as AlarmState;
}

/**
 * As `evaluateAlarm`, for a table of alarms; answers an index in ALARM_STATES for each.
 * @throws InvalidParameterException WRONG_TYPE, WRONG_LENGTH, OUT_OF_RANGE, naming the column and the index.
 */
export function evaluateAlarmBatch(table: AlarmTable): Int32Array {
  checkAlarmTable(table);
  return evaluate(table);
}

function evaluate(table: AlarmTable): Int32Array {
  const { evaluationPeriods, datapointsToAlarm, comparisonOperator, treatMissingData, datapointsEnd } = table;
  const ints = [
    evaluationPeriods,
    datapointsToAlarm,
    comparisonOperator,
    treatMissingData,
    datapointsEnd,
    table.previousState,
  ];
  return answer([table.threshold, table.datapoints], ints, (core) =>
    core.evaluateAlarms(evaluationPeriods.length, table.datapoints.length),
  ).ints(5);
}
