/** Scale-in protection (ECS developer guide): what it keeps from stopping, and what is told of it. Called by daemon and act. */
import type { Command } from '../../cluster/commands.ts';
import type { DeploymentState, TaskState } from '../../cluster/state.ts';

/** Whether the scheduler may stop it: protection does not keep a task that fails its health checks. */
export function mayStop({ unfit, protectedUntilMs }: TaskState, nowMs: number): boolean {
  return protectedUntilMs <= nowMs || unfit?.cause === 'CONTAINER_HEALTH' || unfit?.cause === 'TARGET_HEALTH';
}

/** Told once. */
export function blockedByProtection(deployment: DeploymentState, tasks: number): Command[] {
  if (deployment.blockedBy === 'PROTECTION') return [];
  const message = `was unable to reach steady state because (taskSet ${deployment.id}) was unable to scale in due to (reason ${tasks} tasks under protection)`;
  return [{ type: 'BlockDeployment', deployment, by: 'PROTECTION', message }];
}
