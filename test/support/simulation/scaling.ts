/**
 * Arbitraries of what scales services: load, scalable targets, policies, alarms and scheduled actions. Used by scenario, which
 * gives each drawing a service.
 */
import fc from 'fast-check';
import { among, sometimes } from '../arbitraries/names.ts';

type Json = Record<string, unknown>;

const ARN = 'arn:aws:autoscaling:us-east-1:123456789012:scalingPolicy:';
const DIMENSION = { ServiceNamespace: 'ecs', ScalableDimension: 'ecs:service:DesiredCount' };

export const points = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 40 }), among([0, 0.02, 0.1, 0.3, 0.9, 2.5])), {
    minLength: 1,
    maxLength: 5,
  })
  .map((steps) => {
    let at = 0;
    return steps.map(([wait, value], k) => {
      if (k > 0) at += wait * 30;
      return [at, value];
    });
  });

export const wave = fc.record({
  base: among([0.1, 0.5, 1]),
  amplitude: among([0, 0.1, 0.6]),
  periodSeconds: among([600, 1800]),
  stepSeconds: among([30, 60, 300]),
  shape: among(['sine', 'triangle', 'square']),
});

const load = fc
  .tuple(
    among(['cpuSeconds', 'cpuSeconds', 'memoryMiB', 'requests', 'requests', 'networkInBytes', 'networkOutBytes']),
    fc.boolean(),
    points,
    wave,
  )
  .map(([signal, isWave, own, swing]): Json => ({ signal, ...(isWave ? { wave: swing } : { points: own }) }));

function metric(Namespace: string, MetricName: string, Dimensions: readonly Json[]): Json {
  return { Metric: { Namespace, MetricName, Dimensions }, Stat: 'Average' };
}

const BACKLOG = [
  {
    Id: 'm1',
    MetricStat: metric('AWS/SQS', 'ApproximateNumberOfMessagesVisible', [{ Name: 'QueueName', Value: 'jobs' }]),
    ReturnData: false,
  },
  {
    Id: 'm2',
    MetricStat: metric('ECS/ContainerInsights', 'RunningTaskCount', [
      { Name: 'ClusterName', Value: 'CLUSTER' },
      { Name: 'ServiceName', Value: 'SERVICE' },
    ]),
    ReturnData: false,
  },
  { Id: 'e1', Expression: 'm1 / m2' },
];

/** Of services without a target group the CPU stands in for it. */
const REQUESTS = 'ALBRequestCountPerTarget';

const cooldown = among([undefined, 0, 0, 60, 120]);

const tracking = fc
  .record({
    PredefinedMetricType: among([
      'ECSServiceAverageCPUUtilization',
      'ECSServiceAverageCPUUtilization',
      'ECSServiceAverageMemoryUtilization',
      'ECSServiceAverageCPUUtilizationHighResolution',
      REQUESTS,
    ]),
    TargetValue: among([5, 20, 50, 70]),
    ScaleOutCooldown: cooldown,
    ScaleInCooldown: cooldown,
    DisableScaleIn: among([undefined, undefined, true]),
  })
  .map(
    ({ PredefinedMetricType, ...rest }): Json => ({
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingScalingPolicyConfiguration: { ...rest, PredefinedMetricSpecification: { PredefinedMetricType } },
    }),
  );

/** Messages a task, by metric math; `service`, `cluster` and the queue's name are put in later. */
const backlog = among([5, 50, 2000]).map(
  (TargetValue): Json => ({
    PolicyType: 'TargetTrackingScaling',
    TargetTrackingScalingPolicyConfiguration: {
      TargetValue,
      ScaleOutCooldown: 0,
      CustomizedMetricSpecification: { Metrics: BACKLOG },
    },
  }),
);

/** A step policy stands idle without the alarm that starts it. */
const stepping = fc
  .record({
    AdjustmentType: among(['ChangeInCapacity', 'PercentChangeInCapacity', 'ExactCapacity']),
    Cooldown: among([0, 60]),
    isOut: fc.boolean(),
    far: among([10, 40]),
    amount: among([1, 3, 50]),
    MinAdjustmentMagnitude: among([undefined, 2]),
  })
  .map(({ AdjustmentType, Cooldown, isOut, far, amount, MinAdjustmentMagnitude }): Json => {
    const sign = isOut || AdjustmentType === 'ExactCapacity' ? 1 : -1;
    const by = (times: number) => ({ ScalingAdjustment: sign * Math.min(100, amount * times) });
    const StepAdjustments = isOut
      ? [
          { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: far, ...by(1) },
          { MetricIntervalLowerBound: far, ...by(2) },
        ]
      : [
          { MetricIntervalUpperBound: 0, MetricIntervalLowerBound: -far, ...by(1) },
          { MetricIntervalUpperBound: -far, ...by(2) },
        ];
    return {
      PolicyType: 'StepScaling',
      StepScalingPolicyConfiguration: {
        AdjustmentType,
        Cooldown,
        StepAdjustments,
        ...(AdjustmentType === 'PercentChangeInCapacity' && MinAdjustmentMagnitude !== undefined
          ? { MinAdjustmentMagnitude }
          : {}),
      },
      alarm: {
        Threshold: isOut ? 40 : 30,
        ComparisonOperator: isOut ? 'GreaterThanThreshold' : 'LessThanThreshold',
      },
    };
  });

