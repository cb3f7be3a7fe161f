/** Container instances: registration, state, deregistration, connection of the agent. Called by apply and by faults. */
import { lastSegment } from '../../base/arn.ts';
import { whatThereIs } from '../../base/nearest.ts';
import type { ContainerInstance } from '../../model/container-instance.ts';
import { optionalFlag, optionalList, refuse } from '../../model/read.ts';
import { nthMember } from '../capacity-state.ts';
import type { ApiCall } from '../commands.ts';
import { lacksDaemon } from '../daemon-state.ts';
import { nthManaged } from '../managed-state.ts';
import type { ClusterState, InstanceState, ServiceState, StopCode, TaskState } from '../state.ts';
import { TaskList } from '../task-list.ts';
import { noteUnregistered } from './group-members.ts';
import { judgeTask, moveTask, noteCounts, noteRoom, stopTask } from './life.ts';
import { noteTasks } from './managed-members.ts';

const ZONE = 'ecs.availability-zone';

export function instanceOf(state: ClusterState, name: unknown, path: string): InstanceState {
  const key = typeof name === 'string' ? lastSegment(name) : '';
  const instance =
    state.instances.get(key) ??
    byEc2Id(state, key) ??
    nthMember(state.capacity, name)?.containerInstance ??
    nthManaged(state.capacity.managed, name)?.containerInstance;
  if (instance !== undefined) return instance;
  const names = [...state.instances.values()].map(({ id, ec2InstanceId }) => ec2InstanceId ?? id);
  refuse(
    'INSTANCE_NOT_FOUND',
    `${path} ${JSON.stringify(name)} is no container instance of the cluster.${whatThereIs(String(name), names)}`,
    { path, value: name },
  );
}

function byEc2Id(state: ClusterState, id: string): InstanceState | undefined {
  for (const instance of state.instances.values()) if (instance.ec2InstanceId === id) return instance;
  return undefined;
}

function note(state: ClusterState, instance: InstanceState): void {
  instance.version += 1;
  state.counters.instanceChanges += 1;
  for (const service of state.services.values()) {
    if (service.settings.schedulingStrategy === 'DAEMON') noteForDaemon(state, service, instance);
    // A zone with room again may be one to move tasks to.
    if (service.settings.availabilityZoneRebalancing === 'ENABLED') state.changedServices.add(service);
  }
  if (state.sink.isOpen) state.sink.emit({ type: 'ContainerInstanceStateChange', instance });
}

function noteForDaemon(state: ClusterState, service: ServiceState, instance: InstanceState): void {
  service.refusedInstances.delete(instance);
  if (instance.status !== 'ACTIVE') service.vacantInstances.delete(instance);
  // While no task may start nobody knows whether it lacks one.
  else if (state.nowMs < service.startsHeldUntilMs) service.isSteady = false;
  // What could not be placed had an agent to be placed by: without one nothing is waited for but that agent.
  if (![...service.vacantInstances].some(({ agentConnected }) => agentConnected)) service.placementFailure = undefined;
  noteCounts(state, service);
}

/** The engine gives the lowest free slot first. */
function nextSlot(state: ClusterState): number {
  const hole = state.slots.indexOf(undefined);
  return hole < 0 ? state.slots.length : hole;
}

/** @throws what the engine's registerContainerInstances throws; nothing has changed then. */
export function registerInstances(
  state: ClusterState,
  given: readonly ContainerInstance[],
  status?: 'REGISTERING' | 'ACTIVE',
): InstanceState[] {
  state.engine.registerContainerInstances(given);
  const made = given.map((one) => addInstance(state, one, status));
  noteRoom(state);
  return made;
}

/** RegisterContainerInstance: nothing comes up in a zone that is down. */
export function registerInstance(state: ClusterState, { input, path = '' }: ApiCall): InstanceState[] {
  const given = input as ContainerInstance;
  const zone = zoneOf(given);
  if (zone !== undefined && state.lostZones.has(zone))
    refuse('ZONE_LOST', `${path}.attributes: zone ${zone} is down.`, { path: `${path}.attributes`, value: zone });
  return registerInstances(state, [given]);
}

function zoneOf({ attributes }: ContainerInstance): string | undefined {
  return Array.isArray(attributes) ? attributes.find((one) => one?.name === ZONE)?.value : undefined;
}

function addInstance(state: ClusterState, given: ContainerInstance, status?: 'REGISTERING' | 'ACTIVE'): InstanceState {
  const arn = given.containerInstanceArn ?? '';
  const attributes = given.attributes ?? [];
  const instance: InstanceState = {
    arn,
    id: lastSegment(arn),
    ec2InstanceId: given.ec2InstanceId,
    availabilityZone: zoneOf(given),
    given,
    slot: nextSlot(state),
    status: status ?? (given.status === 'DRAINING' ? 'DRAINING' : 'ACTIVE'),
    agentConnected: given.agentConnected ?? true,
    isHalted: false,
    isImpaired: false,
    heldChanges: [],
    isSpot: attributes.some(({ name, value }) => name === 'ecs.lifecycle' && value === 'spot'),
    tasks: new TaskList(),
    ports: new Set(),
    version: 0,
  };
  state.slots[instance.slot] = instance;
  state.instances.set(instance.id, instance);
  note(state, instance);
  return instance;
}

