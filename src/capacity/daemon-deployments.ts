/**
 * Deployments of ECS Managed Daemons: a share of the instances is drained, replaced by ones with the new revision, watched,
 * then the next share (ECS developer guide, daemon deployments). Called by tick, once a round. Pure.
 */
import { type DaemonDeploymentState, type DaemonState, isUnderWay, revisionFor } from '../cluster/daemon-state.ts';
import { isInAlarm } from '../cluster/in-alarm.ts';
import type { DaemonCommand } from '../cluster/managed-commands.ts';
import type { ManagedInstance } from '../cluster/managed-state.ts';
import type { ClusterView } from '../cluster/state.ts';

const BREAKER = 'The deployment circuit breaker detected failures.';

export function deployDaemons(view: ClusterView): DaemonCommand[] {
  const { daemons, changed, providers } = view.capacity.managed;
  // Without a capacity provider nothing changes; deployments end all the same.
  if (changed.size === 0 && providers.size > 0) return [];
  const commands: DaemonCommand[] = [];
  for (const daemon of daemons.values())
    if (isUnderWay(daemon.deployment)) commands.push(...step(view, daemon as DaemonState));
  return commands;
}

function step(view: ClusterView, daemon: DaemonState): DaemonCommand[] {
  const { deployment } = daemon;
  if (deployment.status === 'PENDING') return [{ type: 'BeginDaemonDeployment', deployment }];
  const reason = failureOf(view, deployment);
  if (reason !== undefined) return [{ type: 'FailDaemonDeployment', deployment, reason }];
  if (deployment.batch.length > 0) return waitForBatch(deployment);
  if (view.nowMs < deployment.bakesUntilMs) return [];
  const { stale, leaving, total } = instancesOf(view, daemon);
  if (stale.length === 0) return leaving > 0 ? [] : [{ type: 'CompleteDaemonDeployment', deployment }];
  const instances = stale.slice(0, batchSize(total, deployment.configuration.drainPercent));
  return [{ type: 'DrainForDaemon', deployment, instances }];
}

/** Somebody may make a drained one ACTIVE again: it is drained anew, or the deployment would never end. */
function waitForBatch(deployment: DaemonDeploymentState): DaemonCommand[] {
  const { batch } = deployment;
  if (batch.every(({ state }) => state === 'terminated')) return [{ type: 'BakeDaemon', deployment }];
  const isDrained = batch.every(({ containerInstance }) => containerInstance?.status !== 'ACTIVE');
  return isDrained ? [] : [{ type: 'DrainForDaemon', deployment, instances: batch }];
}

/** A way back is only watched for the tasks that fail on it; a daemon that is deleted not at all. */
function failureOf(view: ClusterView, deployment: DaemonDeploymentState): string | undefined {
  const { configuration, daemon, ignoredAlarms, failures, threshold, status } = deployment;
  if (daemon.status === 'DELETE_IN_PROGRESS') return undefined;
  if (failures >= threshold) return BREAKER;
  if (status === 'ROLLBACK_IN_PROGRESS') return undefined;
  const alarm = configuration.alarmNames.find((name) => isInAlarm(view, name) && !ignoredAlarms.has(name));
  return alarm === undefined ? undefined : `Alarm ${alarm} is in ALARM.`;
}

/** Ours: never more than the share, and at least one. */
function batchSize(total: number, drainPercent: number): number {
  return Math.max(1, Math.floor((total * drainPercent) / 100 + 1e-9));
}

interface Instances {
  /** They run another revision than they shall; oldest first. */
  readonly stale: readonly ManagedInstance[];
  /** So many of those drain already. */
  readonly leaving: number;
  readonly total: number;
}

function instancesOf(view: ClusterView, daemon: DaemonState): Instances {
  const stale: ManagedInstance[] = [];
  let leaving = 0;
  let total = 0;
  for (const { settings, instances } of view.capacity.managed.providers.values()) {
    const wanted = revisionFor(daemon, settings.name);
    for (const instance of instances as Iterable<ManagedInstance>) {
      const revision = instance.daemons.get(daemon)?.revision;
      if (instance.containerInstance === undefined || (wanted ?? revision) === undefined) continue;
      total += 1;
      if (revision === wanted) continue;
      if (instance.containerInstance.status === 'DRAINING') leaving += 1;
      else stale.push(instance);
    }
  }
  return { stale, leaving, total };
}
