/** Requests in a run: what target groups count, what tasks work on, what finds no target. */
import { describe, expect, it } from 'vitest';
import type { SimulationResult } from '../../src/simulate/result.ts';
import { simulate } from '../../src/simulate/run.ts';
import { parseScenario } from '../../src/simulate/scenario.ts';

type Members = Readonly<Record<string, unknown>>;

const arnOf = (name: string): string =>
  `arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/${name}/0123456789abcdef`;
const labelOf = (name: string): string => `targetgroup/${name}/0123456789abcdef`;

const group = (name: string): Members => ({
  targetGroupArn: arnOf(name),
  name,
  protocol: 'HTTP',
  port: 80,
  targetType: 'ip',
  healthCheckIntervalSeconds: 10,
  healthyThresholdCount: 2,
  attributes: [{ key: 'deregistration_delay.timeout_seconds', value: '10' }],
});

const definition = (family: string): Members => ({
  family,
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '1024',
  memory: '2048',
  containerDefinitions: [{ name: 'app', image: family, portMappings: [{ containerPort: 80 }] }],
});

const service = (serviceName: string, groups: readonly string[], members: Members = {}): Members => ({
  serviceName,
  taskDefinition: `${serviceName}:1`,
  desiredCount: 2,
  launchType: 'FARGATE',
  networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-a'] } },
  loadBalancers: groups.map((name) => ({ targetGroupArn: arnOf(name), containerName: 'app', containerPort: 80 })),
  ...members,
});

/** Makes a series exist: an alarm that looks at it. */
const watch = (metric: string, name: string, statistic = 'Sum', members: Members = {}): Members => ({
  AlarmName: `${metric} ${name}`,
  Namespace: 'AWS/ApplicationELB',
  MetricName: metric,
  Dimensions: [
    { Name: 'LoadBalancer', Value: 'app/front/1' },
    { Name: 'TargetGroup', Value: labelOf(name) },
  ],
  Statistic: statistic,
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 1e9,
  ComparisonOperator: 'GreaterThanThreshold',
  ...members,
});

const watchCpu = (name: string): Members => ({
  ...watch('CPUUtilization', name, 'Average'),
  Namespace: 'AWS/ECS',
  Dimensions: [
    { Name: 'ClusterName', Value: 'default' },
    { Name: 'ServiceName', Value: name },
  ],
});

function play(members: Members): Promise<SimulationResult> {
  return simulate(
    parseScenario({
      seed: 1,
      duration: 'PT10M',
      subnets: [{ subnetId: 'subnet-a', availabilityZone: 'us-east-1a', vpcId: 'vpc-1' }],
      taskDefinitions: [definition('web'), definition('api')],
      behaviour: { web: { startSeconds: 10, cpuPerRequest: 0.1 }, api: { startSeconds: 10, cpuPerRequest: 0.02 } },
      targetGroups: [group('web'), group('api')],
      ...members,
    }),
  );
}

function points({ series }: SimulationResult, metric: string, of: string): [minute: number, value: number][] {
  const found = series.filter(
    ({ name, dimensions }) =>
      name === metric && (dimensions.TargetGroup === labelOf(of) || dimensions.ServiceName === of),
  );
  expect(found).toHaveLength(1);
  return (found[0]?.points ?? []).map(([atMs, value]) => [
    atMs / 60_000,
    Math.round((value ?? Number.NaN) * 1000) / 1000,
  ]);
}

const steady = { service: 'web', signal: 'requests', points: [[0, 6]] };

