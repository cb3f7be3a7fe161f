/**
 * Everything that can be done to a cluster: calls of AWS's API, what controllers decide, and faults. `apply` takes one at
 * a time and applies it whole or not at all. Calls carry AWS's input and are validated by apply; the others are made by
 * controllers and name things of the state.
 */
import type { AlarmState } from '../model/alarm.ts';
import type { LifecycleStage } from '../model/service.ts';
import type { TaskStatus } from '../model/task.ts';
import type { MetricAlarmState } from './alarm-state.ts';
import type { CapacityCall, CapacityCommand } from './capacity-commands.ts';
import type { Batch, Consumer, Feed, Messages, QueueState } from './queue-state.ts';
import type { EventJson, Invocation, RuleState } from './rule-state.ts';
import type {
  ScalableTargetState,
  ScalingActivity,
  ScalingPolicyState,
  ScalingRecord,
  ScheduledActionState,
} from './scaling-state.ts';
import type {
  ContainerState,
  DeploymentState,
  HealthStatus,
  InstanceState,
  ServiceState,
  StopCode,
  TargetHealth,
  TargetState,
  TaskState,
  Unfit,
} from './state.ts';

/** A call of the ECS API, or of a neighbour's that the cluster knows. */
export interface ApiCall {
  readonly type: 'Call';
  readonly call: CallName;
  readonly input: Readonly<Record<string, unknown>>;
  /** JSON path of the input, for errors. */
  readonly path?: string;
}

export type CallName =
  | 'CreateService'
  | 'UpdateService'
  | 'DeleteService'
  | 'RunTask'
  | 'StartTask'
  | 'StopTask'
  | 'UpdateTaskProtection'
  | 'RegisterTaskDefinition'
  | 'RegisterContainerInstance'
  | 'DeregisterContainerInstance'
  | 'UpdateContainerInstancesState'
  | 'PutAttributes'
  | 'DeleteAttributes'
  | 'StopServiceDeployment'
  | 'ContinueServiceDeployment'
  | 'SetAlarmState'
  | 'PutMetricAlarm'
  | 'DeleteAlarms'
  | 'PutMetricData'
  | 'RegisterScalableTarget'
  | 'DeregisterScalableTarget'
  | 'PutScalingPolicy'
  | 'DeleteScalingPolicy'
  | 'PutScheduledAction'
  | 'DeleteScheduledAction'
  | CapacityCall
  | 'PutRule'
  | 'DeleteRule'
  | 'EnableRule'
  | 'DisableRule'
  | 'PutTargets'
  | 'RemoveTargets'
  | 'PutEvents'
  | 'SendMessage';

export type FaultName =
  | 'terminateInstance'
  | 'stopInstance'
  | 'startInstance'
  | 'loseAgent'
  | 'restoreAgent'
  | 'impairInstance'
  | 'spotInterruption'
  | 'killTask'
  | 'loseZone'
  | 'restoreZone'
  | 'throttleRunTask';

export interface Fault {
  readonly type: 'Fault';
  readonly fault: FaultName;
  readonly input: Readonly<Record<string, unknown>>;
  readonly path?: string;
}

/** What an agent reports of a task at one time; reports may be shared by many tasks. Absent members did not change. */
export interface TaskReport {
  readonly lastStatus?: TaskStatus;
  readonly healthStatus?: HealthStatus;
  readonly containers?: readonly (Pick<ContainerState, 'name'> & Partial<ContainerState>)[];
  readonly pullStarted?: true;
  readonly pullStopped?: true;
  /** The task ends by itself. */
  readonly stop?: { readonly stopCode: StopCode; readonly stoppedReason: string };
}

/** A change in the life of a task, as its agent reports it. */
export interface TaskChange {
  readonly type: 'ChangeTask';
  readonly task: TaskState;
  /** It is the task's moment of that number: once the task shall stop, it never happens. */
  readonly moment?: number;
  readonly report: TaskReport;
}

/** As the names of ECS's events have it: SERVICE_REBALANCING_STARTED. */
export type RebalancingState = 'STARTED' | 'COMPLETED' | 'STOPPED';

