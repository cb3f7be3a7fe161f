/**
 * One row: fills a cluster with the engine, records the engine's choices from there, then lets every baseline start from
 * the same state, compares its hash with the engine's after as many decisions, and times all of them.
 */
import { type Arrivals, makeArrivals } from './arrivals.ts';
import { type Cluster, type Definition, makeCluster } from './cluster.ts';
import type { Batching, Contender, ContenderName, Filled } from './contender.ts';
import { createEngineContender } from './contenders/engine.ts';
import { createObjectsContender } from './contenders/objects.ts';
import { createReferenceContender } from './contenders/reference.ts';
import { createScanContender, hasScan } from './contenders/scan.ts';
import { createTypedContender } from './contenders/typed.ts';
import { fill } from './fill.ts';
import { LiveTasks } from './live-tasks.ts';
import { type Timing, timeBatches, timePrefix, timeStream } from './measure.ts';
import { lowerBound } from './statistics.ts';
import { hex, type Stream } from './stream.ts';
import { Churn } from './streams/churn.ts';
import { Filling } from './streams/filling.ts';
import { Playing, type Position } from './streams/playing.ts';
import { Probing } from './streams/probing.ts';
import { takenBySlot } from './taken.ts';
import type { Scale, Workload } from './workloads.ts';

export interface Baseline extends Timing {
  readonly name: ContenderName;
  /** Decisions after which its hash was compared. */
  readonly steps: number;
  readonly hash: string;
  readonly agrees: boolean;
}

export interface Row {
  readonly workload: string;
  readonly about: string;
  readonly family: Workload['family'];
  readonly instances: number;
  /** Tasks in the cluster: when the stream began, or all that a fill placed. */
  readonly tasks: number;
  readonly failedPercent: number;
  readonly used: number;
  readonly lowerBound: number;
  readonly memoryBytes: number;
  /** The hash is that of the engine's first so many choices, in every run. */
  readonly steps: number;
  readonly hash: string;
  readonly engine: Timing;
  readonly batch: Timing;
  readonly baselines: readonly Baseline[];
  readonly agrees: boolean;
}

/** What makes every contender's stream. */
interface Game {
  readonly workload: Workload;
  readonly cluster: Cluster;
  readonly filled: Filled;
  readonly arrivals: Arrivals | undefined;
  readonly position: Position | undefined;
  readonly seed: number;
}

const LARGEST_FILL = 0x7fffff;

function play({ workload, cluster, filled, arrivals, position, seed }: Game, contender: Contender): Stream {
  const { own, machines } = cluster;
  switch (workload.kind) {
    case 'fill': {
      const count = workload.count ?? Math.round((workload.countPerInstance ?? 1) * machines.length);
      return new Filling(contender, own, Math.min(LARGEST_FILL, count));
    }
    case 'churn':
      return new Churn(contender, cluster, filled, seed);
    case 'arrivals':
      return new Playing(contender, arrivals as Arrivals, position);
    case 'probe':
      return new Probing(contender, own, machines.length, workload.drainEvery ?? 0, seed);
  }
}

function prepare(workload: Workload, cluster: Cluster, engine: Batching, scale: Scale, seed: number): Game {
  const filled = fill(workload, engine, cluster, seed);
  if (workload.kind !== 'arrivals') {
    return { workload, cluster, filled, arrivals: undefined, position: undefined, seed: seed + 1 };
  }
  const arrivals = makeArrivals(cluster.machines.length, scale.recordedArrivals, seed);
  const position = new Playing(engine, arrivals).warmUp();
  const live = new LiveTasks();
  for (const [vm, slot] of position.slots.entries()) if (slot >= 0) live.push(arrivals.sizes[vm] as number, slot);
  return { workload, cluster, filled: { ...filled, live }, arrivals, position, seed: seed + 1 };
}

interface Recording {
  /** The engine's running hash after each decision; the first is that of none. */
  readonly hashes: Int32Array;
  /** Decisions that the report's hash and its share of failures are about: as many in every run. */
  readonly steps: number;
  readonly failed: number;
}

/** A fill is recorded to its end, so that the instances it used can be told; other streams as far as the scale goes. */
function record(stream: Stream, scale: Scale): Recording {
  const isWhole = stream instanceof Filling;
  const most = isWhole ? stream.left() : Math.min(scale.recorded, stream.left());
  const steps = Math.min(scale.hashed, most);
  const hashes = new Int32Array(most + 1);
  const start = performance.now();
  let failed = 0;
  while (stream.steps < most) {
    const isEnough = !isWhole && stream.steps >= steps && stream.steps % 256 === 0;
    if (isEnough && performance.now() - start > scale.recordMs) break;
    stream.run(1);
    hashes[stream.steps] = stream.hash;
    if (stream.steps === steps) failed = stream.failed;
  }
  return { hashes: hashes.subarray(0, stream.steps + 1), steps, failed };
}

/** Tasks in the cluster and where they are: those it was filled with, or what the recorded fill placed. */
function occupancy({ cluster, filled }: Game, stream: Stream) {
  const { machines, definitions } = cluster;
  const taken = takenBySlot(cluster, filled);
  if (stream instanceof Filling) stream.placed((d, slot) => taken.add(definitions[d] as Definition, slot));
  const sum = (column: Int32Array): number => column.reduce((total, amount) => total + amount, 0);
  return {
    tasks: sum(taken.tasks),
    used: taken.used(),
    lowerBound: lowerBound(machines, { cpu: sum(taken.cpu), memoryMiB: sum(taken.memoryMiB) }),
  };
}

const BUILDERS: readonly [ContenderName, (cluster: Cluster, filled: Filled) => Contender][] = [
  ['scan', createScanContender],
  ['typed', createTypedContender],
  ['objects', createObjectsContender],
  ['reference', createReferenceContender],
];

function runBaselines(game: Game, hashes: Int32Array, scale: Scale): Baseline[] {
  const instances = game.cluster.machines.length;
  const runs = (name: ContenderName): boolean =>
    (name !== 'scan' || hasScan()) && (name !== 'reference' || instances <= scale.mostReference);
  return BUILDERS.filter(([name]) => runs(name)).map(([name, create]) => {
    const stream = play(game, create(game.cluster, game.filled));
    const timing = timePrefix(stream, hashes.length - 1, scale.baselineMs);
    const agrees = stream.hash === hashes[stream.steps];
    return { name, ...timing, steps: stream.steps, hash: hex(stream.hash), agrees };
  });
}

export async function runRow(workload: Workload, instances: number, scale: Scale, seed: number): Promise<Row> {
  const cluster = makeCluster(workload, instances, scale.mostDefinitions, seed);
  const engine = await createEngineContender(cluster);
  const game = prepare(workload, cluster, engine, scale, seed);
  const stream = play(game, engine);
  const { hashes, steps, failed } = record(stream, scale);
  const occupied = occupancy(game, stream);
  const timing = timeStream(stream, scale.engineMs);
  const batch = timeBatches(engine, cluster.own, instances, scale.batchMs, seed);
  const memoryBytes = engine.memoryBytes();
  const baselines = runBaselines(game, hashes, scale);
  return {
    workload: workload.name,
    about: game.arrivals === undefined ? workload.about : `${workload.about} (${game.arrivals.source})`,
    family: workload.family,
    instances,
    ...occupied,
    failedPercent: Math.round((failed / steps) * 1000) / 10,
    memoryBytes,
    steps,
    hash: hex(hashes[steps] as number),
    engine: timing,
    batch,
    baselines,
    agrees: baselines.every(({ agrees }) => agrees),
  };
}
