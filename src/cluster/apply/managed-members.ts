/**
 * Container instances as those of ECS Managed Instances: who they are, whether tasks hold them, whether EC2 has lost them.
 * Called by group-members and provisioning. Invariant: whatever a provider decides from makes it changed.
 */
import { hasWork, type ManagedInstance, type ManagedProviderState } from '../managed-state.ts';
import type { ClusterState, InstanceState } from '../state.ts';

/** The next round looks at it. */
export function noteManaged(state: ClusterState, provider: ManagedProviderState): void {
  state.capacity.managed.changed.add(provider);
  state.capacity.version += 1;
}

/** A task that waits for it came or went, or one of its daemons changed. */
export function noteNamed(state: ClusterState, provider: string | undefined): void {
  const found = provider === undefined ? undefined : state.capacity.managed.providers.get(provider);
  if (found !== undefined) noteManaged(state, found);
}

/** Who waits was tried: what found no room needs an instance. */
export function noteTried(state: ClusterState): void {
  for (const provider of state.capacity.managed.providers.values()) noteManaged(state, provider);
}

/** A task came to it or left it. */
export function noteTasks(state: ClusterState, instance: InstanceState): void {
  const member = state.capacity.managed.members.get(instance);
  if (member === undefined) return;
  if (hasWork(member)) member.idleSinceMs = undefined;
  else if (member.idleSinceMs === undefined && instance.status !== 'REGISTERING') beginIdle(state, member);
  noteManaged(state, member.provider);
}

export function beginIdle(state: ClusterState, member: ManagedInstance): void {
  member.idleSinceMs = state.nowMs;
  const { provider } = member;
  const { scaleInAfterMs } = provider.settings;
  if (Number.isFinite(scaleInAfterMs))
    state.timers.set(state.nowMs + scaleInAfterMs, { type: 'WakeManaged', provider });
}

/** EC2 has stopped or terminated it: ECS gives it up. */
export function noteLost(state: ClusterState, instance: InstanceState): void {
  const member = state.capacity.managed.members.get(instance);
  if (member === undefined) return;
  member.isLost = true;
  noteManaged(state, member.provider);
}

/** Those of a zone that is down, also the ones on their way. */
export function loseManaged(state: ClusterState, zone: string): void {
  for (const provider of state.capacity.managed.providers.values()) {
    for (const one of provider.instances) if (one.availabilityZone === zone) one.isLost = true;
    noteManaged(state, provider);
  }
}

/** Its registration ended: it is not kept without one. */
export function forgetManaged(state: ClusterState, instance: InstanceState): void {
  const member = state.capacity.managed.members.get(instance);
  if (member === undefined) return;
  state.capacity.managed.members.delete(instance);
  member.containerInstance = undefined;
  member.idleSinceMs = undefined;
  member.isLost = true;
  noteManaged(state, member.provider);
}
