/** Score: the third stage. Applies the strategies in order; each keeps only the candidates that are best by it. */
import type { Strategy } from '../../model/strategy.ts';
import type { Instance, Request, State } from '../state.ts';
import { binpack } from './score/binpack.ts';
import { random } from './score/random.ts';
import { spreadAttribute, spreadInstances } from './score/spread.ts';

export function score(candidates: readonly Instance[], state: State, { placement }: Request): readonly Instance[] {
  let kept = candidates;
  for (const strategy of placement.strategies) {
    kept = apply(strategy, kept, state, placement.group);
    if (strategy.type === 'random') return kept; // one is left: what comes after must not even draw
  }
  return kept;
}

function apply(strategy: Strategy, candidates: readonly Instance[], state: State, group: string): readonly Instance[] {
  switch (strategy.type) {
    case 'random':
      return random(candidates, state.random);
    case 'binpack':
      return binpack(candidates, strategy.field);
    case 'spread':
      if (strategy.field === 'instanceId') return spreadInstances(candidates, group);
      return spreadAttribute(candidates, state.instances, strategy.attribute, group);
  }
}
