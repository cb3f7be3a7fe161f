/**
 * The life of a group's EC2 instances: Pending, InService, registered with the cluster, Terminating, gone; with lifecycle
 * hooks, and draining by the capacity provider. Called by apply. Invariant: who is Terminated is in no set any more.
 */
import { taskId } from '../../base/ids.ts';
import type { ContainerInstance } from '../../model/container-instance.ts';
import { HOOK_RESULTS, type HookResult, type LifecycleHook } from '../../model/group-lifecycle-hook.ts';
import { oneOf, refuse } from '../../model/read.ts';
import type { LaunchCause, LaunchWish, TerminationCause } from '../capacity-commands.ts';
import { aliveOf, type GroupInstance, type GroupState, providerOf } from '../capacity-state.ts';
import type { ApiCall } from '../commands.ts';
import { isoSeconds } from '../describe/iso-time.ts';
import type { ClusterState } from '../state.ts';
import { terminate } from './faults.ts';
import { cutOff } from './group-members.ts';
import { groupOf, memberOf, noteGroup, tellGroup } from './groups.ts';
import { drain, registerInstances } from './instances.ts';
import { recordOf, subnetIn } from './launched.ts';

/** The longest that managed draining holds an instance (Amazon EC2 Auto Scaling guide, lifecycle hooks). */
const LONGEST_DRAINING_MS = 48 * 3_600_000;
/** Between a launch that was abandoned and the next (ours): without it a hook that answers at once is asked for ever. */
const RELAUNCH_MS = 60_000;

function newInstance(
  state: ClusterState,
  group: GroupState,
  { zone, offer, isSpot }: LaunchWish,
  isExtra = false,
): GroupInstance {
  const number = group.launched++;
  const id = taskId((state.seed ^ (0x3c6ef372 + group.number)) >>> 0, number);
  return {
    group,
    instanceId: `i-${id.slice(0, 17)}`,
    number,
    availabilityZone: zone,
    offer,
    isSpot,
    launchedAtMs: state.nowMs,
    isExtra,
    state: 'Pending',
    stateSinceMs: state.nowMs,
    inServiceAtMs: undefined,
    isProtected: group.settings.newInstancesProtected,
    isHealthy: true,
    replaceAtMs: undefined,
    isCutOff: false,
    isBusy: false,
    awaited: new Set(),
    containerInstance: undefined,
  };
}

/** Those that are there when the run begins: in service for ever, registered. */
export function startWith(state: ClusterState, group: GroupState, wishes: readonly LaunchWish[]): void {
  for (const wish of wishes) {
    const one = newInstance(state, group, wish);
    group.instances.add(one);
    moveTo(state, one, 'InService');
    one.inServiceAtMs = Number.NEGATIVE_INFINITY;
    joinCluster(state, one);
  }
}

export function launchInstances(
  state: ClusterState,
  { group, wishes, cause }: { group: GroupState; wishes: readonly LaunchWish[]; cause: LaunchCause },
): void {
  const before = aliveOf(group).length;
  const why = launchText(state, group, cause, before, before + wishes.length);
  for (const wish of wishes) {
    const instance = newInstance(state, group, wish, cause === 'REBALANCE');
    group.instances.add(instance);
    if (state.sink.isOpen) state.sink.emit({ type: 'GroupInstanceStateChange', instance });
    state.timers.set(state.nowMs + group.given.launchDelayMs, { type: 'EnterService', instance });
    tellGroup(state, group, {
      description: `Launching a new EC2 instance: ${instance.instanceId}`,
      cause: why,
      statusCode: 'Successful',
      instanceId: instance.instanceId,
    });
  }
  noteGroup(state, group);
}

/** Words of Amazon EC2 Auto Scaling's activities. */
function launchText(state: ClusterState, group: GroupState, cause: LaunchCause, from: number, to: number): string {
  const at = `At ${isoSeconds(state, state.nowMs)}`;
  switch (cause) {
    case 'UNHEALTHY':
      return `${at} an instance was launched in response to an unhealthy instance needing to be replaced.`;
    case 'REBALANCE':
      return `${at} an instance was launched to aid in balancing the group's zones.`;
    case 'CAPACITY':
      return `${group.cause} ${at} an instance was started in response to a difference between desired and actual capacity, increasing the capacity from ${from} to ${to}.`;
  }
}

