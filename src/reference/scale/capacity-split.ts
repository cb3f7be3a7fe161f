/**
 * Capacity split: new tasks of a service over the providers of its strategy (ECS API, CapacityProviderStrategyItem: base
 * first, then by weight). Which provider is next within a ratio is ours: the one that is furthest behind.
 */
import type { CapacitySplit, ProviderShare } from '../../model/capacity-split.ts';

interface Tally extends ProviderShare {
  given: number;
}

/** New tasks by provider, in the order of the strategy. */
export function splitCapacity({ providers, count, rule }: CapacitySplit): number[] {
  const tallies = providers.map((provider) => ({ ...provider, given: 0 }));
  const left = rule === 'sequential' ? count : giveByRemainder(tallies, count);
  for (let k = 0; k < left; k++) nextProvider(tallies).given++;
  return tallies.map(({ given }) => given);
}

function nextProvider(tallies: readonly Tally[]): Tally {
  const lacking = tallies.find(({ running, given, base }) => running + given < base);
  if (lacking !== undefined) return lacking;
  if (tallies.length === 1) return tallies[0] as Tally;
  const behind = (one: Tally): number => one.running + one.given - one.base + 1;
  return tallies
    .filter(({ weight }) => weight > 0)
    .reduce((best, one) => (behind(one) * best.weight < behind(best) * one.weight ? one : best));
}

/** The other rule shares out all at once; what it leaves is nothing, or what a provider that is alone gets anyway. */
function giveByRemainder(tallies: readonly Tally[], count: number): number {
  let left = count;
  for (const tally of tallies) {
    tally.given = Math.min(left, Math.max(0, tally.base - tally.running));
    left -= tally.given;
  }
  const total = tallies.reduce((sum, { weight }) => sum + weight, 0);
  if (tallies.length === 1) return left;
  const shares = tallies.map((tally) => {
    const rest = (left * tally.weight) % total;
    return { tally, rest, whole: (left * tally.weight - rest) / total };
  });
  for (const { tally, whole } of shares) tally.given += whole;
  const leftover = left - shares.reduce((sum, { whole }) => sum + whole, 0);
  const byFraction = [...shares].sort((a, b) => b.rest - a.rest);
  for (const { tally } of byFraction.slice(0, leftover)) tally.given++;
  return 0;
}
