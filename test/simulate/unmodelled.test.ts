/** Nothing that a scenario says is left out in silence: what is not simulated is refused by its name. */
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/simulate/scenario.ts';
import type { Members } from '../model/definitions.ts';
import { refusal } from '../model/refusal.ts';
import { capacityScenario } from '../support/simulation/capacity.ts';
import {
  cpuAlarm,
  play,
  RESOURCE,
  scaledScenario,
  stepPolicy,
  target,
  tracking,
} from '../support/simulation/scaled.ts';

const scaled = (members: Members): unknown => refusal(() => parseScenario(scaledScenario(2, members)));
const metric = {
  Id: 'm',
  MetricStat: { Metric: { Namespace: 'n', MetricName: 'm' }, Stat: 'Sum', Period: 60 },
};
const rule = (target: Members, members: Members = {}): Members => ({
  rules: [
    {
      Name: 'r',
      ScheduleExpression: 'rate(1 hour)',
      Targets: [{ Id: 't', Arn: 'arn:aws:sns:us-east-1:123456789012:t', ...target }],
      ...members,
    },
  ],
});

describe('members of calls', () => {
  it.each<[path: string, code: string, Members]>([
    [
      'alarms[0].Period',
      'METRIC_TWICE',
      {
        alarms: [
          {
            ...cpuAlarm('a', {}),
            Namespace: undefined,
            MetricName: undefined,
            Dimensions: undefined,
            Statistic: undefined,
            Metrics: [metric],
          },
        ],
      },
    ],
    [
      'alarms[0].AlarmActions[1]',
      'ARN',
      { alarms: [cpuAlarm('a', { AlarmActions: ['arn:aws:sns:eu-west-1:1:t', 'out'] })] },
    ],
    [
      'scalingPolicies[0].StepScalingPolicyConfiguration',
      'POLICY_TYPE',
      { scalingPolicies: [{ ...tracking(50), StepScalingPolicyConfiguration: {} }] },
    ],
    [
      'load[0].wave.stepSeconds',
      'LOAD_WAVE',
      { load: [{ service: 'web', signal: 'requests', wave: { base: 1, periodSeconds: 1, stepSeconds: 0.0001 } }] },
    ],
    [
      'load[0].points[1][0]',
      'LOAD_POINT',
      {
        load: [
          {
            service: 'web',
            signal: 'requests',
            points: [
              [1, 1],
              [1.0002, 2],
            ],
          },
        ],
      },
    ],
    [
      'load[0].points[1][1]',
      'OUT_OF_RANGE',
      {
        load: [
          {
            service: 'web',
            signal: 'cpuSeconds',
            points: [
              [0, 1],
              [9, 1e120],
            ],
          },
        ],
      },
    ],
    ['load[0].wave.base', 'OUT_OF_RANGE', { load: [{ service: 'web', signal: 'cpuSeconds', wave: { base: 1e16 } }] }],
    [
      'alarms[0].AlarmActions[0]',
      'UNKNOWN_POLICY',
      {
        scalingPolicies: [stepPolicy('out', [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }])],
        alarms: [
          cpuAlarm('a', {
            AlarmActions: [
              'arn:aws:autoscaling:us-east-1:123456789012:scalingPolicy:x:resource/ecs/service/default/web:policyName/outt',
            ],
          }),
        ],
      },
    ],
    ['load[0]', 'LOAD_KIND', { load: [{ service: 'web', signal: 'cpuSeconds' }] }],
    ['scalableTargets[0].MinCapaciy', 'UNKNOWN_MEMBER', { scalableTargets: [target(1, 2, { MinCapaciy: 1 })] }],
    [
      'scalableTargets[0].SuspendedState.ScheduledSuspended',
      'UNKNOWN_MEMBER',
      { scalableTargets: [target(1, 2, { SuspendedState: { ScheduledSuspended: true } })] },
    ],
    [
      'scalingPolicies[0].TargetTrackingScalingPolicyConfiguration.ScaleInColdown',
      'UNKNOWN_MEMBER',
      { scalingPolicies: [tracking(50, { ScaleInColdown: 1 })] },
    ],
    [
      'scalingPolicies[0].StepScalingPolicyConfiguration.Coldown',
      'UNKNOWN_MEMBER',
      { scalingPolicies: [stepPolicy('p', [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }], { Coldown: 1 })] },
    ],
    ['alarms[0].EvaluationWindow', 'NOT_MODELLED', { alarms: [cpuAlarm('a', { EvaluationWindow: {} })] }],
    ['alarms[0].ExtendedStatistic', 'NOT_MODELLED', { alarms: [cpuAlarm('a', { ExtendedStatistic: 'p99' })] }],
    [
      'alarms[0].Metrics',
      'PERIODS',
      {
        alarms: [
          {
            AlarmName: 'a',
            EvaluationPeriods: 1,
            Threshold: 1,
            ComparisonOperator: 'GreaterThanThreshold',
            Metrics: [
              { ...metric, ReturnData: false },
              { Id: 'e', Expression: 'm * 2', Period: 300 },
            ],
          },
        ],
      },
    ],
    [
      'scheduledActions[0].ScalableTargetAction.Capacity',
      'UNKNOWN_MEMBER',
      {
        scheduledActions: [
          {
            ...RESOURCE,
            ScheduledActionName: 'a',
            Schedule: 'rate(1 hour)',
            ScalableTargetAction: { Capacity: 1, MinCapacity: 1 },
          },
        ],
      },
    ],
    ['rules[0].Targets[0].SqsParameters', 'NOT_MODELLED', rule({ SqsParameters: {} })],
    ['rules[0].Targets[0].RetryPolicy.MaximumAge', 'UNKNOWN_MEMBER', rule({ RetryPolicy: { MaximumAge: 1 } })],
    [
      'queues[0].Attributes.FifoQueue',
      'UNKNOWN_MEMBER',
      { queues: [{ QueueName: 'q', Attributes: { FifoQueue: 'true' } }] },
    ],
  ])('%s', (path, code, members) => {
    expect(scaled(members)).toMatchObject({ path, code });
  });
});

