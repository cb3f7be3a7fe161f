/** Why nothing more happens in a state, in ECS's words. Called by plan; the engine explains it on the filled instances. */
import type { ClusterState, ServiceState } from '../cluster/state.ts';
import { PERCENTAGES } from '../deploy/decide/stuck.ts';
import { eventMessage } from '../explain/closest.ts';
import type { Explanation } from '../explain.ts';
import type { Berth, State } from './berth.ts';
import type { Built } from './build.ts';
import { allowedIn } from './moves.ts';
import { totalsOf } from './problem.ts';

export interface Reason {
  readonly message: string;
  /** Of the task that finds no room, when that is why. */
  readonly explanation: Explanation | undefined;
}

const NO_INSTANCES = 'Reason: No Container Instances were found in your cluster.';

/** The instances of a state, each with its slot. */
function laidOut({ berths }: Built, state: State): (readonly [slot: number, berth: Berth])[] {
  const used = new Map<number, number>();
  const placed: (readonly [number, Berth])[] = [];
  for (let k = 0; k < state.length; k += 2) {
    const berth = berths.at(state[k] as number);
    for (let n = 0; n < (state[k + 1] as number); n++) {
      const at = used.get(berth.group.number) ?? 0;
      used.set(berth.group.number, at + 1);
      placed.push([berth.group.slots[at] ?? -1, berth]);
    }
  }
  return placed;
}

/** Nothing of ECS's: it says nothing then. */
export function waitsForAgents(service: string): string {
  return `(service ${service}) waits for tasks to stop on container instances whose agent is not connected.`;
}

export function reasonOf(cluster: ClusterState, service: ServiceState, problem: Built, state: State): Reason {
  const { placement, mode } = problem;
  const totals = totalsOf(problem, state);
  if (totals.stopping > 0) return { message: waitsForAgents(service.name), explanation: undefined };
  const mayStart = mode === 'daemon' ? hasFreeInstance(problem, state) : allowedIn(problem, totals).start;
  if (placement === undefined || !mayStart)
    return { message: `(service ${service.name}) ${PERCENTAGES}`, explanation: undefined };
  const explanation = problem.room.within(laidOut(problem, state), () => cluster.engine.explain(placement));
  const group = `service:${service.name}`;
  if (explanation === false) return { message: eventMessage(group, ''), explanation: undefined };
  return { message: explanation.closest?.message ?? eventMessage(group, NO_INSTANCES), explanation };
}

function hasFreeInstance({ berths }: Built, state: State): boolean {
  for (let k = 0; k < state.length; k += 2) {
    const { group, held } = berths.at(state[k] as number);
    if (group.belongs && held === 0) return true;
  }
  return false;
}
