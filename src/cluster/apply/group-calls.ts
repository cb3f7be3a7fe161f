/**
 * CreateAutoScalingGroup and DeleteAutoScalingGroup in the course of a run. Called by capacity. Invariant: of a group that is
 * gone nothing is left: no instance, no alarm, no schedule.
 */
import { parseAutoScalingGroup } from '../../model/auto-scaling-group.ts';
import { onlyMembers } from '../../model/known-members.ts';
import { optionalFlag, refuse } from '../../model/read.ts';
import { aliveOf, type GroupState, providerOf } from '../capacity-state.ts';
import type { ApiCall } from '../commands.ts';
import type { ClusterState } from '../state.ts';
import { finishTermination } from './group-instances.ts';
import { dropAlarms } from './group-policies.ts';
import { createGroup, groupOf } from './groups.ts';

/** CreateAutoScalingGroup's, those among them that parseAutoScalingGroup refuses by name, and ours. */
const MEMBERS = [
  ...['AutoScalingGroupName', 'MinSize', 'MaxSize', 'DesiredCapacity', 'DefaultCooldown', 'DefaultInstanceWarmup'],
  ...['AvailabilityZones', 'VPCZoneIdentifier', 'HealthCheckType', 'HealthCheckGracePeriod', 'TerminationPolicies'],
  ...['NewInstancesProtectedFromScaleIn', 'MixedInstancesPolicy', 'LaunchTemplate', 'LaunchConfigurationName', 'Tags'],
  ...['LifecycleHookSpecificationList', 'ServiceLinkedRoleARN', 'Context', 'CapacityRebalance', 'MaxInstanceLifetime'],
  ...['InstanceMaintenancePolicy', 'AvailabilityZoneDistribution', 'PlacementGroup', 'DesiredCapacityType'],
  ...['instanceType', 'instance', 'launchDelaySeconds', 'joinDelaySeconds', 'cluster'],
];
const UNMODELLED = [
  ...['InstanceId', 'LoadBalancerNames', 'TargetGroupARNs', 'TrafficSources', 'AvailabilityZoneIds'],
  ...['AvailabilityZoneImpairmentPolicy', 'SkipZonalShiftValidation', 'CapacityReservationSpecification'],
];

/** The next round launches what it desires. */
export function createGroupCall(state: ClusterState, { input, path = '' }: ApiCall): void {
  onlyMembers(input, path, MEMBERS, UNMODELLED);
  const around = { subnets: [...state.subnets.values()], region: state.context.region };
  const given = parseAutoScalingGroup(input, path, around);
  if (state.capacity.groups.has(given.name))
    refuse(
      'GROUP_EXISTS',
      `${path}.AutoScalingGroupName: AutoScalingGroup by this name already exists - A group with the name ${given.name} already exists`,
      { path: `${path}.AutoScalingGroupName`, value: given.name },
      'AlreadyExistsFault',
    );
  createGroup(state, given);
}

function refuseInUse(path: string, { name }: GroupState, why: string): never {
  refuse('GROUP_IN_USE', `${path}: ${why}`, { path, value: name }, 'ResourceInUseFault');
}

/** Why it cannot be deleted without force (Amazon EC2 Auto Scaling API, DeleteAutoScalingGroup). */
function checkEmpty(group: GroupState, path: string): void {
  const { instances } = group;
  if (instances.size === 0) return;
  const isServing = aliveOf(group).some((one) => one.state === 'InService');
  const stands = [...instances].some((one) => one.state === 'Standby');
  if (isServing || stands)
    refuseInUse(
      path,
      group,
      'You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) still in the group.',
    );
  refuse(
    'SCALING_IN_PROGRESS',
    `${path}: You cannot delete an AutoScalingGroup while there are scaling activities in progress for that group.`,
    { path, value: group.name },
    'ScalingActivityInProgressFault',
  );
}

/** ForceDelete ends its instances at once, without draining them or asking their hooks. */
export function deleteGroupCall(state: ClusterState, { input, path = '' }: ApiCall): void {
  onlyMembers(input, path, ['AutoScalingGroupName', 'ForceDelete']);
  const at = `${path}.AutoScalingGroupName`;
  const group = groupOf(state, input.AutoScalingGroupName, at);
  const isForced = optionalFlag(input.ForceDelete, `${path}.ForceDelete`) ?? false;
  const provider = providerOf(state.capacity, group);
  if (provider !== undefined)
    refuseInUse(
      at,
      group,
      `The Auto Scaling group is used by capacity provider ${provider.settings.name}: delete that first.`,
    );
  if (!isForced) checkEmpty(group, at);
  for (const instance of [...group.instances]) finishTermination(state, instance);
  for (const policy of group.policies.values()) dropAlarms(state, policy);
  group.policies.clear();
  group.schedules.clear();
  state.capacity.groups.delete(group.name);
  state.capacity.changedGroups.delete(group);
  state.capacity.version += 1;
}
