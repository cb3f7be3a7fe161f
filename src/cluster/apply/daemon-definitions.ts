/**
 * RegisterDaemonTaskDefinition and DeleteDaemonTaskDefinition, and which definition a daemon names. Called by the run and by
 * capacity. Invariant: the engine knows each by its ARN, and no service or RunTask can name it.
 */
import { daemonTaskDefinitionArn } from '../../base/arn.ts';
import { whatThereIs } from '../../base/nearest.ts';
import { parseDaemonTaskDefinition } from '../../model/daemon-task-definition.ts';
import { onlyMembers } from '../../model/known-members.ts';
import { nonEmptyText, refuse } from '../../model/read.ts';
import type { TaskDefinition } from '../../model/task-definition.ts';
import { isDaemonDefinition } from '../../model/task-definition-registry.ts';
import type { ApiCall } from '../commands.ts';
import type { DaemonDefinition } from '../daemon-state.ts';
import type { ClusterState } from '../state.ts';

const NAME = /^(?:arn:[^:]*:ecs:[^:]*:[^:]*:daemon-task-definition\/)?([A-Za-z0-9_-]+)(?::([1-9]\d*))?$/;

export function registerDaemonDefinition(state: ClusterState, input: unknown, path: string): DaemonDefinition {
  const parsed = parseDaemonTaskDefinition(input, path);
  const { daemonDefinitions } = state.capacity.managed;
  const family = parsed.family ?? '';
  const revisions = daemonDefinitions.get(family) ?? [];
  const revision = revisions.length + 1;
  const taskDefinitionArn = daemonTaskDefinitionArn(state.context, family, revision);
  const definition = state.engine.registerTaskDefinition({ ...parsed, taskDefinitionArn, revision });
  const made = { definition, isDeleted: false };
  daemonDefinitions.set(family, [...revisions, made]);
  return made;
}

export function registerDaemonDefinitionCall(state: ClusterState, { input, path = '' }: ApiCall): void {
  registerDaemonDefinition(state, input, path);
}

/** By family (the latest that is not deleted), family:revision or ARN. */
function find(state: ClusterState, name: string): DaemonDefinition | undefined {
  const [, family = '', revision] = NAME.exec(name) ?? [];
  const revisions = state.capacity.managed.daemonDefinitions.get(family) ?? [];
  const found = revision === undefined ? revisions.findLast((one) => !one.isDeleted) : revisions[Number(revision) - 1];
  return found?.isDeleted === true ? undefined : found;
}

/** @throws ClientException UNKNOWN_TASK_DEFINITION, also for one that is deleted. */
export function daemonDefinitionOf(state: ClusterState, given: unknown, path: string): DaemonDefinition {
  const name = nonEmptyText(given, path);
  const found = find(state, name);
  if (found !== undefined) return found;
  const { daemonDefinitions } = state.capacity.managed;
  const names = [...daemonDefinitions].flatMap(([family, all]) =>
    all.flatMap(({ isDeleted }, k) => (isDeleted ? [] : [`${family}:${k + 1}`])),
  );
  return refuse(
    'UNKNOWN_TASK_DEFINITION',
    `${path} ${JSON.stringify(name)} is no daemon task definition.${whatThereIs(name, names)}`,
    { path, value: name },
    'ClientException',
  );
}

/** Daemons that run it go on (ECS API, DeleteDaemonTaskDefinition). */
export function deleteDaemonDefinition(state: ClusterState, { input, path = '' }: ApiCall): void {
  onlyMembers(input, path, ['daemonTaskDefinition']);
  daemonDefinitionOf(state, input.daemonTaskDefinition, `${path}.daemonTaskDefinition`).isDeleted = true;
}

/** A task definition of services and RunTask. @throws ClientException for a daemon's. */
export function ordinaryDefinition(state: ClusterState, name: string, path: string): TaskDefinition {
  const { taskDefinition } = state.engine.describeTaskDefinition({ taskDefinition: name });
  if (isDaemonDefinition(taskDefinition))
    refuse(
      'DAEMON_DEFINITION',
      `${path}: ${name} is a daemon task definition; only daemons run it.`,
      { path, value: name },
      'ClientException',
    );
  return taskDefinition;
}
