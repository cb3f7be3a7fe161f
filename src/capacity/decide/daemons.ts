/**
 * What the daemons of an instance mean for it (ECS developer guide, managed daemons; ECS API, CreateDaemon). Called by
 * managed-instances. Pure.
 */
import type { DaemonMember } from '../../cluster/daemon-state.ts';
import type { DaemonCommand } from '../../cluster/managed-commands.ts';
import type { ManagedInstance } from '../../cluster/managed-state.ts';
import { hasHealthCheck } from '../../model/container-lifecycle.ts';

/** Why a daemon is no good on its instance; undefined while it is, or is on its way. */
function failureOf({ task, isEnded }: DaemonMember): string | undefined {
  if (isEnded) return undefined;
  if (task === undefined) return 'The container instance has no room for it.';
  if (task.desiredStatus === 'STOPPED') return task.stoppedReason ?? 'Its task stopped.';
  return task.healthStatus === 'UNHEALTHY' ? 'Task failed container health checks' : undefined;
}

/** Those whose failure nobody has dealt with. */
export function lostDaemons(instance: ManagedInstance): DaemonCommand[] {
  const commands: DaemonCommand[] = [];
  for (const [daemon, member] of instance.daemons) {
    const reason = failureOf(member);
    if (reason !== undefined) commands.push({ type: 'LoseDaemon', instance, daemon, reason });
  }
  return commands;
}

/** All critical ones do, and have passed their health checks (ECS developer guide, daemon auto repair). */
export function runsDaemons({ daemons }: ManagedInstance): boolean {
  return [...daemons.values()].every(({ revision, task }) => {
    if (!revision.isCritical) return true;
    return task?.lastStatus === 'RUNNING' && (task.healthStatus === 'HEALTHY' || !hasHealthCheck(revision.definition));
  });
}
