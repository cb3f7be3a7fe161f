/**
 * CreateDaemon, UpdateDaemon and DeleteDaemon: what runs once on each instance of ECS Managed Instances. Called by the run and
 * by capacity. Each begins a deployment. Inputs are checked whole before anything changes.
 */
import { lastSegment } from '../../base/arn.ts';
import { taskId } from '../../base/ids.ts';
import { whatThereIs } from '../../base/nearest.ts';
import { type Daemon, parseDaemon, updateDaemonSettings } from '../../model/daemon.ts';
import { onlyMembers } from '../../model/known-members.ts';
import { nonEmptyText, refuse } from '../../model/read.ts';
import type { TaskDefinition } from '../../model/task-definition.ts';
import type { ApiCall } from '../commands.ts';
import type { DaemonRevision, DaemonState } from '../daemon-state.ts';
import type { ClusterState } from '../state.ts';
import { daemonDefinitionOf } from './daemon-definitions.ts';
import { move, newDeployment, replaceDeployment } from './daemon-deployments.ts';

/** @throws InvalidParameterException for providers that are not of Managed Instances, or not there. */
function checkProviders(state: ClusterState, { providers }: Daemon, path: string): void {
  const { managed, providers: groups } = state.capacity;
  providers.forEach((value, k) => {
    if (managed.providers.get(value)?.isDeleting === false) return;
    const at = `${path}.capacityProviderArns[${k}]`;
    const names = [...managed.providers.keys()];
    const message = groups.has(value)
      ? `${at}: ${value} is no capacity provider of Managed Instances; daemons run on no other.`
      : `${at}: The specified capacity provider ${value} was not found.${whatThereIs(value, names)}`;
    refuse('CAPACITY_PROVIDER_NOT_FOUND', message, { path: at, value, expected: names });
  });
}

function revisionOf(state: ClusterState, settings: Daemon, definition: TaskDefinition, k: number): DaemonRevision {
  const { region, account, cluster } = state.context;
  const id = taskId((state.seed ^ 0xbb67ae85) >>> 0, k);
  return {
    arn: `arn:aws:ecs:${region}:${account}:daemon-revision/${cluster}/${settings.name}/${id}`,
    definition,
    providers: new Set(settings.providers),
    isCritical: settings.isCritical,
  };
}

/** Registered instances of the providers that a daemon is or was on. */
function instancesOf(state: ClusterState, daemon: DaemonState): number {
  let count = 0;
  for (const { settings, instances } of state.capacity.managed.providers.values())
    for (const { containerInstance, daemons } of instances)
      if (containerInstance !== undefined && (daemon.target?.providers.has(settings.name) || daemons.has(daemon)))
        count += 1;
  return count;
}

export function createDaemon(state: ClusterState, input: unknown, path: string): DaemonState {
  const settings = parseDaemon(input, path);
  const { managed } = state.capacity;
  if (managed.daemons.has(settings.name))
    refuse('DAEMON_EXISTS', `${path}.daemonName ${settings.name}: Creation of daemon was not idempotent.`, {
      path: `${path}.daemonName`,
      value: settings.name,
    });
  const { definition } = daemonDefinitionOf(state, settings.definition, `${path}.daemonTaskDefinitionArn`);
  checkProviders(state, settings, path);
  const { region, account, cluster } = state.context;
  const daemon = {
    settings,
    arn: `arn:aws:ecs:${region}:${account}:daemon/${cluster}/${settings.name}`,
    number: managed.createdDaemons++,
    status: 'ACTIVE',
    completed: undefined,
    deployments: 0,
  } as DaemonState;
  daemon.target = revisionOf(state, settings, definition, managed.createdRevisions++);
  daemon.deployment = newDeployment(state, daemon, instancesOf(state, daemon));
  managed.daemons.set(settings.name, daemon);
  move(state, daemon.deployment, 'PENDING', '');
  return daemon;
}

export function createDaemonCall(state: ClusterState, { input, path = '' }: ApiCall): void {
  createDaemon(state, input, path);
}

/** One that is ACTIVE. */
function daemonOf(state: ClusterState, given: unknown, path: string): DaemonState {
  const name = lastSegment(nonEmptyText(given, path));
  const { daemons } = state.capacity.managed;
  const daemon = daemons.get(name);
  if (daemon?.status === 'ACTIVE') return daemon;
  if (daemon !== undefined)
    refuse(
      'DAEMON_NOT_ACTIVE',
      `${path}: daemon ${name} is being deleted.`,
      { path, value: given },
      'DaemonNotActiveException',
    );
  return refuse(
    'DAEMON_NOT_FOUND',
    `${path} ${JSON.stringify(given)} is no daemon of the cluster.${whatThereIs(name, [...daemons.keys()])}`,
    { path, value: given },
    'DaemonNotFoundException',
  );
}

export function updateDaemon(state: ClusterState, { input, path = '' }: ApiCall): void {
  const daemon = daemonOf(state, input.daemonArn, `${path}.daemonArn`);
  const settings = updateDaemonSettings(daemon.settings, input, path);
  const { definition } = daemonDefinitionOf(state, settings.definition, `${path}.daemonTaskDefinitionArn`);
  checkProviders(state, settings, path);
  daemon.settings = settings;
  daemon.target = revisionOf(state, settings, definition, state.capacity.managed.createdRevisions++);
  replaceDeployment(state, daemon, instancesOf(state, daemon));
}

/** Its instances are drained and replaced by ones without it; then it is gone (ECS API, DeleteDaemon). */
export function deleteDaemon(state: ClusterState, { input, path = '' }: ApiCall): void {
  onlyMembers(input, path, ['daemonArn']);
  const daemon = daemonOf(state, input.daemonArn, `${path}.daemonArn`);
  daemon.status = 'DELETE_IN_PROGRESS';
  daemon.target = undefined;
  replaceDeployment(state, daemon, instancesOf(state, daemon));
}
