/** Inputs of the calls that name container instances or tasks: small, validated, in one place. */

import { MAX_EXPRESSION_LENGTH } from './constraint.ts';
import type { ContainerInstance, ContainerInstanceStatus } from './container-instance.ts';
import { fields, list, nonEmptyText, oneOf, optionalFlag, optionalText, refuse, show } from './read.ts';
import type { TaskStatus } from './task.ts';

/** `containerInstances` or `tasks`: names, in order. */
export function parseNames(input: unknown, member: string): string[] {
  return list(fields(input, '')[member], member).map((value, k) => nonEmptyText(value, `${member}[${k}]`));
}

export function parseName(input: unknown, member: string): string {
  return nonEmptyText(fields(input, '')[member], member);
}

export function parseForce(input: unknown): boolean {
  return optionalFlag(fields(input, '').force, 'force') ?? false;
}

export function parseNewState(input: unknown): 'ACTIVE' | 'DRAINING' {
  return oneOf(fields(input, '').status, 'status', ['ACTIVE', 'DRAINING']);
}

export function parseConnected(input: unknown): boolean {
  const { agentConnected } = fields(input, '');
  const value = optionalFlag(agentConnected, 'agentConnected');
  if (value === undefined)
    refuse('WRONG_TYPE', 'agentConnected must be true or false.', { path: 'agentConnected', value });
  return value;
}

/** In the order a task goes through them; the numbers of TASK_* in the ABI. */
export const TASK_STATUSES: readonly TaskStatus[] = [
  'PROVISIONING',
  'PENDING',
  'ACTIVATING',
  'RUNNING',
  'DEACTIVATING',
  'STOPPING',
  'DEPROVISIONING',
  'STOPPED',
];

export function parseTaskStatus(input: unknown): TaskStatus {
  return oneOf(fields(input, '').status, 'status', TASK_STATUSES);
}

/** A task moves on through TASK_STATUSES, never back. */
export function refuseBackward(from: TaskStatus, to: TaskStatus): void {
  if (TASK_STATUSES.indexOf(to) >= TASK_STATUSES.indexOf(from)) return;
  refuse('TASK_STATUS_BACKWARD', `status ${to} comes before the task's last status ${from}.`, {
    path: 'status',
    value: to,
  });
}

const LISTED: readonly ContainerInstanceStatus[] = [
  'ACTIVE',
  'DRAINING',
  'REGISTERING',
  'DEREGISTERING',
  'REGISTRATION_FAILED',
];

export interface ListRequest {
  readonly filter?: string;
  readonly status?: ContainerInstanceStatus;
}

export function parseList(input: unknown): ListRequest {
  const given = fields(input ?? {}, '');
  const filter = optionalText(given.filter, 'filter');
  if (filter !== undefined && filter.length > MAX_EXPRESSION_LENGTH) {
    refuse(
      'EXPRESSION_LENGTH',
      `filter must be at most ${MAX_EXPRESSION_LENGTH} characters long, but was ${filter.length}.`,
      { path: 'filter', value: filter.length, limit: MAX_EXPRESSION_LENGTH },
    );
  }
  const status =
    given.status === undefined || given.status === null ? undefined : oneOf(given.status, 'status', LISTED);
  return { ...(filter === undefined || filter === '' ? {} : { filter }), ...(status === undefined ? {} : { status }) };
}

/** What engines say of things they do not know. */
export function refuseUnknownInstance(value: string, path: string): never {
  refuse('UNKNOWN_CONTAINER_INSTANCE', `${path} ${JSON.stringify(value)} is not a registered container instance.`, {
    path,
    value,
  });
}

export function refuseUnknownSlot(slot: unknown): never {
  refuseUnknownInstance(show(slot), 'slot');
}

export function refuseUnknownTask(value: string): never {
  refuse('UNKNOWN_TASK', `The referenced task was not found. task: ${JSON.stringify(value)}`, { path: 'task', value });
}

export function refuseImportedTwice(taskArn: string): never {
  refuse('DUPLICATE_TASK', `task ${taskArn} was imported already.`, { path: 'tasks', value: taskArn });
}

/** DeregisterContainerInstance without force. */
export function refuseTasksThere({ runningTasksCount = 0, pendingTasksCount = 0 }: ContainerInstance): void {
  if (runningTasksCount + pendingTasksCount === 0) return;
  refuse('INSTANCE_HAS_TASKS', 'Found running tasks on the instance.', { path: 'force', value: runningTasksCount });
}

/** UpdateContainerInstancesState: only ACTIVE and DRAINING instances can change. */
export function refuseUnchangeable(status: ContainerInstanceStatus, arn: string): void {
  if (status === 'ACTIVE' || status === 'DRAINING') return;
  refuse('INSTANCE_STATUS', `container instance ${arn} is ${status}: only ACTIVE and DRAINING instances can change.`, {
    path: 'containerInstances',
    value: arn,
  });
}

/** RunTask where no instance is ACTIVE. */
export function refuseNoInstances(capacityProvider: string | undefined): never {
  const where = capacityProvider === undefined ? 'cluster' : 'capacity provider';
  refuse('NO_CONTAINER_INSTANCES', `No Container Instances were found in your ${where}.`, {
    path: capacityProvider === undefined ? 'cluster' : 'capacityProvider',
    value: capacityProvider,
  });
}

export function parseReason(input: unknown): string | undefined {
  return optionalText(fields(input, '').reason, 'reason');
}
