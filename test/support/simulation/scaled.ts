/** Scenarios of one scaled service on one large instance, and what a run tells of its scaling. Used by tests of scaling. */
import type { RecordedEvent, SimulationResult } from '../../../src/simulate/result.ts';
import { simulate } from '../../../src/simulate/run.ts';
import { parseScenario } from '../../../src/simulate/scenario.ts';
import type { Members } from '../../model/definitions.ts';

export const RESOURCE = {
  ServiceNamespace: 'ecs',
  ResourceId: 'service/default/web',
  ScalableDimension: 'ecs:service:DesiredCount',
};

export function target(MinCapacity: number, MaxCapacity: number, members: Members = {}): Members {
  return { ...RESOURCE, MinCapacity, MaxCapacity, ...members };
}

/** Target tracking of the average CPU utilisation, without cooldowns. */
export function tracking(TargetValue: number, members: Members = {}, PolicyName = 'cpu'): Members {
  return {
    ...RESOURCE,
    PolicyName,
    PolicyType: 'TargetTrackingScaling',
    TargetTrackingScalingPolicyConfiguration: {
      TargetValue,
      PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
      ScaleOutCooldown: 0,
      ScaleInCooldown: 0,
      ...members,
    },
  };
}

export function scaledScenario(desiredCount: number, members: Members = {}): Members {
  return {
    seed: 7,
    start: '2026-01-05T08:00:00Z',
    duration: 'PT2H',
    clusters: [{ clusterName: 'default' }],
    containerInstances: [
      {
        containerInstanceArn: `arn:aws:ecs:us-east-1:123456789012:container-instance/default/${'1'.padStart(32, '0')}`,
        registeredResources: [
          { name: 'CPU', type: 'INTEGER', integerValue: 131_072 },
          { name: 'MEMORY', type: 'INTEGER', integerValue: 262_144 },
        ],
      },
    ],
    taskDefinitions: [
      { family: 'web', containerDefinitions: [{ name: 'app', image: 'app', cpu: 1024, memory: 1024 }] },
    ],
    services: [{ serviceName: 'web', taskDefinition: 'web:1', desiredCount }],
    ...members,
  };
}

/** With either engine: what they say must be the same. */
export async function play(scenario: Members): Promise<SimulationResult> {
  const parsed = parseScenario(scenario);
  const [first, second] = [await simulate(parsed), await simulate(parsed, { engine: 'reference' })];
  if (JSON.stringify(first) !== JSON.stringify(second)) throw new Error('the engines differ');
  return first;
}

/** Changes of a series after time 0: seconds and values. */
export function changes({ series }: SimulationResult, name: string): [second: number, value: number][] {
  const points = series.find((one) => one.name === name)?.points ?? [];
  return points.filter(([atMs]) => atMs > 0).map(([atMs, value]) => [atMs / 1000, value ?? Number.NaN]);
}

/** `780 Setting desired count to 3.`, or the reason why not. */
export function activities({ events }: SimulationResult): string[] {
  return events.flatMap(({ atMs, activity }) => {
    if (activity === undefined) return [];
    const reasons = (activity.notScaledReasons ?? []).map(({ Code }) => Code);
    return [`${atMs / 1000} ${reasons.length === 0 ? activity.description : reasons.join(' ')}`];
  });
}

/** `780 High ALARM` for the alarms of target tracking, else with the alarm's name. */
export function alarmStates(events: readonly RecordedEvent[]): string[] {
  return events.flatMap(({ atMs, alarm }) => {
    if (alarm === undefined) return [];
    const side = /^TargetTracking-.*-Alarm(High|Low)-[0-9a-f-]{36}$/.exec(alarm.alarmName)?.[1];
    return [`${atMs / 1000} ${side ?? alarm.alarmName} ${alarm.stateValue}`];
  });
}

/** Whatever the id in it. */
export const POLICY_ARN =
  'arn:aws:autoscaling:us-east-1:123456789012:scalingPolicy:00000000-0000-4000-8000-000000000000:resource/ecs/service/default/web:policyName';

export function stepPolicy(PolicyName: string, steps: readonly Members[], members: Members = {}): Members {
  return {
    ...RESOURCE,
    PolicyName,
    PolicyType: 'StepScaling',
    StepScalingPolicyConfiguration: {
      AdjustmentType: 'ChangeInCapacity',
      StepAdjustments: steps,
      Cooldown: 0,
      ...members,
    },
  };
}

export function cpuAlarm(AlarmName: string, members: Members): Members {
  return {
    AlarmName,
    Namespace: 'AWS/ECS',
    MetricName: 'CPUUtilization',
    Dimensions: [
      { Name: 'ClusterName', Value: 'default' },
      { Name: 'ServiceName', Value: 'web' },
    ],
    Statistic: 'Average',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 50,
    ComparisonOperator: 'GreaterThanThreshold',
    ...members,
  };
}
