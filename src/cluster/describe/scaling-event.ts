/** EventBridge's JSON of alarms and scaling activities (CloudWatch and Application Auto Scaling user guides). Called by event. */
import type { MetricSource, MetricStat } from '../../model/metric.ts';
import type { ClusterEvent } from '../events.ts';
import type { ClusterState } from '../state.ts';
import { isoTime } from './iso-time.ts';

type Json = Record<string, unknown>;
type ScalingEvent = Extract<ClusterEvent, { readonly type: 'AlarmStateChange' | 'ScalingActivity' }>;

function metricStat({ key, statistic }: MetricStat, period: number): Json {
  const { namespace, metricName: name, dimensions } = key;
  return { metric: { namespace, name, dimensions }, period, stat: statistic };
}

function metricsOf(source: MetricSource): Json[] {
  const { periodSeconds } = source;
  if (source.kind === 'metric')
    return [{ id: 'm1', metricStat: metricStat(source.stat, periodSeconds), returnData: true }];
  return source.queries.map((query) => ({
    id: query.id,
    ...('stat' in query ? { metricStat: metricStat(query.stat, periodSeconds) } : { expression: query.expression }),
    returnData: query.returnsData,
  }));
}

function envelope(
  state: ClusterState,
  id: string,
  source: string,
  detailType: string,
  resources: string[],
  detail: Json,
): Json {
  const { account, region } = state.context;
  const time = isoTime(state, state.nowMs);
  return { version: '0', id, 'detail-type': detailType, source, account, time, region, resources, detail };
}

/** Activities reach EventBridge only when they scale to the maximum. */
export function scalingEvent(state: ClusterState, id: string, event: ScalingEvent): Json | undefined {
  const time = isoTime(state, state.nowMs);
  if (event.type === 'AlarmStateChange') {
    const { alarm, previousState, stateValue: value, reason } = event;
    return envelope(state, id, 'aws.cloudwatch', 'CloudWatch Alarm State Change', [alarm.arn], {
      alarmName: alarm.settings.alarmName,
      state: { value, reason, timestamp: time },
      previousState: { value: previousState },
      configuration: { metrics: metricsOf(alarm.settings.source) },
    });
  }
  const { target, activity } = event;
  const { minCapacity, maxCapacity, resourceId } = target;
  const { result: newDesiredCapacity } = activity.inputs;
  if (activity.statusCode !== 'Successful' || newDesiredCapacity !== maxCapacity) return undefined;
  const detailType = 'Application Auto Scaling Scaling Activity State Change';
  return envelope(state, id, 'aws.application-autoscaling', detailType, [], {
    startTime: time,
    endTime: time,
    newDesiredCapacity,
    minCapacity,
    maxCapacity,
    resourceId,
    scalableDimension: 'ecs:service:DesiredCount',
    serviceNamespace: 'ecs',
    statusCode: activity.statusCode,
    scaledToMax: true,
  });
}