describe('requests to a target group', () => {
  it('are counted as they reach targets, and shared by the healthy ones', async () => {
    // Targets are registered after 10 s and healthy at their second check: 12 and more of the minute's 60 s are lost.
    const result = await play({
      services: [service('web', ['web'])],
      load: [steady],
      alarms: [
        watch('RequestCount', 'web'),
        watch('RequestCountPerTarget', 'web'),
        watch('HealthyHostCount', 'web', 'Average'),
        watchCpu('web'),
      ],
    });
    const healthy = result.events.find(({ target }) => target?.health === 'healthy')?.atMs ?? 0;
    expect(healthy).toBeGreaterThan(10_000);
    const first = (6 * (60_000 - healthy)) / 1000;
    expect(points(result, 'RequestCount', 'web')).toEqual([
      [1, first],
      [2, 360],
    ]);
    expect(points(result, 'RequestCountPerTarget', 'web')).toEqual([
      [1, first / 2],
      [2, 180],
    ]);
    expect(points(result, 'HealthyHostCount', 'web')).toEqual([[1, 2]]);
    // 6 a second cost 0.6 of 2 vCPU.
    expect(points(result, 'CPUUtilization', 'web').at(-1)).toEqual([2, 30]);
    expect(result.summary.services[0]?.requests).toEqual({ served: 3600 - 0.006 * healthy, failed: 0.006 * healthy });
    expect(result.summary.failedRequests).toBe(0.006 * healthy);
  });

  it('are not known of a Network Load Balancer, whose hosts are', async () => {
    const Namespace = 'AWS/NetworkELB';
    const result = await play({
      targetGroups: [{ ...group('web'), protocol: 'TCP' }],
      services: [service('web', ['web'])],
      load: [steady],
      alarms: [
        watch('RequestCount', 'web', 'Sum', { Namespace }),
        watch('RequestCountPerTarget', 'web'),
        watch('HealthyHostCount', 'web', 'Average', { Namespace }),
      ],
    });
    expect(result.series.filter(({ name }) => name.startsWith('RequestCount'))).toEqual([]);
    expect(points(result, 'HealthyHostCount', 'web').at(-1)?.[1]).toBe(2);
  });

  it('of several services mix: every target gets the same, whosever it is', async () => {
    const result = await play({
      services: [service('web', ['web']), service('api', ['web'], { desiredCount: 4 })],
      load: [steady, { service: 'api', signal: 'requests', points: [[0, 12]] }],
      alarms: [watch('RequestCountPerTarget', 'web'), watchCpu('web'), watchCpu('api')],
    });
    // 18 a second over 6 targets.
    expect(points(result, 'RequestCountPerTarget', 'web').at(-1)?.[1]).toBe(180);
    expect(points(result, 'CPUUtilization', 'web').at(-1)?.[1]).toBe(30);
    expect(points(result, 'CPUUtilization', 'api').at(-1)?.[1]).toBe(6);
  });

  it('come to the group that the load names', async () => {
    const result = await play({
      services: [service('web', ['web', 'api'])],
      load: [steady, { ...steady, targetGroup: 'api', points: [[0, 1]] }],
      alarms: [watch('RequestCount', 'web'), watch('RequestCount', 'api')],
    });
    expect(points(result, 'RequestCount', 'web').at(-1)?.[1]).toBe(360);
    expect(points(result, 'RequestCount', 'api').at(-1)?.[1]).toBe(60);
  });

  it('are not counted where none come, and fail where no target is left', async () => {
    const result = await play({
      services: [service('web', ['web'])],
      load: [{ ...steady, points: [[120, 6]] }],
      alarms: [watch('RequestCount', 'web'), watch('UnHealthyHostCount', 'web', 'Average')],
      events: [{ at: 300, call: 'UpdateService', input: { service: 'web', desiredCount: 0 } }],
    });
    // Missing is a gap: the first is of the minute in which the load begins, the last stands although none come any more.
    expect(points(result, 'RequestCount', 'web')).toEqual([
      [3, 360],
      [6, Number.NaN],
    ]);
    expect(points(result, 'UnHealthyHostCount', 'web')).toEqual([
      [1, 0],
      [6, Number.NaN],
    ]);
    expect(result.summary.services[0]?.requests).toEqual({ served: 1080, failed: 1800 });
  });

  it('find targets by weight in a canary', async () => {
    const advancedConfiguration = {
      alternateTargetGroupArn: arnOf('api'),
      productionListenerRule: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:listener-rule/app/web/1/2/3',
      roleArn: 'arn:aws:iam::123456789012:role/ecs',
    };
    const [entry] = service('web', ['web']).loadBalancers as readonly Members[];
    const result = await play({
      duration: 'PT20M',
      taskDefinitions: [definition('web'), definition('web')],
      behaviour: {},
      services: [
        service('web', [], {
          loadBalancers: [{ ...entry, advancedConfiguration }],
          deploymentConfiguration: {
            strategy: 'CANARY',
            canaryConfiguration: { canaryPercent: 10, canaryBakeTimeInMinutes: 5 },
          },
        }),
      ],
      load: [steady],
      alarms: [watch('RequestCount', 'web'), watch('RequestCount', 'api')],
      events: [{ at: 300, call: 'UpdateService', input: { service: 'web', taskDefinition: 'web:2' } }],
    });
    const blue = new Map(points(result, 'RequestCount', 'web'));
    const green = new Map(points(result, 'RequestCount', 'api'));
    const shifts = result.events.flatMap(({ atMs, traffic }) => (traffic ? [[atMs, traffic.percent]] : []));
    expect(shifts.map(([, percent]) => percent)).toEqual([0, 10, 100]);
    const first = Math.ceil((shifts[1]?.[0] ?? 0) / 60_000);
    expect([blue.get(first + 1), green.get(first + 1)]).toEqual([324, 36]);
    expect([...green.values()].at(-1)).toBe(360);
    const { served = 0, failed = 0 } = result.summary.services[0]?.requests ?? {};
    expect(served + failed).toBe(7200);
    // Only until the first targets are healthy.
    expect(failed).toBeLessThan(6 * 60);
  });
});

