/** Active tasks (desired RUNNING) by group and instance: what spread, distinctInstance and task:group look at. */
import type { Instance } from '../state.ts';

export function countOf(instance: Instance, group: string): number {
  return instance.groups.find((entry) => entry.group === group)?.count ?? 0;
}

/** @param change may be negative; a group that falls to 0 is forgotten. */
export function changeCount(instance: Instance, group: string, change: number): void {
  const entry = instance.groups.find((one) => one.group === group);
  if (entry === undefined) instance.groups.push({ group, count: change });
  else entry.count += change;
  instance.groups = instance.groups.filter(({ count }) => count !== 0);
}
