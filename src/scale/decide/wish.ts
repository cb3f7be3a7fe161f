/** What one firing policy asks for: gathers the inputs of the rule and asks it. Called by decide. */
import { MAX_AMOUNT } from '../../../assembly/abi.ts';
import type { ScalingInputs } from '../../cluster/scaling-state.ts';
import type { Decisions } from '../../model/decisions.ts';
import type { StepPolicy, TargetTracking } from '../../model/scaling-policy.ts';
import type { FiringPolicy, Observation } from '../observe.ts';

export interface Wish {
  readonly firing: FiringPolicy;
  readonly capacity: number;
  /** Where it leads from the desired count; 'none' when it is that already. */
  readonly direction: 'out' | 'in' | 'none';
  /** Where its alarm points, even when there is nothing to do. */
  readonly isOutward: boolean;
  readonly cooldownSeconds: number;
  readonly inputs: ScalingInputs;
}

/** undefined for policies that do not act on alarms. */
export function wishOf(decisions: Decisions, seen: Observation, firing: FiringPolicy): Wish | undefined {
  const { configuration } = firing.policy.settings;
  if (configuration.type === 'StepScaling') return step(decisions, seen, firing, configuration);
  if (configuration.type === 'TargetTrackingScaling') return track(decisions, seen, firing, configuration);
  return undefined;
}

/** The high alarm only adds, the low alarm only removes; the base is what runs. */
function track(
  decisions: Decisions,
  seen: Observation,
  firing: FiringPolicy,
  configuration: TargetTracking,
): Wish | undefined {
  if (!firing.isHigh && configuration.disableScaleIn) return undefined;
  const { runningCount, desiredCount, target } = seen;
  const { metricValue, isHigh } = firing;
  const { targetValue } = configuration;
  const { minCapacity, maxCapacity } = target;
  const capacity = decisions.targetTracking({ runningCount, metricValue, targetValue, minCapacity, maxCapacity });
  const isWanted = isHigh ? capacity > desiredCount : capacity < desiredCount;
  return {
    firing,
    capacity,
    direction: !isWanted ? 'none' : isHigh ? 'out' : 'in',
    isOutward: isHigh,
    cooldownSeconds: isHigh ? configuration.scaleOutCooldownSeconds : configuration.scaleInCooldownSeconds,
    inputs: {
      policyName: firing.policy.settings.policyName,
      metricValue,
      targetValue,
      baseCapacity: runningCount,
      raw: (runningCount * metricValue) / targetValue,
    },
  };
}

function step(decisions: Decisions, seen: Observation, firing: FiringPolicy, configuration: StepPolicy): Wish {
  const { desiredCount, target } = seen;
  const { metricValue, alarm } = firing;
  const { threshold } = alarm.settings;
  const within = (minCapacity: number, maxCapacity: number): number =>
    decisions.stepScaling({
      currentCapacity: desiredCount,
      metricValue,
      threshold,
      adjustmentType: configuration.adjustmentType,
      stepAdjustments: configuration.stepAdjustments,
      minAdjustmentMagnitude: configuration.minAdjustmentMagnitude,
      minCapacity,
      maxCapacity,
    });
  const capacity = within(target.minCapacity, target.maxCapacity);
  // At a bound the capacity does not tell where the step leads: that without bounds does.
  const led = capacity === desiredCount ? within(0, MAX_AMOUNT) : capacity;
  return {
    firing,
    capacity,
    direction: capacity > desiredCount ? 'out' : capacity < desiredCount ? 'in' : 'none',
    isOutward: led === desiredCount ? metricValue >= threshold : led > desiredCount,
    cooldownSeconds: configuration.cooldownSeconds,
    inputs: { policyName: firing.policy.settings.policyName, metricValue, threshold, baseCapacity: desiredCount },
  };
}
