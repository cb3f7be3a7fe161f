/**
 * Which tasks stop first where a service has several capacity providers: those of the provider that is most above its share
 * of what remains, so that base and weights hold after a scale-in too (ours: AWS says only how tasks are placed). Called by
 * act. Inside a provider the rule of victims.
 */
import type { ClusterView, ServiceState, TaskState } from '../cluster/state.ts';
import { chooseVictims } from './victims.ts';

function byProvider(tasks: Iterable<TaskState>): Map<string, TaskState[]> {
  const groups = new Map<string, TaskState[]>();
  for (const task of tasks) {
    const name = task.capacityProvider ?? '';
    const same = groups.get(name);
    if (same === undefined) groups.set(name, [task]);
    else same.push(task);
  }
  return groups;
}

/** How many of each provider shall go, one after the other; of equal ones the first of the strategy. */
function shares(
  { decisions }: Pick<ClusterView, 'decisions'>,
  { settings: { capacityProviderStrategy } }: ServiceState,
  groups: ReadonlyMap<string, readonly TaskState[]>,
  { wanted, count }: { readonly wanted: readonly TaskState[]; readonly count: number },
): Map<string, number> {
  const going = new Map<string, number>();
  const ideal = decisions.distributeCapacity({ capacityProviderStrategy, count: Math.max(0, wanted.length - count) });
  const current = new Map([...byProvider(wanted)].map(([name, tasks]) => [name, tasks.length]));
  const names = [...new Set([...capacityProviderStrategy.map((one) => one.capacityProvider), ...groups.keys()])];
  const above = (name: string): number => (current.get(name) ?? 0) - (going.get(name) ?? 0) - (ideal[name] ?? 0);
  for (let k = 0; k < count; k++) {
    const open = names.filter((name) => (going.get(name) ?? 0) < (groups.get(name)?.length ?? 0));
    const [first] = open;
    if (first === undefined) break;
    const next = open.reduce((best, name) => (above(name) > above(best) ? name : best), first);
    going.set(next, (going.get(next) ?? 0) + 1);
  }
  return going;
}

/**
 * @param candidates oldest first.
 * @param chosen those that go already.
 */
export function chooseFrom(
  view: Pick<ClusterView, 'decisions'>,
  service: ServiceState,
  candidates: readonly TaskState[],
  count: number,
  chosen: readonly TaskState[] = [],
): TaskState[] {
  if (count >= candidates.length || service.settings.capacityProviderStrategy.length < 2)
    return chooseVictims(candidates, count);
  const groups = byProvider(candidates);
  const wanted = service.deployments
    .flatMap((one) => [...one.tasks])
    .filter((task) => task.desiredStatus !== 'STOPPED' && !chosen.includes(task));
  const going = shares(view, service, groups, { wanted, count });
  return [...going].flatMap(([name, share]) => chooseVictims(groups.get(name) ?? [], share));
}
