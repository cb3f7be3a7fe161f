/** Alarm: the state after the newest datapoints (CloudWatch user guide, configuring how alarms treat missing data). */
import type { Alarm, AlarmState } from '../../model/alarm.ts';

export function evaluateAlarm(alarm: Alarm): AlarmState {
  const { evaluationPeriods, datapointsToAlarm, datapoints, treatMissingData, previousState } = alarm;
  const known = datapoints
    .map((value, k) => ({ value, age: datapoints.length - k }))
    .filter(({ value }) => value !== null)
    .slice(-evaluationPeriods);
  const breaching = known.filter(({ value }) => breaches(alarm, value as number)).length;
  const stateFor = (count: number): AlarmState => (count >= datapointsToAlarm ? 'ALARM' : 'OK');

  if (known.length === evaluationPeriods) return stateFor(breaching);
  if (treatMissingData === 'breaching') return stateFor(breaching + evaluationPeriods - known.length);
  if (treatMissingData === 'notBreaching') return stateFor(breaching);
  const oldest = known[0];
  if (oldest === undefined) return treatMissingData === 'missing' ? 'INSUFFICIENT_DATA' : previousState;
  if (breaching < known.length) return stateFor(breaching);
  if (breaching >= datapointsToAlarm) return 'ALARM';
  // Too few, all breaching, the others missing: an alarm only when that has lasted long enough.
  return treatMissingData === 'missing' && oldest.age >= datapointsToAlarm ? 'ALARM' : previousState;
}

function breaches({ comparisonOperator, threshold }: Alarm, value: number): boolean {
  switch (comparisonOperator) {
    case 'GreaterThanThreshold':
      return value > threshold;
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold;
    case 'LessThanThreshold':
      return value < threshold;
    case 'LessThanOrEqualToThreshold':
      return value <= threshold;
  }
}
