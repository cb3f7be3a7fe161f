/** What is searched: a service at the moment of its update, as berths and rules. Made by build, changed by fixes. */
import type { Engine } from '../contract.ts';
import type { Strategy } from '../model/strategy.ts';
import type { Berths, State } from './berth.ts';
import type { Demand } from './choice.ts';
import type { Room } from './room.ts';

export type Mode = 'rolling' | 'shifting' | 'daemon';

export interface Problem {
  readonly engine: Pick<Engine, 'rolloutStep'>;
  readonly mode: Mode;
  readonly desiredCount: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly berths: Berths;
  readonly room: Pick<Room, 'fits'>;
  readonly strategies: readonly Strategy[];
  readonly demands: readonly Demand[];
  readonly start: State;
}

/** Sums over all instances. */
export interface Totals {
  readonly old: number;
  /** Of the old ones. */
  readonly oldUnhealthy: number;
  readonly starting: number;
  readonly healthy: number;
  readonly stopping: number;
}

export function totalsOf({ berths }: Pick<Problem, 'berths'>, state: State): Totals {
  const { old: kinds, wellOf, starting: s, healthy: h, leaving } = berths.phases;
  let [old, oldUnhealthy, starting, healthy, stopping] = [0, 0, 0, 0, 0];
  for (let k = 0; k < state.length; k += 2) {
    const { counts } = berths.at(state[k] as number);
    const instances = state[k + 1] as number;
    for (let kind = 0; kind < kinds; kind++) {
      const active = instances * (counts[2 * kind] as number);
      old += active;
      if (wellOf[kind] !== kind) oldUnhealthy += active;
      stopping += instances * (counts[2 * kind + 1] as number);
    }
    starting += instances * (counts[s] as number);
    healthy += instances * (counts[h] as number);
    stopping += instances * (counts[leaving] as number);
  }
  return { old, oldUnhealthy, starting, healthy, stopping };
}
