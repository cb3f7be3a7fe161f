/** Step scaling: which step holds, and what it makes of the capacity (Application Auto Scaling guide, step scaling policies). */
import type { Step, StepScaling } from '../../model/step-scaling.ts';
import { isBelow } from './decimal.ts';

export function stepScaling(decision: StepScaling): number {
  const step = stepFor(decision);
  const wanted = step === undefined ? decision.currentCapacity : adjusted(decision, step.adjustment);
  return Math.min(decision.maxCapacity, Math.max(decision.minCapacity, wanted));
}

function stepFor({ metricValue, threshold, steps }: StepScaling): Step | undefined {
  const scale = Math.max(Math.abs(metricValue), Math.abs(threshold));
  const distance = metricValue - threshold;
  const upwards = steps.find(({ lower, upper }) => !isBelow(distance, lower, scale) && isBelow(distance, upper, scale));
  const downwards = steps.find(
    ({ lower, upper }) => isBelow(lower, distance, scale) && !isBelow(upper, distance, scale),
  );
  if (isBelow(distance, 0, scale)) return downwards;
  // A policy for scale-in may end at the threshold with its upper bound; it holds there when its alarm does.
  const isAtThreshold = !isBelow(0, distance, scale);
  return upwards ?? (isAtThreshold ? downwards : undefined);
}

function adjusted(decision: StepScaling, adjustment: number): number {
  const { currentCapacity, adjustmentType, minAdjustmentMagnitude } = decision;
  if (adjustmentType === 'ExactCapacity') return adjustment;
  if (adjustmentType === 'ChangeInCapacity') return currentCapacity + adjustment;
  const raw = (currentCapacity * Math.abs(adjustment)) / 100;
  const rounded = raw > 0 && raw < 1 ? 1 : Math.floor(raw);
  const change = adjustment === 0 ? 0 : Math.max(rounded, minAdjustmentMagnitude);
  return adjustment < 0 ? currentCapacity - change : currentCapacity + change;
}
