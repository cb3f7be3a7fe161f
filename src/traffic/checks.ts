/**
 * Health checks of target groups, computed and not polled: when the answers of a target make it healthy or unhealthy.
 * Called by decide/health. Check k is sent k intervals after registration; its result counts when its timeout has passed.
 */
import type { TargetHealth } from '../cluster/state.ts';
import type { TargetGroup } from '../model/target-group.ts';

/**
 * How many answers in a row it takes. A new target of an Application Load Balancer is healthy at its first success (ELB,
 * target group health checks); Network and Classic Load Balancers want the whole threshold.
 */
export function answersNeeded(group: TargetGroup, health: TargetHealth, isPassing: boolean): number {
  if (!isPassing) return group.unhealthyThresholdCount;
  return health === 'initial' && group.kind === 'application' ? 1 : group.healthyThresholdCount;
}

/**
 * When the last of so many answers is in, when the target answers so from `sinceMs` on.
 * @returns milliseconds of the cluster's time, never before `sinceMs`.
 */
export function answeredAtMs(group: TargetGroup, registeredAtMs: number, sinceMs: number, answers: number): number {
  const intervalMs = group.healthCheckIntervalSeconds * 1000;
  const timeoutMs = group.healthCheckTimeoutSeconds * 1000;
  const first = Math.ceil((sinceMs - registeredAtMs) / intervalMs);
  return registeredAtMs + (first + answers - 1) * intervalMs + timeoutMs;
}
