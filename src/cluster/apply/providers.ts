/**
 * Which capacity provider each new task of a service goes to: base first, then the weights, one task after another
 * (ECS developer guide). Called by start-tasks.
 */
import type { CapacityProviderStrategyItem } from '../../model/service.ts';
import type { TaskState } from '../state.ts';

/** Tasks that shall run, by provider. */
export function countByProvider(tasks: Iterable<TaskState>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { capacityProvider, desiredStatus } of tasks) {
    if (capacityProvider === undefined || desiredStatus === 'STOPPED') continue;
    counts.set(capacityProvider, (counts.get(capacityProvider) ?? 0) + 1);
  }
  return counts;
}

/** The provider of the next task; undefined when none may take one. */
export function nextProvider(
  strategy: readonly CapacityProviderStrategyItem[],
  counts: ReadonlyMap<string, number>,
): string | undefined {
  // Weights share tasks among several: a single one takes them all, with the weight of 0 that it has unless given.
  if (strategy.length === 1) return strategy[0]?.capacityProvider;
  const lacking = strategy.find((item) => (counts.get(item.capacityProvider) ?? 0) < item.base);
  if (lacking !== undefined) return lacking.capacityProvider;
  let best: CapacityProviderStrategyItem | undefined;
  let bestCount = 0;
  for (const item of strategy) {
    if (item.weight === 0) continue;
    const count = (counts.get(item.capacityProvider) ?? 0) - item.base + 1;
    // count / weight, compared without dividing.
    if (best !== undefined && count * best.weight >= bestCount * item.weight) continue;
    best = item;
    bestCount = count;
  }
  return best?.capacityProvider;
}
