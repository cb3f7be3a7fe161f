/** Judges tasks: what counts as healthy for the percentages, and what makes a task unfit (ECS developer guide). Called by control. */
import type { Command } from '../cluster/commands.ts';
import type { ClusterView, DeploymentState, TaskState, Unfit } from '../cluster/state.ts';
import { hasHealthCheck } from '../model/container-lifecycle.ts';

/** Without any check a task counts as healthy so long after RUNNING. */
const UNCHECKED_MS = 40_000;

export function judge(view: ClusterView): Command[] {
  const commands: Command[] = [];
  for (const task of view.unjudgedTasks) {
    const { deployment } = task;
    if (deployment === undefined || task.desiredStatus === 'STOPPED' || task.lastStatus !== 'RUNNING') continue;
    judgeOne(view, task, deployment, commands);
  }
  return commands;
}

function judgeOne(view: ClusterView, task: TaskState, deployment: DeploymentState, commands: Command[]): void {
  const hasTargets = deployment.settings.loadBalancers.length > 0;
  const isChecked = hasTargets || hasHealthCheck(task.definition);
  if (!isChecked && view.nowMs < dueMs(task)) {
    // Judged again then, not now: its instance may be set DRAINING before.
    commands.push({ type: 'Later', atMs: dueMs(task), command: { type: 'ReviewTask', task } });
    return;
  }
  const isHealthy = !isChecked || (passesTargets(task, hasTargets) && passesContainers(task));
  const unfit = keepsMoving(task) ?? failure(view, task, deployment, commands);
  if (isHealthy !== task.isHealthy || unfit?.cause !== task.unfit?.cause)
    commands.push({ type: 'JudgeTask', task, isHealthy, unfit });
}

function dueMs(task: TaskState): number {
  return (task.startedAtMs ?? 0) + UNCHECKED_MS;
}

/** Draining and rebalancing are decided elsewhere and stay. */
function keepsMoving({ unfit }: TaskState): Unfit | undefined {
  return unfit?.cause === 'DRAINING' || unfit?.cause === 'REBALANCING' ? unfit : undefined;
}

function passesContainers(task: TaskState): boolean {
  return !hasHealthCheck(task.definition) || task.healthStatus === 'HEALTHY';
}

function passesTargets(task: TaskState, hasTargets: boolean): boolean {
  return !hasTargets || (task.targets.length > 0 && task.targets.every(({ health }) => health === 'healthy'));
}

/** Failed checks within the grace period do not count; the task is judged again when it ends. */
function failure(
  view: ClusterView,
  task: TaskState,
  { settings }: DeploymentState,
  commands: Command[],
): Unfit | undefined {
  const failed = failedCheck(task);
  if (failed === undefined) return undefined;
  const graceEndsMs = (task.startedAtMs ?? 0) + settings.healthCheckGracePeriodSeconds * 1000;
  if (view.nowMs >= graceEndsMs) return failed;
  commands.push({ type: 'Later', atMs: graceEndsMs, command: { type: 'ReviewTask', task } });
  return undefined;
}

function failedCheck(task: TaskState): Unfit | undefined {
  if (task.healthStatus === 'UNHEALTHY') return { cause: 'CONTAINER_HEALTH' };
  const target = task.targets.find(({ health }) => health === 'unhealthy');
  return target === undefined
    ? undefined
    : { cause: 'TARGET_HEALTH', targetGroupArn: target.group.settings.targetGroupArn };
}
