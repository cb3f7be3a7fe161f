/** Scaling policies and scheduled actions of groups, derived from the rules. */
import { describe, expect, it } from 'vitest';
import type { SimulationResult } from '../../src/simulate/result.ts';
import type { Members } from '../model/definitions.ts';
import { capacityScenario } from '../support/simulation/capacity.ts';
import { changes, play } from '../support/simulation/scaled.ts';

const POLICY = 'arn:aws:autoscaling:us-east-1:123456789012:scalingPolicy:x:autoScalingGroupName/asg:policyName/p';

/** An alarm on a custom metric that is above 50 from 300 s to 600 s. */
const alarm = {
  AlarmName: 'depth',
  Namespace: 'test',
  MetricName: 'depth',
  Statistic: 'Average',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 50,
  ComparisonOperator: 'GreaterThanThreshold',
  AlarmActions: [POLICY],
};

function depths(values: readonly number[], from = 290): Members[] {
  return values.map((Value, k) => ({
    at: from + 60 * k,
    call: 'PutMetricData',
    input: { Namespace: 'test', MetricData: [{ MetricName: 'depth', Value }] },
  }));
}

function run(policy: Members, values: readonly number[], more: Members = {}): Promise<SimulationResult> {
  return play(
    capacityScenario({
      group: { MaxSize: 40, DesiredCapacity: 10, instancesAtStart: 10 },
      provider: { managedScaling: undefined },
      service: { desiredCount: 0 },
      duration: 'PT40M',
      events: depths(values),
      more: {
        scalingPolicies: [{ AutoScalingGroupName: 'asg', PolicyName: 'p', ...policy }],
        alarms: [alarm],
        ...more,
      },
    }),
  );
}

describe('a group scales', () => {
  it('by simple scaling, once a cooldown', async () => {
    const simple = { AdjustmentType: 'ChangeInCapacity', ScalingAdjustment: 2, Cooldown: 120 };
    // In ALARM from 300 on; the cooldown begins at 360, when the instances have launched, and ends at 480.
    expect(changes(await run(simple, [60, 60, 60, 60, 60, 0]), 'groupDesiredCapacity')).toEqual([
      [300, 12],
      [480, 14],
    ]);
  });

  it('by steps: the same step adds nothing twice while its instances warm up', async () => {
    const steps = {
      PolicyType: 'StepScaling',
      AdjustmentType: 'PercentChangeInCapacity',
      EstimatedInstanceWarmup: 240,
      StepAdjustments: [
        { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 20, ScalingAdjustment: 10 },
        { MetricIntervalLowerBound: 20, ScalingAdjustment: 30 },
      ],
    };
    // 10 % of 10 at 300; nothing at 360; 30 % of 10 at 420, of which one is launched already.
    expect(changes(await run(steps, [60, 60, 80, 0]), 'groupDesiredCapacity')).toEqual([
      [300, 11],
      [420, 13],
    ]);
  });

  it('not while AlarmNotification is suspended', async () => {
    const simple = { AdjustmentType: 'ExactCapacity', ScalingAdjustment: 3 };
    const suspended = {
      autoScalingGroups: [
        {
          AutoScalingGroupName: 'asg',
          MinSize: 0,
          MaxSize: 40,
          instance: { cpu: 1024, memoryMiB: 1024 },
          SuspendedProcesses: ['AlarmNotification'],
        },
      ],
    };
    expect(changes(await run(simple, [60, 60], suspended), 'groupDesiredCapacity')).toEqual([]);
  });

  it('by the average CPU of its instances', async () => {
    const result = await play(
      capacityScenario({
        group: { MaxSize: 40, DesiredCapacity: 4, instancesAtStart: 4 },
        provider: { managedScaling: undefined },
        service: { desiredCount: 8 },
        duration: 'PT20M',
        more: {
          scalingPolicies: [
            {
              AutoScalingGroupName: 'asg',
              PolicyName: 'p',
              PolicyType: 'TargetTrackingScaling',
              TargetTrackingConfiguration: {
                TargetValue: 50,
                PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
              },
            },
          ],
          // 4 of 8 vCPUs: 50 %. From 300 s on 6 of 8: 75 %, above the target at 360, 420 and 480.
          load: [
            {
              service: 'web',
              signal: 'cpuSeconds',
              points: [
                [0, 4],
                [300, 6],
              ],
            },
          ],
        },
      }),
    );
    // ceil(4 x 75 / 50)
    expect(changes(result, 'groupDesiredCapacity')).toEqual([[480, 6]]);
  });

  it('by schedule, in a time zone, and moves its bounds', async () => {
    const scheduledActions = [
      {
        AutoScalingGroupName: 'asg',
        ScheduledActionName: 'morning',
        Recurrence: '10 9 * * *',
        TimeZone: 'Europe/Berlin',
        MinSize: 12,
      },
    ];
    const result = await run({ AdjustmentType: 'ChangeInCapacity', ScalingAdjustment: 1 }, [], { scheduledActions });
    // 09:10 in Berlin is 08:10 UTC in winter; the run begins at 08:00.
    expect(changes(result, 'groupDesiredCapacity')).toEqual([[600, 12]]);
    const [cause] = result.events.flatMap(({ groupActivity }) => groupActivity?.cause ?? []);
    expect(cause).toContain(
      'a scheduled action update of AutoScalingGroup constraints to min: 12, max: 40, desired: 12 changing the desired capacity from 10 to 12.',
    );
  });
});
