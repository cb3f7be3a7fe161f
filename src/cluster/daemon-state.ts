/**
 * ECS Managed Daemons, as the cluster keeps them: what runs once on each instance of ECS Managed Instances. Only apply writes
 * them; capacity decides. Invariant: a daemon starts on an instance when this registers, and never later.
 */
import type { Daemon, DaemonDeploymentConfiguration } from '../model/daemon.ts';
import type { TaskDefinition } from '../model/task-definition.ts';
import type { ManagedInstance } from './managed-state.ts';
import type { TaskState } from './state.ts';

/** A snapshot of a daemon's settings, made by each deployment. */
export interface DaemonRevision {
  readonly arn: string;
  readonly definition: TaskDefinition;
  /** By name. */
  readonly providers: ReadonlySet<string>;
  readonly isCritical: boolean;
}

export type DaemonDeploymentStatus =
  | 'PENDING'
  | 'IN_PROGRESS'
  | 'SUCCESSFUL'
  | 'STOPPED'
  | 'ROLLBACK_IN_PROGRESS'
  | 'ROLLBACK_SUCCESSFUL'
  | 'ROLLBACK_FAILED';

export interface DaemonDeploymentState {
  readonly arn: string;
  readonly daemon: DaemonState;
  readonly configuration: DaemonDeploymentConfiguration;
  status: DaemonDeploymentStatus;
  statusReason: string;
  /** Alarms that were in ALARM when it began: ignored. */
  readonly ignoredAlarms: ReadonlySet<string>;
  /** Tasks of its revision that could not start or did not stay. */
  failures: number;
  /** So many end it. */
  threshold: number;
  /** Instances that drain for it. */
  batch: readonly ManagedInstance[];
  /** Nothing more is drained before: a step is watched. */
  bakesUntilMs: number;
}

export interface DaemonState {
  settings: Daemon;
  readonly arn: string;
  /** In order of creation within the cluster; its ids follow from it. */
  readonly number: number;
  status: 'ACTIVE' | 'DELETE_IN_PROGRESS';
  /** What an instance that registers gets; undefined: nothing. */
  target: DaemonRevision | undefined;
  /** What a rollback goes back to. */
  completed: DaemonRevision | undefined;
  /** The latest. */
  deployment: DaemonDeploymentState;
  deployments: number;
}

/** A daemon on an instance. */
export interface DaemonMember {
  readonly revision: DaemonRevision;
  /** Undefined: it found no room. */
  readonly task: TaskState | undefined;
  /** Its end was told, or wanted: it does not count as a failure any more. */
  isEnded: boolean;
}

/** A registered daemon task definition. */
export interface DaemonDefinition {
  readonly definition: TaskDefinition;
  isDeleted: boolean;
}

export interface DaemonsState {
  /** By name, in order of creation. */
  readonly daemons: Map<string, DaemonState>;
  /** By family; the revision is the index and one. */
  readonly daemonDefinitions: Map<string, DaemonDefinition[]>;
  createdDaemons: number;
  createdRevisions: number;
}

export function newDaemons(): DaemonsState {
  return { daemons: new Map(), daemonDefinitions: new Map(), createdDaemons: 0, createdRevisions: 0 };
}

/** A deployment that still has something to do. */
export function isUnderWay({ status }: Pick<DaemonDeploymentState, 'status'>): boolean {
  return status === 'PENDING' || status === 'IN_PROGRESS' || status === 'ROLLBACK_IN_PROGRESS';
}

/** The revision that an instance of a provider shall run. */
export function revisionFor({ target }: Pick<DaemonState, 'target'>, provider: string): DaemonRevision | undefined {
  return target?.providers.has(provider) ? target : undefined;
}

/** A critical one has stopped there: none starts again. */
export function lacksDaemon({ daemons }: Pick<ManagedInstance, 'daemons'>): boolean {
  return [...daemons.values()].some(({ revision, isEnded }) => revision.isCritical && isEnded);
}