export type Command =
  | ApiCall
  | Fault
  | TaskChange
  /** Starts up to so many tasks of a deployment; those that find no room are told and waited for. */
  | {
      readonly type: 'StartTasks';
      readonly deployment: DeploymentState;
      readonly count: number;
      readonly zone?: string;
    }
  /** One task on exactly these instances: daemons. */
  | {
      readonly type: 'StartDaemons';
      readonly deployment: DeploymentState;
      readonly instances: readonly InstanceState[];
    }
  /** The scheduler stops these; one service event names them all. */
  | {
      readonly type: 'StopTasks';
      readonly service: ServiceState;
      readonly tasks: readonly TaskState[];
      readonly stoppedReason: string;
    }
  | {
      readonly type: 'JudgeTask';
      readonly task: TaskState;
      readonly isHealthy: boolean;
      readonly unfit: Unfit | undefined;
    }
  | { readonly type: 'CompleteDeployment'; readonly deployment: DeploymentState }
  | {
      readonly type: 'FailDeployment';
      readonly deployment: DeploymentState;
      readonly reason: string;
      readonly rollBack: boolean;
    }
  | {
      readonly type: 'MoveStage';
      readonly deployment: DeploymentState;
      readonly stage: LifecycleStage;
      readonly trafficPermille: number;
    }
  /** It cannot go on; told once. */
  | {
      readonly type: 'BlockDeployment';
      readonly deployment: DeploymentState;
      readonly by: DeploymentState['blockedBy'];
      readonly message: string;
    }
  | {
      readonly type: 'Rebalance';
      readonly service: ServiceState;
      readonly state: RebalancingState;
      readonly message: string;
    }
  /** Looks at the service again a while after something became free. */
  | { readonly type: 'AwaitRoom'; readonly service: ServiceState }
  | { readonly type: 'SettleService'; readonly service: ServiceState }
  | { readonly type: 'HoldStarts'; readonly service: ServiceState; readonly untilMs: number }
  /** Judges the task again. */
  | { readonly type: 'ReviewTask'; readonly task: TaskState }
  /** Looks at the service again. */
  | { readonly type: 'WakeService'; readonly service: ServiceState }
  | { readonly type: 'RemoveService'; readonly service: ServiceState }
  | {
      readonly type: 'RegisterTargets';
      readonly service: ServiceState;
      readonly targets: readonly Omit<TargetState, 'registeredAtMs' | 'due'>[];
    }
  | {
      readonly type: 'DeregisterTargets';
      readonly service: ServiceState | undefined;
      readonly targets: readonly TargetState[];
    }
  | {
      readonly type: 'SetTargetHealth';
      readonly target: TargetState;
      readonly health: TargetHealth;
      readonly reason?: string;
      /** Later, unless another command about its health or registration comes before. */
      readonly atMs?: number;
    }
  | { readonly type: 'RemoveTarget'; readonly target: TargetState }
  | { readonly type: 'TerminateInstance'; readonly instance: InstanceState }
  | CapacityCommand
  /** What an evaluation made of an alarm. */
  | {
      readonly type: 'ChangeAlarm';
      readonly alarm: MetricAlarmState;
      readonly stateValue: AlarmState;
      /** Undefined while nobody listens: most are never read. */
      readonly reason: string | undefined;
    }
  | { readonly type: 'SetDesiredCount'; readonly service: ServiceState; readonly desiredCount: number }
  /** Application Auto Scaling scales a service, with its activity and the cooldown that begins. */
  | {
      readonly type: 'ScaleService';
      readonly target: ScalableTargetState;
      readonly service: ServiceState;
      readonly desiredCount: number;
      readonly direction: 'out' | 'in';
      readonly record: ScalingRecord;
      /** Undefined while nobody listens: most are never read. */
      readonly activity: Omit<ScalingActivity, 'number'> | undefined;
    }
  /** It does not; told once for each reason. */
  | {
      readonly type: 'NoteNotScaled';
      readonly target: ScalableTargetState;
      readonly activity: Omit<ScalingActivity, 'number'>;
    }
  | {
      readonly type: 'RunScheduledAction';
      readonly target: ScalableTargetState;
      readonly action: ScheduledActionState;
    }
  /** A forecast capacity is prepared. */
  | { readonly type: 'RunForecast'; readonly target: ScalableTargetState; readonly policy: ScalingPolicyState }
  /** An event matches a rule, or its schedule comes. */
  | { readonly type: 'RunRule'; readonly rule: RuleState; readonly event: EventJson }
  /** The time of its schedule. */
  | { readonly type: 'FireRule'; readonly rule: RuleState }
  /** A message for a queue here, of another cluster's rule. */
  | { readonly type: 'ReceiveParcel'; readonly arn: string; readonly path: string }
  /** A rule of another cluster runs tasks here, or an invocation is tried again. */
  | { readonly type: 'InvokeTarget'; readonly invocation: Invocation }
  /** Messages of a queue's load arrive. */
  | { readonly type: 'FeedQueue'; readonly feed: Feed }
  /** A delay is over. */
  | { readonly type: 'ShowMessages'; readonly queue: QueueState; readonly messages: Messages }
  /** A RUNNING task begins to poll. */
  | { readonly type: 'JoinQueue'; readonly consumer: Consumer }
  /** A task has done what it received. */
  | { readonly type: 'FinishMessages'; readonly queue: QueueState; readonly batch: Batch }
  /** A visibility timeout has passed. */
  | { readonly type: 'ReturnMessages'; readonly queue: QueueState; readonly batch: Batch }
  /** Some may be past the retention period. */
  | { readonly type: 'ExpireMessages'; readonly queue: QueueState }
  /** Any command, later. */
  | { readonly type: 'Later'; readonly atMs: number; readonly command: Command };
