/** What a simulation answers: the JSON of `bayplan simulate`, and what the report draws. Shapes only. */
import type { Cost } from '../cost/bill.ts';

export interface Series {
  /**
   * `desiredCount`, `runningCount`, `pendingCount`, `healthyCount`, `load` (a service); `tasks` (a zone); `registeredInstances`, `reservedCpu`, `reservedMemory`, `costPerHour` (a cluster; by Source too);
   * `minCapacity`, `maxCapacity` (a scalable target); `targetValue`, `forecastCapacity` (a policy); `threshold` (an alarm); `managedInstances`, `managedRegisteredInstances` (a capacity provider of Managed Instances); metrics by their names; what a policy on metric math tracks by its expression.
   */
  readonly name: string;
  readonly unit: 'Count' | 'Percent' | 'MicroCents/Hour';
  /** ClusterName, ServiceName, AvailabilityZone, PolicyName, AlarmName, Source, Signal, MetricName: those that apply; a metric's own. A target or threshold has MetricName and the metric's beside its own. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** Only changes; a value holds until the next point. Null: from then on the metric has no datapoint. */
  readonly points: readonly (readonly [atMs: number, value: number | null])[];
}

export interface RecordedEvent {
  readonly seq: number;
  /** Since the start of the simulation. */
  readonly atMs: number;
  /** ISO 8601. */
  readonly time: string;
  /** As in ClusterEvent. */
  readonly type: string;
  readonly cluster?: string;
  readonly service?: string;
  /** ServiceEvent: exactly as in DescribeServices' events[].message. */
  readonly message?: string;
  /** TaskStateChange, ContainerInstanceStateChange, ServiceAction, DeploymentStateChange: EventBridge's JSON. */
  readonly event?: Readonly<Record<string, unknown>>;
  /** TargetHealthChange. */
  readonly target?: Readonly<{
    targetGroupArn: string;
    id: string;
    port: number;
    health: string;
    reason?: string;
    taskArn: string;
  }>;
  /** TrafficShift: percent of production traffic on the deployment. */
  readonly traffic?: Readonly<{ deploymentId: string; percent: number }>;
  /** AlarmStateChange; with the policy that owns the alarm. */
  readonly alarm?: Readonly<{
    alarmName: string;
    policyName?: string;
    previousState: string;
    stateValue: string;
    reason: string;
  }>;
  /** ScalingActivity: as DescribeScalingActivities has it, and what the decision was taken from. */
  readonly activity?: Readonly<{
    resourceId: string;
    description: string;
    cause: string;
    statusCode: string;
    statusMessage?: string;
    notScaledReasons?: readonly Readonly<Record<string, unknown>>[];
    inputs: Readonly<Record<string, string | number>>;
  }>;
  /** GroupInstanceStateChange: an EC2 instance of a group is Pending, InService, Terminating:Wait, Terminated, ... */
  readonly groupInstance?: Readonly<{
    autoScalingGroupName: string;
    instanceId: string;
    lifecycleState: string;
    availabilityZone: string;
    instanceType?: string;
    lifecycle: 'on-demand' | 'spot';
  }>;
  /** AutoScalingActivity: as DescribeScalingActivities of Amazon EC2 Auto Scaling has it. */
  readonly groupActivity?: Readonly<{
    autoScalingGroupName: string;
    description: string;
    cause: string;
    statusCode: string;
    instanceId?: string;
  }>;
  /** ManagedInstanceStateChange: EC2's state of an instance of ECS Managed Instances, and why it was launched or ended. */
  readonly managedInstance?: Readonly<{
    capacityProviderName: string;
    instanceId: string;
    instanceState: string;
    availabilityZone: string;
    instanceType: string;
    lifecycle: 'on-demand' | 'spot';
    /** Of the Capacity Reservation that it holds a place in. */
    capacityReservationId?: string;
    reason?: string;
  }>;
  /** DaemonDeploymentStateChange, and DaemonTaskFailed with the instance: what became of a daemon of Managed Instances. */
  readonly daemon?: Readonly<{
    daemonName: string;
    deploymentArn?: string;
    status?: string;
    capacityProviderName?: string;
    instanceId?: string;
    reason?: string;
  }>;
  /** RuleMatched: an event, or a schedule, ran a rule of EventBridge. */
  readonly rule?: Readonly<{
    ruleName: string;
    eventId: string;
    source: string;
    detailType: string;
    targets: readonly Readonly<{ id: string; arn: string }>[];
  }>;
  /** InvocationFailed: a target of a rule failed; it will be retried, or is a dead letter with EventBridge's attributes. */
  readonly invocation?: Readonly<{
    ruleName: string;
    targetId: string;
    targetArn: string;
    eventId: string;
    retries: number;
    errorMessage: string;
    retryAtMs?: number;
    deadLetter?: Readonly<{
      queueArn: string;
      RULE_ARN: string;
      TARGET_ARN: string;
      ERROR_CODE: string;
      ERROR_MESSAGE: string;
      RETRY_ATTEMPTS: number;
      EXHAUSTED_RETRY_CONDITION?: string;
    }>;
  }>;
  /** Notification: what an SNS topic got, from a rule or an alarm. */
  readonly notification?: Readonly<{ topicArn: string; ruleName?: string; alarmName?: string; message: string }>;
  /** Call and Fault of the scenario. */
  readonly call?: string;
  readonly fault?: string;
  readonly input?: unknown;
  /** A call or fault that was refused, and its place in the scenario. */
  readonly path?: string;
  readonly error?: Readonly<{ name: string; message: string }>;
}

