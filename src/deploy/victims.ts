/** Which tasks stop first: the engine's rule on instances (ECS developer guide), the fullest zone on Fargate. Called by act. */
import type { TaskState } from '../cluster/state.ts';
import type { Placer } from '../contract.ts';

/** @param candidates oldest first. */
export function chooseVictims(candidates: readonly TaskState[], count: number): TaskState[] {
  if (count >= candidates.length) return [...candidates];
  if (count <= 0) return [];
  // Any placer of the service knows its strategy and counts.
  const placer = candidates.findLast((task) => task.placer !== undefined)?.placer;
  return placer === undefined ? fromFullestZones(candidates, count) : chosenBy(placer, candidates, count);
}

function chosenBy(placer: Placer, candidates: readonly TaskState[], count: number): TaskState[] {
  const slots = new Int32Array(candidates.length);
  const ranks = new Uint8Array(candidates.length);
  for (let k = 0; k < candidates.length; k++) {
    const task = candidates[k] as TaskState;
    slots[k] = task.instance?.slot ?? -1;
    ranks[k] = rank(task);
  }
  const chosen = new Int32Array(count);
  const found = placer.victims(slots, ranks, count, chosen);
  const tasks: TaskState[] = [];
  for (let k = 0; k < found; k++) tasks.push(candidates[chosen[k] as number] as TaskState);
  return tasks;
}

/** Smaller goes first: on a DRAINING instance, not RUNNING yet, unhealthy, any other. */
function rank(task: TaskState): number {
  if (task.unfit?.cause === 'DRAINING') return 0;
  if (task.lastStatus !== 'RUNNING') return 1;
  return task.isHealthy ? 3 : 2;
}

/** By rank, then from the zone with most of the candidates left, the newest there. */
function fromFullestZones(candidates: readonly TaskState[], count: number): TaskState[] {
  const left = new Map<string, number>();
  for (const { availabilityZone = '' } of candidates) left.set(availabilityZone, (left.get(availabilityZone) ?? 0) + 1);
  const remaining = [...candidates];
  const chosen: TaskState[] = [];
  while (chosen.length < count) {
    const weight = (task: TaskState): number => left.get(task.availabilityZone ?? '') ?? 0;
    let best = 0;
    remaining.forEach((task, k) => {
      const other = remaining[best] as TaskState;
      const order = rank(task) - rank(other) || weight(other) - weight(task);
      if (order <= 0) best = k;
    });
    const [task] = remaining.splice(best, 1) as [TaskState];
    left.set(task.availabilityZone ?? '', weight(task) - 1);
    chosen.push(task);
  }
  return chosen;
}
