/** Runs the load balancers of a scene on virtual time: rounds until silence, then the next timer. No other controller. */
import { deregisterTargets, registerTargets, removeTarget, setTargetHealth } from '../../src/cluster/apply/targets.ts';
import type { Command } from '../../src/cluster/commands.ts';
import type { ClusterState } from '../../src/cluster/state.ts';
import { tick } from '../../src/traffic/tick.ts';

function apply(state: ClusterState, command: Command): void {
  if (command.type === 'RegisterTargets') registerTargets(state, command);
  else if (command.type === 'DeregisterTargets') deregisterTargets(state, command);
  else if (command.type === 'SetTargetHealth') setTargetHealth(state, command);
  else if (command.type === 'RemoveTarget') removeTarget(state, command);
  else if (command.type === 'ChangeTask' && command.report.lastStatus !== undefined)
    command.task.lastStatus = command.report.lastStatus;
  else throw new Error(`${command.type} is no command of traffic`);
}

/** All rounds of this millisecond, at most ten. @returns the commands of each. */
export function settle(state: ClusterState): Command[][] {
  const rounds: Command[][] = [];
  for (let round = 0; round < 10; round++) {
    const commands = tick(state);
    state.changedTargets.clear();
    if (commands.length === 0) return rounds;
    for (const command of commands) apply(state, command);
    rounds.push(commands);
  }
  throw new Error('the load balancers do not come to rest');
}

/**
 * From timer to timer up to and with `untilMs`. `look` is called after each millisecond in which something happened, with
 * the commands of its rounds.
 */
export function playUntil(
  state: ClusterState,
  untilMs: number,
  look: (rounds: Command[][]) => void = () => undefined,
): void {
  look(settle(state));
  while (state.timers.nextMs <= untilMs) {
    state.nowMs = state.timers.nextMs;
    for (const command of state.timers.take()) apply(state, command);
    look(settle(state));
  }
  state.nowMs = untilMs;
}
