/**
 * What Auto Scaling groups and capacity providers must keep to, recounted from the instances after every millisecond: sizes,
 * protection, processes, zones, what waits. Used by check.
 */
import { aliveOf, type GroupInstance, type GroupState, providerOf } from '../../../src/cluster/capacity-state.ts';
import type { ClusterState, InstanceState } from '../../../src/cluster/state.ts';
import type { ScalingProcess } from '../../../src/model/auto-scaling-group.ts';
import type { RecordedEvent } from '../../../src/simulate/result.ts';

/** Tasks in PROVISIONING a cluster (ECS service quotas). */
const MOST_WAITING = 500;

/** Tasks of services that replicate, and those of no service. */
function holders(instance: InstanceState | undefined): number {
  return [...(instance?.tasks ?? [])].filter(({ service }) => service?.settings.schedulingStrategy !== 'DAEMON').length;
}

function runs({ suspended }: GroupState, ...processes: ScalingProcess[]): boolean {
  return processes.every((one) => !suspended.has(one));
}

function sizeWrongs({ name, minSize, maxSize, desiredCapacity }: GroupState): string[] {
  const isWithin = minSize >= 0 && minSize <= desiredCapacity && desiredCapacity <= maxSize;
  return isWithin ? [] : [`${name} wants ${desiredCapacity}, outside ${minSize} to ${maxSize}`];
}

/** One for balance may stand beside the maximum for a while: a tenth of it, one at least. */
function growthWrongs({ name, maxSize }: GroupState, before: number, now: number): string[] {
  const most = maxSize + Math.max(1, Math.floor(maxSize / 10));
  return now > Math.max(before, most) && now > before ? [`${name} grows from ${before} to ${now}, above ${most}`] : [];
}

/** What it lacks is launched at once, what is too much and may go goes at once. */
function lagWrongs(state: ClusterState, group: GroupState, alive: readonly GroupInstance[]): string[] {
  const { name, desiredCapacity, given } = group;
  const zones = given.zones.filter((zone) => !state.lostZones.has(zone));
  const isHeld = state.nowMs < group.launchesHeldUntilMs;
  const lacks = alive.length < desiredCapacity && runs(group, 'Launch') && zones.length > 0 && !isHeld;
  const coming = alive.filter((one) => one.isExtra && one.state !== 'InService').length;
  const isTooMany = alive.length - coming > desiredCapacity && runs(group, 'Terminate');
  const open = alive.filter(({ isProtected }) => !isProtected).map(({ instanceId }) => instanceId);
  return [
    ...(lacks ? [`${name} has ${alive.length} of ${desiredCapacity} and launches none`] : []),
    ...(isTooMany && open.length > 0 ? [`${name} has ${alive.length} of ${desiredCapacity} and keeps ${open}`] : []),
  ];
}

function balanceWrongs(state: ClusterState, group: GroupState, alive: readonly GroupInstance[]): string[] {
  if (!runs(group, 'AZRebalance', 'Launch', 'Terminate') || alive.length !== group.desiredCapacity) return [];
  if (state.nowMs < group.launchesHeldUntilMs || alive.some((one) => one.state !== 'InService')) return [];
  const zones = group.given.zones.filter((zone) => !state.lostZones.has(zone));
  const inZone = (zone: string) => alive.filter(({ availabilityZone }) => availabilityZone === zone);
  const fewest = Math.min(...zones.map((zone) => inZone(zone).length));
  const movable = zones.filter(
    (zone) => inZone(zone).length >= fewest + 2 && inZone(zone).some(({ isProtected }) => !isProtected),
  );
  const most = Math.max(...zones.map((zone) => inZone(zone).length));
  return movable.some((zone) => inZone(zone).length === most) ? [`${group.name} leaves ${movable} too full`] : [];
}

function lostWrongs({ lostZones, instances }: ClusterState): string[] {
  if (lostZones.size === 0) return [];
  return [...instances.values()]
    .filter(({ availabilityZone = '', agentConnected }) => agentConnected && lostZones.has(availabilityZone))
    .map(({ id, availabilityZone }) => `${id} is connected in ${availabilityZone}, which is down`);
}