export function moveTo(state: ClusterState, instance: GroupInstance, next: GroupInstance['state']): void {
  instance.state = next;
  instance.stateSinceMs = state.nowMs;
  noteGroup(state, instance.group);
  if (state.sink.isOpen) state.sink.emit({ type: 'GroupInstanceStateChange', instance });
}

/** It runs: its launching hooks are asked first. Nothing comes up in a zone that is down. */
export function enterService(state: ClusterState, instance: GroupInstance): void {
  if (instance.state !== 'Pending') return;
  const { group } = instance;
  if (state.lostZones.has(instance.availabilityZone)) {
    cutOff(state, instance);
    return;
  }
  const hooks = group.given.hooks.filter(({ isLaunching }) => isLaunching);
  if (hooks.length === 0) serve(state, instance);
  else {
    moveTo(state, instance, 'Pending:Wait');
    awaitHooks(state, instance, hooks);
  }
}

function serve(state: ClusterState, instance: GroupInstance): void {
  moveTo(state, instance, 'InService');
  instance.inServiceAtMs = state.nowMs;
  state.timers.set(state.nowMs + instance.group.given.joinDelayMs, { type: 'JoinCluster', instance });
}

/** Launched and running, in its group or out of it. */
const JOINS: ReadonlySet<GroupInstance['state']> = new Set(['InService', 'Standby', 'Detached']);

/** Its agent registers, unless it went meanwhile. */
export function joinCluster(state: ClusterState, instance: GroupInstance): void {
  if (!JOINS.has(instance.state) || !instance.isHealthy || instance.containerInstance !== undefined) return;
  // Of one that was detached meanwhile nobody has noted that its zone is down.
  if (state.lostZones.has(instance.availabilityZone)) return;
  const [made] = registerInstances(state, [record(state, instance)]);
  if (made === undefined) return;
  instance.containerInstance = made;
  if (instance.state === 'Detached') return;
  state.capacity.members.set(made, instance);
  noteGroup(state, instance.group);
}

function record(state: ClusterState, instance: GroupInstance): ContainerInstance {
  const { group, availabilityZone, number } = instance;
  const provider = instance.state === 'Detached' ? undefined : providerOf(state.capacity, group)?.settings.name;
  const id = taskId((state.seed ^ (0xbb67ae85 + group.number)) >>> 0, number);
  return recordOf(state, instance, id, provider, subnetIn(state, group.given.subnetIds, availabilityZone));
}

export function terminateInstances(
  state: ClusterState,
  { group, instances, cause }: { group: GroupState; instances: readonly GroupInstance[]; cause: TerminationCause },
): void {
  const before = aliveOf(group).length;
  const after = before - instances.length;
  for (const instance of instances) {
    if (instance.state.startsWith('Terminat')) continue;
    tellGroup(state, group, {
      description: `Terminating EC2 instance: ${instance.instanceId}`,
      cause: terminationText(state, instance, cause, before, after),
      statusCode: 'Successful',
      instanceId: instance.instanceId,
    });
    beginTermination(state, instance);
  }
  noteGroup(state, group);
}

function terminationText(
  state: ClusterState,
  { group, instanceId, isHealthy }: GroupInstance,
  cause: TerminationCause,
  from: number,
  to: number,
): string {
  const at = `At ${isoSeconds(state, state.nowMs)}`;
  switch (cause) {
    case 'HEALTH':
      if (isHealthy) return `${at} an instance was taken out of service in response to a user health-check.`;
      return `${at} an instance was taken out of service in response to an EC2 health check indicating it has been terminated or stopped.`;
    case 'REBALANCE':
      return `${at} an instance was taken out of service in response to a difference between desired and actual capacity after its zones were balanced. ${at} instance ${instanceId} was selected for termination.`;
    case 'USER':
      return `${at} instance ${instanceId} was taken out of service in response to a user request.`;
    case 'CAPACITY':
      return `${group.cause} ${at} an instance was taken out of service in response to a difference between desired and actual capacity, shrinking the capacity from ${from} to ${to}. ${at} instance ${instanceId} was selected for termination.`;
  }
}

