/** ChangeTask: what an agent reports of a task. Called by apply. A report that is out of date changes nothing. */
import type { TaskChange } from '../commands.ts';
import type { ClusterState, ContainerState, TaskState } from '../state.ts';
import { moveTask, setTaskHealth, stopTask } from './life.ts';

export function changeTask(state: ClusterState, change: TaskChange): void {
  const { task } = change;
  if (task.lastStatus === 'STOPPED' || (change.moment !== undefined && change.moment !== task.moment)) return;
  if (task.instance !== undefined && !task.instance.agentConnected) {
    task.instance.heldChanges.push(change);
    return;
  }
  if (change.pullStarted === true) task.pullStartedAtMs = state.nowMs;
  if (change.pullStopped === true) task.pullStoppedAtMs = state.nowMs;
  for (const one of change.containers ?? []) mergeContainer(task, one);
  if (change.moment !== undefined) {
    task.moment += 1;
    state.changedTasks.add(task);
  }
  if (change.lastStatus !== undefined) moveTask(state, task, change.lastStatus);
  if (change.healthStatus !== undefined) setTaskHealth(state, task, change.healthStatus);
  if (change.stop !== undefined) stopTask(state, task, change.stop.stopCode, change.stop.stoppedReason);
}

function mergeContainer(task: TaskState, change: Partial<ContainerState>): void {
  const container = task.containers.find(({ name }) => name === change.name);
  if (container !== undefined) Object.assign(container, change);
}
