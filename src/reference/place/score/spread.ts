/**
 * spread: keeps the candidates whose domain holds the fewest active tasks of the group. Over instances the domain is the
 * instance. Over an attribute it is all registered instances with the same value, candidates or not; those that lack the
 * attribute come after every other, as one domain (docs/fidelity.md).
 */
import type { Instance } from '../../state.ts';
import { countOf } from '../../table/counts.ts';
import { attributeOf } from '../filter.ts';
import { keepLeast } from './least.ts';

export function spreadInstances(candidates: readonly Instance[], group: string): readonly Instance[] {
  return keepLeast(candidates, (instance) => countOf(instance, group));
}

export function spreadAttribute(
  candidates: readonly Instance[],
  all: readonly Instance[],
  attribute: string,
  group: string,
): readonly Instance[] {
  const counts = countByValue(all, attribute, group);
  return keepLeast(candidates, (instance) => {
    const own = attributeOf(instance, attribute);
    return own === undefined ? Number.POSITIVE_INFINITY : (counts.get(own.value) ?? 0);
  });
}

/** Tasks of the group by value of the attribute; `undefined` is the domain of those that have it without a value. */
function countByValue(all: readonly Instance[], attribute: string, group: string): Map<string | undefined, number> {
  const counts = new Map<string | undefined, number>();
  for (const instance of all) {
    const own = attributeOf(instance, attribute);
    if (own !== undefined) counts.set(own.value, (counts.get(own.value) ?? 0) + countOf(instance, group));
  }
  return counts;
}
