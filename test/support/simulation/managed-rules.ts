/**
 * What ECS Managed Instances must keep to, recounted from instances and tasks after every millisecond: who idles goes in time,
 * who waits is launched for, and nobody else's tasks come there. Used by check.
 */
import type { Provision } from '../../../src/cluster/capacity-state.ts';
import type { ManagedInstance, ManagedProviderState } from '../../../src/cluster/managed-state.ts';
import type { ClusterState, TaskState } from '../../../src/cluster/state.ts';
import type { InstanceOffer } from '../../../src/model/group-instance-type.ts';
import type { RecordedEvent } from '../../../src/simulate/result.ts';
import { DaemonRules, deploymentWrongs, takenByDaemons } from './daemon-rules.ts';
import { freePlaces, ReservationRules } from './reservation-rules.ts';
import { taskIn } from './story.ts';

function instanceWrongs(state: ClusterState, provider: ManagedProviderState, one: ManagedInstance): string[] {
  const { instanceId, containerInstance, idleSinceMs, isLost } = one;
  const { scaleInAfterMs, name } = provider.settings;
  const tasks = [...(containerInstance?.tasks ?? [])];
  const others = tasks.filter(({ daemon }) => daemon === undefined);
  const hasBeenActive = containerInstance !== undefined && containerInstance.status !== 'REGISTERING';
  const isIdle = hasBeenActive && others.length === 0;
  const idleMs = state.nowMs - (idleSinceMs ?? state.nowMs);
  const strange = tasks.filter(({ capacityProvider }) => capacityProvider !== name && capacityProvider !== undefined);
  return [
    ...(one.state === 'terminated' || isLost ? [`${instanceId} is ${one.state} and still of ${name}`] : []),
    ...(isIdle === (idleSinceMs !== undefined)
      ? []
      : [`${instanceId} idles since ${idleSinceMs}: ${tasks.length} tasks`]),
    ...(isIdle && idleMs >= scaleInAfterMs && tasks.length === 0
      ? [`${instanceId} idles for ${idleMs} of ${scaleInAfterMs} ms`]
      : []),
    ...(isIdle && idleMs >= scaleInAfterMs && containerInstance?.status === 'ACTIVE' ? [`${instanceId} idles on`] : []),
    ...(isIdle && tasks.length === 0 && containerInstance?.status === 'DRAINING'
      ? [`${instanceId} is drained and stays`]
      : []),
    ...strange.map(({ id, capacityProvider }) => `task ${id} of ${capacityProvider} is on ${instanceId} of ${name}`),
    ...tasks
      .filter(({ service }) => service?.settings.schedulingStrategy === 'DAEMON')
      .map(({ id }) => `daemon ${id} is on ${instanceId}`),
  ];
}

/** Nothing but amounts decides where it can be. */
function isPlain({ definition }: TaskState, { needs, placement }: Provision): boolean {
  const constraints = [...(definition.placementConstraints ?? []), ...(placement.placementConstraints ?? [])];
  const own = constraints.filter(({ expression }) => !expression?.includes('ecs.cpu-architecture'));
  return own.length === 0 && !needs.distinctInstance && definition.networkMode === 'host';
}

/** With RESERVATIONS_ONLY only where a place is free. */
function isForSale(state: ClusterState, provider: ManagedProviderState, offer: InstanceOffer): boolean {
  const { zones, reserved } = provider.settings;
  if (reserved?.preference !== 'RESERVATIONS_ONLY') return true;
  return zones.some((zone) => !state.lostZones.has(zone) && freePlaces(state, provider, offer, zone) > 0);
}

/** Of those that wait each has an instance on its way, where any type would take it. */
function waitWrongs(state: ClusterState, provider: ManagedProviderState): string[] {
  const { name, zones } = provider.settings;
  const isDark = zones.every((zone) => state.lostZones.has(zone));
  const coming = [...provider.instances].filter(
    ({ containerInstance: one }) => one === undefined || (one.status === 'REGISTERING' && one.agentConnected),
  );
  const daemons = takenByDaemons(state, name);
  const expected = new Set(coming.flatMap((one) => [...one.expected]));
  const waiting = [...state.capacity.provisioning].filter(([{ capacityProvider }]) => capacityProvider === name);
  const forgotten = waiting.filter(([task, provision]) => {
    const { cpu = 0, memory = 0 } = provision.needs;
    const fits = provider.offers.some(
      (offer) =>
        isForSale(state, provider, offer) &&
        offer.cpu >= cpu + daemons.cpu &&
        offer.memoryMiB >= memory + daemons.memory &&
        offer.attributes.some((one) => one.name === 'ecs.cpu-architecture' && one.value === 'x86_64'),
    );
    return isPlain(task, provision) && fits && !expected.has(task) && coming.length === 0;
  });
  return isDark || provider.isDeleting || state.nowMs < provider.launchesHeldUntilMs
    ? []
    : forgotten.map(([{ id }]) => `task ${id} waits for ${name}, and nothing is launched for it`);
}

function strangers({ tasks, capacity }: ClusterState): string[] {
  return [...tasks.values()].flatMap(({ id, instance, launchType, capacityProvider, lastStatus, group }) => {
    const member =
      instance === undefined || lastStatus === 'STOPPED' ? undefined : capacity.managed.members.get(instance);
    const isOwn = capacityProvider !== undefined && capacity.managed.providers.has(capacityProvider);
    return [
      ...(member !== undefined && !isOwn && group.startsWith('service:')
        ? [`task ${id} (${launchType}) is on managed ${member.instanceId}`]
        : []),
      // Of a provider that has been deleted they stay what they were.
      ...(isOwn === (launchType === 'MANAGED_INSTANCES') || !isOwn
        ? []
        : [`task ${id} of ${capacityProvider} is ${launchType}`]),
    ];
  });
}

/** Launches that a task may cost: rooms are taken by others now and then, and instances lost. */
const MOST_LAUNCHES = 4;

export class ManagedRules {
  readonly daemons = new DaemonRules();
  readonly reservations = new ReservationRules();
  readonly #waited = new Set<string>();
  #launches = 0;
  #lost = 0;

  get launches(): number {
    return this.#launches;
  }

  note(event: RecordedEvent): void {
    this.daemons.note(event);
    this.reservations.note(event);
    const task = taskIn(event) as { taskArn: string; launchType?: string } | undefined;
    if (task?.launchType === 'MANAGED_INSTANCES') this.#waited.add(task.taskArn);
    const { managedInstance } = event;
    if (managedInstance?.instanceState === 'pending') this.#launches += 1;
    if (managedInstance?.instanceState === 'terminated' && managedInstance.reason !== 'it ran no tasks')
      this.#lost += 1;
  }

  wrongs(state: ClusterState): string[] {
    const { managed } = state.capacity;
    if (managed.providers.size === 0) return deploymentWrongs(state);
    const most = MOST_LAUNCHES * this.#waited.size + this.#lost;
    return [
      ...deploymentWrongs(state),
      ...strangers(state),
      ...this.reservations.wrongs(state),
      ...(this.#launches > most ? [`${this.#launches} launches for ${this.#waited.size} tasks`] : []),
      ...[...managed.providers.values()].flatMap((provider) => [
        ...waitWrongs(state, provider),
        ...this.daemons.wrongs(state, provider),
        ...[...provider.instances].flatMap((one) => instanceWrongs(state, provider, one)),
      ]),
    ];
  }
}
