/**
 * Deployments of ECS Managed Daemons as they go on: begun, a batch drained, watched, completed, rolled back (ECS developer
 * guide, daemon deployments). Called by apply and by the calls. Every change of status is told.
 */
import { taskId } from '../../base/ids.ts';
import type { DaemonDeploymentState, DaemonDeploymentStatus, DaemonState } from '../daemon-state.ts';
import { isUnderWay } from '../daemon-state.ts';
import { isInAlarm } from '../in-alarm.ts';
import type { DaemonCommand } from '../managed-commands.ts';
import type { ManagedInstance } from '../managed-state.ts';
import type { ClusterState } from '../state.ts';
import { endDaemons, forgetFailures, loseDaemon, noteStay } from './daemon-tasks.ts';
import { drain } from './instances.ts';
import { noteTried } from './managed-members.ts';

const MINUTE_MS = 60_000;

type Handlers = {
  readonly [Type in DaemonCommand['type']]: (
    state: ClusterState,
    command: Extract<DaemonCommand, { readonly type: Type }>,
  ) => void;
};

export const DAEMON_HANDLERS: Handlers = {
  LoseDaemon: loseDaemon,
  NoteStay: (_, { instance }) => noteStay(instance),
  EndDaemons: (state, { instance }) => endDaemons(state, instance),
  BeginDaemonDeployment: (state, { deployment }) => move(state, deployment, 'IN_PROGRESS', ''),
  DrainForDaemon: (state, { deployment, instances }) => drainBatch(state, deployment, instances),
  BakeDaemon: (state, { deployment }) => bake(state, deployment),
  CompleteDaemonDeployment: (state, { deployment }) => complete(state, deployment),
  FailDaemonDeployment: (state, { deployment, reason }) => fail(state, deployment, reason),
};

export function move(
  state: ClusterState,
  deployment: DaemonDeploymentState,
  status: DaemonDeploymentStatus,
  reason: string,
): void {
  deployment.status = status;
  deployment.statusReason = reason;
  noteTried(state);
  if (state.sink.isOpen) state.sink.emit({ type: 'DaemonDeploymentStateChange', deployment });
}

/** Ours: the circuit breaker counts as that of services does by default, half of the instances, from 3 to 200. */
function thresholdOf(state: ClusterState, instances: number): number {
  return state.engine.circuitBreakerThreshold({ desiredCount: instances, type: 'BOUNDED_PERCENT', value: 50 });
}

/** @param instances that are there for it. */
export function newDeployment(state: ClusterState, daemon: DaemonState, instances: number): DaemonDeploymentState {
  const { region, account, cluster } = state.context;
  const { name, deploymentConfiguration: configuration } = daemon.settings;
  const id = taskId((state.seed ^ (0x3c6ef372 + daemon.number)) >>> 0, daemon.deployments++);
  return {
    arn: `arn:aws:ecs:${region}:${account}:daemon-deployment/${cluster}/${name}/${id}`,
    daemon,
    configuration,
    status: 'PENDING',
    statusReason: '',
    ignoredAlarms: new Set(configuration.alarmNames.filter((one) => isInAlarm(state, one))),
    failures: 0,
    threshold: thresholdOf(state, instances),
    batch: [],
    bakesUntilMs: 0,
  };
}

/** In place of the one before, which ends where it is. */
export function replaceDeployment(state: ClusterState, daemon: DaemonState, instances: number): void {
  const { deployment } = daemon;
  if (isUnderWay(deployment)) move(state, deployment, 'STOPPED', 'It was replaced by a new deployment.');
  daemon.deployment = newDeployment(state, daemon, instances);
  forgetFailures(state);
  move(state, daemon.deployment, 'PENDING', '');
}

function drainBatch(state: ClusterState, deployment: DaemonDeploymentState, batch: readonly ManagedInstance[]): void {
  deployment.batch = batch;
  for (const { containerInstance } of batch) if (containerInstance !== undefined) drain(state, containerInstance);
  noteTried(state);
}

function bake(state: ClusterState, deployment: DaemonDeploymentState): void {
  const [first] = deployment.batch;
  deployment.batch = [];
  deployment.bakesUntilMs = state.nowMs + deployment.configuration.bakeTimeInMinutes * MINUTE_MS;
  // Whichever provider is woken: all deployments are looked at. This one may have been deleted meanwhile.
  if (first !== undefined) state.timers.set(deployment.bakesUntilMs, { type: 'WakeManaged', provider: first.provider });
  noteTried(state);
}

function complete(state: ClusterState, deployment: DaemonDeploymentState): void {
  const { daemon, status } = deployment;
  daemon.completed = daemon.target;
  move(
    state,
    deployment,
    status === 'ROLLBACK_IN_PROGRESS' ? 'ROLLBACK_SUCCESSFUL' : 'SUCCESSFUL',
    deployment.statusReason,
  );
  if (daemon.status === 'DELETE_IN_PROGRESS') state.capacity.managed.daemons.delete(daemon.settings.name);
}

/** Back to what was completed last; without that, or when the way back fails too, nothing of it is started any more (ours). */
function fail(state: ClusterState, deployment: DaemonDeploymentState, reason: string): void {
  const { daemon, status } = deployment;
  const isBack = status === 'ROLLBACK_IN_PROGRESS';
  daemon.target = isBack ? undefined : daemon.completed;
  deployment.batch = [];
  deployment.failures = 0;
  deployment.bakesUntilMs = 0;
  forgetFailures(state);
  move(
    state,
    deployment,
    isBack ? 'ROLLBACK_FAILED' : daemon.target === undefined ? 'STOPPED' : 'ROLLBACK_IN_PROGRESS',
    reason,
  );
}
