/**
 * Blue/green, linear and canary (ECS developer guide): the new revision scales up beside the old one, traffic moves in steps,
 * both bake, then the old one goes. One stage after another; a failed hook or alarm sends everything back.
 */
import type { ClusterView } from '../../cluster/state.ts';
import type { LifecycleStage } from '../../model/service.ts';
import type { Decision } from '../decision.ts';
import type { Observation } from '../observe.ts';
import { hookVerdict } from './hooks.ts';
import { rolling } from './rolling.ts';
import { nextPermille, stepBakeMs } from './traffic-steps.ts';
import { keepWhole } from './whole.ts';

const MINUTE_MS = 60_000;
const ALL = 1000;

const STAGES: readonly LifecycleStage[] = [
  'RECONCILE_SERVICE',
  'PRE_SCALE_UP',
  'SCALE_UP',
  'POST_SCALE_UP',
  'TEST_TRAFFIC_SHIFT',
  'POST_TEST_TRAFFIC_SHIFT',
  'PRE_PRODUCTION_TRAFFIC_SHIFT',
  'PRODUCTION_TRAFFIC_SHIFT',
  'POST_PRODUCTION_TRAFFIC_SHIFT',
  'BAKE_TIME',
  'CLEAN_UP',
];

export function shifting(view: ClusterView, seen: Observation): readonly Decision[] | undefined {
  const { primary, service } = seen;
  // The first deployment of a service has nothing to shift from.
  if (service.lastCompleted === undefined) return rolling(view, seen);
  if (primary.stage === undefined) return move(seen, 'RECONCILE_SERVICE', 0);
  const verdict = hookVerdict(seen);
  if (verdict.kind === 'fail') return fail(seen, verdict.reason);
  const work = verdict.kind === 'wait' ? verdict.decisions : (stageWork(view, seen) ?? next(seen));
  const whole = wholeness(seen);
  return whole.length > 0 ? [...whole, ...(work ?? [])] : work;
}

/** From its scaling up until the old revision goes; then rolling's step takes over. */
function wholeness(seen: Observation): readonly Decision[] {
  const { stage } = seen.primary;
  const isBefore = STAGES.indexOf(stage as LifecycleStage) < STAGES.indexOf('SCALE_UP');
  return isBefore || stage === 'CLEAN_UP' ? [] : keepWhole(seen);
}

/** What the stage still has to do; undefined when it is done. */
function stageWork(view: ClusterView, seen: Observation): readonly Decision[] | undefined {
  switch (seen.primary.stage) {
    case 'SCALE_UP':
      return scaleUp(seen);
    case 'PRODUCTION_TRAFFIC_SHIFT':
      return shift(seen);
    case 'BAKE_TIME':
      return waitUntil(seen, seen.primary.settings.deploymentConfiguration.bakeTimeInMinutes * MINUTE_MS);
    case 'CLEAN_UP':
      return cleanUp(view, seen);
    default:
      return undefined;
  }
}

/** Waits for the full desired count; later stages wait for nothing. */
function scaleUp({ desiredCount, newTasks, newHealthy }: Observation): readonly Decision[] | undefined {
  return newTasks < desiredCount || newHealthy < newTasks ? [] : undefined;
}

/** One step after another; the last one, at 100 %, does not bake. */
function shift(seen: Observation): readonly Decision[] | undefined {
  const { primary, nowMs } = seen;
  const { trafficPermille, settings } = primary;
  if (trafficPermille >= ALL) return undefined;
  const bakeMs = trafficPermille === 0 ? 0 : stepBakeMs(settings.deploymentConfiguration);
  const dueMs = primary.stageSinceMs + bakeMs;
  if (nowMs < dueMs) return wake(seen, dueMs);
  return move(seen, 'PRODUCTION_TRAFFIC_SHIFT', nextPermille(settings.deploymentConfiguration, trafficPermille));
}

/** The old revision stops whole; rolling's step keeps the count of the new one. */
function cleanUp(view: ClusterView, seen: Observation): readonly Decision[] | undefined {
  if (seen.oldTasks > 0) return [{ kind: 'stop', from: 'old', count: seen.oldTasks, healthy: seen.oldHealthy }];
  return rolling(view, seen);
}

function waitUntil(seen: Observation, afterMs: number): readonly Decision[] | undefined {
  const dueMs = seen.primary.stageSinceMs + afterMs;
  return seen.nowMs < dueMs ? wake(seen, dueMs) : undefined;
}

function wake({ service }: Observation, atMs: number): readonly Decision[] {
  return [{ kind: 'command', command: { type: 'Later', atMs, command: { type: 'WakeService', service } } }];
}

function next(seen: Observation): readonly Decision[] | undefined {
  const { primary } = seen;
  const stage = STAGES[STAGES.indexOf(primary.stage as LifecycleStage) + 1];
  return stage === undefined ? undefined : move(seen, stage, primary.trafficPermille);
}

function move({ primary }: Observation, stage: LifecycleStage, trafficPermille: number): readonly Decision[] {
  return [{ kind: 'command', command: { type: 'MoveStage', deployment: primary, stage, trafficPermille } }];
}

function fail({ primary }: Observation, reason: string): readonly Decision[] {
  return [{ kind: 'command', command: { type: 'FailDeployment', deployment: primary, reason, rollBack: true } }];
}
