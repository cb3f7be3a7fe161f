/** Why an alarm is in its state, in CloudWatch's words. Called by Metrics. */
import type { MetricAlarmState } from '../cluster/alarm-state.ts';
import type { ClusterView } from '../cluster/state.ts';
import type { AlarmState, ComparisonOperator } from '../model/alarm.ts';
import type { WatchedByMetrics } from './watched.ts';

const COMPARED: Readonly<Record<ComparisonOperator, readonly [is: string, isNot: string]>> = {
  GreaterThanThreshold: ['greater than', 'not greater than'],
  GreaterThanOrEqualToThreshold: ['greater than or equal to', 'not greater than or equal to'],
  LessThanThreshold: ['less than', 'not less than'],
  LessThanOrEqualToThreshold: ['less than or equal to', 'not less than or equal to'],
};

/** 52 as 52.0. */
function decimal(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

/** dd/mm/yy hh:mm:ss of the datapoint's beginning. */
function stamp(epochMs: number): string {
  const [date = '', time = ''] = new Date(epochMs).toISOString().split('T');
  const [year = '', month, day] = date.split('-');
  return `${day}/${month}/${year.slice(2)} ${time.slice(0, 8)}`;
}

/** As it is now. */
export function reasonOf(view: ClusterView, { alarm, source }: WatchedByMetrics, state: AlarmState): string {
  const { value, periodMs } = source;
  return textOf(alarm, state, value, view.startEpochMs + view.nowMs - periodMs);
}

function textOf(alarm: MetricAlarmState, state: AlarmState, value: number, beganMs: number): string {
  const { evaluationPeriods: n, datapointsToAlarm: m, comparisonOperator, threshold } = alarm.settings;
  if (state === 'INSUFFICIENT_DATA') return `Insufficient Data: ${n} datapoints were unknown.`;
  if (Number.isNaN(value)) return `Threshold Crossed: no datapoints were received for ${n} periods.`;
  const [is, isNot] = COMPARED[comparisonOperator];
  const newest = `${decimal(value)} (${stamp(beganMs)})`;
  const count = state === 'ALARM' ? `${m} out of the last ${n} datapoints` : '1 datapoint';
  const verb = state === 'ALARM' && n > 1 ? 'were' : 'was';
  return `Threshold Crossed: ${count} [${newest}] ${verb} ${state === 'ALARM' ? is : isNot} the threshold (${decimal(threshold)}).`;
}