describe('requests without a load balancer', () => {
  it('come to the RUNNING tasks by themselves', async () => {
    const result = await play({ services: [service('web', [])], load: [steady], alarms: [watchCpu('web')] });
    expect(points(result, 'CPUUtilization', 'web').at(-1)?.[1]).toBe(30);
    const { served = 0, failed = 0 } = result.summary.services[0]?.requests ?? {};
    expect(failed).toBe(60);
    expect(served).toBe(3540);
  });
});

describe('a policy on requests per target', () => {
  const policy = (TargetGroup: string): Members => ({
    scalableTargets: [{ ...resource, MinCapacity: 1, MaxCapacity: 10 }],
    scalingPolicies: [
      {
        ...resource,
        PolicyName: 'requests',
        PolicyType: 'TargetTrackingScaling',
        TargetTrackingScalingPolicyConfiguration: {
          TargetValue: 100,
          PredefinedMetricSpecification: {
            PredefinedMetricType: 'ALBRequestCountPerTarget',
            ResourceLabel: `app/front/1/${TargetGroup}`,
          },
        },
      },
    ],
  });
  const resource = {
    ServiceNamespace: 'ecs',
    ResourceId: 'service/default/web',
    ScalableDimension: 'ecs:service:DesiredCount',
  };

  it('scales its own service', async () => {
    const result = await play({ services: [service('web', ['web'])], load: [steady], ...policy(labelOf('web')) });
    // 360 a minute over two are 180 each from the second minute on; the first one's 117 is above 100 too: three datapoints.
    const activity = result.events.find(({ type }) => type === 'ScalingActivity');
    expect([activity?.atMs, activity?.activity?.description]).toEqual([180_000, 'Setting desired count to 4.']);
    const alarm = result.events.find(({ alarm: one }) => one?.stateValue === 'ALARM');
    expect(alarm?.service).toBe('web');
    expect(result.summary.services[0]?.underTargetMs).toBeGreaterThan(120_000);
  });

  it('is refused for a target group that the service does not have', async () => {
    const result = await play({ services: [service('web', ['web'])], load: [steady], ...policy(labelOf('api')) });
    const refusal = result.events.find(({ type }) => type === 'Refusal');
    expect(refusal?.error).toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(
        `${labelOf('api')} is not an application target group of service web: it has ${labelOf('web')}.`,
      ),
    });
  });
});

describe('a load of requests', () => {
  const load = (members: Members) => () =>
    parseScenario({
      taskDefinitions: [definition('web')],
      subnets: [{ subnetId: 'subnet-a', availabilityZone: 'us-east-1a', vpcId: 'vpc-1' }],
      targetGroups: [group('web')],
      services: [service('web', ['web'])],
      load: [{ ...steady, ...members }],
    });

  it('names a target group by its name or ARN', () => {
    expect(load({ targetGroup: 'web' })().load[0]?.targetGroup).toBe(arnOf('web'));
    expect(load({ targetGroup: arnOf('web') })().load[0]?.targetGroup).toBe(arnOf('web'));
    expect(load({})().load[0]).not.toHaveProperty('targetGroup');
  });

  it('is refused for an unknown group, and for other signals', () => {
    expect(load({ targetGroup: 'wbe' })).toThrow('load[0].targetGroup: the scenario has no target group wbe.');
    expect(load({ targetGroup: 'web', signal: 'cpuSeconds' })).toThrow('only requests go to a target group');
  });
});
