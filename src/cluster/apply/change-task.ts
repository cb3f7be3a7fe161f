/** ChangeTask: what an agent reports of a task. Called by apply. A report that is out of date changes nothing. */
import type { TaskStatus } from '../../model/task.ts';
import type { TaskChange, TaskReport } from '../commands.ts';
import type { ClusterState, ContainerState, TaskState } from '../state.ts';
import { moveTask, noteTask, setTaskHealth, stopTask } from './life.ts';

export function changeTask(state: ClusterState, change: TaskChange): void {
  const { task, moment, report } = change;
  if (task.lastStatus === 'STOPPED') return;
  if (moment !== undefined && (moment !== task.moment || task.desiredStatus === 'STOPPED')) return;
  if (task.instance !== undefined && !task.instance.agentConnected) {
    task.instance.heldChanges.push(change);
    return;
  }
  if (report.pullStarted === true) task.pullStartedAtMs = state.nowMs;
  if (report.pullStopped === true) task.pullStoppedAtMs = state.nowMs;
  if (report.containers !== undefined) {
    for (const one of report.containers) mergeContainer(task, one);
    if (task.targets.length > 0) state.changedTargets.add(task);
  }
  if (isOnlyOfContainers(report)) noteTask(state, task);
  if (moment !== undefined) {
    task.moment += 1;
    state.changedTasks.add(task);
  }
  if (report.lastStatus !== undefined) moveTask(state, task, activating(task, report.lastStatus));
  if (report.healthStatus !== undefined) setTaskHealth(state, task, report.healthStatus);
  if (report.stop !== undefined) stopTask(state, task, report.stop.stopCode, report.stop.stoppedReason);
}

/** A container of a running task that stops is an event of the task (ECS developer guide, ecs_task_events). */
function isOnlyOfContainers({ containers = [], lastStatus, healthStatus, stop }: TaskReport): boolean {
  if (lastStatus !== undefined || healthStatus !== undefined || stop !== undefined) return false;
  return containers.some((one) => one.lastStatus === 'STOPPED');
}

/** Behind a load balancer a started task is ACTIVATING until its targets are registered. */
function activating(task: TaskState, status: TaskStatus): TaskStatus {
  if (status !== 'RUNNING' || task.lastStatus === 'ACTIVATING') return status;
  return (task.deployment?.settings.loadBalancers.length ?? 0) > 0 ? 'ACTIVATING' : status;
}

function mergeContainer(task: TaskState, change: Partial<ContainerState>): void {
  const container = task.containers.find(({ name }) => name === change.name);
  if (container === undefined) return;
  // One that a fault ended keeps the code it ended with when its task is stopped.
  const hasEnded = container.lastStatus === 'STOPPED' && container.exitCode !== undefined;
  if (!hasEnded || change.lastStatus !== 'STOPPED') Object.assign(container, change);
}
