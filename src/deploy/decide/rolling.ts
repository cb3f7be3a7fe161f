/**
 * Rolling update, and everything that keeps a service at its count: replacements, scale-out and scale-in are the same
 * step (ECS developer guide). The rule itself is the engine's; here its inputs are gathered.
 */

import type { ClusterView } from '../../cluster/state.ts';
import type { RolloutStep } from '../../model/rollout.ts';
import type { Decision } from '../decision.ts';
import type { Observation } from '../observe.ts';
import { launchAllowance } from './launch-rate.ts';
import { stuck } from './stuck.ts';

export function rolling(view: ClusterView, seen: Observation): readonly Decision[] | undefined {
  const step = stepOf(view, seen);
  if (step.start > 0 && mayStart(seen)) return start(seen, step.start);
  if (step.stop > 0) return [stop(seen, step.stop)];
  return stuck(view, seen);
}

/** The engine's answer for what is seen. */
export function stepOf(view: ClusterView, seen: Observation): RolloutStep {
  const { minimumHealthyPercent, maximumPercent } = seen.service.settings.deploymentConfiguration;
  const { desiredCount } = seen;
  const bounds = view.engine.rolloutBounds({ desiredCount, minimumHealthyPercent, maximumPercent });
  return view.engine.rolloutStep({
    desiredCount,
    minimum: bounds.minimum,
    maximum: bounds.maximum,
    newTasks: seen.newTasks,
    newHealthy: seen.newHealthy,
    oldTasks: seen.oldTasks,
    oldHealthy: seen.oldHealthy,
    oldUnhealthy: seen.oldTasks - seen.oldHealthy,
    stopping: seen.stopping,
    // Without room for new tasks, old ones make some if the percentages allow it.
    stopFirst: seen.service.placementFailure !== undefined,
  });
}

/** A failed revision starts nothing; a throttled service waits; without room nothing is tried until some appears. */
function mayStart({ primary, service, nowMs }: Observation): boolean {
  return primary.rolloutState !== 'FAILED' && nowMs >= service.startsHeldUntilMs;
}

function start(seen: Observation, count: number): readonly Decision[] {
  const allowed = launchAllowance(seen);
  if (allowed.count === 0) return [{ kind: 'command', command: allowed.wake }];
  if (count <= allowed.count) return [{ kind: 'start', count }];
  return [
    { kind: 'start', count: allowed.count },
    { kind: 'command', command: allowed.wake },
  ];
}

function stop(seen: Observation, count: number): Decision {
  if (seen.newTasks > seen.desiredCount)
    return { kind: 'stop', from: 'new', count, unhealthy: seen.newTasks - seen.newHealthy };
  return { kind: 'stop', from: 'old', count, unhealthy: seen.oldTasks - seen.oldHealthy };
}
