/** The engine's books against the cluster's: what instances have left, and how many tasks they run. */
import { reservation } from '../../../src/cluster/describe/task.ts';
import type { ClusterState, InstanceState, TaskState } from '../../../src/cluster/state.ts';
import type { ContainerInstance } from '../../../src/model/container-instance.ts';
import { isWanted } from './counts.ts';

function amount(resources: ContainerInstance['remainingResources'], name: string): number {
  return resources?.find((one) => one.name === name)?.integerValue ?? 0;
}

function sum(tasks: Iterable<TaskState>, of: (task: TaskState) => number): number {
  return [...tasks].reduce((total, task) => total + of(task), 0);
}

function instanceWrongs(
  { engine }: ClusterState,
  { arn, id, given, tasks, status, agentConnected }: InstanceState,
): string[] {
  const { containerInstances } = engine.describeContainerInstances({ containerInstances: [arn] });
  const known = containerInstances[0] as ContainerInstance;
  const expected = {
    cpu: amount(given.registeredResources, 'CPU') - sum(tasks, (task) => reservation(task).cpu),
    memory: amount(given.registeredResources, 'MEMORY') - sum(tasks, (task) => reservation(task).memoryMiB),
    tasks: [...tasks].filter(isWanted).length,
    // The engine knows no other way to leave one out.
    status: status === 'REGISTERING' ? 'DRAINING' : status,
    agentConnected,
  };
  const actual = {
    cpu: amount(known.remainingResources, 'CPU'),
    memory: amount(known.remainingResources, 'MEMORY'),
    tasks: (known.runningTasksCount ?? 0) + (known.pendingTasksCount ?? 0),
    status: known.status,
    agentConnected: known.agentConnected,
  };
  const [want, got] = [JSON.stringify(expected), JSON.stringify(actual)];
  return want === got ? [] : [`the engine has ${got} for ${id}, but the cluster ${want}`];
}

export function engineWrongs(state: ClusterState): string[] {
  return [
    ...state.engine.check(),
    ...[...state.instances.values()].flatMap((instance) => instanceWrongs(state, instance)),
  ];
}
