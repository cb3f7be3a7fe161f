/** Members that AWS has and that are not modelled are refused by name, others with the one that was meant. */
import { describe, expect, it } from 'vitest';
import { onlyMembers } from '../../src/model/known-members.ts';
import {
  capacityProviderReservation,
  circuitBreakerThreshold,
  distributeCapacity,
  evaluateAlarm,
  mixedInstances,
  stepScaling,
} from '../../src/scaling/index.ts';
import { refusal } from './refusal.ts';

const check = (given: Record<string, unknown>, path = 'group') =>
  refusal(() => onlyMembers(given, path, ['MinSize', 'MaxSize'], ['WarmPool']));

describe('onlyMembers', () => {
  it('takes what is known, and what is absent', () => {
    expect(check({ MinSize: 1, WarmPool: undefined })).toBeUndefined();
  });

  it('names what is not modelled', () => {
    expect(check({ WarmPool: {} })).toEqual({
      name: 'ValidationException',
      code: 'NOT_MODELLED',
      path: 'group.WarmPool',
      message: 'group.WarmPool: WarmPool is not modelled.',
    });
  });

  it('says which member was meant', () => {
    expect(check({ MinSise: 1 }, '')).toEqual({
      name: 'ValidationException',
      code: 'UNKNOWN_MEMBER',
      path: 'MinSise',
      message: 'MinSise: there is no member MinSise. Did you mean MinSize?',
    });
  });
});

describe('misspelt members of a decision', () => {
  const alarm = {
    evaluationPeriods: 1,
    comparisonOperator: 'GreaterThanThreshold' as const,
    threshold: 1,
    datapoints: [2],
  };
  const steps = {
    ...{ currentCapacity: 4, metricValue: 9, threshold: 5, minCapacity: 1, maxCapacity: 9 },
    adjustmentType: 'PercentChangeInCapacity' as const,
    stepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 10 }],
  };
  const reservation = { instances: 1, busyInstances: 1, instanceTypes: [{ cpu: 1024, memory: 2048 }] };
  const strategy = [{ capacityProvider: 'FARGATE', weight: 1 }];

  it.each<[string, () => unknown]>([
    ['treatMissingdata', () => evaluateAlarm({ ...alarm, treatMissingdata: 'breaching' } as never)],
    ['minAdjustmentMagnitud', () => stepScaling({ ...steps, minAdjustmentMagnitud: 2 } as never)],
    [
      'runningCount',
      () => distributeCapacity({ capacityProviderStrategy: strategy, count: 3, runningCount: {} } as never),
    ],
    [
      'capacityProviderStrategy[0].bas',
      () => distributeCapacity({ capacityProviderStrategy: [{ ...strategy[0], bas: 2 }], count: 3 } as never),
    ],
    ['onDemandBaseCapcity', () => mixedInstances({ total: 3, onDemandBaseCapcity: 1 } as never)],
    ['maxsize', () => capacityProviderReservation({ ...reservation, maxsize: 1 } as never)],
    [
      'managedScaling.targetCapcity',
      () => capacityProviderReservation({ ...reservation, managedScaling: { targetCapcity: 90 } } as never),
    ],
    [
      'instanceTypes[0].gpu',
      () => capacityProviderReservation({ ...reservation, instanceTypes: [{ cpu: 1, memory: 1, gpu: 1 }] } as never),
    ],
    [
      'legacyMinimun',
      () => circuitBreakerThreshold({ desiredCount: 3, type: 'COUNT', value: 3, legacyMinimun: true } as never),
    ],
  ])('%s is refused instead of left out', (path, decide) => {
    expect(refusal(decide)).toMatchObject({ name: 'InvalidParameterException', code: 'UNKNOWN_MEMBER', path });
  });

  it('are not what resembles nothing: notes of a row', () => {
    expect(evaluateAlarm({ ...alarm, desc: 'a row of a table' } as never)).toBe('ALARM');
  });
});
