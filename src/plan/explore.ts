/**
 * Follows every order of moves from the start to where nothing more happens. Every move brings the update forward, so no
 * order is endless, and states reached by several orders are looked at once. Too many states: orders are drawn from the
 * seed instead. Called by plan and by fixes.
 */
import { keyOf, type State } from './berth.ts';
import { afterMove, isFinished, type Move, movesIn } from './moves.ts';
import type { Problem } from './problem.ts';

export interface Exploration {
  readonly explored: 'all' | 'sampled';
  readonly states: number;
  /** States in which nothing more happens, or orders drawn. */
  readonly ends: number;
  readonly stuckEnds: number;
  /** The first one found, and the order that leads there. */
  readonly stuck: { readonly state: State; readonly order: readonly Move[] } | undefined;
}

export interface ExploreOptions {
  readonly seed: number;
  readonly mostStates: number;
  /** Orders drawn at most when there are more states. */
  readonly samples: number;
  /** The first stuck state is enough. */
  readonly untilStuck?: boolean;
}

interface Frame {
  readonly state: State;
  readonly moves: readonly Move[];
  /** The move to follow next. */
  at: number;
}

export function explore(problem: Problem, options: ExploreOptions): Exploration {
  return search(problem, options) ?? sample(problem, options);
}

/** Depth first; undefined when there are too many states. */
function search(problem: Problem, { mostStates, untilStuck = false }: ExploreOptions): Exploration | undefined {
  const seen = new Set<string>();
  const path: Frame[] = [];
  let [ends, stuckEnds] = [0, 0];
  let stuck: Exploration['stuck'];
  const enter = (state: State): void => {
    const key = keyOf(state);
    if (seen.has(key)) return;
    seen.add(key);
    const moves = movesIn(problem, state);
    if (moves.length > 0) {
      path.push({ state, moves, at: 0 });
      return;
    }
    ends += 1;
    if (isFinished(problem, state)) return;
    stuckEnds += 1;
    stuck ??= { state, order: path.map((frame) => frame.moves[frame.at - 1] as Move) };
  };
  enter(problem.start);
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    if (seen.size > mostStates) return undefined;
    if (untilStuck && stuck !== undefined) break;
    const move = top.moves[top.at++];
    if (move === undefined) path.pop();
    else enter(afterMove(top.state, move));
  }
  return { explored: 'all', states: seen.size, ends, stuckEnds, stuck };
}

/** A u32 stream. */
function dice(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let h = Math.imul(state ^ (state >>> 15), state | 1);
    h ^= h + Math.imul(h ^ (h >>> 7), h | 61);
    return (h ^ (h >>> 14)) >>> 0;
  };
}

/** Long orders are drawn less often: all together have about as many steps as states would have been looked at. */
function sample(problem: Problem, options: ExploreOptions): Exploration {
  const { seed, samples, mostStates, untilStuck = false } = options;
  const roll = dice(seed);
  const seen = new Set<string>();
  let [ends, stuckEnds] = [0, 0];
  let stuck: Exploration['stuck'];
  let steps = 0;
  while (ends < samples && steps <= mostStates && !(untilStuck && stuck !== undefined)) {
    const order: Move[] = [];
    let { start: state } = problem;
    for (;;) {
      seen.add(keyOf(state));
      const moves = movesIn(problem, state);
      const move = moves[roll() % Math.max(1, moves.length)];
      if (move === undefined) break;
      order.push(move);
      state = afterMove(state, move);
      steps += 1;
    }
    ends += 1;
    if (isFinished(problem, state)) continue;
    stuckEnds += 1;
    stuck ??= { state, order };
  }
  return { explored: 'sampled', states: seen.size, ends, stuckEnds, stuck };
}
