/** The two alarms of a target tracking policy. Called by scaling when a policy is put. */
import type { MetricSource } from '../../model/metric.ts';
import type { MetricAlarm } from '../../model/metric-alarm.ts';
import type { TargetTracking } from '../../model/scaling-policy.ts';
import type { ScalableTargetState, ScalingPolicyState } from '../scaling-state.ts';
import type { ClusterState } from '../state.ts';
import { putAlarm } from './alarms.ts';

/** Above the target for 3 minutes, below nine tenths of it for 15 (Application Auto Scaling guide; seen in real accounts). */
export function putTrackingAlarms(
  state: ClusterState,
  target: ScalableTargetState,
  policy: ScalingPolicyState,
  { source, targetValue, disableScaleIn }: TargetTracking,
): void {
  const common = {
    treatMissingData: 'missing' as const,
    actionsEnabled: true,
    alarmDescription: 'DO NOT EDIT OR DELETE. For TargetTrackingScaling policy.',
    alarmActions: [policy.arn],
    okActions: [],
    insufficientDataActions: [],
  };
  const put = (
    alarmName: string | undefined,
    rest: Pick<MetricAlarm, 'comparisonOperator' | 'threshold'>,
    of: MetricSource,
    periods: number,
  ): void => {
    if (alarmName === undefined) return;
    const isHigh = alarmName === policy.alarmHigh;
    putAlarm(
      state,
      { ...common, ...rest, alarmName, source: of, evaluationPeriods: periods, datapointsToAlarm: periods },
      policy.arn,
      // Without scale-in the low alarm asks for nothing.
      isHigh || !disableScaleIn ? { target, policy, isHigh, targetValue } : undefined,
    );
  };
  put(policy.alarmHigh, { comparisonOperator: 'GreaterThanThreshold', threshold: targetValue }, source, 3);
  // Ours: scale-in waits for 15 minutes at high resolution too; AWS does not say.
  const slow: MetricSource = source.periodSeconds < 60 ? { ...source, periodSeconds: 60 } : source;
  put(policy.alarmLow, { comparisonOperator: 'LessThanThreshold', threshold: lowThreshold(targetValue) }, slow, 15);
}

/** Nine tenths, without the dust of doubles: 63 of 70. */
export function lowThreshold(targetValue: number): number {
  return Number((targetValue * 0.9).toPrecision(15));
}
