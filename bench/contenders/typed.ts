/**
 * The tight loop: one pass over typed arrays in plain JavaScript that makes the engine's decisions and nothing else. Every
 * constraint is a ready array of flags: no expression, no explanation, no validation.
 */

import { Book } from '../book.ts';
import type { Cluster, Definition } from '../cluster.ts';
import type { Contender, Filled } from '../contender.ts';
import { STRATEGIES } from '../strategies.ts';

interface Columns {
  readonly cpu: Int32Array;
  readonly memoryMiB: Int32Array;
  readonly domain: Int32Array;
}

const MOST = 0x7fffffff;

function leastMemory({ cpu, memoryMiB }: Columns, allowed: Uint8Array, needCpu: number, needMemory: number): number {
  let best = MOST;
  let slot = -1;
  for (let i = 0; i < memoryMiB.length; i++) {
    const left = memoryMiB[i] as number;
    if (left >= needMemory && left < best && (cpu[i] as number) >= needCpu && allowed[i] !== 0) {
      best = left;
      slot = i;
    }
  }
  return slot;
}

function fewestTasks(
  { cpu, memoryMiB }: Columns,
  allowed: Uint8Array,
  needCpu: number,
  needMemory: number,
  tasks: Uint16Array,
): number {
  let best = MOST;
  let slot = -1;
  for (let i = 0; i < tasks.length; i++) {
    const count = tasks[i] as number;
    if (count < best && (memoryMiB[i] as number) >= needMemory && (cpu[i] as number) >= needCpu && allowed[i] !== 0) {
      best = count;
      slot = i;
    }
  }
  return slot;
}

function leastInDomain(
  { cpu, memoryMiB, domain }: Columns,
  allowed: Uint8Array,
  needCpu: number,
  needMemory: number,
  keys: Int32Array | Uint16Array,
  inDomains: Int32Array,
): number {
  let best = MOST;
  let bestInDomain = MOST;
  let slot = -1;
  for (let i = 0; i < keys.length; i++) {
    const inDomain = inDomains[domain[i] as number] as number;
    if (inDomain > bestInDomain) continue;
    const key = keys[i] as number;
    if (
      (inDomain < bestInDomain || key < best) &&
      (memoryMiB[i] as number) >= needMemory &&
      (cpu[i] as number) >= needCpu &&
      allowed[i] !== 0
    ) {
      bestInDomain = inDomain;
      best = key;
      slot = i;
    }
  }
  return slot;
}

export function createTypedContender(cluster: Cluster, filled: Filled): Contender {
  const book = new Book(cluster, filled);
  const columns: Columns = {
    cpu: Int32Array.from(cluster.machines, ({ cpu }, slot) => cpu - (book.taken.cpu[slot] as number)),
    memoryMiB: Int32Array.from(cluster.machines, (machine, slot) => {
      return machine.memoryMiB - (book.taken.memoryMiB[slot] as number);
    }),
    domain: Int32Array.from(cluster.machines, ({ domain }) => domain),
  };
  const choose = (d: number): number => {
    const { cpu, memoryMiB, strategy } = cluster.definitions[d] as Definition;
    const { lastKey, byDomain } = STRATEGIES[strategy];
    const allowed = book.allowed(d);
    if (byDomain) {
      const keys = lastKey === 'memory' ? columns.memoryMiB : book.tasks(d);
      return leastInDomain(columns, allowed, cpu, memoryMiB, keys, book.inDomains(d));
    }
    return lastKey === 'memory'
      ? leastMemory(columns, allowed, cpu, memoryMiB)
      : fewestTasks(columns, allowed, cpu, memoryMiB, book.tasks(d));
  };
  const change = (d: number, slot: number, sign: number): void => {
    const { cpu, memoryMiB } = cluster.definitions[d] as Definition;
    columns.cpu[slot] = (columns.cpu[slot] as number) - sign * cpu;
    columns.memoryMiB[slot] = (columns.memoryMiB[slot] as number) - sign * memoryMiB;
    book.count(d, slot, sign);
  };
  return {
    name: 'typed',
    place: (d) => {
      const slot = choose(d);
      if (slot >= 0) change(d, slot, 1);
      return slot;
    },
    release: (d, slot) => change(d, slot, -1),
    // Less cpu than any task asks for, until it is back.
    setDraining: (slot, draining) => {
      columns.cpu[slot] = (columns.cpu[slot] as number) + (draining ? -1 : 1) * (1 << 30);
    },
  };
}
