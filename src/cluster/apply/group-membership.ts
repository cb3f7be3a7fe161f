/**
 * Instances that come into a group and leave it by hand: AttachInstances, DetachInstances, EnterStandby and ExitStandby.
 * Called by capacity. Invariant: who is Detached is in no group; who is in Standby counts for no desired capacity.
 */
import { onlyMembers } from '../../model/known-members.ts';
import { list, optionalFlag, refuse } from '../../model/read.ts';
import { aliveOf, type GroupInstance, type GroupState, isBusy } from '../capacity-state.ts';
import type { ApiCall } from '../commands.ts';
import { isoSeconds } from '../describe/iso-time.ts';
import type { ClusterState, InstanceState } from '../state.ts';
import { moveTo } from './group-instances.ts';
import { groupOf, memberOf, noteGroup, setCapacity, tellGroup } from './groups.ts';
import { instanceOf } from './instances.ts';

/** AttachInstances, DetachInstances, EnterStandby (Amazon EC2 Auto Scaling API). */
const MOST_IDS = 20;

function idsOf(input: ApiCall['input'], path: string): readonly unknown[] {
  const at = `${path}.InstanceIds`;
  const ids = list(input.InstanceIds, at);
  if (ids.length === 0 || ids.length > MOST_IDS)
    refuse(
      'INSTANCE_COUNT',
      `${at} must hold 1 to ${MOST_IDS} instances, but held ${ids.length}.`,
      { path: at, value: ids.length, limit: MOST_IDS },
      'ValidationException',
    );
  ids.forEach((id, k) => {
    if (ids.indexOf(id) < k)
      refuse(
        'DUPLICATE',
        `${at}[${k}] ${String(id)} stands twice.`,
        { path: `${at}[${k}]`, value: id },
        'ValidationException',
      );
  });
  return ids;
}

function tell(
  state: ClusterState,
  group: GroupState,
  what: string,
  cause: string,
  { instanceId }: GroupInstance,
): void {
  tellGroup(state, group, {
    description: `${what}: ${instanceId}`,
    cause: `At ${isoSeconds(state, state.nowMs)} ${cause}`,
    statusCode: 'Successful',
    instanceId,
  });
}

function refuseState(path: string, { instanceId, state }: GroupInstance, wanted: string): never {
  refuse(
    'INSTANCE_STATE',
    `${path}: The instance ${instanceId} is not in ${wanted} state: it is ${state}.`,
    { path, value: instanceId, expected: [wanted] },
    'ValidationException',
  );
}

/** Fewer than the least of the group are refused, as is not saying whether it shall want fewer. */
function shrinks(group: GroupState, count: number, input: ApiCall['input'], path: string): boolean {
  const at = `${path}.ShouldDecrementDesiredCapacity`;
  const wanted = optionalFlag(input.ShouldDecrementDesiredCapacity, at);
  if (wanted === undefined)
    return refuse('MISSING', `${at} must be true or false.`, { path: at, value: wanted }, 'ValidationException');
  if (wanted && group.desiredCapacity - count < group.minSize)
    refuse(
      'BELOW_MINIMUM',
      `${at}: Currently, desiredSize is ${group.desiredCapacity} and minSize is ${group.minSize}: taking ${count} away violates the group's min size constraint.`,
      { path: at, value: true, limit: group.minSize },
      'ValidationException',
    );
  return wanted;
}

function checkRoom(group: GroupState, count: number, path: string): void {
  const desired = group.desiredCapacity + count;
  if (desired <= group.maxSize) return;
  refuse(
    'OUT_OF_RANGE',
    `${path}: New SetDesiredCapacity value ${desired} is above max value ${group.maxSize} for the AutoScalingGroup.`,
    { path, value: desired, limit: group.maxSize },
    'ValidationException',
  );
}

/** Words of Amazon EC2 Auto Scaling's activities. */
function sizes(wanted: boolean, { desiredCapacity }: GroupState, left: number): string {
  return wanted ? `, shrinking the capacity from ${desiredCapacity} to ${desiredCapacity - left}` : '';
}

