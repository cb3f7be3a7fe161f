/**
 * Targets of load balancers: the only place that writes them. Called by apply for the commands of the same names.
 * Invariant: a target stands in its group and with its task, or in neither. Commands that no longer fit do nothing.
 */
import type { Command } from '../commands.ts';
import type { ClusterState, ServiceState, TargetGroupState, TargetHealth, TargetState, TaskState } from '../state.ts';
import { endDraining } from './life.ts';
import { tell, tellWhole } from './tell.ts';

type Of<Type extends Command['type']> = Extract<Command, { readonly type: Type }>;

function note(state: ClusterState, target: TargetState, health: TargetHealth, reason: string | undefined): void {
  target.due = undefined;
  target.health = health;
  target.reason = reason;
  const { task } = target;
  if (task.service !== undefined) state.changedServices.add(task.service);
  if (task.desiredStatus === 'RUNNING') state.unjudgedTasks.add(task);
  if (state.sink.isOpen) state.sink.emit({ type: 'TargetHealthChange', target });
}

/** `registered 2 targets in (target-group ARN)`, with the older words for Classic Load Balancers. */
function inGroup(verb: string, { settings }: TargetGroupState, count: number): string {
  return settings.kind === 'classic'
    ? `${verb} ${count} instances in (elb ${settings.targetGroupName})`
    : `${verb} ${count} targets in (target-group ${settings.targetGroupArn})`;
}

function tellGroups(state: ClusterState, service: ServiceState, verb: string, targets: readonly TargetState[]): void {
  const counts = new Map<TargetGroupState, number>();
  for (const { group } of targets) counts.set(group, (counts.get(group) ?? 0) + 1);
  for (const [group, count] of counts) tell(state, service, inGroup(verb, group, count));
}

function isRegistered({ task, group, id, port }: Of<'RegisterTargets'>['targets'][number]): boolean {
  return task.targets.some((target) => target.group === group && target.id === id && target.port === port);
}

/** Registers targets of tasks that still shall run; one message per target group. */
export function registerTargets(state: ClusterState, { service, targets }: Of<'RegisterTargets'>): void {
  const added: TargetState[] = [];
  for (const given of targets) {
    if (given.task.desiredStatus === 'STOPPED' || isRegistered(given)) continue;
    const target: TargetState = { ...given, registeredAtMs: state.nowMs, due: undefined };
    target.group.targets.add(target);
    target.task.targets.push(target);
    target.task.deployment?.usedGroups.add(target.group);
    state.changedTargets.add(target.task);
    note(state, target, target.health, target.reason);
    added.push(target);
  }
  tellGroups(state, service, 'registered', added);
}

/** Per target group, then per revision with the number of its tasks: the old one's, in a rollout. */
function tellDraining(state: ClusterState, service: ServiceState, targets: readonly TargetState[]): void {
  tellGroups(state, service, 'deregistered', targets);
  const tasks = new Map<string, Set<TaskState>>();
  for (const { task } of targets) {
    if (task.deployment === undefined) continue;
    const { id } = task.deployment;
    tasks.set(id, (tasks.get(id) ?? new Set()).add(task));
  }
  for (const [id, { size }] of tasks) {
    const whose = `(service ${service.name}, taskSet ${id})`;
    tellWhole(state, service, `${whose} has begun draining connections on ${size} tasks.`);
  }
}

/** Starts the deregistration delay, at whose end each target leaves. Those that drain already are left alone. */
export function deregisterTargets(state: ClusterState, { service, targets }: Of<'DeregisterTargets'>): void {
  const draining = targets.filter((target) => target.group.targets.has(target) && target.health !== 'draining');
  for (const target of draining) {
    note(state, target, 'draining', 'Target.DeregistrationInProgress');
    const atMs = state.nowMs + target.group.settings.deregistrationDelaySeconds * 1000;
    state.timers.set(atMs, { type: 'RemoveTarget', target });
  }
  if (service !== undefined) tellDraining(state, service, draining);
}

/**
 * Sets the health of a target, at once or at `atMs`. Of several changes to come only the last one given happens, and none
 * once the health was set at once or the target deregistered.
 */
export function setTargetHealth(state: ClusterState, command: Of<'SetTargetHealth'>): void {
  const { target, health, reason, atMs } = command;
  if (!target.group.targets.has(target) || target.health === 'draining') return;
  if (atMs !== undefined && atMs > state.nowMs) {
    target.due = { health, atMs };
    state.timers.set(atMs, command);
    return;
  }
  if (atMs !== undefined && (target.due?.atMs !== atMs || target.due.health !== health)) return;
  target.due = undefined;
  if (target.health === health && target.reason === reason) return;
  note(state, target, health, reason);
  state.changedTargets.add(target.task);
}

/** Takes a target out of its group; with its last one gone, the containers of a stopping task get their signal. */
export function removeTarget(state: ClusterState, { target }: Of<'RemoveTarget'>): void {
  const { task, group } = target;
  if (!group.targets.delete(target)) return;
  task.targets.splice(task.targets.indexOf(target), 1);
  note(state, target, 'unused', 'Target.NotRegistered');
  if (task.targets.length === 0 && task.desiredStatus === 'STOPPED') endDraining(state, task);
}