/** UpdateContainerInstancesState. */
export function updateInstances(state: ClusterState, { input, path = '' }: ApiCall): InstanceState[] {
  const names = optionalList(input.containerInstances, `${path}.containerInstances`);
  const instances = names.map((name, k) => instanceOf(state, name, `${path}.containerInstances[${k}]`));
  const status = String(input.status);
  instances.forEach((one, k) => {
    const at = `${path}.containerInstances[${k}]`;
    const facts = { path: at, value: names[k] };
    if (one.status === 'REGISTERING') refuse('INSTANCE_REGISTERING', `${at}: ${one.id} is still registering.`, facts);
    const member = state.capacity.managed.members.get(one);
    // Tasks would come to it that must not be there without them.
    const isGoing = member?.hasEndedDaemons || (member?.provider.settings.isRepaired && lacksDaemon(member));
    if (status === 'ACTIVE' && isGoing)
      refuse('INSTANCE_WITHOUT_DAEMON', `${at}: ${one.id} has no daemons any more, and is ended.`, facts);
  });
  state.engine.updateContainerInstancesState({ containerInstances: instances.map(({ arn }) => arn), status });
  for (const instance of instances) changeStatus(state, instance, status as 'ACTIVE' | 'DRAINING');
  return instances;
}

function changeStatus(state: ClusterState, instance: InstanceState, status: 'ACTIVE' | 'DRAINING'): void {
  if (instance.status === status) return;
  instance.status = status;
  note(state, instance);
  noteTasks(state, instance);
  for (const task of instance.tasks) if (task.service !== undefined) judgeMoved(state, task, status);
  if (status === 'ACTIVE') noteRoom(state);
}

/** On a DRAINING instance PENDING service tasks stop at once, RUNNING ones are replaced (ECS developer guide). */
function judgeMoved(state: ClusterState, task: TaskState, status: 'ACTIVE' | 'DRAINING'): void {
  if (status === 'ACTIVE') {
    if (task.unfit?.cause !== 'DRAINING') return;
    judgeTask(state, task, task.isHealthy, undefined);
    // Its checks may have failed meanwhile.
    state.unjudgedTasks.add(task);
    return;
  }
  if (task.lastStatus === 'PENDING' || task.lastStatus === 'PROVISIONING')
    stopTask(
      state,
      task,
      'ServiceSchedulerInitiated',
      `Scaling activity initiated by (deployment ${task.deployment?.id})`,
    );
  else if (task.unfit === undefined) judgeTask(state, task, task.isHealthy, DRAINING);
}

const DRAINING = { cause: 'DRAINING' } as const;

/** Also drains: what Spot's notice does with the agent's option. */
export function drain(state: ClusterState, instance: InstanceState): void {
  if (instance.slot < 0 || instance.status === 'DRAINING') return;
  state.engine.updateContainerInstancesState({ containerInstances: [instance.arn], status: 'DRAINING' });
  changeStatus(state, instance, 'DRAINING');
}

/** What has just registered takes no tasks yet. */
export function withhold(state: ClusterState, { arn }: InstanceState): void {
  state.engine.updateContainerInstancesState({ containerInstances: [arn], status: 'DRAINING' });
}

/** What was withheld takes tasks. */
export function release(state: ClusterState, instance: InstanceState): void {
  state.engine.updateContainerInstancesState({ containerInstances: [instance.arn], status: 'ACTIVE' });
  changeStatus(state, instance, 'ACTIVE');
}

/** DeregisterContainerInstance: with `force` its tasks are left to themselves, which here means they stop. */
export function deregisterInstance(state: ClusterState, { input, path = '' }: ApiCall): InstanceState {
  const instance = instanceOf(state, input.containerInstance, `${path}.containerInstance`);
  const isForced = optionalFlag(input.force, `${path}.force`) ?? false;
  if (!isForced && instance.tasks.size > 0)
    refuse('INSTANCE_BUSY', 'Found running tasks on the instance.', {
      path: `${path}.containerInstance`,
      value: input.containerInstance,
    });
  removeInstance(state, instance, 'UserInitiated', 'Container instance deregistration forced by user');
  return instance;
}

/** Its tasks are gone with it. */
export function removeInstance(state: ClusterState, instance: InstanceState, stopCode: StopCode, reason: string): void {
  if (instance.slot < 0) return;
  loseTasks(state, instance, stopCode, reason);
  state.engine.deregisterContainerInstance({ containerInstance: instance.arn, force: true });
  state.slots[instance.slot] = undefined;
  instance.slot = -1;
  instance.status = 'INACTIVE';
  instance.agentConnected = false;
  state.instances.delete(instance.id);
  noteUnregistered(state, instance);
  note(state, instance);
}

/** Every task on it stops now, without a signal to its containers. */
export function loseTasks(state: ClusterState, instance: InstanceState, stopCode: StopCode, reason: string): void {
  instance.heldChanges = [];
  for (const task of [...instance.tasks]) {
    stopTask(state, task, stopCode, reason);
    endNow(state, task);
  }
}

/** Its targets go by the load balancers' own round. */
export function endNow(state: ClusterState, task: TaskState): void {
  state.changedTasks.delete(task);
  if (task.targets.length > 0) state.changedTargets.add(task);
  for (const container of task.containers) {
    container.lastStatus = 'STOPPED';
    container.exitCode ??= 137;
  }
  moveTask(state, task, 'STOPPED');
}

/** One of its health checks fails. */
export function impair(state: ClusterState, instance: InstanceState): void {
  if (instance.isImpaired || instance.slot < 0) return;
  instance.isImpaired = true;
  note(state, instance);
  noteTasks(state, instance);
}

/** The agent lost or found its connection: placement sees it, and what the agent had to say comes through. */
export function setAgent(state: ClusterState, instance: InstanceState, agentConnected: boolean): void {
  if (instance.agentConnected === agentConnected) return;
  instance.agentConnected = agentConnected;
  state.engine.setAgentConnected({ containerInstance: instance.arn, agentConnected });
  note(state, instance);
  noteTasks(state, instance);
  if (!agentConnected) return;
  const held = instance.heldChanges;
  instance.heldChanges = [];
  for (const change of held) state.timers.set(state.nowMs, change);
  noteRoom(state);
}
