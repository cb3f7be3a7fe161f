/** What can be done to Auto Scaling groups and capacity providers. Part of Command; apply/capacity applies them. */

import type { PlacementInput } from '../contract.ts';
import type { InstanceOffer } from '../model/group-instance-type.ts';
import type { HookResult, LifecycleHook } from '../model/group-lifecycle-hook.ts';
import type { GroupInstance, GroupScheduleState, GroupState } from './capacity-state.ts';
import type { ManagedCommand } from './managed-commands.ts';
import type { TaskState } from './state.ts';

/** Amazon EC2 Auto Scaling's, and ECS's for capacity providers and daemons. */
export type CapacityCall =
  | 'CreateAutoScalingGroup'
  | 'DeleteAutoScalingGroup'
  | 'AttachInstances'
  | 'DetachInstances'
  | 'EnterStandby'
  | 'ExitStandby'
  | 'CreateCapacityProvider'
  | 'DeleteCapacityProvider'
  | 'UpdateAutoScalingGroup'
  | 'SetDesiredCapacity'
  | 'TerminateInstanceInAutoScalingGroup'
  | 'SetInstanceProtection'
  | 'SetInstanceHealth'
  | 'SuspendProcesses'
  | 'ResumeProcesses'
  | 'PutScheduledUpdateGroupAction'
  | 'DeletePolicy'
  | 'CompleteLifecycleAction'
  | 'UpdateCapacityProvider'
  | 'PutClusterCapacityProviders'
  | 'RegisterDaemonTaskDefinition'
  | 'DeleteDaemonTaskDefinition'
  | 'CreateDaemon'
  | 'UpdateDaemon'
  | 'DeleteDaemon';

/** Of one launch. */
export interface LaunchWish {
  readonly zone: string;
  readonly offer: InstanceOffer;
  readonly isSpot: boolean;
}

export type LaunchCause = 'CAPACITY' | 'UNHEALTHY' | 'REBALANCE';
export type TerminationCause = 'CAPACITY' | 'HEALTH' | 'REBALANCE' | 'USER';

export type CapacityCommand =
  | ManagedCommand
  | {
      readonly type: 'LaunchInstances';
      readonly group: GroupState;
      readonly wishes: readonly LaunchWish[];
      readonly cause: LaunchCause;
    }
  | { readonly type: 'EnterService'; readonly instance: GroupInstance }
  | { readonly type: 'JoinCluster'; readonly instance: GroupInstance }
  | {
      readonly type: 'TerminateInstances';
      readonly group: GroupState;
      readonly instances: readonly GroupInstance[];
      readonly cause: TerminationCause;
    }
  | { readonly type: 'FinishTermination'; readonly instance: GroupInstance }
  | {
      readonly type: 'AnswerHook';
      readonly instance: GroupInstance;
      readonly hook: LifecycleHook;
      readonly result: HookResult;
    }
  | {
      readonly type: 'ProtectInstances';
      readonly group: GroupState;
      readonly instances: readonly GroupInstance[];
      readonly isProtected: boolean;
    }
  /** Within the bounds. The cooldown is that of simple scaling; `who` tells why. */
  | {
      readonly type: 'SetGroupCapacity';
      readonly group: GroupState;
      readonly desired: number;
      readonly who: string;
      readonly cooldownEndsMs?: number;
    }
  | { readonly type: 'WakeGroup'; readonly group: GroupState }
  | { readonly type: 'RunGroupSchedule'; readonly group: GroupState; readonly action: GroupScheduleState }
  /** Tries the tasks in PROVISIONING once. */
  | { readonly type: 'PlaceProvisioning' }
  /** A standalone task has been in PROVISIONING for as long as it may. */
  | { readonly type: 'EndProvisioning'; readonly task: TaskState; readonly placement: PlacementInput };
