/**
 * Beside the old revision the new one comes to its full count and stays there: what fails its checks stops at once, what is
 * lost is replaced, and what is on a draining instance goes when that is done. Called by shifting.
 */
import type { TaskState } from '../../cluster/state.ts';
import type { Decision } from '../decision.ts';
import type { Observation } from '../observe.ts';
import { startWithinRate } from './launch-rate.ts';
import { mayStop } from './protection.ts';

/** Starts before stops, as everywhere. */
export function keepWhole(seen: Observation): readonly Decision[] {
  const tasks = leaving(seen);
  const stops: readonly Decision[] = tasks.length > 0 ? [{ kind: 'stopThese', tasks }] : [];
  const lacking = seen.desiredCount - seen.newTasks;
  const isHeld = seen.nowMs < seen.service.startsHeldUntilMs;
  return lacking > 0 && !isHeld ? [...startWithinRate(seen, lacking), ...stops] : stops;
}

function leaving({ primary, desiredCount, newHealthy, nowMs }: Observation): TaskState[] {
  const isReplaced = newHealthy >= desiredCount;
  return [...primary.tasks].filter((task) => {
    if (task.desiredStatus === 'STOPPED' || task.unfit === undefined) return false;
    return fails(task) || (isReplaced && mayStop(task, nowMs));
  });
}

function fails({ unfit }: TaskState): boolean {
  return unfit?.cause === 'CONTAINER_HEALTH' || unfit?.cause === 'TARGET_HEALTH';
}
