/** What goes wrong: instances lost, stopped, interrupted; agents silent; tasks killed; zones down. Called by apply. */
import { optionalFlag, optionalWhole, refuse, text } from '../../model/read.ts';
import type { Fault } from '../commands.ts';
import type { ClusterState, InstanceState, TaskState } from '../state.ts';
import { taskOf } from './calls.ts';
import { drain, endNow, instanceOf, loseTasks, removeInstance, setAgent } from './instances.ts';
import { noteRoom, stopTask } from './life.ts';

/** Spot's notice (scaling.md 2.5). */
const NOTICE_SECONDS = 120;
const SPOT_REASON = 'Your Spot Task was interrupted.';

export function applyFault(state: ClusterState, fault: Fault): void {
  const { input, path = '' } = fault;
  switch (fault.fault) {
    case 'terminateInstance':
      return terminate(state, instanceOf(state, input.containerInstance, `${path}.containerInstance`));
    case 'stopInstance':
      return halt(state, instanceOf(state, input.containerInstance, `${path}.containerInstance`));
    case 'startInstance':
      return start(state, instanceOf(state, input.containerInstance, `${path}.containerInstance`));
    case 'loseAgent':
      return setAgent(state, instanceOf(state, input.containerInstance, `${path}.containerInstance`), false);
    case 'restoreAgent':
      return setAgent(state, instanceOf(state, input.containerInstance, `${path}.containerInstance`), true);
    case 'spotInterruption':
      return interrupt(state, input, path);
    case 'killTask':
    case 'failTask':
      return kill(
        state,
        taskOf(state, input.task, `${path}.task`),
        optionalWhole(input.exitCode, `${path}.exitCode`, 0, 255) ?? 137,
      );
    case 'loseZone':
      return loseZone(state, text(input.availabilityZone, `${path}.availabilityZone`));
    case 'restoreZone':
      return restoreZone(state, text(input.availabilityZone, `${path}.availabilityZone`));
  }
}

/** Harmless for an instance that has gone already. */
export function terminate(state: ClusterState, instance: InstanceState): void {
  const reason = `Host EC2 (instance ${instance.ec2InstanceId ?? instance.id}) terminated.`;
  removeInstance(state, instance, 'InfrastructureHealth', reason);
}

/** EC2 stops it: its containers stop with it, its agent is silent, its registration stays. */
function halt(state: ClusterState, instance: InstanceState): void {
  if (instance.isHalted) return;
  instance.isHalted = true;
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
  setAgent(state, instance, true);
}

/** Two minutes' notice to an instance, or a Fargate Spot task. */
function interrupt(state: ClusterState, input: Fault['input'], path: string): void {
  const notice = (optionalWhole(input.noticeSeconds, `${path}.noticeSeconds`) ?? NOTICE_SECONDS) * 1000;
  if (input.containerInstance === undefined)
    return interruptTask(state, taskOf(state, input.task, `${path}.task`), path);
  const instance = instanceOf(state, input.containerInstance, `${path}.containerInstance`);
  if (optionalFlag(input.draining, `${path}.draining`) ?? false) drain(state, instance);
  state.timers.set(state.nowMs + notice, { type: 'TerminateInstance', instance });
}

/** A Fargate Spot task gets its signal with the warning and has until its stop timeout. */
function interruptTask(state: ClusterState, task: TaskState, path: string): void {
  if (task.capacityProvider !== 'FARGATE_SPOT')
    refuse('NOT_SPOT', `${path}.task ${task.id} does not run on FARGATE_SPOT.`, {
      path: `${path}.task`,
      value: task.id,
    });
  stopTask(state, task, 'SpotInterruption', SPOT_REASON);
}

/** Its essential container exits. */
function kill(state: ClusterState, task: TaskState, exitCode: number): void {
  if (task.lastStatus === 'STOPPED') return;
  const essential = (task.definition.containerDefinitions ?? []).find((one) => one.essential !== false)?.name;
  for (const container of task.containers) if (container.name === essential) container.exitCode = exitCode;
  stopTask(state, task, 'EssentialContainerExited', 'Essential container in task exited');
}

function loseZone(state: ClusterState, zone: string): void {
  state.lostZones.add(zone);
  for (const instance of [...state.instances.values()]) if (instance.availabilityZone === zone) halt(state, instance);
  for (const task of [...state.tasks.values()]) {
    if (task.instance !== undefined || task.availabilityZone !== zone || task.lastStatus === 'STOPPED') continue;
    stopTask(state, task, 'InfrastructureHealth', `Availability Zone ${zone} is unavailable.`);
    endNow(state, task);
  }
}

function restoreZone(state: ClusterState, zone: string): void {
  if (!state.lostZones.delete(zone)) return;
  for (const instance of state.instances.values()) if (instance.availabilityZone === zone) start(state, instance);
  noteRoom(state);
}
