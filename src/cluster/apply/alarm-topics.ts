/** SNS topics among the actions of an alarm: told when it changes, with CloudWatch's message. Called by alarms. */
import type { AlarmState } from '../../model/alarm.ts';
import type { MetricAlarm } from '../../model/metric-alarm.ts';
import type { MetricAlarmState } from '../alarm-state.ts';
import { isoTime } from '../describe/iso-time.ts';
import type { ClusterState } from '../state.ts';

const TOPIC = /^arn:[^:]+:sns:/;

function actionsFor(
  { alarmActions, okActions, insufficientDataActions }: MetricAlarm,
  state: AlarmState,
): readonly string[] {
  if (state === 'ALARM') return alarmActions;
  return state === 'OK' ? okActions : insufficientDataActions;
}

/** What the alarm looks at, as the message has it. */
function triggerOf({ source, ...settings }: MetricAlarm): object {
  const { evaluationPeriods, datapointsToAlarm, comparisonOperator, threshold, treatMissingData } = settings;
  const common = {
    EvaluationPeriods: evaluationPeriods,
    DatapointsToAlarm: datapointsToAlarm,
    ComparisonOperator: comparisonOperator,
    Threshold: threshold,
    TreatMissingData: treatMissingData,
  };
  if (source.kind === 'math') {
    const metrics = source.queries.map((query) => ({
      Id: query.id,
      ...('stat' in query
        ? { MetricStat: statOf(query.stat, source.periodSeconds) }
        : { Expression: query.expression }),
      ReturnData: query.returnsData,
    }));
    return { Period: source.periodSeconds, ...common, Metrics: metrics };
  }
  const { key, statistic } = source.stat;
  const dimensions = Object.entries(key.dimensions).map(([name, value]) => ({ value, name }));
  return {
    MetricName: key.metricName,
    Namespace: key.namespace,
    StatisticType: 'Statistic',
    Statistic: statistic.toUpperCase(),
    Unit: null,
    Dimensions: dimensions,
    Period: source.periodSeconds,
    ...common,
  };
}

function statOf(
  { key, statistic }: Extract<MetricAlarm['source'], { readonly kind: 'metric' }>['stat'],
  period: number,
): object {
  const Dimensions = Object.entries(key.dimensions).map(([name, value]) => ({ value, name }));
  return {
    Metric: { Dimensions, MetricName: key.metricName, Namespace: key.namespace },
    Period: period,
    Stat: statistic,
  };
}

/** @param reason of its state now. */
export function notifyTopics(
  state: ClusterState,
  alarm: MetricAlarmState,
  previousState: AlarmState,
  reason: string,
): void {
  const { settings, stateValue, arn } = alarm;
  const topics = settings.actionsEnabled ? actionsFor(settings, stateValue).filter((one) => TOPIC.test(one)) : [];
  if (topics.length === 0 || !state.sink.isOpen) return;
  const message = JSON.stringify({
    AlarmName: settings.alarmName,
    AlarmDescription: settings.alarmDescription ?? null,
    AWSAccountId: state.context.account,
    NewStateValue: stateValue,
    NewStateReason: reason,
    StateChangeTime: isoTime(state, state.nowMs).replace(/Z$/, '+0000'),
    Region: state.context.region,
    AlarmArn: arn,
    OldStateValue: previousState,
    OKActions: settings.okActions,
    AlarmActions: settings.alarmActions,
    InsufficientDataActions: settings.insufficientDataActions,
    Trigger: triggerOf(settings),
  });
  for (const topicArn of topics) state.sink.emit({ type: 'Notification', topicArn, alarm, message });
}
