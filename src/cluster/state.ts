/**
 * The one mutable picture of a cluster. Only `apply` writes it; controllers get it as `ClusterView` and answer with commands.
 * Counts (running, pending, healthy, ...) are kept by apply, never recounted by a reader.
 */

import type { EngineContext } from '../base/arn.ts';
import type { Engine, Placer } from '../contract.ts';
import type { SplitRule } from '../model/capacity-split.ts';
import type { ContainerInstance } from '../model/container-instance.ts';
import type { Decisions } from '../model/decisions.ts';
import type { CapacityProviderStrategyItem, LifecycleStage, ServiceSettings } from '../model/service.ts';
import type { Subnet } from '../model/subnet.ts';
import type { SecurityGroup, TargetGroup } from '../model/target-group.ts';
import type { NetworkBinding, TaskStatus } from '../model/task.ts';
import type { TaskDefinition } from '../model/task-definition.ts';
import type { MetricAlarmState, MetricDatum } from './alarm-state.ts';
import type { CapacityState } from './capacity-state.ts';
import type { Changes } from './change-set.ts';
import type { Command, TaskChange } from './commands.ts';
import type { Counters } from './counters.ts';
import type { DaemonState } from './daemon-state.ts';
import type { EventSink } from './events.ts';
import type { Frozen } from './frozen.ts';
import type { EventState } from './rule-state.ts';
import type { ScalableTargetState } from './scaling-state.ts';
import type { ServiceEvent } from './service-events.ts';
import type { Tasks } from './task-list.ts';
import type { TaskQueue } from './task-queue.ts';
import type { Timers } from './timers.ts';

export type StopCode =
  | 'TaskFailedToStart'
  | 'EssentialContainerExited'
  | 'UserInitiated'
  | 'ServiceSchedulerInitiated'
  | 'SpotInterruption'
  | 'TerminationNotice'
  | 'InfrastructureHealth';

export type HealthStatus = 'HEALTHY' | 'UNHEALTHY' | 'UNKNOWN';

/** Why the scheduler wants a task replaced although its revision is right. */
export type Unfit =
  | { readonly cause: 'DRAINING' | 'REBALANCING' | 'CONTAINER_HEALTH' }
  | { readonly cause: 'TARGET_HEALTH'; readonly targetGroupArn: string };

export interface ContainerState {
  readonly name: string;
  lastStatus: string;
  healthStatus: HealthStatus;
  exitCode?: number;
  reason?: string;
  restartCount?: number;
  /** False: the checks of load balancers fail. */
  answers?: boolean;
}

export interface TaskState {
  readonly id: string;
  readonly arn: string;
  /** Running number; smaller is older. */
  readonly number: number;
  readonly definition: TaskDefinition;
  readonly group: string;
  readonly startedBy: string | undefined;
  readonly launchType: 'EC2' | 'FARGATE' | 'EXTERNAL' | 'MANAGED_INSTANCES';
  readonly capacityProvider: string | undefined;
  readonly service: ServiceState | undefined;
  readonly deployment: DeploymentState | undefined;
  /** ECS Managed Daemons. */
  readonly daemon: DaemonState | undefined;
  /** What it was placed with; undefined on Fargate and while PROVISIONING. */
  placer: Placer | undefined;
  instance: InstanceState | undefined;
  availabilityZone: string | undefined;
  lastStatus: TaskStatus;
  desiredStatus: 'RUNNING' | 'STOPPED';
  /** Of its essential containers' health checks. */
  healthStatus: HealthStatus;
  /** As the service scheduler sees it: counts for the minimum healthy percent. */
  isHealthy: boolean;
  unfit: Unfit | undefined;
  readonly createdAtMs: number;
  pullStartedAtMs: number | undefined;
  pullStoppedAtMs: number | undefined;
  startedAtMs: number | undefined;
  stoppingAtMs: number | undefined;
  stoppedAtMs: number | undefined;
  stopCode: StopCode | undefined;
  stoppedReason: string | undefined;
  /** Scale-in protection ends then; 0 without. */
  protectedUntilMs: number;
  version: number;
  /** By container, in the order of the definition. */
  networkBindings: readonly (readonly [container: string, bindings: readonly NetworkBinding[]])[];
  /** Host ports to give back. */
  portKeys: readonly number[];
  privateIp: string | undefined;
  publicIp: string | undefined;
  subnetId: string | undefined;
  containers: readonly ContainerState[];
  /** When it was placed; its agent counts from there. */
  placedAtMs: number;
  /** Moments of its life that have happened since. */
  moment: number;
  /** What its agent follows; the agent's own. */
  script: object | undefined;
  /** Targets registered for it. */
  targets: TargetState[];
}

