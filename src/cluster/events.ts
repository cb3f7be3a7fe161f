/** What happened, for traces, reports and rules. Made by apply, only when someone listens; never read back by apply. */
import type { AlarmState } from '../model/alarm.ts';
import type { MetricAlarmState } from './alarm-state.ts';
import type { GroupActivity, GroupInstance, GroupState } from './capacity-state.ts';
import type { DaemonDeploymentState, DaemonState } from './daemon-state.ts';
import type { ManagedInstance } from './managed-state.ts';
import type { DeadLetter, EventJson, Invocation, RuleState } from './rule-state.ts';
import type { ScalableTargetState, ScalingActivity } from './scaling-state.ts';
import type { DeploymentState, InstanceState, ServiceState, TargetState, TaskState } from './state.ts';

/** `seq` and `atMs` are added by whoever writes them down. */
export type ClusterEvent =
  | { readonly type: 'ServiceEvent'; readonly service: ServiceState; readonly message: string }
  | {
      readonly type: 'ServiceAction';
      readonly service: ServiceState;
      readonly level: 'INFO' | 'WARN' | 'ERROR';
      readonly name: string;
      readonly reason?: string;
    }
  | {
      readonly type: 'DeploymentStateChange';
      readonly service: ServiceState;
      readonly deployment: DeploymentState;
      readonly level: 'INFO' | 'ERROR';
      readonly name: string;
      readonly reason: string;
    }
  | { readonly type: 'TaskStateChange'; readonly task: TaskState }
  /** Its counts may have changed without anything that is told: healthy tasks, or the desired count of a daemon. */
  | { readonly type: 'CountsChange'; readonly service: ServiceState }
  | { readonly type: 'ContainerInstanceStateChange'; readonly instance: InstanceState }
  | { readonly type: 'TargetHealthChange'; readonly target: TargetState }
  | { readonly type: 'TrafficShift'; readonly service: ServiceState; readonly deployment: DeploymentState }
  /** Its bounds or policies may have changed; not told. */
  | { readonly type: 'ScalableTargetChange'; readonly target: ScalableTargetState }
  /** It is new or another; not told. */
  | { readonly type: 'AlarmChange'; readonly alarm: MetricAlarmState }
  | {
      readonly type: 'AlarmStateChange';
      readonly alarm: MetricAlarmState;
      readonly previousState: AlarmState;
      readonly stateValue: AlarmState;
      readonly reason: string;
    }
  | {
      readonly type: 'ScalingActivity';
      readonly target: ScalableTargetState;
      /** Undefined once it is gone. */
      readonly scaled: ServiceState | undefined;
      readonly activity: ScalingActivity;
    }
  | { readonly type: 'GroupInstanceStateChange'; readonly instance: GroupInstance }
  | { readonly type: 'AutoScalingActivity'; readonly group: GroupState; readonly activity: GroupActivity }
  /** An instance of ECS Managed Instances is pending, running or terminated. */
  | { readonly type: 'ManagedInstanceStateChange'; readonly instance: ManagedInstance; readonly reason?: string }
  | { readonly type: 'DaemonDeploymentStateChange'; readonly deployment: DaemonDeploymentState }
  /** A daemon could not start on an instance, or did not stay. */
  | {
      readonly type: 'DaemonTaskFailed';
      readonly daemon: DaemonState;
      readonly instance: ManagedInstance;
      readonly reason: string;
    }
  | { readonly type: 'RuleMatched'; readonly rule: RuleState; readonly event: EventJson }
  /** It will be retried, or is put into the dead-letter queue of its target; what is dropped is a Refusal. */
  | {
      readonly type: 'InvocationFailed';
      readonly invocation: Invocation;
      readonly errorMessage: string;
      readonly retryAtMs?: number;
      readonly letter?: DeadLetter;
    }
  /** An SNS topic got a message. */
  | {
      readonly type: 'Notification';
      readonly topicArn: string;
      /** Whose target or action it is: one of both. */
      readonly rule?: RuleState;
      readonly alarm?: MetricAlarmState;
      readonly message: string;
    }
  | { readonly type: 'Call'; readonly call: string; readonly input: unknown }
  /** A call or fault that was refused, and where it stands in the scenario. */
  | {
      readonly type: 'Refusal';
      readonly call: string;
      readonly path: string | undefined;
      readonly error: { readonly name: string; readonly message: string };
    }
  | { readonly type: 'Fault'; readonly fault: string; readonly input: unknown };

export interface EventSink {
  /** When false nothing is emitted: events cost time. */
  readonly isOpen: boolean;
  emit(event: ClusterEvent): void;
}
