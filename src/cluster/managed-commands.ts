/** What can be done to the instances of ECS Managed Instances. Part of Command; apply/managed-instances applies them. */
import type { InstanceOffer } from '../model/group-instance-type.ts';
import type { ManagedInstance, ManagedProviderState } from './managed-state.ts';
import type { TaskState } from './state.ts';

/** Of one launch. */
export interface ManagedLaunch {
  readonly zone: string;
  readonly offer: InstanceOffer;
  /** Tasks in PROVISIONING that it is for. */
  readonly tasks: readonly TaskState[];
}

/** Nobody needs it; it is as old as it may be, or was drained; EC2 has lost it; its provider is deleted. */
export type ManagedEnd = 'IDLE' | 'DRAINED' | 'AGE' | 'LOST' | 'DELETED';

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
  | { readonly type: 'DrainManaged'; readonly instance: ManagedInstance }
  | { readonly type: 'EndManaged'; readonly instance: ManagedInstance; readonly why: ManagedEnd }
  /** Its last instance has gone. */
  | { readonly type: 'RemoveManaged'; readonly provider: ManagedProviderState }
  | { readonly type: 'WakeManaged'; readonly provider: ManagedProviderState };
