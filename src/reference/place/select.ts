/** Select: the fourth stage. A total order ends every tie: the lowest slot of those still kept. */
import type { Instance } from '../state.ts';

export function select(candidates: readonly Instance[]): Instance | undefined {
  return [...candidates].sort((a, b) => a.slot - b.slot)[0];
}
