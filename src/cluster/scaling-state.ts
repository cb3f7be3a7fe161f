/** Scalable targets of Application Auto Scaling as the cluster keeps them. Only apply writes them; scale decides. */
import type { ScalingPolicy } from '../model/scaling-policy.ts';
import type { ScheduledAction } from '../model/scheduled-action.ts';

export interface ScalingPolicyState {
  readonly settings: ScalingPolicy;
  readonly arn: string;
  /** Names of the alarms that the policy owns: target tracking. */
  readonly alarmHigh: string | undefined;
  readonly alarmLow: string | undefined;
}

export interface ScheduledActionState {
  readonly settings: ScheduledAction;
  readonly arn: string;
  readonly createdAtMs: number;
}

/** The last scaling in one direction, and until when its cooldown lasts. */
export interface ScalingRecord {
  readonly atMs: number;
  readonly cooldownEndsMs: number;
  /** Tasks that scale-outs within the running cooldown have added. */
  readonly added: number;
}

export interface ScalableTargetState {
  /** `service/CLUSTER/NAME`. */
  readonly resourceId: string;
  readonly serviceName: string;
  readonly arn: string;
  readonly createdAtMs: number;
  minCapacity: number;
  maxCapacity: number;
  suspended: {
    readonly dynamicScalingIn: boolean;
    readonly dynamicScalingOut: boolean;
    readonly scheduledScaling: boolean;
  };
  /** In the order they were put. */
  readonly policies: Map<string, ScalingPolicyState>;
  readonly scheduledActions: Map<string, ScheduledActionState>;
  lastOut: ScalingRecord | undefined;
  lastIn: ScalingRecord | undefined;
  /** The not-scaled reason that was told last, with its cause; told once until something else happens. */
  toldReason: string | undefined;
}

/** As DescribeScalingActivities shows it. */
export interface ScalingActivity {
  readonly number: number;
  readonly resourceId: string;
  readonly description: string;
  readonly cause: string;
  readonly statusCode: 'Successful' | 'Failed';
  readonly statusMessage: string | undefined;
  readonly notScaledReasons: readonly NotScaledReason[];
  /** What the decision was taken from; empty for scheduled actions. */
  readonly inputs: ScalingInputs;
}

export interface NotScaledReason {
  readonly Code:
    | 'AutoScalingAnticipatedFlapping'
    | 'TargetServicePutResourceAsUnscalable'
    | 'AlreadyAtMaxCapacity'
    | 'AlreadyAtMinCapacity'
    | 'AlreadyAtDesiredCapacity';
  readonly MaxCapacity?: number;
  readonly MinCapacity?: number;
  readonly CurrentCapacity?: number;
}

export interface ScalingInputs {
  readonly policyName?: string;
  readonly metricValue?: number;
  readonly targetValue?: number;
  readonly threshold?: number;
  /** Running count of target tracking, desired count of step scaling. */
  readonly baseCapacity?: number;
  /** Before it is cut to the bounds and the cooldown. */
  readonly raw?: number;
  readonly result?: number;
}