/** Out of the group: what EC2 runs, and what is registered, goes on without it. */
export function detachInstances(state: ClusterState, { input, path = '' }: ApiCall): void {
  onlyMembers(input, path, ['AutoScalingGroupName', 'InstanceIds', 'ShouldDecrementDesiredCapacity']);
  const group = groupOf(state, input.AutoScalingGroupName, `${path}.AutoScalingGroupName`);
  const members = idsOf(input, path).map((id, k) => {
    const at = `${path}.InstanceIds[${k}]`;
    const one = memberOf(state, id, at, group);
    if (one.state !== 'InService' && one.state !== 'Standby') refuseState(at, one, 'InService');
    return one;
  });
  const counted = members.filter((one) => one.state === 'InService').length;
  const wanted = shrinks(group, counted, input, path);
  const change = sizes(wanted, group, counted);
  for (const one of members) {
    tell(
      state,
      group,
      'Detaching EC2 instance',
      `instance ${one.instanceId} was detached in response to a user request${change}.`,
      one,
    );
    moveTo(state, one, 'Detached');
    group.instances.delete(one);
    if (one.containerInstance !== undefined) state.capacity.members.delete(one.containerInstance);
  }
  if (wanted) setCapacity(state, group, group.desiredCapacity - counted, 'a user request detached instances');
}

export function enterStandby(state: ClusterState, { input, path = '' }: ApiCall): void {
  onlyMembers(input, path, ['AutoScalingGroupName', 'InstanceIds', 'ShouldDecrementDesiredCapacity']);
  const group = groupOf(state, input.AutoScalingGroupName, `${path}.AutoScalingGroupName`);
  const members = idsOf(input, path).map((id, k) => {
    const at = `${path}.InstanceIds[${k}]`;
    const one = memberOf(state, id, at, group);
    return one.state === 'InService' ? one : refuseState(at, one, 'InService');
  });
  const wanted = shrinks(group, members.length, input, path);
  const change = sizes(wanted, group, members.length);
  for (const one of members) {
    tell(
      state,
      group,
      'Moving EC2 instance to Standby',
      `instance ${one.instanceId} was moved to standby in response to a user request${change}.`,
      one,
    );
    moveTo(state, one, 'Standby');
  }
  if (wanted)
    setCapacity(state, group, group.desiredCapacity - members.length, 'a user request moved instances to standby');
}

/** By id, or `web-group[0]`: the oldest in Standby. */
function standing(state: ClusterState, group: GroupState, id: unknown, path: string): GroupInstance {
  const [, name, index = ''] = (typeof id === 'string' ? /^(.+)\[(\d+)\]$/.exec(id) : null) ?? [];
  const all = [...group.instances].filter((one) => one.state === 'Standby');
  const one = name === group.name ? all[Number(index)] : undefined;
  if (one !== undefined) return one;
  const found = memberOf(state, id, path, group);
  return found.state === 'Standby' ? found : refuseState(path, found, 'Standby');
}

/** The desired capacity grows by as many (Amazon EC2 Auto Scaling API, ExitStandby). */
export function exitStandby(state: ClusterState, { input, path = '' }: ApiCall): void {
  onlyMembers(input, path, ['AutoScalingGroupName', 'InstanceIds']);
  const group = groupOf(state, input.AutoScalingGroupName, `${path}.AutoScalingGroupName`);
  const members = idsOf(input, path).map((id, k) => standing(state, group, id, `${path}.InstanceIds[${k}]`));
  checkRoom(group, members.length, `${path}.InstanceIds`);
  const { desiredCapacity: from } = group;
  for (const one of members) {
    const change = `increasing the capacity from ${from} to ${from + members.length}`;
    tell(
      state,
      group,
      'Moving EC2 instance out of Standby',
      `instance ${one.instanceId} was moved out of standby in response to a user request, ${change}.`,
      one,
    );
    one.inServiceAtMs = state.nowMs;
    moveTo(state, one, 'InService');
  }
  setCapacity(state, group, from + members.length, 'a user request moved instances out of standby');
}

