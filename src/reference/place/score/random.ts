/** random: keeps one of the candidates still tied, by one draw per decision, in slot order. No candidate, no draw. */
import { below, type RandomState } from '../../random/random.ts';
import type { Instance } from '../../state.ts';

export function random(candidates: readonly Instance[], state: RandomState): readonly Instance[] {
  if (candidates.length === 0) return [];
  const drawn = below(state, candidates.length);
  return candidates.slice(drawn, drawn + 1);
}