/** Managed draining and terminating hooks hold it (ECS developer guide, managed instance draining). */
function beginTermination(state: ClusterState, instance: GroupInstance): void {
  const { group, containerInstance, isHealthy } = instance;
  const isDraining =
    isHealthy &&
    containerInstance !== undefined &&
    (providerOf(state.capacity, group)?.settings.managedDraining ?? false);
  const hooks = isHealthy ? group.given.hooks.filter(({ isLaunching }) => !isLaunching) : [];
  if (!isDraining && hooks.length === 0) {
    finishTermination(state, instance);
    return;
  }
  moveTo(state, instance, 'Terminating:Wait');
  awaitHooks(state, instance, hooks);
  if (!isDraining) return;
  drain(state, containerInstance);
  state.timers.set(state.nowMs + LONGEST_DRAINING_MS, { type: 'FinishTermination', instance });
}

export function finishTermination(state: ClusterState, instance: GroupInstance): void {
  if (instance.state === 'Terminated') return;
  moveTo(state, instance, 'Terminated');
  instance.group.instances.delete(instance);
  if (instance.containerInstance !== undefined) terminate(state, instance.containerInstance);
}

function awaitHooks(state: ClusterState, instance: GroupInstance, hooks: readonly LifecycleHook[]): void {
  for (const hook of hooks) {
    instance.awaited.add(hook);
    const { outcome, heartbeatMs, defaultResult } = hook;
    const answers = outcome !== undefined && outcome.afterMs <= heartbeatMs;
    const afterMs = answers ? outcome.afterMs : heartbeatMs;
    const result = answers ? outcome.result : defaultResult;
    state.timers.set(state.nowMs + afterMs, { type: 'AnswerHook', instance, hook, result });
  }
}

/** Both results end a termination; ABANDON ends a launch (Amazon EC2 Auto Scaling guide, lifecycle hooks). */
export function answerHook(
  state: ClusterState,
  { instance, hook, result }: { instance: GroupInstance; hook: LifecycleHook; result: HookResult },
): void {
  if (!instance.awaited.delete(hook)) return;
  noteGroup(state, instance.group);
  if (instance.state !== 'Pending:Wait') return;
  if (result === 'ABANDON') abandon(state, instance, hook);
  else if (instance.awaited.size === 0) serve(state, instance);
}

function abandon(state: ClusterState, instance: GroupInstance, { name }: LifecycleHook): void {
  const { group } = instance;
  instance.awaited.clear();
  group.launchesHeldUntilMs = state.nowMs + RELAUNCH_MS;
  state.timers.set(group.launchesHeldUntilMs, { type: 'WakeGroup', group });
  tellGroup(state, group, {
    description: `Terminating EC2 instance: ${instance.instanceId}`,
    cause: `At ${isoSeconds(state, state.nowMs)} an instance was taken out of service in response to lifecycle hook ${name} being abandoned.`,
    statusCode: 'Cancelled',
    instanceId: instance.instanceId,
  });
  finishTermination(state, instance);
}

export function completeLifecycleAction(state: ClusterState, { input, path = '' }: ApiCall): void {
  const group = groupOf(state, input.AutoScalingGroupName, `${path}.AutoScalingGroupName`);
  const instance = memberOf(state, input.InstanceId, `${path}.InstanceId`, group);
  const result = oneOf(input.LifecycleActionResult, `${path}.LifecycleActionResult`, HOOK_RESULTS);
  const hook = [...instance.awaited].find(({ name }) => name === input.LifecycleHookName);
  if (hook === undefined)
    refuse(
      'NO_LIFECYCLE_ACTION',
      `${path}.LifecycleHookName: No active Lifecycle Action found with instance ID ${instance.instanceId}`,
      { path: `${path}.LifecycleHookName`, value: input.LifecycleHookName },
      'ValidationException',
    );
  answerHook(state, { instance, hook, result });
}
