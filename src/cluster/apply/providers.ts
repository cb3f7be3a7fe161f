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

/** New tasks by provider; providers that get none are left out. */
export function shareOut(
  { decisions, splitRule }: Pick<ClusterState, 'decisions' | 'splitRule'>,
  strategy: readonly CapacityProviderStrategyItem[],
  tasks: Iterable<TaskState>,
  count: number,
): [provider: string, count: number][] {
  // Weights share tasks among several: a single one takes them all, with the weight of 0 that it has unless given.
  const [only] = strategy;
  if (strategy.length === 1 && only !== undefined) return [[only.capacityProvider, count]];
  const running = countByProvider(tasks);
  const shares =
    splitRule === 'sequential'
      ? decisions.distributeCapacity({
          capacityProviderStrategy: strategy,
          count,
          runningCounts: Object.fromEntries(running),
        })
      : lackingOf(decisions, strategy, running, count);
  return Object.entries(shares).filter(([, share]) => share > 0);
}

/** What each lacks of its share of all tasks, until there are no more: who has a base first, then in the order of the strategy. */
function lackingOf(
  decisions: ClusterState['decisions'],
  strategy: readonly CapacityProviderStrategyItem[],
  running: ReadonlyMap<string, number>,
  count: number,
): Record<string, number> {
  const held = ({ capacityProvider }: CapacityProviderStrategyItem): number => running.get(capacityProvider) ?? 0;
  const total = strategy.reduce((sum, item) => sum + held(item), count);
  const shares = decisions.distributeCapacity({
    capacityProviderStrategy: strategy,
    count: total,
    rule: 'largestRemainder',
  });
  let left = count;
  const lacking: Record<string, number> = {};
  for (const item of [...strategy].sort((a, b) => b.base - a.base)) {
    const share = Math.min(left, Math.max(0, (shares[item.capacityProvider] ?? 0) - held(item)));
    lacking[item.capacityProvider] = share;
    left -= share;
  }
  return lacking;
}