const target = fc.tuple(fc.nat(3), fc.nat(5)).map(([MinCapacity, more]) => ({
  MinCapacity,
  MaxCapacity: MinCapacity + more,
}));

const scheduled = fc.record({
  Schedule: among(['rate(7 minutes)', 'cron(0/10 * * * ? *)', 'at(2026-01-05T00:12:00)', 'at(2026-01-05T00:31:30)']),
  ScalableTargetAction: target,
});

/** What one service gets; `service` and `cluster` come later. */
export interface Scaling {
  readonly loads: readonly Json[];
  readonly target: Json | undefined;
  readonly policies: readonly Json[];
  readonly scheduled: readonly Json[];
}

export const scaling: fc.Arbitrary<Scaling> = fc.record({
  loads: fc.array(load, { minLength: 1, maxLength: 2 }),
  target: sometimes(7, target),
  policies: fc.array(
    fc.oneof({ arbitrary: tracking, weight: 5 }, { arbitrary: backlog, weight: 1 }, { arbitrary: stepping, weight: 2 }),
    { minLength: 1, maxLength: 2 },
  ),
  scheduled: fc.array(scheduled, { maxLength: 2 }),
});

interface Placed {
  readonly serviceName: string;
  readonly loadBalancers?: readonly { readonly targetGroupArn?: string }[];
}

/** With its alarm, where it needs one; what stands for the service is put in. */
function placed(
  policy: Json,
  PolicyName: string,
  cluster: string,
  { serviceName: service, loadBalancers = [] }: Placed,
): { policy: Json; alarm?: Json } {
  const resource = `service/${cluster}/${service}`;
  const group = loadBalancers[0]?.targetGroupArn?.replace(/^.*:/, '');
  const label =
    group === undefined ? '"ECSServiceAverageCPUUtilization"' : `"${REQUESTS}","ResourceLabel":"app/a/1/${group}"`;
  const { alarm, ...rest } = JSON.parse(
    JSON.stringify(policy)
      .replace('"CLUSTER"', `"${cluster}"`)
      .replace('"SERVICE"', `"${service}"`)
      .replace(`"${REQUESTS}"`, label),
  ) as Json;
  const whole = { ...DIMENSION, ResourceId: resource, PolicyName, ...rest };
  if (alarm === undefined) return { policy: whole };
  const arn = `${ARN}00000000-0000-4000-8000-000000000000:resource/ecs/${resource}:policyName/${PolicyName}`;
  return { policy: whole, alarm: cpuAlarm(`${service}-${PolicyName}`, arn, cluster, service, alarm as Json) };
}

/** A CloudWatch alarm on the CPU of a service that starts a policy. */
export function cpuAlarm(AlarmName: string, policyArn: string, cluster: string, service: string, rest: Json): Json {
  return {
    AlarmName,
    Namespace: 'AWS/ECS',
    MetricName: 'CPUUtilization',
    Dimensions: [
      { Name: 'ClusterName', Value: cluster },
      { Name: 'ServiceName', Value: service },
    ],
    Statistic: 'Average',
    Period: 60,
    EvaluationPeriods: 1,
    AlarmActions: [policyArn],
    ...rest,
  };
}

/** Members of a scenario for the services that the drawings go to, in turn. */
export function scalingOf(
  drawn: readonly Scaling[],
  services: readonly Json[],
  clusters: readonly string[],
): Record<'load' | 'scalableTargets' | 'scalingPolicies' | 'scheduledActions' | 'alarms', Json[]> {
  const [load, scalableTargets, scalingPolicies, scheduledActions]: [Json[], Json[], Json[], Json[]] = [[], [], [], []];
  const alarms: Json[] = [];
  drawn.slice(0, services.length).forEach((one, k) => {
    const { serviceName, cluster = clusters[0], schedulingStrategy } = services[k] as Json;
    load.push(...one.loads.map((own) => ({ ...own, service: serviceName, cluster })));
    if (one.target === undefined || schedulingStrategy === 'DAEMON') return;
    const resource = { ...DIMENSION, ResourceId: `service/${cluster}/${serviceName}` };
    scalableTargets.push({ ...resource, ...one.target });
    one.policies.forEach((own, n) => {
      const { policy, alarm } = placed(own, `policy-${n}`, String(cluster), services[k] as unknown as Placed);
      scalingPolicies.push(policy);
      if (alarm !== undefined) alarms.push(alarm);
    });
    const named = one.scheduled.map((own, n) => ({ ...resource, ScheduledActionName: `action-${n}`, ...own }));
    scheduledActions.push(...named);
  });
  return { load, scalableTargets, scalingPolicies, scheduledActions, alarms };
}
