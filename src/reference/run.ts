/** runTask and startTask: decisions by the pipeline, records, then AWS's tasks and failures. Called by the engine. */

import { lastSegment } from '../base/arn.ts';
import type { TasksAndFailures } from '../contract.ts';
import { FIRST_REPORTED_GATE } from '../explain.ts';
import { refuseNoInstances } from '../model/instance-calls.ts';
import type { RunTaskRequest, StartTaskRequest } from '../model/run-task.ts';
import type { Failure } from '../model/task.ts';
import { commit } from './place/commit.ts';
import { FILTER_GATES } from './place/filter.ts';
import { firstFailed, passesAll } from './place/gate.ts';
import { place } from './place/place.ts';
import { ALL_GATES } from './place/trace.ts';
import { makeRequest } from './request.ts';
import type { Instance, Request, State, TaskRecord } from './state.ts';
import { findInstance } from './table/instances.ts';
import { addTask, describeRecord } from './table/tasks.ts';

/** Instances that fail one of these are no candidates, and are not reported. */
const SILENT_GATES = FILTER_GATES.slice(0, FIRST_REPORTED_GATE);
/** The caller picks the instance: launch type, provider and constraints are not asked (ECS API, StartTask). */
const START_GATES = FILTER_GATES.slice(FIRST_REPORTED_GATE);

/** Tasks are placed one by one: each decision sees the ones before it. */
export function runTask(state: State, { placement, count, extras }: RunTaskRequest): TasksAndFailures {
  const request = makeRequest(placement, state.cql);
  refuseWithoutInstances(state, request);
  const launch = { placement, demand: request.demand, extras };
  const records: TaskRecord[] = [];
  while (records.length < count) {
    const chosen = place(state, request);
    if (chosen === undefined) break;
    records.push(addTask(state, chosen, launch));
  }
  return {
    tasks: records.map((record) => describeRecord(state, record)),
    failures: records.length < count ? failuresOf(state, request) : [],
  };
}

/** @throws InvalidParameterException NO_CONTAINER_INSTANCES when none is ACTIVE, of the launch type and of the provider. */
function refuseWithoutInstances({ instances }: State, request: Request): void {
  const isAny = instances.some((instance) => passesAll(SILENT_GATES, instance, request));
  if (!isAny) refuseNoInstances(request.placement.capacityProvider);
}

/** Every instance that might have taken the task, with the first gate it fails. */
function failuresOf(state: State, request: Request): Failure[] {
  const asked = state.instances.filter((instance) => passesAll(SILENT_GATES, instance, request));
  const answers = asked.map((instance) => ({
    arn: instance.record.containerInstanceArn,
    reason: firstFailed(ALL_GATES, instance, request),
  }));
  return answers.filter(({ reason }) => reason !== undefined);
}

export function startTask(state: State, { placement, containerInstances, extras }: StartTaskRequest): TasksAndFailures {
  const request = makeRequest(placement, state.cql);
  const launch = { placement, demand: request.demand, extras };
  const answer: TasksAndFailures = { tasks: [], failures: [] };
  for (const name of containerInstances) {
    const instance = findInstance(state, name);
    const reason = instance === undefined ? reasonAbsent(state, name) : reasonAgainst(instance, request);
    if (instance === undefined || reason !== undefined) {
      answer.failures.push({ arn: instance?.record.containerInstanceArn ?? name, reason });
      continue;
    }
    commit(instance, request);
    answer.tasks.push(describeRecord(state, addTask(state, instance, launch)));
  }
  return answer;
}

function reasonAbsent(state: State, name: string): string {
  return state.inactiveIds.includes(lastSegment(name)) ? 'INACTIVE' : 'MISSING';
}

/** A status other than ACTIVE is its own reason (docs/fidelity.md). */
function reasonAgainst(instance: Instance, request: Request): string | undefined {
  return instance.status === 'ACTIVE' ? firstFailed(START_GATES, instance, request) : instance.status;
}
