/** The timelines that were derived by hand from the rules: load, metrics, alarms and scaling on one clock, to the second. */
import { describe, expect, it } from 'vitest';
import { changes, play, RESOURCE, scaledScenario, target, tracking } from '../support/simulation/scaled.ts';
import vectors from './vectors/coupled-timelines.json' with { type: 'json' };

interface Case {
  readonly name: string;
  readonly kind: string;
  readonly start?: string;
  readonly service: { readonly desiredCount: number };
  readonly policy?: {
    readonly targetValue: number;
    readonly minCapacity: number;
    readonly maxCapacity: number;
    readonly scaleOutCooldown: number;
    readonly scaleInCooldown: number;
  };
  readonly load?: readonly (readonly number[])[];
  readonly action?: { readonly schedule: string; readonly minCapacity: number; readonly maxCapacity: number };
  readonly expected: readonly { readonly atSeconds: number; readonly desiredCount?: number }[];
}

const cases = vectors.cases as readonly Case[];

describe('a service behind target tracking', () => {
  it.each(cases.filter(({ kind }) => kind === 'service-target-tracking'))('$name', async (given) => {
    const { policy, load, service, expected } = given as Required<Case>;
    const result = await play(
      scaledScenario(service.desiredCount, {
        scalableTargets: [target(policy.minCapacity, policy.maxCapacity)],
        scalingPolicies: [
          tracking(policy.targetValue, {
            ScaleOutCooldown: policy.scaleOutCooldown,
            ScaleInCooldown: policy.scaleInCooldown,
          }),
        ],
        load: [{ service: 'web', signal: 'cpuSeconds', points: load }],
      }),
    );
    expect(changes(result, 'desiredCount')).toEqual(expected.map((one) => [one.atSeconds, one.desiredCount]));
  });
});

describe('a scheduled action', () => {
  it.each(cases.filter(({ kind }) => kind === 'scheduled-action'))('$name', async (given) => {
    const { action, service, start, expected } = given as Required<Case>;
    const result = await play(
      scaledScenario(service.desiredCount, {
        start,
        scalableTargets: [target(1, 20)],
        scheduledActions: [
          {
            ...RESOURCE,
            ScheduledActionName: 'morning',
            Schedule: action.schedule,
            ScalableTargetAction: { MinCapacity: action.minCapacity, MaxCapacity: action.maxCapacity },
          },
        ],
      }),
    );
    expect(changes(result, 'desiredCount')).toEqual(expected.map((one) => [one.atSeconds, one.desiredCount]));
    expect(changes(result, 'minCapacity')).toEqual([[3600, action.minCapacity]]);
  });
});
