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
import {
  batchesAgree,
  medianOfFirst,
  type Timing,
  timeBatches,
  timePrefix,
  timeStream,
  timingOf,
  warmUp,
} from './measure.ts';
import type { Scale } from './scale.ts';
import { lowerBound } from './statistics.ts';
import { Choices, hex, type Stream } from './stream.ts';
import { Churn } from './streams/churn.ts';
import { Filling } from './streams/filling.ts';
import { Playing, type Position } from './streams/playing.ts';
import { Probing } from './streams/probing.ts';
import { takenBySlot } from './taken.ts';
import type { Workload } from './workloads.ts';

export interface Baseline extends Timing {
  readonly name: ContenderName;
  /** The engine's median over the same decisions, or its first 200 slices where these are more. */
  readonly engineNs: number;
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
  /** Whether batches chose what single decisions choose. */
  readonly batchAgrees: boolean;
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
const WARM_UP_DECISIONS = 2_000;

function fillCount({ count, countPerInstance = 1 }: Workload, instances: number): number {
  return Math.min(LARGEST_FILL, count ?? Math.round(countPerInstance * instances));
}

function play({ workload, cluster, filled, arrivals, position, seed }: Game, contender: Contender, choices: Choices) {
  const { own, machines } = cluster;
  switch (workload.kind) {
    case 'fill':
      return new Filling(choices, contender, own, fillCount(workload, machines.length));
    case 'churn':
      return new Churn(choices, contender, cluster, filled, seed);
    case 'arrivals':
      return new Playing(choices, contender, arrivals as Arrivals, position);
    case 'probe':
      return new Probing(choices, contender, own, machines.length, workload.drainEvery ?? 0, seed);
  }
}

function prepare(workload: Workload, cluster: Cluster, engine: Batching, scale: Scale, seed: number): Game {
  const filled = fill(workload, engine, cluster, seed);
  if (workload.kind !== 'arrivals') {
    return { workload, cluster, filled, arrivals: undefined, position: undefined, seed: seed + 1 };
  }
  const arrivals = makeArrivals(cluster.machines.length, scale.recordedArrivals, seed);
  const position = new Playing(new Choices(0, 0), engine, arrivals).warmUp();
  const live = new LiveTasks();
  for (const [vm, slot] of position.slots.entries()) if (slot >= 0) live.push(arrivals.sizes[vm] as number, slot);
  return { workload, cluster, filled: { ...filled, live }, arrivals, position, seed: seed + 1 };
}

/** The engine's own run. A fill is played to its end first, so that the instances it used can be told, then timed. */
function runEngine(game: Game, engine: Batching, scale: Scale) {
  const kept = game.workload.kind === 'fill' ? fillCount(game.workload, game.cluster.machines.length) : scale.kept;
  const choices = new Choices(kept, scale.hashed);
  const stream = play(game, engine, choices);
  warmUp(engine, game.cluster.own, Math.min(WARM_UP_DECISIONS, scale.hashed));
  if (stream instanceof Filling) stream.run(stream.left());
  const occupied = occupancy(game, stream);
  stream.rewind();
  const slices = timeStream(stream, scale.engineMs, Math.min(scale.hashed, stream.left()));
  return { choices, occupied, slices };
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

function runBaselines(game: Game, engine: ReturnType<typeof runEngine>, scale: Scale): Baseline[] {
  const instances = game.cluster.machines.length;
  const runs = (name: ContenderName): boolean =>
    (name !== 'scan' || hasScan()) && (name !== 'reference' || instances <= scale.mostReference);
  return BUILDERS.filter(([name]) => runs(name)).map(([name, create]) => {
    const choices = new Choices(0, 0);
    const stream = play(game, create(game.cluster, game.filled), choices);
    const timing = timePrefix(stream, engine.choices.kept, scale.baselineMs);
    const { steps, hash } = choices;
    const agrees = hash === engine.choices.hashAfter(steps);
    return { name, ...timing, engineNs: medianOfFirst(engine.slices, steps), steps, hash: hex(hash), agrees };
  });
}

export async function runRow(workload: Workload, instances: number, scale: Scale, seed: number): Promise<Row> {
  const cluster = makeCluster(workload, instances, scale.mostDefinitions, seed);
  const contender = await createEngineContender(cluster);
  const game = prepare(workload, cluster, contender, scale, seed);
  const engine = runEngine(game, contender, scale);
  const batch = timeBatches(contender, cluster.own, instances, scale.batchMs, seed);
  const batchAgrees = batchesAgree(contender, cluster.own, instances, seed);
  const memoryBytes = contender.memoryBytes();
  const baselines = runBaselines(game, engine, scale);
  const steps = Math.min(scale.hashed, engine.choices.kept);
  return {
    workload: workload.name,
    about: game.arrivals === undefined ? workload.about : `${workload.about} (${game.arrivals.source})`,
    family: workload.family,
    instances,
    ...engine.occupied,
    failedPercent: Math.round((engine.choices.failed / steps) * 1000) / 10,
    memoryBytes,
    steps,
    hash: hex(engine.choices.hashAfter(steps)),
    engine: timingOf(engine.slices.ns),
    batch,
    batchAgrees,
    baselines,
    agrees: batchAgrees && baselines.every(({ agrees }) => agrees),
  };
}
