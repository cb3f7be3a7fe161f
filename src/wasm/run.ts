/** runTask and startTask over the core: records, then AWS's tasks and failures. Called by the engine. */
import {
  GATE_CAPACITY_PROVIDER,
  GATE_LAUNCH_TYPE,
  GATE_STATUS,
  TASK_PENDING,
  TASK_PROVISIONING,
} from '../../assembly/abi.ts';
import type { TasksAndFailures } from '../contract.ts';
import { GATES } from '../explain.ts';
import { refuseNoInstances } from '../model/instance-calls.ts';
import type { PlacementRequest } from '../model/placement-request.ts';
import type { RunTaskRequest, StartTaskRequest } from '../model/run-task.ts';
import type { Failure, Task } from '../model/task.ts';
import type { EncodedRequest } from './encode/requests.ts';
import type { State } from './state.ts';

/** An instance that fails one of these is no candidate, and is not reported. */
const SKIPPED = (1 << GATE_STATUS) | (1 << GATE_LAUNCH_TYPE) | (1 << GATE_CAPACITY_PROVIDER);

/** An awsvpc task first gets its network interface. */
function firstStatus({ taskDefinition }: PlacementRequest): number {
  return taskDefinition.networkMode === 'awsvpc' ? TASK_PROVISIONING : TASK_PENDING;
}

/** The first gate of a mask of failed ones. */
function firstGate(mask: number): string {
  return GATES[31 - Math.clz32(mask & -mask)] as string;
}

function failuresOf({ core, views, instances }: State, request: EncodedRequest): Failure[] {
  const masks = views.masks(core.trace(request.id), core.slots());
  const failures: Failure[] = [];
  for (const { slot, record } of instances.all()) {
    const mask = masks[slot] as number;
    if (mask !== 0 && (mask & SKIPPED) === 0)
      failures.push({ arn: record.containerInstanceArn, reason: firstGate(mask) });
  }
  return failures;
}

export function runTask(state: State, { placement, count, extras }: RunTaskRequest): TasksAndFailures {
  const request = state.requests.encode(placement);
  if (!state.instances.hasActive(placement)) refuseNoInstances(placement.capacityProvider);
  const first = state.core.taskCount();
  const placed = state.core.run(request.id, count, firstStatus(placement));
  state.tasks.noteRun(first, placement, extras, request.demand);
  const tasks = Array.from({ length: placed }, (_, k) => state.tasks.describe(first + k));
  return { tasks, failures: placed < count ? failuresOf(state, request) : [] };
}

function startOn(state: State, name: string, request: EncodedRequest, status: number): Failure | undefined {
  const instance = state.instances.find(name);
  if (instance === undefined)
    return { arn: name, reason: state.instances.wasDeregistered(name) ? 'INACTIVE' : 'MISSING' };
  const arn = instance.record.containerInstanceArn;
  if (instance.status !== 'ACTIVE') return { arn, reason: instance.status };
  const mask = state.core.start(request.id, instance.slot, status);
  return mask === 0 ? undefined : { arn, reason: firstGate(mask) };
}

export function startTask(state: State, { placement, containerInstances, extras }: StartTaskRequest): TasksAndFailures {
  const request = state.requests.encode(placement);
  const tasks: Task[] = [];
  const failures: Failure[] = [];
  for (const name of containerInstances) {
    const first = state.core.taskCount();
    const failure = startOn(state, name, request, firstStatus(placement));
    if (failure !== undefined) {
      failures.push(failure);
      continue;
    }
    state.tasks.noteRun(first, placement, extras, request.demand);
    tasks.push(state.tasks.describe(first));
  }
  return { tasks, failures };
}