export type RolloutState = 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';

/** One revision of a service and its tasks. */
export interface DeploymentState {
  /** `ecs-svc/` and a number. */
  readonly id: string;
  readonly service: ServiceState;
  readonly number: number;
  readonly definition: TaskDefinition;
  /** The settings of the service when the deployment began. */
  readonly settings: ServiceSettings;
  status: 'PRIMARY' | 'ACTIVE' | 'INACTIVE';
  rolloutState: RolloutState;
  rolloutStateReason: string;
  readonly createdAtMs: number;
  updatedAtMs: number;
  /** What counts for the circuit breaker, and what DescribeServices shows. */
  failedTasks: number;
  /** Tasks that shall run: by lastStatus before RUNNING, RUNNING, and RUNNING and healthy. */
  pending: number;
  running: number;
  healthy: number;
  /** Of pending and running, those that are unfit; and of healthy. */
  unfit: number;
  unfitHealthy: number;
  /** Tasks that shall run and have a place, by availability zone. */
  readonly zones: Map<string, number>;
  /** Tasks that shall stop and have not yet. */
  stopping: number;
  /** In order of creation; stopped ones leave. */
  readonly tasks: Tasks;
  /** The deployment that a rollback goes back from. */
  readonly rollbackOf: DeploymentState | undefined;
  /** It has told that it cannot go on: by the percentages, or by protected tasks. */
  blockedBy: 'PERCENTAGES' | 'PROTECTION' | undefined;
  /** A task reached RUNNING: stage 1 of the circuit breaker is over, and the start throttle ends. */
  hasRun: boolean;
  /** Blue/green, linear and canary. */
  stage: LifecycleStage | undefined;
  stageSinceMs: number;
  /** A PAUSE of this stage was told to go on. */
  isContinued: boolean;
  /** Alarms that were in ALARM when it began: ignored. */
  readonly ignoredAlarms: ReadonlySet<string>;
  /** Share of production traffic on this revision, in tenths of a percent. */
  trafficPermille: number;
  /** Where its tasks have been registered. Of two groups that change places it keeps to its own, also when it is empty. */
  readonly usedGroups: Set<TargetGroupState>;
}

export interface ServiceState {
  readonly name: string;
  readonly arn: string;
  readonly number: number;
  /** As the last call left them; how many tasks it shall have is `desiredCount`, which scaling changes too. */
  settings: ServiceSettings;
  status: 'ACTIVE' | 'DRAINING' | 'INACTIVE';
  desiredCount: number;
  /** PRIMARY first, then the newest. */
  deployments: DeploymentState[];
  /** What a rollback goes back to. */
  lastCompleted: DeploymentState | undefined;
  /** Oldest first; more than can be read (service-events). */
  readonly events: ServiceEvent[];
  readonly createdAtMs: number;
  isSteady: boolean;
  /** Consecutive tasks that stopped before RUNNING. */
  failedStarts: number;
  /** No task is started before; 0 without a throttle. */
  startsHeldUntilMs: number;
  /** The failures that led to the last throttle. */
  heldForFailures: number;
  /** DAEMON: instances it belongs on where no task of it is: they have no room, or the last one has stopped. */
  readonly vacantInstances: Set<InstanceState>;
  /** DAEMON: instances that refused it; tried again once they change or room appears. */
  readonly refusedInstances: Set<InstanceState>;
  /** Tasks could not be placed: why, and when that was told. */
  placementFailure: { reason: string; toldAtMs: number } | undefined;
  isRebalancing: boolean;
  /** Tasks started within the current minute, for the launch rate. */
  launches: { minute: number; count: number };
}

