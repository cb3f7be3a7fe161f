/**
 * binpack: keeps the candidates with the least of a resource left (ECS API, PlacementStrategy). All candidates get the
 * same task, so the order before placing is the order after it.
 */
import type { Instance } from '../../state.ts';
import { keepLeast } from './least.ts';

export function binpack(candidates: readonly Instance[], field: 'cpu' | 'memory'): readonly Instance[] {
  return keepLeast(candidates, (instance) => (field === 'cpu' ? instance.remainingCpu : instance.remainingMemoryMiB));
}
