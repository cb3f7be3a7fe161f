/** Series of what scaling sees and wants: metrics, targets, thresholds, bounds. Called by the sampler and by metrics. */
import type { ClusterEvent } from '../cluster/events.ts';
import type { ClusterState } from '../cluster/state.ts';
import type { MetricsOptions } from '../metrics/metrics.ts';
import type { MetricSource } from '../model/metric.ts';
import type { Put, Sampler } from './series.ts';
import { metricLabel } from './yardstick.ts';

/** Metrics without a datapoint leave a gap: no point is written. */
export function datapointRecorder(sampler: Sampler): NonNullable<MetricsOptions['onDatapoint']> {
  return ({ key, count, sum, minimum, maximum }, atMs) => {
    if (count === 0) return;
    const unit = key.metricName.endsWith('Utilization') ? 'Percent' : 'Count';
    // One sample is the rule; of several the sum is what happened in the period.
    const value = count === 1 || minimum === maximum ? maximum : sum;
    sampler.record(atMs, key.metricName, unit, key.dimensions, value);
  };
}

/** Which series it is for, so that readers find it beside it. That of an expression is there when a policy tracks it. */
function metricOf(source: MetricSource, serviceName?: string): { MetricName?: string; ServiceName?: string } {
  if (source.kind !== 'metric')
    return serviceName === undefined ? {} : { MetricName: metricLabel(source), ServiceName: serviceName };
  const { metricName: MetricName, dimensions } = source.stat.key;
  return { MetricName, ...(dimensions.ServiceName === undefined ? {} : { ServiceName: dimensions.ServiceName }) };
}

export function noteScaling(state: ClusterState, event: ClusterEvent, put: Put): void {
  const { nowMs, context } = state;
  if (event.type === 'AlarmChange') {
    const { alarmName, threshold, source } = event.alarm.settings;
    put(
      nowMs,
      'threshold',
      'Count',
      { AlarmName: alarmName, ...metricOf(source, event.alarm.tracked?.target.serviceName) },
      threshold,
    );
  }
  if (event.type !== 'ScalableTargetChange') return;
  const { serviceName: ServiceName, minCapacity, maxCapacity, policies } = event.target;
  const dimensions = { ClusterName: context.cluster, ServiceName };
  put(nowMs, 'minCapacity', 'Count', dimensions, minCapacity);
  put(nowMs, 'maxCapacity', 'Count', dimensions, maxCapacity);
  for (const { settings } of policies.values()) {
    if (settings.configuration.type !== 'TargetTrackingScaling') continue;
    put(
      nowMs,
      'targetValue',
      'Count',
      { ...dimensions, PolicyName: settings.policyName, ...metricOf(settings.configuration.source, ServiceName) },
      settings.configuration.targetValue,
    );
  }
}
