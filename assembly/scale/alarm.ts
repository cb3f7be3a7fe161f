// Alarm: the state of CloudWatch alarms after their newest datapoints, M of N, missing ones included. NaN is a missing one.
import {
  ALARM_ALARM, ALARM_INSUFFICIENT_DATA, ALARM_OK, BREACH_ABOVE, BREACH_AT_OR_ABOVE, BREACH_AT_OR_BELOW, MISSING_BREACHING,
  MISSING_MISSING, MISSING_NOT_BREACHING,
} from "../abi";
import { exchange } from "../memory/arena";
import { real, reals, setWord, word, words } from "../memory/cells";

export function breaches(value: f64, operator: i32, threshold: f64): bool {
  if (operator == BREACH_AT_OR_ABOVE) return value >= threshold;
  if (operator == BREACH_ABOVE) return value > threshold;
  if (operator == BREACH_AT_OR_BELOW) return value <= threshold;
  return value < threshold;
}

/** The datapoints are those of [from, to), oldest first. */
function alarmState(
  values: usize, from: i32, to: i32, periods: i32, toAlarm: i32, operator: i32, threshold: f64, missing: i32, before: i32,
): i32 {
  let known = 0, breaching = 0, age = 0;
  for (let k = to - 1; k >= from && known < periods; k--) {
    const value = real(values, k);
    if (value != value) continue;
    known++;
    age = to - k;
    if (breaches(value, operator, threshold)) breaching++;
  }
  return decidedState(known, breaching, age, periods, toAlarm, missing, before);
}

/**
 * What the newest `known` datapoints of the range say, at most `periods`; so many of them breach, and the oldest of them is
 * so many periods old.
 */
export function decidedState(
  known: i32, breaching: i32, age: i32, periods: i32, toAlarm: i32, missing: i32, before: i32,
): i32 {
  const counted = missing == MISSING_BREACHING ? breaching + periods - known : breaching;
  const decided = counted >= toAlarm ? ALARM_ALARM : ALARM_OK;
  if (known == periods || missing == MISSING_BREACHING || missing == MISSING_NOT_BREACHING) return decided;
  if (known == 0) return missing == MISSING_MISSING ? ALARM_INSUFFICIENT_DATA : before;
  if (breaching < known || decided == ALARM_ALARM) return decided;
  return missing == MISSING_MISSING && age >= toAlarm ? ALARM_ALARM : before;
}

/**
 * Columns in the exchange buffer: f64 thresholds by alarm, f64 datapoints; i32 evaluation periods, datapoints to alarm,
 * operators (BREACH_*), treatments (MISSING_*), ends of datapoints, states (ALARM_*) by alarm. The states are written over.
 */
export function evaluateAlarms(alarms: i32, datapoints: i32): void {
  const thresholds = exchange(0);
  const values = thresholds + reals(alarms);
  const periods = values + reals(datapoints);
  const toAlarm = periods + words(alarms);
  const operators = toAlarm + words(alarms);
  const missing = operators + words(alarms);
  const ends = missing + words(alarms);
  const states = ends + words(alarms);
  let from = 0;
  for (let k = 0; k < alarms; k++) {
    const to = word(ends, k);
    setWord(states, k, alarmState(
      values, from, to, word(periods, k), word(toAlarm, k), word(operators, k), real(thresholds, k), word(missing, k),
      word(states, k),
    ));
    from = to;
  }
}
