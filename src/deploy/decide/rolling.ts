/**
 * Rolling update, and everything that keeps a service at its count: replacements, scale-out and scale-in are the same
 * step (ECS developer guide). The rule itself is the engine's; here its inputs are gathered.
 */

import type { ClusterView } from '../../cluster/state.ts';
import type { RolloutBounds, RolloutStep } from '../../model/rollout.ts';
import type { Decision } from '../decision.ts';
import type { Observation } from '../observe.ts';
import { startWithinRate } from './launch-rate.ts';
import { stuck } from './stuck.ts';

export function rolling(view: ClusterView, seen: Observation): readonly Decision[] | undefined {
  // As it shall be: what most looks at a service find.
  if (seen.newTasks === seen.desiredCount && seen.oldTasks === 0) return undefined;
  const step = stepOf(view, seen);
  if (step.start > 0 && mayStart(seen)) return startWithinRate(seen, step.start);
  if (step.stop > 0) return [stop(view, seen, step.stop)];
  return stuck(view, seen);
}

function boundsOf(view: ClusterView, { service, desiredCount }: Observation): RolloutBounds {
  const { minimumHealthyPercent, maximumPercent } = service.settings.deploymentConfiguration;
  return view.engine.rolloutBounds({ desiredCount, minimumHealthyPercent, maximumPercent });
}

/** The engine's answer for what is seen. */
export function stepOf(view: ClusterView, seen: Observation): RolloutStep {
  const { desiredCount } = seen;
  const bounds = boundsOf(view, seen);
  return view.engine.rolloutStep({
    desiredCount,
    minimum: bounds.minimum,
    maximum: bounds.maximum,
    newTasks: seen.newTasks,
    newHealthy: seen.newHealthy,
    oldTasks: seen.oldTasks,
    oldHealthy: seen.oldHealthy,
    oldUnhealthy: unhealthyThatMayStop(seen),
    stopping: seen.stopping,
    // Without room for new tasks, old ones make some if the percentages allow it.
    stopFirst: seen.service.placementFailure !== undefined,
  });
}

/**
 * Outside a deployment an unhealthy task stays until its replacement is healthy (ECS API, maximumPercent): as many as there
 * are replacements on their way. Without room for any they stop at once, to make some.
 */
function unhealthyThatMayStop({ primary, newTasks, newHealthy, oldTasks, oldHealthy }: Observation): number {
  const unhealthy = oldTasks - oldHealthy;
  return primary.rolloutState === 'COMPLETED' ? Math.max(0, unhealthy - (newTasks - newHealthy)) : unhealthy;
}

/** A failed revision starts nothing; a throttled service waits; without room nothing is tried until some appears. */
function mayStart({ primary, service, nowMs }: Observation): boolean {
  return primary.rolloutState !== 'FAILED' && nowMs >= service.startsHeldUntilMs;
}

function stop(view: ClusterView, seen: Observation, count: number): Decision {
  const spare = seen.newHealthy + seen.oldHealthy - boundsOf(view, seen).minimum;
  const from = seen.newTasks > seen.desiredCount ? 'new' : 'old';
  return { kind: 'stop', from, count, healthy: Math.max(0, spare) };
}
