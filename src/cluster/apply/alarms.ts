/**
 * CloudWatch's calls: PutMetricAlarm, DeleteAlarms, PutMetricData, SetAlarmState; and the state that an evaluation gives an
 * alarm. Called by api, apply and by whoever owns alarms. Deployments that watch an alarm are woken.
 */
import { compileMath } from '../../metric-math/compile.ts';
import type { AlarmState } from '../../model/alarm.ts';
import { ALARM_STATES } from '../../model/alarm.ts';
import { MOST_METRIC } from '../../model/column.ts';
import { onlyMembers } from '../../model/known-members.ts';
import { type MetricSource, parseMetricKey, parseUnit } from '../../model/metric.ts';
import { type MetricAlarm, parseMetricAlarm } from '../../model/metric-alarm.ts';
import { fields, list, oneOf, optionalText, real, refuse, text } from '../../model/read.ts';
import type { MetricAlarmState, StatisticValues, TrackedAlarm } from '../alarm-state.ts';
import type { ApiCall } from '../commands.ts';
import type { ClusterState } from '../state.ts';
import { notifyTopics } from './alarm-topics.ts';
import { noteTried } from './managed-members.ts';

/** @throws ValidationException METRIC_MATH for expressions that cannot be computed. */
export function checkSource(source: MetricSource, path: string): void {
  if (source.kind === 'math') compileMath(source.queries, path);
}

/** Makes or replaces an alarm. A replaced one keeps its state (CloudWatch API, PutMetricAlarm) and begins a new window. */
export function putAlarm(
  state: ClusterState,
  settings: MetricAlarm,
  owner?: string,
  tracked?: TrackedAlarm,
): MetricAlarmState {
  const { region, account } = state.context;
  const before = state.metricAlarms.get(settings.alarmName);
  if (before !== undefined) state.changedAlarms.add(before);
  const alarm: MetricAlarmState = {
    settings,
    arn: `arn:aws:cloudwatch:${region}:${account}:alarm:${settings.alarmName}`,
    owner,
    tracked,
    stateValue: before?.stateValue ?? 'INSUFFICIENT_DATA',
    isSetByHand: false,
  };
  state.metricAlarms.set(settings.alarmName, alarm);
  state.changedAlarms.add(alarm);
  if (state.sink.isOpen) state.sink.emit({ type: 'AlarmChange', alarm });
  return alarm;
}

export function removeAlarm(state: ClusterState, name: string): void {
  const alarm = state.metricAlarms.get(name);
  if (alarm === undefined) return;
  state.metricAlarms.delete(name);
  state.changedAlarms.add(alarm);
  state.alarms.delete(name);
  wakeWatchers(state, name);
}

export function putMetricAlarm(state: ClusterState, { input, path = '' }: ApiCall): void {
  const settings = parseMetricAlarm(input, path);
  checkSource(settings.source, `${path}.Metrics`);
  putAlarm(state, settings);
}

export function deleteAlarms(state: ClusterState, { input, path = '' }: ApiCall): void {
  const names = list(input.AlarmNames, `${path}.AlarmNames`).map((one, k) => text(one, `${path}.AlarmNames[${k}]`));
  names.forEach((value, k) => {
    if (state.metricAlarms.has(value)) return;
    const at = `${path}.AlarmNames[${k}]`;
    refuse('ALARM_NOT_FOUND', `${at} ${value} is no alarm.`, { path: at, value }, 'ResourceNotFoundException');
  });
  for (const name of names) removeAlarm(state, name);
}

/** One that goes into ALARM fails the deployments that watch it. */
function wakeWatchers(state: ClusterState, name: string): void {
  for (const service of state.alarmWatchers) {
    const { alarmNames } = service.settings.deploymentConfiguration.alarms;
    if (alarmNames.includes(name)) state.changedServices.add(service);
  }
  if (state.capacity.managed.daemons.size > 0) noteTried(state);
}

/** What an evaluation, or SetAlarmState, made of an alarm. */
export function changeAlarm(
  state: ClusterState,
  { alarm, stateValue, reason }: { alarm: MetricAlarmState; stateValue: AlarmState; reason: string | undefined },
): void {
  const previousState = alarm.stateValue;
  alarm.stateValue = stateValue;
  if (state.alarms.size > 0) state.alarms.delete(alarm.settings.alarmName);
  wakeWatchers(state, alarm.settings.alarmName);
  if (previousState === stateValue || !state.sink.isOpen || reason === undefined) return;
  state.sink.emit({ type: 'AlarmStateChange', alarm, previousState, stateValue, reason });
  notifyTopics(state, alarm, previousState, reason);
}

/** Also for alarms that nobody has put: deployments watch names. */
export function setAlarmState(state: ClusterState, { input, path = '' }: ApiCall): void {
  const name = text(input.AlarmName, `${path}.AlarmName`);
  const stateValue = oneOf(input.StateValue, `${path}.StateValue`, ALARM_STATES);
  const alarm = state.metricAlarms.get(name);
  if (alarm === undefined) {
    if (stateValue === 'ALARM') state.alarms.add(name);
    else state.alarms.delete(name);
    wakeWatchers(state, name);
    return;
  }
  const reason = optionalText(input.StateReason, `${path}.StateReason`) ?? 'Set by SetAlarmState.';
  changeAlarm(state, { alarm, stateValue, reason });
  alarm.isSetByHand = true;
  state.changedAlarms.add(alarm);
}

function parseValues(given: ReturnType<typeof fields>, path: string): StatisticValues {
  if (given.StatisticValues === undefined) {
    const values =
      given.Values === undefined
        ? [real(given.Value, `${path}.Value`, -MOST_METRIC, MOST_METRIC)]
        : list(given.Values, `${path}.Values`).map((one, k) =>
            real(one, `${path}.Values[${k}]`, -MOST_METRIC, MOST_METRIC),
          );
    const sum = values.reduce((total, one) => total + one, 0);
    return { sum, count: values.length, minimum: Math.min(...values), maximum: Math.max(...values) };
  }
  const at = `${path}.StatisticValues`;
  const set = fields(given.StatisticValues, at);
  const number = (name: string): number => real(set[name], `${at}.${name}`, -MOST_METRIC, MOST_METRIC);
  return { sum: number('Sum'), count: number('SampleCount'), minimum: number('Minimum'), maximum: number('Maximum') };
}

const DATUM = ['MetricName', 'Dimensions', 'Value', 'Values', 'StatisticValues', 'Unit'];

/** Datapoints of the minute that runs; they are published when it ends. */
export function putMetricData(state: ClusterState, { input, path = '' }: ApiCall): void {
  onlyMembers(input, path, ['Namespace', 'MetricData'], ['EntityMetricData', 'StrictEntityValidation']);
  const namespace = text(input.Namespace, `${path}.Namespace`);
  const data = list(input.MetricData, `${path}.MetricData`).map((entry, k) => {
    const at = `${path}.MetricData[${k}]`;
    const given = fields(entry, at);
    onlyMembers(given, at, DATUM, ['Timestamp', 'Counts', 'StorageResolution']);
    parseUnit(given.Unit, `${at}.Unit`);
    return { key: parseMetricKey({ ...given, Namespace: namespace }, at), values: parseValues(given, at) };
  });
  state.metricData.push(...data);
}
