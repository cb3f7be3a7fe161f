/** Moments of a task's life as the agent would report them: the words between scripts and whoever runs tasks. */
import type { HealthStatus } from './health.ts';

/** What changed of one container; members that are absent did not. */
export interface ContainerChange {
  readonly name: string;
  readonly lastStatus?: 'RUNNING' | 'STOPPED';
  /** Absent where the container never ran, but 143 where it never could, as the agent has it. */
  readonly exitCode?: number;
  readonly reason?: string;
  readonly healthStatus?: HealthStatus;
  /** Whether it answers the checks of its load balancers. It does from the start unless its behaviour says otherwise. */
  readonly answers?: boolean;
  /** How often its restart policy has started it again. */
  readonly restartCount?: number;
}

/** Why a task ends by itself (ECS API, Task.stopCode). */
export interface StopCause {
  readonly stopCode: 'TaskFailedToStart' | 'EssentialContainerExited';
  readonly stoppedReason: string;
}

/** What changed of a task at one time; members that are absent did not. */
export interface Moment {
  /** Milliseconds since placement, whole. Never less than the moment's before. */
  readonly afterMs: number;
  /** PENDING of a task that was PROVISIONING; RUNNING when every container has started. */
  readonly lastStatus?: 'PENDING' | 'RUNNING';
  /** Of the task. It begins UNKNOWN. */
  readonly healthStatus?: HealthStatus;
  /** In the order of the definition. They begin PENDING and UNKNOWN. */
  readonly containers?: readonly ContainerChange[];
  /** The first image began to be pulled. */
  readonly pullStarted?: true;
  /** The last image is there, or will never be. */
  readonly pullStopped?: true;
  /** The task ends: whatever still runs is to be stopped. No moment follows. */
  readonly stop?: StopCause;
}
