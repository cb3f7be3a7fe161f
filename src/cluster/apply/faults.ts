/** What goes wrong: instances lost, stopped, interrupted; agents silent; tasks killed; zones down. Called by apply. */
import { lastSegment } from '../../base/arn.ts';
import { whatThereIs } from '../../base/nearest.ts';
import { optionalFlag, optionalWhole, refuse, text } from '../../model/read.ts';
import type { Fault, FaultName } from '../commands.ts';
import type { ClusterState, InstanceState, TaskState } from '../state.ts';
import { taskOf } from './calls.ts';
import { loseComing, noteHealth, noteInterrupted, restoreComing } from './group-members.ts';
import { drain, endNow, impair, instanceOf, loseTasks, removeInstance, setAgent } from './instances.ts';
import { noteRoom, stopTask } from './life.ts';

/** Spot's notice (ECS developer guide). */
const NOTICE_SECONDS = 120;
/** Exit code of a process that SIGKILL ended. */
const KILLED = 137;
const MOST_EXIT_CODE = 255;
/** How long RunTask is throttled unless the fault says so; AWS has no such figure. */
const THROTTLED_SECONDS = 60;
const MOST_THROTTLED_SECONDS = 604_800;
const SPOT_REASON = 'Your Spot Task was interrupted.';

type Handler = (state: ClusterState, input: Fault['input'], path: string) => void;

/** For the faults that name an instance. */
function toInstance(handle: (state: ClusterState, instance: InstanceState, path: string) => void): Handler {
  return (state, input, path) => {
    const at = `${path}.containerInstance`;
    handle(state, instanceOf(state, input.containerInstance, at), at);
  };
}

function toZone(handle: (state: ClusterState, zone: string) => void): Handler {
  return (state, input, path) => handle(state, text(input.availabilityZone, `${path}.availabilityZone`));
}

const killTask: Handler = (state, input, path) => {
  const exitCode = optionalWhole(input.exitCode, `${path}.exitCode`, 0, MOST_EXIT_CODE) ?? KILLED;
  kill(state, struckTask(state, input, path), exitCode);
};

/** The task itself, or one of a service by its index. */
function struckTask(state: ClusterState, input: Fault['input'], path: string): TaskState {
  const { task, service, index } = input;
  if (task === undefined && service === undefined)
    refuse('MISSING', `${path}: the fault needs a task, or a service.`, { path, expected: ['task', 'service'] });
  if (task !== undefined && service !== undefined)
    refuse('NOT_ALLOWED', `${path} names a task and a service: one of them is enough.`, { path, value: service });
  if (task !== undefined) return taskOf(state, task, `${path}.task`);
  const name = lastSegment(text(service, `${path}.service`));
  if (!state.services.has(name)) {
    const message = `${path}.service ${name} is no service of the cluster.`;
    refuse('SERVICE_NOT_FOUND', message + whatThereIs(name, [...state.services.keys()]), {
      path: `${path}.service`,
      value: name,
    });
  }
  return taskOf(state, `${name}[${optionalWhole(index, `${path}.index`) ?? 0}]`, `${path}.index`);
}

const HANDLERS: Readonly<Record<FaultName, Handler>> = {
  terminateInstance: toInstance(terminate),
  stopInstance: toInstance(halt),
  startInstance: toInstance((state, instance, path) => {
    refuseLostZone(state, instance, path);
    start(state, instance);
  }),
  loseAgent: toInstance((state, instance) => setAgent(state, instance, false)),
  restoreAgent: toInstance(restoreAgent),
  impairInstance: toInstance(impair),
  spotInterruption: interrupt,
  killTask,
  loseZone: toZone(loseZone),
  restoreZone: toZone(restoreZone),
  throttleRunTask: (state, { seconds }, path) => {
    const length = optionalWhole(seconds, `${path}.seconds`, 1, MOST_THROTTLED_SECONDS) ?? THROTTLED_SECONDS;
    state.throttledUntilMs = state.nowMs + length * 1000;
  },
};

/** @throws BayplanError naming the member; nothing has changed then. */
export function applyFault(state: ClusterState, { fault, input, path = '' }: Fault): void {
  HANDLERS[fault](state, input, path);
}

