/** Which tasks stop first: the engine's rule on instances (ECS developer guide), the fullest zone on Fargate. Called by act. */
import type { TaskState } from '../cluster/state.ts';

/** @param candidates oldest first. */
export function chooseVictims(candidates: readonly TaskState[], count: number): TaskState[] {
  if (count >= candidates.length) return [...candidates];
  if (count <= 0) return [];
  const placed = candidates.filter((task) => task.placer !== undefined);
  if (placed.length === 0) return fromFullestZones(candidates, count);
  // Any placer of the service knows its strategy and counts.
  const placer = placed.at(-1)?.placer;
  if (placer === undefined) return [];
  const slots = Int32Array.from(candidates, (task) => task.instance?.slot ?? -1);
  const ranks = Uint8Array.from(candidates, rank);
  const chosen = new Int32Array(count);
  const found = placer.victims(slots, ranks, count, chosen);
  return Array.from(chosen.subarray(0, found), (index) => candidates[index] as TaskState);
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
