/** The counting rules of deployments without an engine; the engine's own are the same. */
import type { CircuitBreakerInput, RolloutBounds, RolloutBoundsInput } from '../model/rollout.ts';
import * as rollout from '../wasm/rollout.ts';
import { ask } from './tables.ts';

/**
 * How many tasks of a service must be healthy and how many there may be while it is deployed: the minimum rounded up, the
 * maximum down (ECS API, DeploymentConfiguration).
 * @throws InvalidParameterException WRONG_TYPE, OUT_OF_RANGE, naming the member.
 */
export function rolloutBounds(input: RolloutBoundsInput): RolloutBounds {
  return ask((core) => rollout.rolloutBounds(core, input));
}

/**
 * Failed tasks that make a deployment fail: ceil(value % of desiredCount), BOUNDED_PERCENT within 3 and 200 (ECS API,
 * ThresholdConfiguration), or the value itself.
 * @throws InvalidParameterException WRONG_TYPE, NOT_ALLOWED, OUT_OF_RANGE, naming the member.
 */
export function circuitBreakerThreshold(input: CircuitBreakerInput): number {
  return ask((core) => rollout.circuitBreakerThreshold(core, input));
}
