/**
 * The life of ECS Managed Instances: pending, running, registered, terminated (ECS developer guide, Managed Instances).
 * Called by apply. Invariant: who is terminated is in no set any more.
 */
import { taskId } from '../../base/ids.ts';
import type { ContainerInstance } from '../../model/container-instance.ts';
import type { ManagedCommand, ManagedEnd, ManagedLaunch } from '../managed-commands.ts';
import { hasWork, type ManagedInstance, type ManagedProviderState } from '../managed-state.ts';
import type { ClusterState } from '../state.ts';
import { vacate } from './capacity-reservations.ts';
import { DAEMON_HANDLERS } from './daemon-deployments.ts';
import { startOn, waitsForDaemons, watchStay } from './daemon-tasks.ts';
import { terminate } from './faults.ts';
import { drain, registerInstances, release, withhold } from './instances.ts';
import { recordOf, subnetIn } from './launched.ts';
import { beginIdle, noteManaged } from './managed-members.ts';

/** From its launch: then it is drained and replaced, and at the latest ended (ECS developer guide, Managed Instances). */
export const DRAINED_AFTER_MS = 14 * 86_400_000;
export const ENDED_AFTER_MS = 21 * 86_400_000;

type Handlers = {
  readonly [Type in ManagedCommand['type']]: (
    state: ClusterState,
    command: Extract<ManagedCommand, { readonly type: Type }>,
  ) => void;
};

export const MANAGED_HANDLERS: Handlers = {
  ...DAEMON_HANDLERS,
  LaunchManaged: (state, { provider, launches }) => {
    for (const launch of launches) begin(state, provider, launch);
  },
  StartManaged: (state, { instance }) => start(state, instance),
  JoinManaged: (state, { instance }) => join(state, instance),
  ActivateManaged: (state, { instance }) => {
    if (instance.containerInstance !== undefined) release(state, instance.containerInstance);
    watchStay(state, instance);
    enterService(state, instance);
  },
  DrainManaged: (state, { instance, why }) => {
    instance.drainsFor = why;
    if (instance.containerInstance !== undefined) drain(state, instance.containerInstance);
    noteManaged(state, instance.provider);
  },
  EndManaged: (state, { instance, why }) => end(state, instance, why),
  RemoveManaged: (state, { provider }) => {
    state.capacity.managed.providers.delete(provider.settings.name);
    state.capacity.version += 1;
  },
  WakeManaged: (state, { provider }) => noteManaged(state, provider),
};

function begin(state: ClusterState, provider: ManagedProviderState, launch: ManagedLaunch): void {
  const { zone, offer, reservation, tasks } = launch;
  const number = provider.launched++;
  const id = taskId((state.seed ^ (0x510e527f + provider.number)) >>> 0, number);
  const instance: ManagedInstance = {
    provider,
    instanceId: `i-${id.slice(0, 17)}`,
    number,
    availabilityZone: zone,
    subnet: subnetIn(state, provider.settings.subnetIds, zone),
    offer,
    isSpot: provider.settings.isSpot,
    reservation,
    launchedAtMs: state.nowMs,
    state: 'pending',
    expected: new Set(tasks),
    idleSinceMs: undefined,
    daemons: new Map(),
    hasEndedDaemons: false,
    drainsFor: undefined,
    isLost: false,
    containerInstance: undefined,
  };
  provider.instances.add(instance);
  reservation?.instances.add(instance);
  noteManaged(state, provider);
  tell(state, instance, `${tasks.length} ${tasks.length === 1 ? 'task waits' : 'tasks wait'} for capacity`);
  state.timers.set(state.nowMs + provider.settings.launchDelayMs, { type: 'StartManaged', instance });
  for (const afterMs of [DRAINED_AFTER_MS, ENDED_AFTER_MS])
    state.timers.set(state.nowMs + afterMs, { type: 'WakeManaged', provider });
}

function tell(state: ClusterState, instance: ManagedInstance, reason?: string): void {
  if (!state.sink.isOpen) return;
  state.sink.emit({ type: 'ManagedInstanceStateChange', instance, ...(reason === undefined ? {} : { reason }) });
}

/** Nothing comes up in a zone that is down: what is lost is ended by the next round. */
function start(state: ClusterState, instance: ManagedInstance): void {
  if (instance.state !== 'pending' || instance.isLost) return;
  instance.state = 'running';
  noteManaged(state, instance.provider);
  tell(state, instance);
  state.timers.set(state.nowMs + instance.provider.settings.joinDelayMs, { type: 'JoinManaged', instance });
}

function join(state: ClusterState, instance: ManagedInstance): void {
  if (instance.state !== 'running' || instance.isLost || instance.containerInstance !== undefined) return;
  const waits = waitsForDaemons(state, instance.provider);
  const [made] = registerInstances(state, [record(state, instance)], waits ? 'REGISTERING' : 'ACTIVE');
  if (made === undefined) return;
  instance.containerInstance = made;
  state.capacity.managed.members.set(made, instance);
  startOn(state, instance, made);
  if (waits) withhold(state, made);
  else enterService(state, instance);
  noteManaged(state, instance.provider);
}

/** It takes tasks. */
function enterService(state: ClusterState, instance: ManagedInstance): void {
  instance.expected.clear();
  if (!hasWork(instance)) beginIdle(state, instance);
  noteManaged(state, instance.provider);
}

function record(state: ClusterState, instance: ManagedInstance): ContainerInstance {
  const { provider, number, subnet } = instance;
  const id = taskId((state.seed ^ (0x9b05688c + provider.number)) >>> 0, number);
  return recordOf(state, instance, id, provider.settings.name, subnet);
}

const REASONS: Readonly<Record<ManagedEnd, string>> = {
  IDLE: 'it ran no tasks',
  DAEMON: 'a daemon of it stopped',
  IMPAIRED: 'it was impaired',
  DRAINED: 'it was drained',
  AGE: 'it was as old as an instance may be',
  LOST: 'it was lost',
  DELETED: 'its capacity provider was deleted',
};

/** An idle one may have got a task in this very round. */
function end(state: ClusterState, instance: ManagedInstance, why: ManagedEnd): void {
  const { provider, containerInstance } = instance;
  if (instance.state === 'terminated' || (why === 'IDLE' && hasWork(instance))) return;
  instance.state = 'terminated';
  instance.expected.clear();
  provider.instances.delete(instance);
  vacate(state, instance);
  noteManaged(state, provider);
  tell(state, instance, REASONS[why]);
  if (containerInstance !== undefined) terminate(state, containerInstance);
}
