/** Forecasts of predictive scaling as series, from what the scenario says. Called once a run has ended. */
import { BayplanError } from '../errors.ts';
import { parseScalingPolicy, type ScalingPolicy } from '../model/scaling-policy.ts';
import type { Series } from './result.ts';
import type { Scenario, ScenarioEvent } from './scenario.ts';

/** Undefined for what the run has refused. */
function policyIn({ command }: ScenarioEvent): ScalingPolicy | undefined {
  if (command.type !== 'Call' || command.call !== 'PutScalingPolicy') return undefined;
  if (command.input.PolicyType !== 'PredictiveScaling') return undefined;
  try {
    return parseScalingPolicy(command.input, '');
  } catch (error) {
    if (error instanceof BayplanError) return undefined;
    throw error;
  }
}

/** `forecastCapacity`, one for each policy, of the time of the run; policies that only forecast too. */
export function forecastSeries(
  { scaling, events, startEpochMs }: Pick<Scenario, 'scaling' | 'events' | 'startEpochMs'>,
  endMs: number,
): Series[] {
  return [...scaling, ...events].flatMap((event): Series[] => {
    const policy = policyIn(event);
    if (policy?.configuration.type !== 'PredictiveScaling') return [];
    const points = policy.configuration.forecast
      .map(([epochMs, capacity]) => [epochMs - startEpochMs, capacity] as const)
      .filter(([atMs]) => atMs >= event.atMs && atMs <= endMs);
    const { cluster: ClusterName, service: ServiceName, policyName: PolicyName } = policy;
    const dimensions = { ClusterName, ServiceName, PolicyName };
    return points.length === 0 ? [] : [{ name: 'forecastCapacity', unit: 'Count', dimensions, points }];
  });
}
