/** Task records: made when a task is placed, moved through their statuses, never removed. */
import { lastSegment } from '../../base/arn.ts';
import { taskId, taskNumber } from '../../base/ids.ts';
import { describeTask, type Task, type TaskStatus } from '../../model/task.ts';
import { deactivate, free } from '../place/commit.ts';
import { attributeOf, ZONE } from '../place/filter.ts';
import type { Instance, Launch, State, TaskRecord } from '../state.ts';
import { allocate } from './allocation.ts';

const ARCHITECTURE = 'ecs.cpu-architecture';

/** Records a task that has just been committed to the instance. */
export function addTask(state: State, instance: Instance, launch: Launch): TaskRecord {
  const { taskDefinition } = launch.placement;
  if (state.launches.at(-1) !== launch) state.launches.push(launch);
  const task: TaskRecord = {
    number: state.tasks.length,
    launch: state.launches.length - 1,
    registration: instance.registration,
    allocation: allocate(state, instance, taskDefinition),
    // An awsvpc task first gets its network interface.
    lastStatus: taskDefinition.networkMode === 'awsvpc' ? 'PROVISIONING' : 'PENDING',
    desiredStatus: 'RUNNING',
  };
  state.tasks.push(task);
  instance.tasks.push(task.number);
  return task;
}

/** The task with this ARN or id. */
export function findTask(state: State, name: string): TaskRecord | undefined {
  return state.tasks[taskNumber(state.seed, lastSegment(name))];
}

/** Desired STOPPED: the first moment. A task that is to stop already stays as it is. */
export function stopTask(state: State, task: TaskRecord): void {
  if (task.desiredStatus === 'STOPPED') return;
  task.desiredStatus = 'STOPPED';
  deactivate(instanceOf(state, task), launchAt(state, task.launch).placement.group);
}

/** Moves the last status on; STOPPED is the second moment and implies the first. */
export function moveTask(state: State, task: TaskRecord, status: TaskStatus): void {
  if (task.lastStatus === status) return;
  task.lastStatus = status;
  if (status !== 'STOPPED') return;
  stopTask(state, task);
  const instance = instanceOf(state, task);
  free(instance, launchAt(state, task.launch).demand);
  instance.tasks = instance.tasks.filter((number) => number !== task.number);
}

/** The tasks of an instance that is deregistered by force. */
export function stopTasksOf(state: State, instance: Instance): void {
  for (const number of instance.tasks) {
    const task = state.tasks[number];
    if (task !== undefined) moveTask(state, task, 'STOPPED');
  }
}

export function launchAt(state: State, launch: number): Launch {
  return state.launches[launch] as Launch;
}

/** The instance a task was placed on, also when it is gone. */
export function instanceOf(state: State, task: TaskRecord): Instance {
  const all = [...state.instances, ...state.departed];
  return all.find(({ registration }) => registration === task.registration) as Instance;
}

export function describeRecord(state: State, task: TaskRecord): Task {
  const { placement, demand, extras } = launchAt(state, task.launch);
  const instance = instanceOf(state, task);
  return describeTask({
    context: state.context,
    id: taskId(state.seed, task.number),
    placement,
    cpu: demand.cpu,
    memoryMiB: demand.memoryMiB,
    containerInstanceArn: instance.record.containerInstanceArn,
    availabilityZone: attributeOf(instance, ZONE)?.value,
    cpuArchitecture: attributeOf(instance, ARCHITECTURE)?.value,
    lastStatus: task.lastStatus,
    desiredStatus: task.desiredStatus,
    extras,
    stoppedReason: task.stoppedReason,
    gpuIds: new Map(task.allocation.gpuIds),
    networkBindings: new Map(task.allocation.networkBindings),
  });
}
