/** What binpack and spread have in common: the candidates with the smallest key stay, all of them. */
import type { Instance } from '../../state.ts';

export function keepLeast(candidates: readonly Instance[], key: (instance: Instance) => number): readonly Instance[] {
  const keys = candidates.map(key);
  const least = keys.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  return candidates.filter((_, k) => keys[k] === least);
}
