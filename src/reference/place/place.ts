/** One placement: filter -> constrain -> score -> select -> commit. The pipeline and nothing else. */
import type { Instance, Request, State } from '../state.ts';
import { commit } from './commit.ts';
import { constrain } from './constrain.ts';
import { filter } from './filter.ts';
import { score } from './score.ts';
import { select } from './select.ts';

/** Places one task of the request; undefined when no instance can take it. */
export function place(state: State, request: Request): Instance | undefined {
  const able = filter(state.instances, request);
  const allowed = constrain(able, request);
  const best = score(allowed, state, request);
  const chosen = select(best);
  if (chosen !== undefined) commit(chosen, request);
  return chosen;
}