function instanceWrongs(state: ClusterState, group: GroupState, one: GroupInstance): string[] {
  const { instanceId, containerInstance, isBusy, isProtected, awaited } = one;
  const provider = providerOf(state.capacity, group)?.settings;
  // Standby counts for nothing.
  const isAlive = !one.state.startsWith('Terminat') && one.state !== 'Standby';
  const busy = holders(containerInstance) > 0;
  const guards = provider?.managedTerminationProtection === true && isAlive && containerInstance !== undefined;
  const isHeld = awaited.size > 0 || (provider?.managedDraining === true && busy);
  const known = containerInstance === undefined ? undefined : state.capacity.members.get(containerInstance);
  return [
    ...(isBusy === busy ? [] : [`${instanceId} is ${isBusy ? '' : 'not '}busy with ${holders(containerInstance)}`]),
    ...(guards && isProtected !== busy ? [`${instanceId}: protected ${isProtected}, but busy ${busy}`] : []),
    ...(one.state === 'Terminating:Wait' && !isHeld ? [`${instanceId} waits for its end without a reason`] : []),
    ...(one.state === 'Terminated' || one.state === 'Detached'
      ? [`${instanceId} is ${one.state} and still in ${group.name}`]
      : []),
    ...(containerInstance !== undefined && known !== one ? [`${instanceId} is no member of the cluster`] : []),
    ...(group.given.zones.includes(one.availabilityZone) ? [] : [`${instanceId} is in no zone of ${group.name}`]),
  ];
}

/** Who waits is known, has no place, and is waited for by a capacity provider. */
function waitingWrongs({ capacity, tasks }: ClusterState): string[] {
  const { provisioning } = capacity;
  const unplaced = [...tasks.values()].filter(
    ({ launchType, lastStatus, instance }) =>
      (launchType === 'EC2' || launchType === 'MANAGED_INSTANCES') &&
      lastStatus === 'PROVISIONING' &&
      instance === undefined,
  );
  return [
    ...(provisioning.size > MOST_WAITING ? [`${provisioning.size} tasks are PROVISIONING`] : []),
    ...(unplaced.length === provisioning.size
      ? []
      : [`${unplaced.length} tasks wait, ${provisioning.size} are known to`]),
    ...unplaced
      .filter((task) => !provisioning.has(task) || task.desiredStatus !== 'RUNNING')
      .map(({ id, desiredStatus }) => `task ${id} (${desiredStatus}) waits for capacity that nobody brings`),
  ];
}

/** Remembers how many each group had. */
export class CapacityRules {
  readonly #alive = new Map<GroupState, number>();
  readonly #wrongs: string[] = [];
  launches = 0;
  scaleIns = 0;

  /** As it happens: who is protected is known at no other time. */
  note({ groupActivity }: RecordedEvent, states: readonly ClusterState[]): void {
    if (groupActivity === undefined) return;
    if (groupActivity.description.startsWith('Launching')) this.launches += 1;
    if (!groupActivity.description.startsWith('Terminating')) return;
    if (!/shrinking the capacity|zones were balanced/.test(groupActivity.cause)) return;
    this.scaleIns += 1;
    for (const { capacity } of states) {
      const group = capacity.groups.get(groupActivity.autoScalingGroupName);
      for (const one of group?.instances ?? [])
        if (one.instanceId === groupActivity.instanceId) this.#noteScaleIn(capacity, one);
    }
  }

  #noteScaleIn(
    capacity: ClusterState['capacity'],
    { group, instanceId, isProtected, containerInstance }: GroupInstance,
  ) {
    if (isProtected) this.#wrongs.push(`${instanceId} is protected, and scaled in`);
    const guards = providerOf(capacity, group)?.settings.managedTerminationProtection === true;
    if (guards && holders(containerInstance) > 0)
      this.#wrongs.push(`${instanceId} has ${holders(containerInstance)} tasks, and is scaled in`);
  }

  wrongs(state: ClusterState): string[] {
    const wrongs = [...this.#wrongs.splice(0), ...lostWrongs(state), ...waitingWrongs(state)];
    for (const group of state.capacity.groups.values()) {
      const alive = aliveOf(group);
      wrongs.push(...sizeWrongs(group), ...lagWrongs(state, group, alive), ...balanceWrongs(state, group, alive));
      wrongs.push(...growthWrongs(group, this.#alive.get(group) ?? alive.length, alive.length));
      for (const one of group.instances) wrongs.push(...instanceWrongs(state, group, one));
      this.#alive.set(group, alive.length);
    }
    return wrongs;
  }
}