/** Harmless for an instance that has gone already. */
export function terminate(state: ClusterState, instance: InstanceState): void {
  const reason = `Host EC2 (instance ${instance.ec2InstanceId ?? instance.id}) terminated.`;
  noteHealth(state, instance, false);
  removeInstance(state, instance, 'InfrastructureHealth', reason);
}

/** EC2 stops it: its containers stop with it, its agent is silent, its registration stays. */
function halt(state: ClusterState, instance: InstanceState): void {
  if (instance.isHalted) return;
  instance.isHalted = true;
  noteHealth(state, instance, false);
  setAgent(state, instance, false);
  loseTasks(
    state,
    instance,
    'InfrastructureHealth',
    `Host EC2 (instance ${instance.ec2InstanceId ?? instance.id}) stopped.`,
  );
}

function start(state: ClusterState, instance: InstanceState): void {
  if (!instance.isHalted) return;
  instance.isHalted = false;
  noteHealth(state, instance, true);
  setAgent(state, instance, true);
}

function refuseLostZone({ lostZones }: ClusterState, { id, availabilityZone = '' }: InstanceState, path: string): void {
  if (!lostZones.has(availabilityZone)) return;
  refuse('ZONE_LOST', `${path} ${id} cannot start: zone ${availabilityZone} is down.`, { path, value: id });
}

function restoreAgent(state: ClusterState, instance: InstanceState, path: string): void {
  const { id, isHalted } = instance;
  if (isHalted) refuse('INSTANCE_STOPPED', `${path} ${id} is stopped: start it first.`, { path, value: id });
  setAgent(state, instance, true);
}

/** Two minutes' notice to an instance, or a Fargate Spot task. */
function interrupt(state: ClusterState, input: Fault['input'], path: string): void {
  const notice = (optionalWhole(input.noticeSeconds, `${path}.noticeSeconds`) ?? NOTICE_SECONDS) * 1000;
  if (input.containerInstance === undefined) {
    interruptTask(state, struckTask(state, input, path), path);
    return;
  }
  const instance = instanceOf(state, input.containerInstance, `${path}.containerInstance`);
  noteInterrupted(state, instance);
  if (optionalFlag(input.draining, `${path}.draining`) ?? false) drain(state, instance);
  state.timers.set(state.nowMs + notice, { type: 'TerminateInstance', instance });
}

/** A Fargate Spot task gets its signal with the warning and has until its stop timeout. */
function interruptTask(state: ClusterState, task: TaskState, path: string): void {
  if (task.capacityProvider !== 'FARGATE_SPOT')
    refuse('NOT_SPOT', `${path}: task ${task.id} does not run on FARGATE_SPOT.`, { path, value: task.id });
  stopTask(state, task, 'SpotInterruption', SPOT_REASON);
}

/** Its essential container exits. */
function kill(state: ClusterState, task: TaskState, exitCode: number): void {
  if (task.lastStatus === 'STOPPED') return;
  const essential = (task.definition.containerDefinitions ?? []).find((one) => one.essential !== false)?.name;
  for (const container of task.containers)
    if (container.name === essential) Object.assign(container, { lastStatus: 'STOPPED', exitCode });
  stopTask(state, task, 'EssentialContainerExited', 'Essential container in task exited');
}

function loseZone(state: ClusterState, zone: string): void {
  state.lostZones.add(zone);
  state.counters.instanceChanges += 1;
  for (const instance of [...state.instances.values()]) if (instance.availabilityZone === zone) halt(state, instance);
  loseComing(state, zone);
  for (const task of [...state.tasks.values()]) {
    if (task.instance !== undefined || task.availabilityZone !== zone || task.lastStatus === 'STOPPED') continue;
    stopTask(state, task, 'InfrastructureHealth', `Availability Zone ${zone} is unavailable.`);
    endNow(state, task);
  }
}

function restoreZone(state: ClusterState, zone: string): void {
  if (!state.lostZones.delete(zone)) return;
  state.counters.instanceChanges += 1;
  for (const instance of state.instances.values()) if (instance.availabilityZone === zone) start(state, instance);
  restoreComing(state, zone);
  noteRoom(state);
  // On Fargate no instance tells of it.
  for (const service of state.services.values()) state.changedServices.add(service);
}
