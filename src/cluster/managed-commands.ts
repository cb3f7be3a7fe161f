/** What can be done to the instances of ECS Managed Instances. Part of Command; apply/managed-instances applies them. */
import type { InstanceOffer } from '../model/group-instance-type.ts';
import type { DaemonDeploymentState, DaemonState } from './daemon-state.ts';
import type { CapacityReservationState, ManagedInstance, ManagedProviderState } from './managed-state.ts';
import type { TaskState } from './state.ts';

/** Of one launch. */
export interface ManagedLaunch {
  readonly zone: string;
  readonly offer: InstanceOffer;
  /** Whose place it takes; undefined: none's. */
  readonly reservation: CapacityReservationState | undefined;
  /** Tasks in PROVISIONING that it is for. */
  readonly tasks: readonly TaskState[];
}

/** Nobody needs it; a daemon did not stay; its health checks fail; it is as old as it may be, or was drained; EC2 has lost it; its provider is deleted. */
export type ManagedEnd = 'IDLE' | 'DAEMON' | 'IMPAIRED' | 'DRAINED' | 'AGE' | 'LOST' | 'DELETED';

export type ManagedCommand =
  | {
      readonly type: 'LaunchManaged';
      readonly provider: ManagedProviderState;
      readonly launches: readonly ManagedLaunch[];
    }
  /** EC2 runs it. */
  | { readonly type: 'StartManaged'; readonly instance: ManagedInstance }
  /** Its agent registers. */
  | { readonly type: 'JoinManaged'; readonly instance: ManagedInstance }
  /** Its daemons run: it takes tasks. */
  | { readonly type: 'ActivateManaged'; readonly instance: ManagedInstance }
  /** `why`: what it ends for, unless it was drained for nothing else. */
  | { readonly type: 'DrainManaged'; readonly instance: ManagedInstance; readonly why?: ManagedEnd }
  | { readonly type: 'EndManaged'; readonly instance: ManagedInstance; readonly why: ManagedEnd }
  /** Its last instance has gone. */
  | { readonly type: 'RemoveManaged'; readonly provider: ManagedProviderState }
  | { readonly type: 'WakeManaged'; readonly provider: ManagedProviderState }
  | DaemonCommand;

/** Of ECS Managed Daemons. */
export type DaemonCommand =
  /** Its task could not start or did not stay. */
  | {
      readonly type: 'LoseDaemon';
      readonly instance: ManagedInstance;
      readonly daemon: DaemonState;
      readonly reason: string;
    }
  /** It has taken tasks for a while. */
  | { readonly type: 'NoteStay'; readonly instance: ManagedInstance }
  /** Nothing else is left on a draining instance. */
  | { readonly type: 'EndDaemons'; readonly instance: ManagedInstance }
  | { readonly type: 'BeginDaemonDeployment'; readonly deployment: DaemonDeploymentState }
  | {
      readonly type: 'DrainForDaemon';
      readonly deployment: DaemonDeploymentState;
      readonly instances: readonly ManagedInstance[];
    }
  /** A step is done, and watched for a while. */
  | { readonly type: 'BakeDaemon'; readonly deployment: DaemonDeploymentState }
  | { readonly type: 'CompleteDaemonDeployment'; readonly deployment: DaemonDeploymentState }
  | { readonly type: 'FailDaemonDeployment'; readonly deployment: DaemonDeploymentState; readonly reason: string };
