/**
 * Which capacity providers the new tasks of a service go to: the core's rule, from the tasks that there are. Called by
 * start-tasks.
 */
import type { CapacityProviderStrategyItem } from '../../model/service.ts';
import type { ClusterState, TaskState } from '../state.ts';

/** Tasks that shall run, by provider. */
function countByProvider(tasks: Iterable<TaskState>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { capacityProvider, desiredStatus } of tasks) {
    if (capacityProvider === undefined || desiredStatus === 'STOPPED') continue;
    counts.set(capacityProvider, (counts.get(capacityProvider) ?? 0) + 1);
  }
  return counts;
}

/** New tasks by provider, in the order of the strategy; providers that get none are left out. */
export function shareOut(
  { decisions }: Pick<ClusterState, 'decisions'>,
  strategy: readonly CapacityProviderStrategyItem[],
  tasks: Iterable<TaskState>,
  count: number,
): [provider: string, count: number][] {
  // Weights share tasks among several: a single one takes them all, with the weight of 0 that it has unless given.
  const [only] = strategy;
  if (strategy.length === 1 && only !== undefined) return [[only.capacityProvider, count]];
  const runningCounts = Object.fromEntries(countByProvider(tasks));
  const shares = decisions.distributeCapacity({ capacityProviderStrategy: strategy, count, runningCounts });
  return Object.entries(shares).filter(([, share]) => share > 0);
}
