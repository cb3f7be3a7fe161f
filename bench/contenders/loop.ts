/**
 * The tight loop: one pass over typed arrays in plain JavaScript that makes the engine's decisions and nothing else. It
 * knows this workload's two attributes as arrays of its own: no general constraint, no explanation, no validation.
 */
import type { Definition, Machine } from '../cluster.ts';
import { add, type Contender, type Filled } from '../contender.ts';
import type { LoopRule, Workload } from '../workloads.ts';

interface Arrays {
  readonly cpu: Int32Array;
  readonly memoryMiB: Int32Array;
  readonly zone: Uint8Array;
  readonly allowed: Uint8Array;
}

function leastMemory({ cpu, memoryMiB, allowed }: Arrays, needCpu: number, needMemory: number): number {
  let best = 0x7fffffff;
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

function leastKey({ cpu, memoryMiB, allowed }: Arrays, needCpu: number, needMemory: number, keys: Int32Array): number {
  let best = 0x7fffffff;
  let slot = -1;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as number;
    if (key < best && (memoryMiB[i] as number) >= needMemory && (cpu[i] as number) >= needCpu && allowed[i] !== 0) {
      best = key;
      slot = i;
    }
  }
  return slot;
}

function leastInZone(
  arrays: Arrays,
  needCpu: number,
  needMemory: number,
  keys: Int32Array,
  zoneCounts: Int32Array,
): number {
  const { cpu, memoryMiB, allowed, zone } = arrays;
  let best = 0x7fffffff;
  let bestZone = 0x7fffffff;
  let slot = -1;
  for (let i = 0; i < keys.length; i++) {
    const inZone = zoneCounts[zone[i] as number] as number;
    if (inZone > bestZone) continue;
    const key = keys[i] as number;
    if (
      (inZone < bestZone || key < best) &&
      (memoryMiB[i] as number) >= needMemory &&
      (cpu[i] as number) >= needCpu &&
      allowed[i] !== 0
    ) {
      bestZone = inZone;
      best = key;
      slot = i;
    }
  }
  return slot;
}

function choose(
  rule: LoopRule,
  arrays: Arrays,
  { cpu, memoryMiB }: Definition,
  counts: Int32Array,
  zoneCounts: Int32Array,
): number {
  switch (rule) {
    case 'least memory':
      return leastMemory(arrays, cpu, memoryMiB);
    case 'fewest tasks':
      return leastKey(arrays, cpu, memoryMiB, counts);
    case 'zone, then fewest tasks':
      return leastInZone(arrays, cpu, memoryMiB, counts, zoneCounts);
    case 'zone, then least memory':
      return leastInZone(arrays, cpu, memoryMiB, arrays.memoryMiB, zoneCounts);
  }
}

export function createLoop(
  workload: Workload,
  machines: readonly Machine[],
  definitions: readonly Definition[],
  filled: Filled,
): Contender {
  const needsBlue = workload.placementConstraints.length > 0;
  const arrays: Arrays = {
    cpu: filled.cpuLeft.slice(),
    memoryMiB: filled.memoryLeftMiB.slice(),
    zone: Uint8Array.from(machines, ({ zone }) => zone),
    allowed: Uint8Array.from(machines, ({ blue }) => (!needsBlue || blue ? 1 : 0)),
  };
  const counts = filled.counts.map((column) => column.slice());
  const zoneCounts = counts.map((column) => {
    const sums = new Int32Array(3);
    for (const [slot, count] of column.entries()) add(sums, arrays.zone[slot] as number, count);
    return sums;
  });
  const change = (d: number, slot: number, sign: number): void => {
    const { cpu, memoryMiB } = definitions[d] as Definition;
    add(arrays.cpu, slot, -sign * cpu);
    add(arrays.memoryMiB, slot, -sign * memoryMiB);
    add(counts[d] as Int32Array, slot, sign);
    add(zoneCounts[d] as Int32Array, arrays.zone[slot] as number, sign);
  };
  return {
    name: 'loop',
    place: (d) => {
      const slot = choose(
        workload.loop,
        arrays,
        definitions[d] as Definition,
        counts[d] as Int32Array,
        zoneCounts[d] as Int32Array,
      );
      if (slot >= 0) change(d, slot, 1);
      return slot;
    },
    release: (d, slot) => change(d, slot, -1),
  };
}
