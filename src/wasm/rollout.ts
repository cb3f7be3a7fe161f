/** The counting rules of deployments over the core: numbers in, numbers out, nothing through memory. Called by the engine. */
import { THRESHOLD_BOUNDED_PERCENT, THRESHOLD_COUNT, THRESHOLD_UNBOUNDED_PERCENT } from '../../assembly/abi.ts';
import {
  type CircuitBreakerInput,
  checkCircuitBreaker,
  checkRolloutBounds,
  checkRolloutStep,
  type RolloutBounds,
  type RolloutBoundsInput,
  type RolloutInput,
  type RolloutStep,
  type ThresholdType,
} from '../model/rollout.ts';
import type { Core } from './core.ts';

const THRESHOLDS: Readonly<Record<ThresholdType, number>> = {
  BOUNDED_PERCENT: THRESHOLD_BOUNDED_PERCENT,
  UNBOUNDED_PERCENT: THRESHOLD_UNBOUNDED_PERCENT,
  COUNT: THRESHOLD_COUNT,
};
const LEAST_BOUNDED = 3;
const LEGACY_LEAST_BOUNDED = 10;

export function rolloutBounds(core: Core, input: RolloutBoundsInput): RolloutBounds {
  checkRolloutBounds(input);
  const { desiredCount, minimumHealthyPercent, maximumPercent } = input;
  return {
    minimum: core.rolloutMinimum(desiredCount, minimumHealthyPercent),
    maximum: core.rolloutMaximum(desiredCount, maximumPercent),
  };
}

export function rolloutStep(core: Core, input: RolloutInput): RolloutStep {
  checkRolloutStep(input);
  const step = core.rolloutStep(
    input.desiredCount,
    input.minimum,
    input.maximum,
    input.newTasks,
    input.newHealthy,
    input.oldTasks,
    input.oldHealthy,
    input.oldUnhealthy,
    input.stopping,
    input.stopFirst ? 1 : 0,
  );
  return step > 0 ? { start: step, stop: 0 } : { start: 0, stop: 0 - step };
}

export function circuitBreakerThreshold(core: Core, input: CircuitBreakerInput): number {
  checkCircuitBreaker(input);
  const least = input.legacyMinimum ? LEGACY_LEAST_BOUNDED : LEAST_BOUNDED;
  return core.circuitBreakerThreshold(input.desiredCount, THRESHOLDS[input.type], input.value, least);
}