export interface InstanceState {
  readonly arn: string;
  readonly id: string;
  readonly ec2InstanceId: string | undefined;
  readonly availabilityZone: string | undefined;
  readonly given: ContainerInstance;
  /** In the engine's table; -1 when it has left. */
  slot: number;
  /** REGISTERING: daemons of ECS Managed Instances have to run first. */
  status: 'REGISTERING' | 'ACTIVE' | 'DRAINING' | 'INACTIVE';
  agentConnected: boolean;
  /** EC2 has stopped it; it may be started again. */
  isHalted: boolean;
  /** Its health checks fail; where nobody repairs it, it runs on. */
  isImpaired: boolean;
  /** What its agent has to report once it is connected again, in order. */
  heldChanges: TaskChange[];
  readonly isSpot: boolean;
  /** Order of creation. */
  readonly tasks: Tasks;
  /** Keys of host ports in use, dynamic and fixed (model/host-ports). */
  readonly ports: Set<number>;
  version: number;
}

export type TargetHealth = 'initial' | 'healthy' | 'unhealthy' | 'draining' | 'unused' | 'unavailable';

export interface TargetState {
  readonly group: TargetGroupState;
  readonly task: TaskState;
  /** Instance id or ip, and the port that gets the traffic. */
  readonly id: string;
  readonly port: number;
  health: TargetHealth;
  reason: string | undefined;
  readonly registeredAtMs: number;
  /** The change of health that its checks will make, while nothing else comes. */
  due: { readonly health: TargetHealth; readonly atMs: number } | undefined;
}

export interface TargetGroupState {
  readonly settings: TargetGroup;
  /** In order of registration. */
  readonly targets: Set<TargetState>;
}

export interface ClusterState extends EventState {
  readonly context: EngineContext;
  readonly seed: number;
  /** Milliseconds since the Unix epoch at time 0. */
  readonly startEpochMs: number;
  nowMs: number;
  readonly engine: Engine;
  readonly decisions: Decisions;
  /** How new tasks are shared out over capacity providers. */
  readonly splitRule: SplitRule;
  readonly instances: Map<string, InstanceState>;
  /** By the engine's slot. */
  readonly slots: (InstanceState | undefined)[];
  readonly services: Map<string, ServiceState>;
  /** Live ones and those stopped within the hour, by number, oldest first. */
  readonly tasks: Map<number, TaskState>;
  /** Stopped ones, oldest first, until they are forgotten. */
  readonly stoppedTasks: TaskQueue;
  readonly targetGroups: Map<string, TargetGroupState>;
  readonly securityGroups: ReadonlyMap<string, SecurityGroup>;
  readonly subnets: ReadonlyMap<string, Subnet>;
  /** The cluster's, for calls that say neither launch type nor strategy. */
  defaultStrategy: readonly CapacityProviderStrategyItem[];
  /** Zones that are down: nothing starts there. */
  readonly lostZones: Set<string>;
  /** Names that SetAlarmState put in ALARM and that no evaluation has changed since (in-alarm). */
  readonly alarms: Set<string>;
  /** Services whose deployments may watch alarms; alarms by name, and those that metrics has to look at anew. */
  readonly alarmWatchers: Set<ServiceState>;
  readonly metricAlarms: Map<string, MetricAlarmState>;
  readonly changedAlarms: Changes<MetricAlarmState>;
  /** PutMetricData's, until the next whole minute. */
  readonly metricData: MetricDatum[];
  /** By resource id, `service/CLUSTER/NAME`. */
  readonly scalableTargets: Map<string, ScalableTargetState>;
  /** Auto Scaling groups, capacity providers, and who waits for them. */
  readonly capacity: CapacityState;
  /** Prepared requests of calls, by what they ask. */
  readonly placers: Map<string, Placer>;
  readonly timers: Timers<Command>;
  readonly sink: EventSink;
  /** Services that the next round looks at, in the order they changed. */
  readonly changedServices: Changes<ServiceState>;
  /** Services that wait for room: those that lack a task, until there is any gain, and uneven ones, a minute longer. */
  readonly waitingServices: Set<ServiceState>;
  readonly unevenServices: Set<ServiceState>;
  /** Tasks whose next moment of life the agent has to look up. */
  readonly changedTasks: Changes<TaskState>;
  /** Tasks whose fitness the scheduler has to judge. */
  readonly unjudgedTasks: Changes<TaskState>;
  /** Tasks whose targets the load balancers have to look at. */
  readonly changedTargets: Changes<TaskState>;
  readonly counters: Counters;
}

/** What controllers see: every collection read-only; the engine only to ask. */
export type ClusterView = { readonly [K in keyof ClusterState]: Frozen<ClusterState[K]> };
