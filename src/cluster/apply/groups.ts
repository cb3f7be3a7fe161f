/**
 * Auto Scaling groups: made at the start of a run, their sizes, settings and processes changed by calls and controllers.
 * Called by the run, by api and by apply. Invariant: desired capacity stays within the bounds.
 */
import { taskId } from '../../base/ids.ts';
import {
  type AutoScalingGroup,
  checkDesired,
  type GroupSizes,
  PROCESSES,
  parseGroupSettings,
  parseSizes,
  type ScalingProcess,
} from '../../model/auto-scaling-group.ts';
import { type InstanceOffer, offerOf } from '../../model/group-instance-type.ts';
import { onlyMembers } from '../../model/known-members.ts';
import { nonEmptyText, oneOf, optionalFlag, optionalList, refuse, text, whole } from '../../model/read.ts';
import { type GroupActivity, type GroupInstance, type GroupState, nthMember } from '../capacity-state.ts';
import type { ApiCall } from '../commands.ts';
import { isoSeconds } from '../describe/iso-time.ts';
import type { ClusterState } from '../state.ts';

/** Makes a group at the start of a run; its instances come with the first round. */
export function createGroup(state: ClusterState, given: AutoScalingGroup): GroupState {
  const { region, account } = state.context;
  const number = state.capacity.createdGroups++;
  const group: GroupState = {
    name: given.name,
    number,
    arn: `arn:aws:autoscaling:${region}:${account}:autoScalingGroup:${groupUuid(state, number)}:autoScalingGroupName/${given.name}`,
    given,
    settings: given,
    minSize: given.minSize,
    maxSize: given.maxSize,
    desiredCapacity: given.desiredCapacity,
    instances: new Set(),
    offers: offersOf(state, given),
    suspended: new Set(given.suspended),
    policies: new Map(),
    schedules: new Map(),
    interruptions: new Map(),
    cause: `At ${isoSeconds(state, state.nowMs)} a user request created an AutoScalingGroup changing the desired capacity from 0 to ${given.desiredCapacity}.`,
    cooldownEndsMs: 0,
    launched: 0,
    launchesHeldUntilMs: 0,
  };
  state.capacity.groups.set(group.name, group);
  noteGroup(state, group);
  return group;
}

