/**
 * What may happen next in a state: the scheduler starts or stops a task, a started task becomes healthy, a stopping one
 * has stopped. All of them are open to ECS whenever its rules admit them: which old task stops, which of two possible
 * things comes first, how long anything takes. Called by the search.
 */
import type { Berth, State } from './berth.ts';
import { withMove } from './berth.ts';
import { choose } from './choice.ts';
import { type Problem, type Totals, totalsOf } from './problem.ts';

export interface Move {
  readonly action: 'start' | 'healthy' | 'stop' | 'stopped';
  /** Of the instance it happens on, before and after. */
  readonly berth: Berth;
  readonly to: Berth;
}

export function afterMove(state: State, { berth, to }: Move): State {
  return withMove(state, berth.number, to.number);
}

/** What the scheduler's rules admit. */
export interface Allowed {
  readonly start: boolean;
  readonly stop: boolean;
  /** New tasks go before old ones while there are more than desired. */
  readonly stopsNew: boolean;
}

/** The engine's own step, with start and with stop first; the other kinds of deployment have simpler rules. */
export function allowedIn(problem: Problem, { old, starting, healthy, stopping }: Totals): Allowed {
  const { mode, desiredCount, minimum, maximum, engine } = problem;
  if (mode === 'daemon') return { start: true, stop: old > 0 && old + healthy > minimum, stopsNew: false };
  if (mode === 'shifting')
    return { start: starting + healthy < desiredCount, stop: healthy === desiredCount && old > 0, stopsNew: false };
  const input = {
    desiredCount,
    minimum,
    maximum,
    newTasks: starting + healthy,
    newHealthy: healthy,
    oldTasks: old,
    oldHealthy: old,
    oldUnhealthy: 0,
    stopping,
  };
  return {
    start: engine.rolloutStep(input).start > 0,
    stop: engine.rolloutStep({ ...input, stopFirst: true }).stop > 0,
    stopsNew: starting + healthy > desiredCount,
  };
}

/** Where the next task may start. */
export function startsIn(problem: Problem, state: State): readonly Berth[] {
  const { berths, room, mode, strategies, demands } = problem;
  const candidates: Berth[] = [];
  for (let k = 0; k < state.length; k += 2) {
    const berth = berths.at(state[k] as number);
    if ((mode !== 'daemon' || berth.held === 0) && room.fits(berth)) candidates.push(berth);
  }
  return mode === 'daemon' ? candidates : choose(candidates, state, berths, strategies, demands);
}

export function movesIn(problem: Problem, state: State): Move[] {
  const { berths } = problem;
  const totals = totalsOf(problem, state);
  const allowed = allowedIn(problem, totals);
  const moves: Move[] = [];
  const add = (action: Move['action'], berth: Berth, from: number, to: number): void => {
    moves.push({ action, berth, to: berths.moved(berth, from, to) });
  };
  if (allowed.start) for (const berth of startsIn(problem, state)) add('start', berth, -1, berths.phases.starting);
  for (let k = 0; k < state.length; k += 2) addOwn(problem, berths.at(state[k] as number), allowed, totals, add);
  return moves;
}

/** What may happen to the tasks of one instance. */
function addOwn(
  { berths: { phases } }: Problem,
  berth: Berth,
  { stop, stopsNew }: Allowed,
  totals: Totals,
  add: (action: Move['action'], berth: Berth, from: number, to: number) => void,
): void {
  const has = (phase: number): boolean => (berth.counts[phase] as number) > 0;
  const { starting, healthy, leaving, old } = phases;
  for (let kind = 0; kind < old; kind++) {
    if (stop && !stopsNew && has(2 * kind)) add('stop', berth, 2 * kind, 2 * kind + 1);
    if (has(2 * kind + 1)) add('stopped', berth, 2 * kind + 1, -1);
  }
  // Those that are not healthy yet go first: they never lower the healthy count.
  const first = totals.starting > 0 ? starting : healthy;
  if (stop && stopsNew && has(first)) add('stop', berth, first, leaving);
  if (has(starting)) add('healthy', berth, starting, healthy);
  if (has(leaving)) add('stopped', berth, leaving, -1);
}

/** Nothing more happens there: is it the end that was wanted? */
export function isFinished(problem: Problem, state: State): boolean {
  const { old, starting, healthy, stopping } = totalsOf(problem, state);
  if (old + starting + stopping > 0) return false;
  return problem.mode === 'daemon' ? !lacksDaemon(problem, state) : healthy === problem.desiredCount;
}

function lacksDaemon({ berths }: Problem, state: State): boolean {
  for (let k = 0; k < state.length; k += 2) {
    const { group, held } = berths.at(state[k] as number);
    if (group.belongs && held === 0) return true;
  }
  return false;
}
