/** Fills the engine's cluster, in batches so that a million instances take seconds, and notes where every task is. */
import type { Cluster, Definition, Machine } from './cluster.ts';
import type { Batching, Filled } from './contender.ts';
import { Dice } from './dice.ts';
import { LiveTasks } from './live-tasks.ts';
import { satisfies } from './strategies.ts';
import type { Workload } from './workloads.ts';

const LARGEST_BATCH = 1_000;
/** Batches in a row that placed nothing, after which the cluster counts as full. */
const MISSES = 200;

/** Cpu of the machines that some definition may use. */
function usableCpu(machines: readonly Machine[], definitions: readonly Definition[]): number {
  const rules = [...new Set(definitions.map((definition) => definition.rules))];
  return machines
    .filter(({ attributes }) => rules.some((all) => satisfies(attributes, all)))
    .reduce((sum, { cpu }) => sum + cpu, 0);
}

/** Places random ones of the definitions [from, to) until they take `goal` of cpu. Returns what they took. */
function fillTo(
  engine: Batching,
  cluster: Cluster,
  from: number,
  to: number,
  goal: number,
  dice: Dice,
  into: LiveTasks,
) {
  const batch = new Int32Array(Math.min(LARGEST_BATCH, Math.max(1, cluster.machines.length >> 6)));
  let taken = 0;
  for (let misses = 0; taken < goal && misses < MISSES; ) {
    const definition = from + dice.below(to - from);
    const { cpu } = cluster.definitions[definition] as Definition;
    const wanted = Math.min(batch.length, Math.ceil((goal - taken) / cpu));
    const placed = engine.fillMany(definition, batch.subarray(0, wanted));
    for (let k = 0; k < placed; k++) into.push(definition, batch[k] as number);
    taken += placed * cpu;
    misses = placed === 0 ? misses + 1 : 0;
  }
  return taken;
}

function fillBackground({ background, freesOne }: Workload, engine: Batching, cluster: Cluster, dice: Dice): LiveTasks {
  const tasks = new LiveTasks();
  if (background === undefined) return tasks;
  const { machines, definitions, own } = cluster;
  const goal = (usableCpu(machines, definitions.slice(own)) * background.fullPercent) / 100;
  fillTo(engine, cluster, own, definitions.length, goal, dice, tasks);
  if (freesOne !== true) return tasks;
  const at = tasks.findOn(Math.floor(machines.length * 0.9));
  if (at < 0) return tasks;
  engine.release(tasks.definition(at), tasks.slot(at));
  tasks.removeAt(at);
  return tasks;
}

/** The state that the row starts from. Arrivals begin empty: they are played up to it. */
export function fill(workload: Workload, engine: Batching, cluster: Cluster, seed: number): Filled {
  const dice = new Dice(seed);
  const background = fillBackground(workload, engine, cluster, dice);
  const live = new LiveTasks();
  if (workload.kind !== 'churn') return { live, background, goal: 0 };
  const { machines, definitions, own } = cluster;
  const usable = usableCpu(machines, definitions.slice(0, own));
  // Eligible machines hold as much of the background as any others.
  const rest = (workload.fullPercent ?? 0) - (workload.background?.fullPercent ?? 0);
  const goal = fillTo(engine, cluster, 0, own, (usable * rest) / 100, dice, live);
  return { live, background, goal };
}
