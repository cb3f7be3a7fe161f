/** Series of what scaling sees and wants: metrics, targets, thresholds, bounds. Called by the sampler and by metrics. */
import type { ClusterEvent } from '../cluster/events.ts';
import type { ClusterState } from '../cluster/state.ts';
import type { MetricsOptions } from '../metrics/metrics.ts';
import type { MetricSource } from '../model/metric.ts';
import type { Put, Sampler } from './series.ts';
import { metricLabel } from './yardstick.ts';

/** A metric without a datapoint leaves a gap: null, or nothing before its first. */
export function datapointRecorder(sampler: Sampler): NonNullable<MetricsOptions['onDatapoint']> {
  return ({ key, count, sum, minimum, maximum }, atMs) => {
    const unit = key.metricName.endsWith('Utilization') ? 'Percent' : 'Count';
    // One sample is the rule; of several the sum is what happened in the period.
    const isSum = count !== 1 && (minimum !== maximum || key.metricName === 'RequestCount');
    const value = isSum ? sum : maximum;
    sampler.record(atMs, key.metricName, unit, key.dimensions, count === 0 ? null : value);
  };
}

/**
 * Which metric it is for, with its dimensions, so that readers find the series beside it. The series of an expression is
 * there when a policy tracks it.
 */
function metricOf(
  source: MetricSource,
  scaled: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  if (source.kind !== 'metric')
    return scaled.ServiceName === undefined ? {} : { ...scaled, MetricName: metricLabel(source) };
  const { metricName: MetricName, dimensions } = source.stat.key;
  return { ...dimensions, MetricName };
}

export function noteScaling(state: ClusterState, event: ClusterEvent, put: Put): void {
  const { nowMs, context } = state;
  if (event.type === 'AlarmChange') {
    const { settings, tracked } = event.alarm;
    const { alarmName, threshold, source } = settings;
    const ServiceName = tracked?.target.serviceName;
    const scaled: Readonly<Record<string, string>> =
      ServiceName === undefined ? {} : { ClusterName: context.cluster, ServiceName };
    put(nowMs, 'threshold', 'Count', { AlarmName: alarmName, ...metricOf(source, scaled) }, threshold);
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
      { ...metricOf(settings.configuration.source, dimensions), ...dimensions, PolicyName: settings.policyName },
      settings.configuration.targetValue,
    );
  }
}
