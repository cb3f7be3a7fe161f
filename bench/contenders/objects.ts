/** The obvious loop: one for-of pass over plain objects, as application code would write it. */
import { Book } from '../book.ts';
import type { Cluster, Definition } from '../cluster.ts';
import type { Contender, Filled } from '../contender.ts';
import { STRATEGIES } from '../strategies.ts';

interface Instance {
  readonly slot: number;
  readonly domain: number;
  cpu: number;
  memoryMiB: number;
  draining: boolean;
}

/** What a definition needs and minimises: `inDomains` first where there is one, then `tasks`, or memory without it. */
interface Choice {
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly allowed: Uint8Array;
  readonly inDomains: Int32Array | undefined;
  readonly tasks: Uint16Array | undefined;
}

function best(instances: readonly Instance[], { cpu, memoryMiB, allowed, inDomains, tasks }: Choice) {
  let found: Instance | undefined;
  let leastInDomain = Number.POSITIVE_INFINITY;
  let leastKey = Number.POSITIVE_INFINITY;
  for (const instance of instances) {
    if (instance.memoryMiB < memoryMiB || instance.cpu < cpu || instance.draining) continue;
    if (allowed[instance.slot] === 0) continue;
    const inDomain = inDomains === undefined ? 0 : (inDomains[instance.domain] as number);
    if (inDomain > leastInDomain) continue;
    const key = tasks === undefined ? instance.memoryMiB : (tasks[instance.slot] as number);
    if (inDomain === leastInDomain && key >= leastKey) continue;
    found = instance;
    leastInDomain = inDomain;
    leastKey = key;
  }
  return found;
}

export function createObjectsContender(cluster: Cluster, filled: Filled): Contender {
  const book = new Book(cluster, filled);
  const instances = cluster.machines.map(({ cpu, memoryMiB, domain }, slot): Instance => {
    const taken = book.taken.at(slot);
    return { slot, domain, cpu: cpu - taken.cpu, memoryMiB: memoryMiB - taken.memoryMiB, draining: false };
  });
  const choices = cluster.definitions.map(({ cpu, memoryMiB, strategy }, d): Choice => {
    const { lastKey, byDomain } = STRATEGIES[strategy];
    return {
      cpu,
      memoryMiB,
      allowed: book.allowed(d),
      inDomains: byDomain ? book.inDomains(d) : undefined,
      tasks: lastKey === 'tasks' ? book.tasks(d) : undefined,
    };
  });
  const change = (d: number, instance: Instance, sign: number): void => {
    const { cpu, memoryMiB } = cluster.definitions[d] as Definition;
    instance.cpu -= sign * cpu;
    instance.memoryMiB -= sign * memoryMiB;
    book.count(d, instance.slot, sign);
  };
  return {
    name: 'objects',
    place: (d) => {
      const found = best(instances, choices[d] as Choice);
      if (found === undefined) return -1;
      change(d, found, 1);
      return found.slot;
    },
    release: (d, slot) => change(d, instances[slot] as Instance, -1),
    setDraining: (slot, draining) => {
      (instances[slot] as Instance).draining = draining;
    },
  };
}
