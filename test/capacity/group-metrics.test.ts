/** What target tracking of a group can look at beside its CPU: its network, and the requests a target gets. */
import { describe, expect, it } from 'vitest';
import { parseGroupPolicy } from '../../src/model/group-policy.ts';
import type { SimulationResult } from '../../src/simulate/result.ts';
import type { Members } from '../model/definitions.ts';
import { refusal } from '../model/refusal.ts';
import { capacityScenario } from '../support/simulation/capacity.ts';
import { changes, play } from '../support/simulation/scaled.ts';

const LABEL = 'app/front/1/targetgroup/web/1';

function tracking(TargetValue: number, PredefinedMetricType: string, more: Members = {}): Members {
  return {
    AutoScalingGroupName: 'asg',
    PolicyName: 'own',
    PolicyType: 'TargetTrackingScaling',
    EstimatedInstanceWarmup: 0,
    TargetTrackingConfiguration: {
      TargetValue,
      PredefinedMetricSpecification: { PredefinedMetricType, ...more },
    },
  };
}

function run(
  policy: Members,
  load: readonly Members[],
  more: Members = {},
  service: Members = {},
): Promise<SimulationResult> {
  return play(
    capacityScenario({
      group: { DesiredCapacity: 2, instancesAtStart: 2 },
      provider: { managedScaling: undefined },
      service: { desiredCount: 4, ...service },
      container: { portMappings: [{ containerPort: 80, hostPort: 0 }] },
      duration: 'PT40M',
      more: { scalingPolicies: [policy], load, ...more },
    }),
  );
}

/** Points of a metric of the group: second and value. */
function metric({ series }: SimulationResult, name: string): (readonly [number, number | null])[] {
  const found = series.find((one) => one.name === name && one.dimensions.AutoScalingGroupName === 'asg');
  return (found?.points ?? []).map(([atMs, value]) => [atMs / 1000, value] as const);
}

const bytes = (signal: string, ...points: [number, number][]): Members => ({ service: 'web', signal, points });

describe('ASGAverageNetworkIn and ASGAverageNetworkOut', () => {
  it('are the bytes of an instance in a minute, of what its tasks share', async () => {
    const load = [bytes('networkInBytes', [0, 1000], [600, 1500]), bytes('networkOutBytes', [0, 9e9])];
    const result = await run(tracking(30_000, 'ASGAverageNetworkIn'), load);
    // 1,000 a second on two instances are 30,000 a minute each; of the first minute tasks ran 55 s, counted at its end.
    expect(metric(result, 'NetworkIn')).toEqual([
      [60, 30_000],
      [660, 45_000],
      // A third instance has no task of the four.
      [900, 30_000],
    ]);
    // Three datapoints above the target: ceil(2 x 1.5).
    expect(changes(result, 'groupDesiredCapacity')).toEqual([[780, 3]]);
  });

  it('follow their own signal, and scale in after fifteen minutes', async () => {
    const load = [bytes('networkInBytes', [0, 9e9]), bytes('networkOutBytes', [0, 1000], [300, 100])];
    const result = await run(tracking(30_000, 'ASGAverageNetworkOut'), load);
    expect(metric(result, 'NetworkOut')[1]).toEqual([360, 3000]);
    // Below 27,000 from 360 s on: fifteen datapoints at 1,200 s.
    expect(changes(result, 'groupDesiredCapacity')[0]).toEqual([1200, 1]);
  });

  it('of a change within a minute: the minute is a mean, the next one is whole', async () => {
    const load = [bytes('networkInBytes', [0, 1000], [630, 2000])];
    const result = await run(tracking(300_000, 'ASGAverageNetworkIn', {}), load);
    expect(metric(result, 'NetworkIn').slice(0, 3)).toEqual([
      [60, 30_000],
      [660, 45_000],
      [720, 60_000],
    ]);
  });
});

describe('ALBRequestCountPerTarget', () => {
  it('is what a target of the group gets in a minute', async () => {
    const TargetGroupArn = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/1';
    const more = {
      targetGroups: [
        {
          Name: 'web',
          TargetGroupArn,
          Protocol: 'HTTP',
          Port: 80,
          TargetType: 'instance',
          HealthCheckIntervalSeconds: 5,
          HealthCheckTimeoutSeconds: 2,
        },
      ],
    };
    const service = { loadBalancers: [{ targetGroupArn: TargetGroupArn, containerName: 'app', containerPort: 80 }] };
    const load = [
      {
        service: 'web',
        signal: 'requests',
        points: [
          [0, 4],
          [600, 12],
        ],
      },
    ];
    const policy = tracking(100, 'ALBRequestCountPerTarget', { ResourceLabel: LABEL });
    const result = await run(policy, load as Members[], more, service);
    // Four targets: 60 a minute each, then 180 at 660, 720 and 780 s: ceil(2 x 1.8).
    expect(changes(result, 'groupDesiredCapacity')[0]).toEqual([780, 4]);
  });

  it('names its target group', () => {
    const at = 'TargetTrackingConfiguration.PredefinedMetricSpecification';
    const refused = (type: string, more: Members = {}) => refusal(() => parseGroupPolicy(tracking(1, type, more), 'p'));
    expect(refused('ALBRequestCountPerTarget')).toMatchObject({ code: 'WRONG_TYPE', path: `p.${at}.ResourceLabel` });
    expect(refused('ALBRequestCountPerTarget', { ResourceLabel: 'web' })).toMatchObject({ code: 'RESOURCE_LABEL' });
    expect(refused('ASGAverageNetworkIn', { ResourceLabel: LABEL })).toMatchObject({ code: 'RESOURCE_LABEL' });
    expect(refused('ASGAverageNetwork')).toMatchObject({ code: 'NOT_ALLOWED', path: `p.${at}.PredefinedMetricType` });
  });
});
