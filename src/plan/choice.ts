/**
 * Where a strategy may put the next task: the berths still tied when all of it has been applied (ECS developer guide). Which
 * of them ECS takes is open; for `random` all are. Called by moves.
 */
import type { Strategy } from '../model/strategy.ts';
import type { Berth, Berths, State } from './berth.ts';

/** What one task of each revision takes, the old ones first. */
export interface Demand {
  readonly cpu: number;
  readonly memory: number;
}

function least(candidates: readonly Berth[], key: (berth: Berth) => number): readonly Berth[] {
  let best = Number.POSITIVE_INFINITY;
  for (const berth of candidates) best = Math.min(best, key(berth));
  return candidates.filter((berth) => key(berth) === best);
}

/** Tasks that shall run by value of the attribute, on candidates and others alike. */
function countByValue(state: State, berths: Berths, attribute: string): Map<string | undefined, number> {
  const counts = new Map<string | undefined, number>();
  for (let k = 0; k < state.length; k += 2) {
    const { group, active } = berths.at(state[k] as number);
    if (!group.attributes.has(attribute)) continue;
    const value = group.attributes.get(attribute);
    counts.set(value, (counts.get(value) ?? 0) + active * (state[k + 1] as number));
  }
  return counts;
}

/** What of the resource is left on the instance. */
function left({ group, counts }: Berth, field: 'cpu' | 'memory', demands: readonly Demand[]): number {
  const fresh = demands.length - 1;
  return counts.reduce((rest, count, phase) => {
    const kind = Math.min(phase >> 1, fresh);
    return rest - count * (demands[kind] as Demand)[field];
  }, group.remaining[field]);
}

/** @param candidates berths with room, of which at least one instance is there. */
export function choose(
  candidates: readonly Berth[],
  state: State,
  berths: Berths,
  strategies: readonly Strategy[],
  demands: readonly Demand[],
): readonly Berth[] {
  let kept = candidates;
  for (const strategy of strategies) {
    if (kept.length < 2 || strategy.type === 'random') return kept;
    if (strategy.type === 'binpack') kept = least(kept, (berth) => left(berth, strategy.field, demands));
    else if (strategy.field === 'instanceId') kept = least(kept, ({ active }) => active);
    else kept = leastSpread(kept, countByValue(state, berths, strategy.attribute), strategy.attribute);
  }
  return kept;
}

function leastSpread(
  candidates: readonly Berth[],
  counts: ReadonlyMap<string | undefined, number>,
  attribute: string,
): readonly Berth[] {
  return least(candidates, ({ group: { attributes } }) =>
    attributes.has(attribute) ? (counts.get(attributes.get(attribute)) ?? 0) : Number.POSITIVE_INFINITY,
  );
}