function amountOf({ given }: InstanceState, name: string): number {
  return given.registeredResources?.find((one) => one.name === name)?.integerValue ?? 0;
}

/** As what it registered. */
function memberFor(state: ClusterState, group: GroupState, instance: InstanceState): GroupInstance {
  const attributes = instance.given.attributes ?? [];
  const instanceType = attributes.find(({ name }) => name === 'ecs.instance-type')?.value;
  const facts = instanceType === undefined ? undefined : state.capacity.instanceTypes[instanceType];
  const gpus = instance.given.registeredResources?.find(({ name }) => name === 'GPU')?.stringSetValue ?? [];
  return {
    group,
    instanceId: instance.ec2InstanceId ?? '',
    number: group.launched++,
    availabilityZone: instance.availabilityZone ?? '',
    offer: {
      instanceType,
      cpu: amountOf(instance, 'CPU'),
      memoryMiB: amountOf(instance, 'MEMORY'),
      gpus: gpus.length,
      networkInterfaces: facts?.awsvpcTasks,
      price: facts?.microUsdPerHour,
      attributes,
    },
    isSpot: instance.isSpot,
    launchedAtMs: state.nowMs,
    isExtra: false,
    state: 'InService',
    stateSinceMs: state.nowMs,
    inServiceAtMs: state.nowMs,
    isProtected: group.settings.newInstancesProtected,
    isHealthy: !instance.isHalted,
    replaceAtMs: undefined,
    isCutOff: false,
    isBusy: isBusy(instance),
    awaited: new Set(),
    containerInstance: instance,
  };
}

function refuseAttach(path: string, value: unknown, why: string): never {
  refuse('INSTANCE_UNFIT', `${path}: ${why}`, { path, value }, 'ValidationException');
}

/** It runs, in a zone of the group, and is nobody else's. */
function free(state: ClusterState, group: GroupState, id: unknown, path: string): InstanceState {
  const instance = instanceOf(state, id, path);
  const { members, managed } = state.capacity;
  const { ec2InstanceId, availabilityZone = '', isHalted } = instance;
  if (ec2InstanceId === undefined) refuseAttach(path, id, `${String(id)} is no EC2 instance.`);
  const owner = members.get(instance)?.group.name ?? managed.members.get(instance)?.provider.settings.name;
  if (owner !== undefined) refuseAttach(path, id, `Instance ${ec2InstanceId} is already part of ${owner}.`);
  if (isHalted) refuseAttach(path, id, `Instance ${ec2InstanceId} is not in the running state.`);
  if (!group.given.zones.includes(availabilityZone))
    refuseAttach(
      path,
      id,
      `Instance ${ec2InstanceId} is in ${availabilityZone || 'no zone'}, where the group has no instances.`,
    );
  return instance;
}

/** Container instances that no group launched, or that were detached. */
export function attachInstances(state: ClusterState, { input, path = '' }: ApiCall): void {
  onlyMembers(input, path, ['AutoScalingGroupName', 'InstanceIds']);
  const group = groupOf(state, input.AutoScalingGroupName, `${path}.AutoScalingGroupName`);
  const instances = idsOf(input, path).map((id, k) => free(state, group, id, `${path}.InstanceIds[${k}]`));
  checkRoom(group, instances.length, `${path}.InstanceIds`);
  const before = aliveOf(group).length;
  for (const instance of instances) {
    const one = memberFor(state, group, instance);
    group.instances.add(one);
    state.capacity.members.set(instance, one);
    if (state.sink.isOpen) state.sink.emit({ type: 'GroupInstanceStateChange', instance: one });
    const change = `increasing the capacity from ${before} to ${before + instances.length}`;
    tell(
      state,
      group,
      'Attaching an existing EC2 instance',
      `an instance was attached in response to a user request, ${change}.`,
      one,
    );
  }
  noteGroup(state, group);
  setCapacity(state, group, group.desiredCapacity + instances.length, 'a user request attached instances');
}
