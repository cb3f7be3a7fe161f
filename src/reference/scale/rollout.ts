/**
 * Rollout: how many tasks a service may have while it is deployed, and how many to start or stop at one tick (ECS API,
 * DeploymentConfiguration; ECS developer guide, deployment-type-ecs). Whole numbers only.
 */
import type { RolloutBounds, RolloutBoundsInput, RolloutInput, RolloutStep } from '../../model/rollout.ts';

function divide(product: number): number {
  return (product - (product % 100)) / 100;
}

/** The minimum is rounded up, the maximum down. */
export function rolloutBounds({
  desiredCount,
  minimumHealthyPercent,
  maximumPercent,
}: RolloutBoundsInput): RolloutBounds {
  return {
    minimum: divide(desiredCount * minimumHealthyPercent + 99),
    maximum: divide(desiredCount * maximumPercent),
  };
}

/** One of the two is 0, or both: then nothing is left to do, or the bounds allow nothing now. */
export function rolloutStep(input: RolloutInput): RolloutStep {
  const start = startable(input);
  const stop = input.newTasks > input.desiredCount ? stoppableNew(input) : stoppableOld(input);
  if (start > 0 && stop > 0) return input.stopFirst ? { start: 0, stop } : { start, stop: 0 };
  return { start, stop };
}

/** Tasks that shall stop hold their place until they have. */
function startable({ desiredCount, maximum, newTasks, oldTasks, stopping }: RolloutInput): number {
  const missing = desiredCount - newTasks;
  const places = maximum - (newTasks + oldTasks + stopping);
  return Math.max(0, Math.min(missing, places));
}

/** Healthy tasks above the minimum. */
function spare({ minimum, newHealthy, oldHealthy }: RolloutInput): number {
  return Math.max(0, newHealthy + oldHealthy - minimum);
}

/** Those that are not healthy go first: they keep no count up. */
function stoppableOld(input: RolloutInput): number {
  return input.oldUnhealthy + Math.min(input.oldHealthy, spare(input));
}

/** Scale-in: more of the new revision than desired. */
function stoppableNew(input: RolloutInput): number {
  const unhealthy = input.newTasks - input.newHealthy;
  const allowed = unhealthy + Math.min(input.newHealthy, spare(input));
  return Math.min(input.newTasks - input.desiredCount, allowed);
}
