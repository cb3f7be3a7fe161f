/**
 * Container instances as members of Auto Scaling groups: who they are, whether tasks hold them, whether EC2 has lost them.
 * Called by whatever changes tasks or instances.
 */
import { type GroupInstance, isBusy, poolKey } from '../capacity-state.ts';
import type { ClusterState, InstanceState } from '../state.ts';
import { noteGroup } from './groups.ts';
import { forgetManaged, loseManaged, noteLost, noteTasks, noteTried } from './managed-members.ts';

/** A task came to it or left it. */
export function noteOccupancy(state: ClusterState, instance: InstanceState): void {
  noteTasks(state, instance);
  if (state.capacity.members.size === 0) return;
  const member = state.capacity.members.get(instance);
  if (member === undefined) return;
  const busy = isBusy(instance);
  if (busy === member.isBusy) return;
  member.isBusy = busy;
  noteGroup(state, member.group);
}

/** EC2 has stopped or terminated it, or started it again: the group's health check sees it at once. */
export function noteHealth(state: ClusterState, instance: InstanceState, isHealthy: boolean): void {
  if (!isHealthy) noteLost(state, instance);
  const member = state.capacity.members.get(instance);
  if (member === undefined || member.isHealthy === isHealthy) return;
  member.isHealthy = isHealthy;
  noteGroup(state, member.group);
}

/** EC2 wants the capacity back: the pool is not deep. */
export function noteInterrupted(state: ClusterState, instance: InstanceState): void {
  const member = state.capacity.members.get(instance);
  if (member === undefined) return;
  const { group, offer, availabilityZone } = member;
  const key = poolKey(offer, availabilityZone);
  group.interruptions.set(key, (group.interruptions.get(key) ?? 0) + 1);
}

/** Its zone is down, and no agent of it is known yet. */
export function cutOff(state: ClusterState, instance: GroupInstance): void {
  instance.isHealthy = false;
  instance.isCutOff = true;
  noteGroup(state, instance.group);
}

/** Those of a zone that are on their way to their registration: that is as lost as the registered ones. */
export function loseComing(state: ClusterState, zone: string): void {
  loseManaged(state, zone);
  for (const { instances } of state.capacity.groups.values())
    for (const one of instances) if (one.availabilityZone === zone && isComing(one)) cutOff(state, one);
}

function isComing({ state, containerInstance, isHealthy }: GroupInstance): boolean {
  return (
    isHealthy &&
    containerInstance === undefined &&
    (state === 'Pending:Wait' || state === 'InService' || state === 'Standby')
  );
}

/** The zone is back: they go on where they stood, unless the group has replaced them; and it may launch there again. */
export function restoreComing(state: ClusterState, zone: string): void {
  noteTried(state);
  for (const group of state.capacity.groups.values()) {
    if (group.given.zones.includes(zone)) noteGroup(state, group);
    for (const one of group.instances) if (one.availabilityZone === zone && one.isCutOff) comeBack(state, one);
  }
}

function comeBack(state: ClusterState, instance: GroupInstance): void {
  instance.isCutOff = false;
  instance.isHealthy = true;
  noteGroup(state, instance.group);
  if (instance.state === 'Pending') state.timers.set(state.nowMs, { type: 'EnterService', instance });
  // Before its time it joins by itself.
  const joinsAtMs = (instance.inServiceAtMs ?? 0) + instance.group.given.joinDelayMs;
  if ((instance.state === 'InService' || instance.state === 'Standby') && joinsAtMs <= state.nowMs)
    state.timers.set(state.nowMs, { type: 'JoinCluster', instance });
}

/** Its registration ended; the EC2 instance may go on without. */
export function noteUnregistered(state: ClusterState, instance: InstanceState): void {
  forgetManaged(state, instance);
  const member = state.capacity.members.get(instance);
  if (member === undefined) return;
  state.capacity.members.delete(instance);
  member.containerInstance = undefined;
  member.isBusy = false;
  noteGroup(state, member.group);
}
