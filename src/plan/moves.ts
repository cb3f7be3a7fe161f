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
  /** Old tasks that are not healthy: those never lower the healthy count. */
  readonly stopUnhealthy: boolean;
  /** New tasks go before old ones while there are more than desired. */
  readonly stopsNew: boolean;
}

/** The engine's own step, with start and with stop first; the other kinds of deployment have simpler rules. */
export function allowedIn(problem: Problem, { old, oldUnhealthy, starting, healthy, stopping }: Totals): Allowed {
  const { mode, desiredCount, minimum, maximum, engine } = problem;
  const oldHealthy = old - oldUnhealthy;
  if (mode === 'daemon') {
    const stop = oldHealthy > 0 && oldHealthy + healthy > minimum;
    return { start: true, stop, stopUnhealthy: true, stopsNew: false };
  }
  if (mode === 'shifting') {
    const stop = healthy === desiredCount;
    return { start: starting + healthy < desiredCount, stop, stopUnhealthy: stop, stopsNew: false };
  }
  const input = {
    desiredCount,
    minimum,
    maximum,
    newTasks: starting + healthy,
    newHealthy: healthy,
    oldTasks: old,
    oldHealthy,
    oldUnhealthy,
    stopping,
  };
  const { stop } = engine.rolloutStep({ ...input, stopFirst: true });
  const stopsNew = starting + healthy > desiredCount;
  return {
    start: engine.rolloutStep(input).start > 0,
    stop: stopsNew ? stop > 0 : stop > oldUnhealthy,
    stopUnhealthy: stop > 0,
    stopsNew,
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
  { stop, stopUnhealthy, stopsNew }: Allowed,
  totals: Totals,
  add: (action: Move['action'], berth: Berth, from: number, to: number) => void,
): void {
  const has = (phase: number): boolean => (berth.counts[phase] as number) > 0;
  const { starting, healthy, leaving, old } = phases;
  for (let kind = 0; kind < old; kind++) {
    const well = phases.wellOf[kind] as number;
    const mayStop = !stopsNew && (well === kind ? stop : stopUnhealthy);
    if (mayStop && has(2 * kind)) add('stop', berth, 2 * kind, 2 * kind + 1);
    if (well >= 0 && well !== kind && has(2 * kind)) add('healthy', berth, 2 * kind, 2 * well);
    if (has(2 * kind + 1) && !berth.group.isSilent) add('stopped', berth, 2 * kind + 1, -1);
  }
  // Those that are not healthy yet go first: they never lower the healthy count.
  const first = totals.starting > 0 ? starting : healthy;
  if (stop && stopsNew && has(first)) add('stop', berth, first, leaving);
  if (has(starting)) add('healthy', berth, starting, healthy);
  if (has(leaving) && !berth.group.isSilent) add('stopped', berth, leaving, -1);
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
