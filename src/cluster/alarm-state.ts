/** CloudWatch alarms and custom datapoints as the cluster keeps them. Only apply writes them; metrics evaluates. */
import type { AlarmState } from '../model/alarm.ts';
import type { TrackedBy } from '../model/decisions.ts';
import type { MetricKey } from '../model/metric.ts';
import type { MetricAlarm } from '../model/metric-alarm.ts';
import type { ScalableTargetState, ScalingPolicyState } from './scaling-state.ts';

export interface MetricAlarmState {
  readonly settings: MetricAlarm;
  readonly arn: string;
  /** The policy or capacity provider that made it, by ARN; undefined for PutMetricAlarm. */
  readonly owner: string | undefined;
  /** Of an alarm of target tracking: which side of which policy. It is deleted with its policy. */
  readonly tracked: TrackedAlarm | undefined;
  stateValue: AlarmState;
  /** Changed by SetAlarmState, not by an evaluation; its actions run at the next whole minute. */
  isSetByHand: boolean;
}

export interface TrackedAlarm extends TrackedBy {
  readonly target: ScalableTargetState;
  readonly policy: ScalingPolicyState;
}

/** Datapoints of one period, summed up. No samples: none came. */
export interface StatisticValues {
  readonly sum: number;
  readonly count: number;
  readonly minimum: number;
  readonly maximum: number;
}

export interface MetricDatum {
  readonly key: MetricKey;
  readonly values: StatisticValues;
}
