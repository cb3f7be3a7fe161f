/** One row: fills a cluster with the engine, lets every contender start from it, compares their choices, then times them. */
import { Bench } from 'tinybench';
import { type Definition, Dice, type Machine, makeDefinitions, makeMachines } from './cluster.ts';
import { add, type Contender, type Filled } from './contender.ts';
import { createContender } from './contenders/engine.ts';
import { createLoop } from './contenders/loop.ts';
import { Stream } from './stream.ts';
import type { Scale, Workload } from './workloads.ts';

export interface Timing {
  readonly name: string;
  readonly nsPerDecision: number;
  readonly p99NsPerDecision: number;
  readonly hash: string;
}

export interface Row {
  readonly workload: string;
  readonly instances: number;
  readonly tasks: number;
  readonly failedPercent: number;
  readonly memoryBytes: number;
  readonly agree: boolean;
  readonly timings: readonly Timing[];
}

/** Steps per sample: the timer costs 40 ns a sample, which must not count. */
const STEPS: Readonly<Record<string, number>> = { wasm: 1000, loop: 50, reference: 1 };

function hex(hash: number): string {
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** Places random definitions until so much cpu is taken of the machines that the workload may use. */
function fill(
  contender: Contender,
  machines: readonly Machine[],
  definitions: readonly Definition[],
  dice: Dice,
  percent: number,
  onlyBlue: boolean,
): Filled {
  const cpuLeft = Int32Array.from(machines, ({ cpu }) => cpu);
  const memoryLeftMiB = Int32Array.from(machines, ({ memoryMiB }) => memoryMiB);
  const counts = definitions.map(() => new Int32Array(machines.length));
  const usable = machines.filter(({ blue }) => blue || !onlyBlue);
  let left = usable.reduce((sum, { cpu }) => sum + cpu, 0);
  const goal = left * (1 - percent / 100);
  let tasks = 0;
  for (let misses = 0; left > goal && misses < 1000; ) {
    const d = dice.below(definitions.length);
    const slot = contender.place(d);
    const { cpu, memoryMiB } = definitions[d] as Definition;
    if (slot < 0) {
      misses++;
      continue;
    }
    add(cpuLeft, slot, -cpu);
    add(memoryLeftMiB, slot, -memoryMiB);
    add(counts[d] as Int32Array, slot, 1);
    left -= cpu;
    tasks++;
  }
  return { cpuLeft, memoryLeftMiB, counts, tasks };
}

async function time(streams: readonly [string, Stream][], timeMs: number): Promise<Timing[]> {
  const timings: Timing[] = [];
  for (const [name, stream] of streams) {
    const steps = STEPS[name] ?? 1;
    const bench = new Bench({ time: timeMs, warmupTime: timeMs / 4, iterations: 3, warmupIterations: 1 });
    bench.add(name, () => stream.run(steps));
    await bench.run();
    const result = bench.tasks[0]?.result;
    const latency = result !== undefined && 'latency' in result ? result.latency : undefined;
    const nsOf = (ms: number | undefined): number => ((ms ?? Number.NaN) * 1e6) / steps;
    timings.push({ name, nsPerDecision: nsOf(latency?.p50), p99NsPerDecision: nsOf(latency?.p99), hash: '' });
  }
  return timings;
}

export async function runRow(workload: Workload, instances: number, scale: Scale, seed: number): Promise<Row> {
  const dice = new Dice(seed);
  const machines = makeMachines(instances, dice);
  const definitions = makeDefinitions(scale.definitions, dice);
  const engine = await createContender('wasm', workload, machines, definitions);
  const filled = fill(engine, machines, definitions, dice, scale.fullPercent, workload.placementConstraints.length > 0);
  const withReference = instances <= 10_000;
  const contenders = [
    engine,
    createLoop(workload, machines, definitions, filled),
    ...(withReference ? [await createContender('reference', workload, machines, definitions, filled)] : []),
  ];
  const streams = contenders.map((contender): [string, Stream] => [
    contender.name,
    new Stream(contender, definitions.length, seed + 1),
  ]);
  for (const [, stream] of streams) stream.run(scale.comparedReference);
  const first = streams.map(([, stream]) => stream.hash);
  const quick = streams.filter(([name]) => name !== 'reference');
  for (const [, stream] of quick) stream.run(scale.compared - scale.comparedReference);
  const second = quick.map(([, stream]) => stream.hash);
  const failed = quick[0]?.[1].failed ?? 0;
  const timings = await time(streams, scale.timeMs);
  return {
    workload: workload.name,
    instances,
    tasks: filled.tasks,
    failedPercent: Math.round((failed / scale.compared) * 1000) / 10,
    memoryBytes: engine.engine.stats().memoryBytes,
    agree: new Set(first).size === 1 && new Set(second).size === 1,
    timings: timings.map((timing, k) => ({
      ...timing,
      hash: hex(quick[k]?.[1] === undefined ? (first[k] as number) : (second[k] as number)),
    })),
  };
}
