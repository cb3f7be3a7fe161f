/** RunTask and StartTask inputs, resolved. */

import { applyOverrides } from './overrides.ts';
import {
  launchAttributes,
  type PlacementRequest,
  parseGroup,
  parseNetwork,
  resolvePlacement,
  type Subnets,
} from './placement-request.ts';
import { plainCopy } from './plain.ts';
import { type Fields, fields, list, nonEmptyText, optionalList, optionalText, optionalWhole, refuse } from './read.ts';
import { RANDOM } from './strategy.ts';
import type { TaskDefinitionRegistry } from './task-definition-registry.ts';

/** Tasks one engine may hold; also the most that one call may ask for. */
export const MAX_TASKS = 10_000_000;

/** Members of a task that placement does not read, shown again as given. */
export interface TaskExtras {
  readonly startedBy?: string;
  readonly tags?: readonly unknown[];
  readonly overrides?: Fields;
}

export interface RunTaskRequest {
  readonly placement: PlacementRequest;
  readonly count: number;
  readonly extras: TaskExtras;
}

export interface StartTaskRequest {
  readonly placement: PlacementRequest;
  readonly containerInstances: readonly string[];
  readonly extras: TaskExtras;
}

function parseExtras(given: Fields, startedByLimit: number): TaskExtras {
  const startedBy = optionalText(given.startedBy, 'startedBy');
  if (startedBy !== undefined && startedBy.length > startedByLimit) {
    refuse('STARTED_BY', `startedBy must be at most ${startedByLimit} characters long, but was ${startedBy.length}.`, {
      path: 'startedBy',
      value: startedBy,
      limit: startedByLimit,
    });
  }
  const tags = optionalList(given.tags, 'tags');
  return {
    ...(startedBy === undefined ? {} : { startedBy }),
    ...(tags.length === 0 ? {} : { tags: plainCopy(tags, 'tags') }),
    ...(given.overrides === undefined || given.overrides === null
      ? {}
      : { overrides: fields(plainCopy(given.overrides, 'overrides'), 'overrides') }),
  };
}

/** @throws BayplanError naming the member; `count` is any whole number from 1. */
export function parseRunTask(input: unknown, registry: TaskDefinitionRegistry, subnets: Subnets): RunTaskRequest {
  const given = fields(input, '');
  const count = optionalWhole(given.count, 'count', 1, MAX_TASKS) ?? 1;
  return { placement: resolvePlacement(given, registry, subnets), count, extras: parseExtras(given, 128) };
}

/** StartTask: the caller picks the instances, so constraints, strategies and launch types have no place. */
export function parseStartTask(input: unknown, registry: TaskDefinitionRegistry, subnets: Subnets): StartTaskRequest {
  const given = fields(input, '');
  const containerInstances = list(given.containerInstances, 'containerInstances').map((value, k) =>
    nonEmptyText(value, `containerInstances[${k}]`),
  );
  if (containerInstances.length === 0) {
    refuse('EMPTY', 'containerInstances must not be empty.', { path: 'containerInstances', value: [] });
  }
  containerInstances.forEach((value, k) => {
    const path = `containerInstances[${k}]`;
    if (containerInstances.indexOf(value) < k)
      refuse('DUPLICATE_CONTAINER_INSTANCE', `${path} ${value} stands twice.`, { path, value });
  });
  for (const member of [
    'placementConstraints',
    'placementStrategy',
    'launchType',
    'capacityProvider',
    'capacityProviderStrategy',
  ]) {
    if (given[member] !== undefined)
      refuse('NOT_ALLOWED', `${member} is not a parameter of StartTask.`, { path: member, value: given[member] });
  }
  const taskDefinition = applyOverrides(registry.resolve(given.taskDefinition), given.overrides);
  const placement: PlacementRequest = {
    taskDefinition,
    group: parseGroup(given.group, taskDefinition.family ?? ''),
    strategies: RANDOM,
    constraints: [],
    requiresAttributes: launchAttributes(given, taskDefinition),
    subnets: parseNetwork(given, taskDefinition, subnets),
  };
  return { placement, containerInstances, extras: parseExtras(given, 36) };
}
