/**
 * Predictive scaling of services by a forecast that is given: capacity is raised some minutes before its time, never lowered
 * (Application Auto Scaling guide, predictive scaling). Called by apply, first when a policy is put.
 */
import { forecastAt, nextForecastMs, type PredictivePolicy } from '../../model/predictive-scaling.ts';
import type { ScalableTargetState, ScalingPolicyState } from '../scaling-state.ts';
import type { ClusterState } from '../state.ts';
import { tellActivity } from './scale-service.ts';
import { scaledService, setBounds, setDesiredCount } from './scaling.ts';

interface Predicted {
  readonly target: ScalableTargetState;
  readonly policy: ScalingPolicyState;
}

function configurationOf({ settings }: ScalingPolicyState): PredictivePolicy | undefined {
  const { configuration } = settings;
  return configuration.type === 'PredictiveScaling' && configuration.scales ? configuration : undefined;
}

/** A replaced or deleted policy has stayed in the timers: it does nothing. */
export function runForecast(state: ClusterState, { target, policy }: Predicted): void {
  const configuration = configurationOf(policy);
  const isThere = state.scalableTargets.get(target.resourceId) === target;
  if (!isThere || target.policies.get(policy.settings.policyName) !== policy || configuration === undefined) return;
  const epochMs = state.startEpochMs + state.nowMs;
  if (!target.suspended.dynamicScalingOut) raise(state, { target, policy }, configuration);
  const nextMs = nextForecastMs(configuration, epochMs);
  if (nextMs !== undefined) state.timers.set(nextMs - state.startEpochMs, { type: 'RunForecast', target, policy });
}

function raise(state: ClusterState, { target, policy }: Predicted, configuration: PredictivePolicy): void {
  const wanted = forecastAt(configuration, state.startEpochMs + state.nowMs);
  const { raisesMaximum, maximumBuffer } = configuration;
  // The raised maximum stays: nothing lowers it by itself (Application Auto Scaling API).
  const maxCapacity = raisesMaximum ? Math.ceil((wanted * (100 + maximumBuffer)) / 100) : 0;
  if (maxCapacity > target.maxCapacity) setBounds(state, target, { minCapacity: target.minCapacity, maxCapacity });
  const service = scaledService(state, target);
  const desiredCount = Math.min(target.maxCapacity, Math.max(target.minCapacity, wanted));
  if (service === undefined || desiredCount <= service.desiredCount) return;
  const baseCapacity = service.desiredCount;
  setDesiredCount(state, service, desiredCount);
  target.toldReason = undefined;
  const { policyName } = policy.settings;
  tellActivity(state, target, {
    resourceId: target.resourceId,
    description: `Setting desired count to ${desiredCount}.`,
    cause: `forecast capacity ${wanted} triggered policy ${policyName}`,
    statusCode: 'Successful',
    statusMessage: `Successfully set desired count to ${desiredCount}. Change successfully fulfilled by ecs.`,
    notScaledReasons: [],
    inputs: { policyName, baseCapacity, raw: wanted, result: desiredCount },
  });
}