function groupUuid(state: ClusterState, number: number): string {
  const hex = taskId((state.seed ^ 0x6a09e667) >>> 0, number);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

function offersOf({ capacity }: ClusterState, { instance, mixed }: AutoScalingGroup): InstanceOffer[] {
  const types = mixed === undefined || mixed.instanceTypes.length === 0 ? [instance.instanceType] : mixed.instanceTypes;
  return types.map((type) => offerOf(instance, capacity.instanceTypes, type));
}

/** The next round looks at it. */
export function noteGroup(state: ClusterState, group: GroupState): void {
  state.capacity.changedGroups.add(group);
  state.capacity.version += 1;
}

/** The group that a call names. @throws ValidationException as AWS does. */
export function groupOf(state: ClusterState, name: unknown, path: string): GroupState {
  const group = state.capacity.groups.get(nonEmptyText(name, path));
  if (group !== undefined) return group;
  return refuse(
    'GROUP_NOT_FOUND',
    `${path}: AutoScalingGroup name not found - null: ${String(name)}`,
    { path, value: name, expected: [...state.capacity.groups.keys()] },
    'ValidationException',
  );
}

/**
 * By id, or `web-group[0]`: the oldest of the group; ids are not known before a run.
 * @param group it must be of that one.
 */
export function memberOf(state: ClusterState, id: unknown, path: string, group?: GroupState): GroupInstance {
  const found = nthMember(state.capacity, id) ?? byId(state, id);
  if (found !== undefined && (group === undefined || found.group === group)) return found;
  if (found !== undefined && group !== undefined)
    return refuse(
      'INSTANCE_OF_ANOTHER_GROUP',
      `${path}: The instance ${found.instanceId} is not part of Auto Scaling group ${group.name}.`,
      { path, value: id },
      'ValidationException',
    );
  return refuse(
    'INSTANCE_NOT_FOUND',
    `${path}: Instance Id not found - No managed instance found for instance ID: ${String(id)}`,
    { path, value: id },
    'ValidationException',
  );
}

function byId({ capacity }: ClusterState, id: unknown): GroupInstance | undefined {
  for (const { instances } of capacity.groups.values())
    for (const one of instances) if (one.instanceId === id) return one;
  return undefined;
}

/**
 * A new desired capacity with its reason, which activities repeat. @param who such as `a user request explicitly set
 * group desired capacity`.
 */
export function setCapacity(state: ClusterState, group: GroupState, desired: number, who: string): void {
  if (desired === group.desiredCapacity) return;
  const change = `changing the desired capacity from ${group.desiredCapacity} to ${desired}`;
  group.cause = `At ${isoSeconds(state, state.nowMs)} ${who} ${change}.`;
  group.desiredCapacity = desired;
  noteGroup(state, group);
}

/** New bounds and desired capacity at once: UpdateAutoScalingGroup and scheduled actions. */
export function setSizes(state: ClusterState, group: GroupState, sizes: GroupSizes, who: string): void {
  const { minSize, maxSize, desiredCapacity } = sizes;
  group.minSize = minSize;
  group.maxSize = maxSize;
  noteGroup(state, group);
  setCapacity(
    state,
    group,
    desiredCapacity,
    `${who} of AutoScalingGroup constraints to min: ${minSize}, max: ${maxSize}, desired: ${desiredCapacity}`,
  );
}

/** UpdateAutoScalingGroup's members, those among them that parseGroupSettings refuses by name. */
const UPDATED = [
  ...['AutoScalingGroupName', 'MinSize', 'MaxSize', 'DesiredCapacity', 'DefaultCooldown', 'DefaultInstanceWarmup'],
  ...['HealthCheckType', 'HealthCheckGracePeriod', 'NewInstancesProtectedFromScaleIn', 'TerminationPolicies'],
  ...['MixedInstancesPolicy', 'LaunchTemplate', 'LaunchConfigurationName', 'ServiceLinkedRoleARN', 'Context'],
  ...['CapacityRebalance', 'MaxInstanceLifetime', 'InstanceMaintenancePolicy', 'AvailabilityZoneDistribution'],
  ...['PlacementGroup', 'DesiredCapacityType'],
];

export function updateGroup(state: ClusterState, { input, path = '' }: ApiCall): void {
  const group = groupOf(state, input.AutoScalingGroupName, `${path}.AutoScalingGroupName`);
  onlyMembers(input, path, UPDATED, ['AvailabilityZones', 'VPCZoneIdentifier', 'AvailabilityZoneIds']);
  const sizes = parseSizes(input, path, group);
  const settings = parseGroupSettings(input, path, group.settings);
  group.settings = settings;
  setSizes(state, group, sizes, 'a user request update');
}

/** HonorCooldown makes it wait for simple scaling's cooldown; without, it does not (Amazon EC2 Auto Scaling API). */
export function setDesiredCapacity(state: ClusterState, { input, path = '' }: ApiCall): void {
  const group = groupOf(state, input.AutoScalingGroupName, `${path}.AutoScalingGroupName`);
  const desired = whole(input.DesiredCapacity, `${path}.DesiredCapacity`);
  checkDesired(desired, group, `${path}.DesiredCapacity`);
  const honours = optionalFlag(input.HonorCooldown, `${path}.HonorCooldown`) ?? false;
  if (honours && state.nowMs < group.cooldownEndsMs)
    refuse(
      'COOLDOWN',
      `${path}: the group is in its cooldown until ${isoSeconds(state, group.cooldownEndsMs)}.`,
      { path, value: desired },
      'ValidationException',
    );
  setCapacity(state, group, desired, 'a user request explicitly set group desired capacity');
}

export function setProtection(state: ClusterState, { input, path = '' }: ApiCall): void {
  const group = groupOf(state, input.AutoScalingGroupName, `${path}.AutoScalingGroupName`);
  const isProtected = optionalFlag(input.ProtectedFromScaleIn, `${path}.ProtectedFromScaleIn`) ?? false;
  const ids = optionalList(input.InstanceIds, `${path}.InstanceIds`);
  const members = ids.map((id, k) => memberOf(state, id, `${path}.InstanceIds[${k}]`, group));
  for (const one of members) one.isProtected = isProtected;
  noteGroup(state, group);
}

/** A new instance is kept for the grace period of its group (Amazon EC2 Auto Scaling guide, health check grace period). */
export function setInstanceHealth(state: ClusterState, { input, path = '' }: ApiCall): void {
  const instance = memberOf(state, input.InstanceId, `${path}.InstanceId`);
  const status = oneOf(input.HealthStatus, `${path}.HealthStatus`, ['Healthy', 'Unhealthy']);
  const respects = optionalFlag(input.ShouldRespectGracePeriod, `${path}.ShouldRespectGracePeriod`) ?? true;
  const { group, inServiceAtMs = state.nowMs } = instance;
  const graceEndsMs = respects ? inServiceAtMs + group.settings.healthGraceSeconds * 1000 : 0;
  const atMs = Math.max(state.nowMs, graceEndsMs);
  instance.replaceAtMs = status === 'Unhealthy' ? atMs : undefined;
  noteGroup(state, group);
  if (status === 'Unhealthy' && atMs > state.nowMs) state.timers.set(atMs, { type: 'WakeGroup', group });
}

/** SuspendProcesses and ResumeProcesses; without names all of them. */
export function changeProcesses(state: ClusterState, { call, input, path = '' }: ApiCall): void {
  const group = groupOf(state, input.AutoScalingGroupName, `${path}.AutoScalingGroupName`);
  const at = `${path}.ScalingProcesses`;
  const named: ScalingProcess[] = optionalList(input.ScalingProcesses, at).map((one, k) =>
    oneOf(text(one, `${at}[${k}]`), `${at}[${k}]`, PROCESSES),
  );
  for (const one of named.length === 0 ? PROCESSES : named) {
    if (call === 'SuspendProcesses') group.suspended.add(one);
    else group.suspended.delete(one);
  }
  noteGroup(state, group);
}

export function tellGroup(state: ClusterState, group: GroupState, activity: GroupActivity): void {
  if (state.sink.isOpen) state.sink.emit({ type: 'AutoScalingActivity', group, activity });
}
