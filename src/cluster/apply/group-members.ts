/**
 * Container instances as members of Auto Scaling groups: who they are, whether tasks hold them, whether EC2 has lost them.
 * Called by whatever changes tasks or instances.
 */
import { isBusy, poolKey } from '../capacity-state.ts';
import type { ClusterState, InstanceState } from '../state.ts';
import { noteGroup } from './groups.ts';

/** A task came to it or left it. */
export function noteOccupancy(state: ClusterState, instance: InstanceState): void {
  const member = state.capacity.members.get(instance);
  if (member === undefined) return;
  const busy = isBusy(instance);
  if (busy === member.isBusy) return;
  member.isBusy = busy;
  noteGroup(state, member.group);
}

/** EC2 has stopped or terminated it, or started it again: the group's health check sees it at once. */
export function noteHealth(state: ClusterState, instance: InstanceState, isHealthy: boolean): void {
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

/** Its registration ended; the EC2 instance may go on without. */
export function noteUnregistered(state: ClusterState, instance: InstanceState): void {
  const member = state.capacity.members.get(instance);
  if (member === undefined) return;
  state.capacity.members.delete(instance);
  member.containerInstance = undefined;
  member.isBusy = false;
  noteGroup(state, member.group);
}