describe('members of groups and capacity providers', () => {
  it.each<[path: string, Members]>([
    ['CapacityRebalance', { CapacityRebalance: true }],
    ['MaxInstanceLifetime', { MaxInstanceLifetime: 86_400 }],
    ['InstanceMaintenancePolicy', { InstanceMaintenancePolicy: { MinHealthyPercentage: 90 } }],
    ['HealthCheckType', { HealthCheckType: 'ELB' }],
    [
      'AvailabilityZoneDistribution.CapacityDistributionStrategy',
      { AvailabilityZoneDistribution: { CapacityDistributionStrategy: 'balanced-only' } },
    ],
    [
      'MixedInstancesPolicy.InstancesDistribution.SpotMaxPrice',
      { MixedInstancesPolicy: { InstancesDistribution: { SpotMaxPrice: '0.1' } } },
    ],
    [
      'LifecycleHookSpecificationList[0].NotificationTargetARN',
      {
        LifecycleHookSpecificationList: [
          {
            LifecycleHookName: 'h',
            LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
            NotificationTargetARN: 'arn',
          },
        ],
      },
    ],
  ])('%s', (path, group) => {
    expect(refusal(() => parseScenario(capacityScenario({ group })))).toMatchObject({
      name: 'ValidationException',
      code: 'NOT_MODELLED',
      path: `autoScalingGroups[0].${path}`,
    });
  });

  it('are taken where they say what is so anyway', () => {
    const group = {
      CapacityRebalance: false,
      MaxInstanceLifetime: 0,
      HealthCheckType: 'EC2',
      AvailabilityZoneDistribution: { CapacityDistributionStrategy: 'balanced-best-effort' },
      LaunchTemplate: { LaunchTemplateName: 'lt' },
    };
    expect(refusal(() => parseScenario(capacityScenario({ group })))).toBeUndefined();
  });

  it('are refused in updates too', async () => {
    const events = [
      { at: 1, call: 'UpdateAutoScalingGroup', input: { AutoScalingGroupName: 'asg', CapacityRebalance: true } },
      { at: 2, call: 'UpdateAutoScalingGroup', input: { AutoScalingGroupName: 'asg', VPCZoneIdentifier: 'subnet-a' } },
      { at: 3, call: 'UpdateCapacityProvider', input: { name: 'cp', autoScalingGroupProvider: { managedDrainng: 1 } } },
    ];
    const result = await play(capacityScenario({ duration: 'PT1M', events }));
    expect(result.events.flatMap(({ error }) => error?.message ?? [])).toEqual([
      'events[0].input.CapacityRebalance: CapacityRebalance other than false is not modelled.',
      'events[1].input.VPCZoneIdentifier: VPCZoneIdentifier is not modelled.',
      'events[2].input.autoScalingGroupProvider.managedDrainng: there is no member managedDrainng. Did you mean managedDraining?',
    ]);
  });
});
