/**
 * Commit: the last stage and the only writer of remaining resources. What commit takes, free gives back. The two moments
 * of a task are apart: its counts drop when it shall stop, its resources return when it has stopped.
 */
import type { Demand, Instance, Launch, Request, State, TaskRecord } from '../state.ts';
import { changeCount, countOf } from '../table/counts.ts';
import { samePort } from '../table/demand.ts';
import { isPortTaken } from './filter.ts';

export function commit(instance: Instance, { placement, demand }: Request): void {
  reserve(instance, demand);
  activate(instance, placement.group);
}

/** Places a task without a record: a placer holds it. */
export function hold(instance: Instance, request: Request): void {
  commit(instance, request);
  instance.anonymousTasks += 1;
}

/** Both moments at once, for tasks without a record. */
export function release(instance: Instance, { placement, demand }: Request): void {
  free(instance, demand);
  deactivate(instance, placement.group);
  instance.anonymousTasks -= 1;
}

/** The first moment of a task without a record: its counts drop, its resources stay taken. */
export function stop(instance: Instance, { placement }: Request): void {
  deactivate(instance, placement.group);
  instance.anonymousTasks -= 1;
  instance.stoppedTasks += 1;
}

/** Takes a `stop` back. */
export function unstop(instance: Instance, { placement }: Request): void {
  activate(instance, placement.group);
  instance.anonymousTasks += 1;
  instance.stoppedTasks -= 1;
}

/** The second moment: the resources return. */
export function freeStopped(instance: Instance, { demand }: Request): void {
  free(instance, demand);
  instance.stoppedTasks -= 1;
}

/** Takes a `freeStopped` back. */
export function unfree(instance: Instance, { demand }: Request): void {
  reserve(instance, demand);
  instance.stoppedTasks += 1;
}

/** Whether the instance holds what a release of the request gives back, beside what its task records hold. */
export function holds(state: State, instance: Instance, request: Request): boolean {
  const { group } = request.placement;
  const active = recordsOn(state, instance).filter((record) => record.active);
  const activeHere = active.filter((record) => record.placement.group === group);
  return (
    instance.anonymousTasks >= 1 &&
    countOf(instance, group) - 1 >= activeHere.length &&
    instance.runningTasks - 1 >= active.length &&
    holdsResources(state, instance, request)
  );
}

/** The same of a task that was stopped: it has left the counts already. */
export function holdsStopped(state: State, instance: Instance, request: Request): boolean {
  return instance.stoppedTasks >= 1 && holdsResources(state, instance, request);
}

function recordsOn(state: State, instance: Instance): (Launch & { active: boolean })[] {
  return instance.tasks.map((number) => {
    const task = state.tasks[number] as TaskRecord;
    return { ...(state.launches[task.launch] as Launch), active: task.desiredStatus === 'RUNNING' };
  });
}

function holdsResources(state: State, instance: Instance, { demand }: Request): boolean {
  const { registered } = instance.record;
  const records = recordsOn(state, instance);
  const held = (amount: (demand: Demand) => number): number =>
    records.reduce((sum, record) => sum + amount(record.demand), 0);
  const gpus = (one: Demand): number => gpusTaken(instance, one);
  return (
    (demand.gpus !== 'ALL' || registered.gpuIds.length > 0) &&
    registered.cpu - instance.remainingCpu - demand.cpu >= held(({ cpu }) => cpu) &&
    registered.memoryMiB - instance.remainingMemoryMiB - demand.memoryMiB >= held(({ memoryMiB }) => memoryMiB) &&
    registered.gpuIds.length - instance.remainingGpus - gpus(demand) >= held(gpus) &&
    instance.enisTaken - demand.enis >= held(({ enis }) => enis) &&
    demand.ports.every((port) => isPortTaken(instance, port)) &&
    !records.some((record) => record.demand.ports.some((port) => demand.ports.some((own) => samePort(own, port))))
  );
}

export function gpusTaken(instance: Instance, demand: Demand): number {
  return demand.gpus === 'ALL' ? instance.record.registered.gpuIds.length : demand.gpus;
}

export function reserve(instance: Instance, demand: Demand): void {
  instance.remainingCpu -= demand.cpu;
  instance.remainingMemoryMiB -= demand.memoryMiB;
  instance.remainingGpus -= gpusTaken(instance, demand);
  instance.enisTaken += demand.enis;
  instance.portsTaken = [...instance.portsTaken, ...demand.ports];
}

/** STOPPED: the second moment. */
export function free(instance: Instance, demand: Demand): void {
  instance.remainingCpu += demand.cpu;
  instance.remainingMemoryMiB += demand.memoryMiB;
  instance.remainingGpus += gpusTaken(instance, demand);
  instance.enisTaken -= demand.enis;
  instance.portsTaken = instance.portsTaken.filter((taken) => !demand.ports.some((port) => samePort(port, taken)));
}

export function activate(instance: Instance, group: string): void {
  instance.runningTasks += 1;
  changeCount(instance, group, 1);
}

/** Desired STOPPED: the first moment. */
export function deactivate(instance: Instance, group: string): void {
  instance.runningTasks -= 1;
  changeCount(instance, group, -1);
}
