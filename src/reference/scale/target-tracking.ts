/**
 * Target tracking: running x metric / target, rounded up when it grows and when it shrinks (Application Auto Scaling guide,
 * target tracking; Amazon EC2 Auto Scaling guide, scaling based on SQS).
 */
import type { TargetTrackingInput } from '../../model/target-tracking.ts';
import { roundedUp } from './decimal.ts';

export function targetTracking({
  runningCount,
  metricValue,
  targetValue,
  minCapacity,
  maxCapacity,
}: TargetTrackingInput): number {
  // From nothing there is no proportion: the smallest step (ECS developer guide, service-auto-scaling).
  const fromZero = metricValue > targetValue ? 1 : 0;
  const wanted = runningCount === 0 ? fromZero : roundedUp((runningCount * metricValue) / targetValue);
  return Math.min(maxCapacity, Math.max(minCapacity, wanted));
}
