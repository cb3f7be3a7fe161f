/**
 * Last part of the pipeline: the decision as commands, in the order in which ECS tells of them: registered, then
 * deregistered and draining. One command per service, so that one message counts all its targets of a moment.
 */
import type { Command } from '../cluster/commands.ts';
import type { ServiceState, TargetState, TaskState } from '../cluster/state.ts';
import type { NewTarget } from './decide/register.ts';
import type { Decision } from './decide.ts';

const RUNNING = { lastStatus: 'RUNNING' } as const;

/** Services in the order in which they come up. */
function byService<T extends { readonly task: TaskState }>(targets: readonly T[]): Map<ServiceState | undefined, T[]> {
  const groups = new Map<ServiceState | undefined, T[]>();
  for (const target of targets) {
    const { service } = target.task;
    const same = groups.get(service);
    if (same === undefined) groups.set(service, [target]);
    else same.push(target);
  }
  return groups;
}

function registrations(targets: readonly NewTarget[]): Command[] {
  const commands: Command[] = [];
  for (const [service, own] of byService(targets)) {
    if (service !== undefined) commands.push({ type: 'RegisterTargets', service, targets: own });
  }
  return commands;
}

function deregistrations(targets: readonly TargetState[]): Command[] {
  return [...byService(targets)].map(([service, own]) => ({ type: 'DeregisterTargets', service, targets: own }));
}

export function act({ register, deregister, remove, health, activate }: Decision): Command[] {
  return [
    ...registrations(register),
    ...deregistrations(deregister),
    ...remove.map((target): Command => ({ type: 'RemoveTarget', target })),
    ...health.map((change): Command => ({ type: 'SetTargetHealth', ...change })),
    ...activate.map((task): Command => ({ type: 'ChangeTask', task, report: RUNNING })),
  ];
}
