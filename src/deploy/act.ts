/** Turns decisions into commands: names the tasks that stop. Called by tick. */
import type { Command } from '../cluster/commands.ts';
import type { ClusterView, DeploymentState, ServiceState, TaskState } from '../cluster/state.ts';
import { blockedByProtection, mayStop } from './decide/protection.ts';
import type { Decision } from './decision.ts';
import { chooseFrom } from './provider-victims.ts';

export function act(view: ClusterView, service: ServiceState, decisions: readonly Decision[]): Command[] {
  const [only] = decisions;
  if (only === undefined) return [];
  return decisions.length === 1
    ? commandsOf(view, service, only)
    : decisions.flatMap((decision) => commandsOf(view, service, decision));
}

function commandsOf(view: ClusterView, service: ServiceState, decision: Decision): Command[] {
  const deployment = service.deployments[0];
  if (deployment === undefined) return [];
  switch (decision.kind) {
    case 'start':
      return [{ type: 'StartTasks', deployment, count: decision.count }];
    case 'startDaemons':
      return [{ type: 'StartDaemons', deployment, instances: decision.instances }];
    case 'command':
      return [decision.command];
    case 'stop':
      return stop(view, service, decision);
    case 'stopThese':
      return byReason(service, decision.tasks);
  }
}

type Stop = Extract<Decision, { kind: 'stop' }>;

/** Unhealthy ones first: they never lower the healthy count; then as many healthy ones as the rule allows. */
function stop(view: ClusterView, service: ServiceState, { from, count, healthy }: Stop): Command[] {
  const { ill, well, guarded } = candidatesOf(view, service, from);
  const tasks = chooseFrom(view, service, ill, count);
  // Of unhealthy ones some may be protected: healthy ones do not go in their place.
  for (const task of chooseFrom(view, service, well, Math.min(count - tasks.length, healthy), tasks)) tasks.push(task);
  const commands = byReason(service, tasks);
  const [primary] = service.deployments;
  if (tasks.length < count && guarded > 0 && primary !== undefined)
    commands.push(...blockedByProtection(primary, guarded));
  return commands;
}

function isHealthy(task: TaskState): boolean {
  return task.lastStatus === 'RUNNING' && task.isHealthy;
}

/** Tasks that may go, unhealthy and healthy, oldest first. Protected ones may not, and are counted; nothing protects tasks of a deleted service. */
function candidatesOf(
  view: ClusterView,
  service: ServiceState,
  from: Stop['from'],
): { ill: TaskState[]; well: TaskState[]; guarded: number } {
  const ill: TaskState[] = [];
  const well: TaskState[] = [];
  let guarded = 0;
  for (let k = service.deployments.length - 1; k >= 0; k--) {
    const deployment = service.deployments[k] as DeploymentState;
    const isOld = k > 0;
    for (const task of deployment.tasks) {
      if (task.desiredStatus === 'STOPPED') continue;
      if (from !== 'all' && (isOld || task.unfit !== undefined) !== (from === 'old')) continue;
      if (from !== 'all' && !mayStop(task, view.nowMs)) guarded++;
      else (isHealthy(task) ? well : ill).push(task);
    }
  }
  return { ill, well, guarded };
}

/** One command a reason: each is one service event. */
function byReason(service: ServiceState, tasks: readonly TaskState[]): Command[] {
  // Few reasons, nearly always one: a list is searched sooner than a map is made.
  const groups: { readonly reason: string; readonly tasks: TaskState[] }[] = [];
  for (const task of tasks) {
    const reason = stoppedReason(task);
    const same = groups.find((one) => one.reason === reason);
    if (same === undefined) groups.push({ reason, tasks: [task] });
    else same.tasks.push(task);
  }
  return groups.map((one) => ({ type: 'StopTasks', service, tasks: one.tasks, stoppedReason: one.reason }));
}

function stoppedReason({ unfit, deployment }: TaskState): string {
  switch (unfit?.cause) {
    case 'TARGET_HEALTH':
      return `Task failed ELB health checks in (target-group ${unfit.targetGroupArn})`;
    case 'CONTAINER_HEALTH':
      return 'Task failed container health checks';
    case 'REBALANCING':
      return `Availability-zone rebalancing initiated by (deployment ${deployment?.id})`;
    default:
      return `Scaling activity initiated by (deployment ${deployment?.id})`;
  }
}
