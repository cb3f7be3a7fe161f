/** Commands and calls of Auto Scaling groups and capacity providers, by name. Called by apply and api. */
import { optionalFlag, refuse } from '../../model/read.ts';
import type { CapacityCall, CapacityCommand } from '../capacity-commands.ts';
import { aliveOf } from '../capacity-state.ts';
import type { ApiCall } from '../commands.ts';
import type { ClusterState } from '../state.ts';
import { putClusterProviders, updateProvider } from './capacity-providers.ts';
import { deleteDaemonDefinition, registerDaemonDefinitionCall } from './daemon-definitions.ts';
import { createDaemonCall, deleteDaemon, updateDaemon } from './daemons.ts';
import { createGroupCall, deleteGroupCall } from './group-calls.ts';
import {
  answerHook,
  completeLifecycleAction,
  enterService,
  finishTermination,
  joinCluster,
  launchInstances,
  terminateInstances,
} from './group-instances.ts';
import { attachInstances, detachInstances, enterStandby, exitStandby } from './group-membership.ts';
import { deleteGroupPolicy } from './group-policies.ts';
import { putGroupSchedule, runGroupSchedule } from './group-schedules.ts';
import {
  changeProcesses,
  memberOf,
  noteGroup,
  setCapacity,
  setDesiredCapacity,
  setInstanceHealth,
  setProtection,
  updateGroup,
} from './groups.ts';
import { MANAGED_HANDLERS } from './managed-instances.ts';
import { createProviderCall, deleteProviderCall } from './provider-calls.ts';
import { endProvisioning, placeProvisioning } from './provisioning.ts';

type Handlers = {
  readonly [Type in CapacityCommand['type']]: (
    state: ClusterState,
    command: Extract<CapacityCommand, { readonly type: Type }>,
  ) => void;
};

export const CAPACITY_HANDLERS: Handlers = {
  ...MANAGED_HANDLERS,
  LaunchInstances: launchInstances,
  EnterService: (state, { instance }) => enterService(state, instance),
  JoinCluster: (state, { instance }) => joinCluster(state, instance),
  TerminateInstances: terminateInstances,
  FinishTermination: (state, { instance }) => finishTermination(state, instance),
  AnswerHook: answerHook,
  ProtectInstances: (state, { group, instances, isProtected }) => {
    for (const instance of instances) instance.isProtected = isProtected;
    noteGroup(state, group);
  },
  SetGroupCapacity: (state, { group, desired, who, cooldownEndsMs }) => {
    if (cooldownEndsMs !== undefined) group.cooldownEndsMs = cooldownEndsMs;
    setCapacity(state, group, desired, who);
  },
  WakeGroup: (state, { group }) => noteGroup(state, group),
  RunGroupSchedule: runGroupSchedule,
  PlaceProvisioning: placeProvisioning,
  EndProvisioning: endProvisioning,
};

type Answer = (state: ClusterState, call: ApiCall) => void;

const CALLS: Readonly<Record<CapacityCall, Answer>> = {
  CreateAutoScalingGroup: createGroupCall,
  DeleteAutoScalingGroup: deleteGroupCall,
  AttachInstances: attachInstances,
  DetachInstances: detachInstances,
  EnterStandby: enterStandby,
  ExitStandby: exitStandby,
  CreateCapacityProvider: createProviderCall,
  DeleteCapacityProvider: deleteProviderCall,
  UpdateAutoScalingGroup: updateGroup,
  SetDesiredCapacity: setDesiredCapacity,
  TerminateInstanceInAutoScalingGroup: terminateMember,
  SetInstanceProtection: setProtection,
  SetInstanceHealth: setInstanceHealth,
  SuspendProcesses: changeProcesses,
  ResumeProcesses: changeProcesses,
  PutScheduledUpdateGroupAction: putGroupSchedule,
  DeletePolicy: deleteGroupPolicy,
  CompleteLifecycleAction: completeLifecycleAction,
  UpdateCapacityProvider: updateProvider,
  PutClusterCapacityProviders: putClusterProviders,
  RegisterDaemonTaskDefinition: registerDaemonDefinitionCall,
  DeleteDaemonTaskDefinition: deleteDaemonDefinition,
  CreateDaemon: createDaemonCall,
  UpdateDaemon: updateDaemon,
  DeleteDaemon: deleteDaemon,
};

/** undefined: it is no call of these. */
export function capacityCall(name: string): Answer | undefined {
  return Object.hasOwn(CALLS, name) ? CALLS[name as CapacityCall] : undefined;
}

/** Protection does not keep it: that is only from scale-in (Amazon EC2 Auto Scaling guide, instance protection). */
function terminateMember(state: ClusterState, { input, path = '' }: ApiCall): void {
  const instance = memberOf(state, input.InstanceId, `${path}.InstanceId`);
  const at = `${path}.ShouldDecrementDesiredCapacity`;
  const shrinks = optionalFlag(input.ShouldDecrementDesiredCapacity, at) ?? false;
  const { group } = instance;
  // One in Standby is not counted.
  const isCounted = aliveOf(group).includes(instance);
  if (shrinks && isCounted && group.desiredCapacity - 1 < group.minSize)
    refuse(
      'BELOW_MINIMUM',
      `${at}: Currently, desiredSize equals minSize (${group.minSize}). Terminating instance without replacement will violate group's min size constraint.`,
      { path: at, value: true, limit: group.minSize },
      'ValidationException',
    );
  if (shrinks && isCounted)
    setCapacity(state, group, group.desiredCapacity - 1, `a user request terminated ${instance.instanceId}`);
  if (isCounted || instance.state === 'Standby')
    terminateInstances(state, { group, instances: [instance], cause: 'USER' });
}
