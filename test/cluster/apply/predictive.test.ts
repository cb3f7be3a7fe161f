/** Predictive scaling by a forecast that the scenario brings. */
import { describe, expect, it } from 'vitest';
import type { Members } from '../../model/definitions.ts';
import {
  activities,
  changes,
  play,
  RESOURCE,
  scaledScenario,
  target,
  tracking,
} from '../../support/simulation/scaled.ts';

/** The run begins at 08:00. */
const predictive = (members: Members = {}): Members => ({
  ...RESOURCE,
  PolicyName: 'forecast',
  PolicyType: 'PredictiveScaling',
  PredictiveScalingPolicyConfiguration: {
    MetricSpecifications: [
      {
        TargetValue: 50,
        PredefinedMetricPairSpecification: { PredefinedMetricType: 'ECSServiceCPUUtilization' },
      },
    ],
    Mode: 'ForecastAndScale',
    CapacityForecast: {
      Timestamps: ['2026-01-05T08:00:00Z', '2026-01-05T09:00:00Z', '2026-01-05T10:00:00Z'],
      Values: [2, 5.5, 3],
    },
    ...members,
  },
});
const scenario = (members: Members = {}, more: Members = {}): Members =>
  scaledScenario(2, {
    duration: 'PT4H',
    scalableTargets: [target(1, 10)],
    scalingPolicies: [tracking(50), predictive(members)],
    // 10 % of two tasks: target tracking wants one from the fifteenth minute on.
    load: [{ service: 'web', signal: 'cpuSeconds', points: [[0, 0.2]] }],
    ...more,
  });

describe('predictive scaling', () => {
  it('raises five minutes before the hour, and no other policy goes below while it holds', async () => {
    const result = await play(scenario());
    expect(changes(result, 'desiredCount')).toEqual([
      [3300, 6],
      [7200, 3],
      [10_800, 1],
    ]);
    expect(activities(result)[0]).toBe('3300 Setting desired count to 6.');
    expect(result.events.find(({ activity }) => activity !== undefined)?.activity).toMatchObject({
      cause: 'forecast capacity 6 triggered policy forecast',
      inputs: { policyName: 'forecast', baseCapacity: 2, result: 6 },
    });
  });

  it('goes to the maximum, or takes it along with a buffer', async () => {
    const more = { scalableTargets: [target(1, 4)] };
    expect(changes(await play(scenario({ SchedulingBufferTime: 600 }, more)), 'desiredCount')[0]).toEqual([3000, 4]);
    const breach = { MaxCapacityBreachBehavior: 'IncreaseMaxCapacity', MaxCapacityBuffer: 10 };
    const raised = await play(scenario(breach, more));
    expect(changes(raised, 'desiredCount')[0]).toEqual([3300, 6]);
    // 6.6 is 7.
    expect(changes(raised, 'maxCapacity')).toEqual([[3300, 7]]);
  });

  it('only forecasts by default: a series, and nothing else', async () => {
    const result = await play(scenario({ Mode: undefined }));
    expect(changes(result, 'desiredCount')).toEqual([[900, 1]]);
    expect(result.series.find(({ name }) => name === 'forecastCapacity')?.points).toEqual([
      [0, 2],
      [3_600_000, 6],
      [7_200_000, 3],
    ]);
  });

  it('does nothing once it is deleted, or while scaling out is suspended', async () => {
    const input = { ...RESOURCE, PolicyName: 'forecast' };
    const deleted = await play(scenario({}, { events: [{ at: 60, call: 'DeleteScalingPolicy', input }] }));
    expect(changes(deleted, 'desiredCount')).toEqual([[900, 1]]);
    const SuspendedState = { DynamicScalingOutSuspended: true };
    const suspended = await play(scenario({}, { scalableTargets: [target(1, 10, { SuspendedState })] }));
    expect(changes(suspended, 'desiredCount').every(([, value]) => value <= 2)).toBe(true);
  });
});