export interface ServiceSummary {
  readonly cluster: string;
  readonly service: string;
  readonly desiredCount: number;
  readonly runningCount: number;
  readonly healthyCount: number;
  readonly steady: boolean;
  readonly rolloutState: string;
  /** Tasks started, and stopped otherwise than by the scheduler's wish. */
  readonly started: number;
  readonly failed: number;
  /** Time in which fewer than the minimum were healthy, after it first reached steady state. */
  readonly belowMinimumMs: number;
  /** Time in which it had less than it needed: fewer tasks running than desired, or a scaled metric above its target. */
  readonly underTargetMs: number;
  /** The longest of these times without a break: how long it took to react, at worst. */
  readonly reactionMs: number;
  /** Of a load of requests: those that a target got, and those that found none. */
  readonly requests?: { readonly served: number; readonly failed: number };
  /** From an update to its completion, one entry a deployment. */
  readonly deployments: readonly { id: string; rolloutState: string; atMs: number; elapsedMs: number | null }[];
}

export interface Summary {
  readonly endedAtMs: number;
  readonly events: number;
  readonly tasksStarted: number;
  readonly tasksStopped: number;
  readonly placementFailures: number;
  /** Calls and faults of the scenario that were refused. */
  readonly refused: number;
  /** Of all services. */
  readonly underTargetMs: number;
  /** The longest of any service. */
  readonly reactionMs: number;
  /** Tasks started and stopped. */
  readonly taskChurn: number;
  /** Container instances that came and went after the start. */
  readonly instancesJoined: number;
  readonly instancesLeft: number;
  readonly instanceChurn: number;
  /** Tasks that failed, placement failures, failed deployments, refused calls and faults. */
  readonly failures: number;
  /** Requests that found no target, of all services; not among the failures. */
  readonly failedRequests: number;
  readonly cost: Cost;
  /** Every service is steady and no call was refused. */
  readonly steady: boolean;
  readonly services: readonly ServiceSummary[];
}

export interface SimulationResult {
  readonly seed: number;
  /** The scenario as run, with --set applied. */
  readonly scenario: Readonly<Record<string, unknown>>;
  readonly summary: Summary;
  readonly series: readonly Series[];
  /** DescribeServices at the end. */
  readonly services: readonly Readonly<Record<string, unknown>>[];
  readonly events: readonly RecordedEvent[];
}
