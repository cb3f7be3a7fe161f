/** Why nothing is scaled, as activities tell it, and what of it outlives a service. */
import { describe, expect, it } from 'vitest';
import type { Members } from '../model/definitions.ts';
import {
  activities,
  cpuAlarm,
  POLICY_ARN,
  play,
  scaledScenario,
  stepPolicy,
  target,
} from '../support/simulation/scaled.ts';

const cpuLoad = (...points: [number, number][]): Members => ({ service: 'web', signal: 'cpuSeconds', points });

describe('the reason why nothing is scaled', () => {
  it('is the minimum when a high alarm has a step that removes', async () => {
    const result = await play(
      scaledScenario(2, {
        duration: 'PT5M',
        scalableTargets: [target(2, 10)],
        scalingPolicies: [stepPolicy('in', [{ MetricIntervalLowerBound: 0, ScalingAdjustment: -1 }])],
        alarms: [cpuAlarm('busy', { AlarmActions: [`${POLICY_ARN}/in`] })],
        load: [cpuLoad([0, 1.9])],
      }),
    );
    expect(activities(result)).toEqual(['60 AlreadyAtMinCapacity']);
  });
});

describe('a service that is created again under its name', () => {
  const busy = cpuAlarm('busy', { AlarmActions: [`${POLICY_ARN}/out`] });
  const scenario = (events: readonly Members[]): Members =>
    scaledScenario(2, {
      duration: 'PT20M',
      scalableTargets: [target(1, 10)],
      scalingPolicies: [stepPolicy('out', [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }], { Cooldown: 3600 })],
      alarms: [busy],
      load: [cpuLoad([0, 1.9])],
      events,
    });

  it('does not wait for the cooldown of the old one', async () => {
    expect(activities(await play(scenario([])))).toEqual(['60 Setting desired count to 3.']);
    const again = await play(
      scenario([
        { at: 200, call: 'DeleteService', input: { service: 'web', force: true } },
        { at: 600, call: 'CreateService', input: { serviceName: 'web', taskDefinition: 'web:1', desiredCount: 2 } },
      ]),
    );
    expect(activities(again)).toEqual(['60 Setting desired count to 3.', '660 Setting desired count to 3.']);
  });
});
