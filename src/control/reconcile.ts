/**
 * One round after another until nothing changes: agents, judgement, load balancers, capacity, scheduler, rules, in this
 * order; what they answer is applied in the order they gave it. A task that died so leaves its targets before another one
 * starts, as recorded services tell it. Called by the run loop and by the endpoint, once for each millisecond in which
 * something happened.
 */
import type { Agents } from '../agent/tick.ts';
import { tick as provide } from '../capacity/tick.ts';
import { apply } from '../cluster/apply.ts';
import type { Command } from '../cluster/commands.ts';
import type { ClusterState } from '../cluster/state.ts';
import { judge } from '../deploy/judge.ts';
import { tick as deploy } from '../deploy/tick.ts';
import { BayplanError } from '../errors.ts';
import type { Events } from '../events/tick.ts';
import { tick as balance } from '../traffic/tick.ts';

/** Far more than any cluster needs: beyond it two rules undo each other for ever. */
const MOST_ROUNDS = 10_000;

/**
 * @param observe sees what changed, before each round.
 * @param events rules and consumers of queues; none unless given.
 * @throws BayplanException UNSETTLED when the rounds do not come to an end: a defect, never the input's fault.
 */
export function reconcile(
  state: ClusterState,
  agents: Agents,
  observe: () => void = () => undefined,
  events?: Events,
): void {
  let commands: readonly Command[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    observe();
    commands = decide(state, agents, events);
    if (commands.length === 0 && !hasChanges(state)) return;
    for (const command of commands) apply(state, command);
  }
  const repeated = [...new Set(commands.map(told))];
  throw new BayplanError(
    'BayplanException',
    'UNSETTLED',
    `The cluster does not settle at ${state.nowMs} ms: ${repeated.join(', ')} repeats for ever.`,
    { value: state.nowMs, expected: repeated },
  );
}

function told(command: Command): string {
  if ('daemon' in command) return `${command.type} of daemon ${command.daemon.settings.name}`;
  const about = 'deployment' in command ? command.deployment : command;
  return 'service' in about && about.service !== undefined
    ? `${command.type} of service ${about.service.name}`
    : command.type;
}

function decide(state: ClusterState, agents: Agents, events: Events | undefined): Command[] {
  const parts = [agents.tick(state), judge(state), balance(state), provide(state), deploy(state)];
  if (events !== undefined) parts.push(events.tick(state));
  const commands = joined(parts);
  if (state.busEvents.length > 0) state.busEvents.length = 0;
  state.changedTasks.clear();
  state.unjudgedTasks.clear();
  state.changedServices.clear();
  state.changedTargets.clear();
  state.capacity.changedGroups.clear();
  state.capacity.managed.changed.clear();
  return commands;
}

/** Nearly always one part has all of them. */
function joined(parts: readonly Command[][]): Command[] {
  let all: Command[] | undefined;
  for (const part of parts) if (part.length > 0) all = all === undefined ? part : all.concat(part);
  return all ?? [];
}

function hasChanges(state: ClusterState): boolean {
  const { capacity, busEvents } = state;
  const changed =
    state.changedTasks.size + state.unjudgedTasks.size + state.changedServices.size + state.changedTargets.size;
  if (changed + capacity.changedGroups.size + capacity.managed.changed.size + busEvents.length > 0) return true;
  return capacity.hasRoom && capacity.provisioning.size > 0;
}
