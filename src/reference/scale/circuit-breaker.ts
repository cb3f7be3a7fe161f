/**
 * Circuit breaker: how many failed tasks fail a deployment (ECS API, ThresholdConfiguration). The smallest bounded
 * threshold is 3; the guide of 2023 said 10.
 */
import type { CircuitBreakerInput } from '../../model/rollout.ts';

export function circuitBreakerThreshold({ desiredCount, type, value, legacyMinimum }: CircuitBreakerInput): number {
  if (type === 'COUNT') return value;
  const product = desiredCount * value;
  const rest = product % 100;
  const share = rest === 0 ? product / 100 : (product - rest) / 100 + 1;
  // A threshold of 0 would fail a deployment in which nothing failed.
  if (type === 'UNBOUNDED_PERCENT') return Math.max(1, share);
  const least = legacyMinimum ? 10 : 3;
  return Math.min(200, Math.max(least, share));
}
