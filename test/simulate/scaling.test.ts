/** Application Auto Scaling in a run: step policies, cooldowns, suspension, missing data, custom metrics, refusals. */
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/simulate/scenario.ts';
import { Simulation } from '../../src/simulate/simulation.ts';
import type { Members } from '../model/definitions.ts';
import {
  activities,
  alarmStates,
  changes,
  cpuAlarm,
  POLICY_ARN,
  play,
  RESOURCE,
  scaledScenario,
  stepPolicy,
  target,
  tracking,
} from '../support/simulation/scaled.ts';

const cpuLoad = (...points: [number, number][]): Members => ({ service: 'web', signal: 'cpuSeconds', points });

describe('step scaling', () => {
  const scenario = (members: Members, load: Members): Members =>
    scaledScenario(2, {
      duration: 'PT30M',
      scalableTargets: [target(1, 10)],
      scalingPolicies: [
        stepPolicy(
          'out',
          [
            { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 20, ScalingAdjustment: 1 },
            { MetricIntervalLowerBound: 20, ScalingAdjustment: 3 },
          ],
          members,
        ),
      ],
      alarms: [cpuAlarm('busy', { AlarmActions: [`${POLICY_ARN}/out`] })],
      load: [load],
    });

  it('takes the step of the distance, and repeats while the alarm stays', async () => {
    // 75 % of 2 tasks is 25 above: 5 tasks. In the minute of the change 1.5 vCPU meet 2 tasks for 5 s and 5 for 55 s.
    const result = await play(scenario({}, cpuLoad([0, 0.2], [600, 1.5])));
    expect(changes(result, 'desiredCount')).toEqual([[660, 5]]);
    expect(alarmStates(result.events)).toEqual(['60 busy OK', '660 busy ALARM', '720 busy OK']);
  });

  it('waits for its cooldown unless more is asked for', async () => {
    // 90 % is 40 above: three tasks at 660 s. 2.85 of 5 is 57 %: one more is not beyond those three until the cooldown ends.
    const result = await play(scenario({ Cooldown: 600 }, cpuLoad([0, 0.2], [600, 1.8], [900, 2.85])));
    expect(changes(result, 'desiredCount').slice(0, 2)).toEqual([
      [660, 5],
      [1260, 6],
    ]);
  });
});

describe('alarms with periods of several minutes', () => {
  const scenario = (EvaluationPeriods: number): Members =>
    scaledScenario(2, {
      alarms: [cpuAlarm('busy', { Period: 300, EvaluationPeriods })],
      load: [cpuLoad([0, 0.2], [3600, 1.5], [4200, 0.2])],
    });

  it('are evaluated every minute, over the five minutes before it', async () => {
    // 10 % until 3600 s, then 75 %: of the last five minutes three make 49 %, four 62 %. Back: two make 36 %, three 49 %.
    const { events } = await play(scenario(1));
    expect(alarmStates(events)).toEqual(['60 busy OK', '3840 busy ALARM', '4320 busy OK']);
  });

  it('compare windows that end a period apart', async () => {
    const { events } = await play(scenario(2));
    expect(alarmStates(events)).toEqual(['60 busy OK', '4140 busy ALARM', '4320 busy OK']);
  });
});

describe('cooldowns of target tracking', () => {
  const scenario = (members: Members, points: [number, number][]): Members =>
    scaledScenario(4, {
      scalableTargets: [target(1, 20)],
      scalingPolicies: [tracking(50, members)],
      load: [cpuLoad(...points)],
    });

  it('count what is being added: the rest comes when they end', async () => {
    // 3 of 4 is 75 %: 6 at 780 s; the minute of the change still has 51 %. 4.2 of 6 is 70 % at 900 s and wants 9, three more
    // where two were just added: 7. When that cooldown has ended, 60 % of 7 want 9.
    const result = await play(
      scenario({ ScaleOutCooldown: 300 }, [
        [0, 1.9],
        [600, 3],
        [840, 4.2],
      ]),
    );
    expect(changes(result, 'desiredCount')).toEqual([
      [780, 6],
      [900, 7],
      [1200, 9],
    ]);
  });

  it('never make a scale-in sooner', async () => {
    const points: [number, number][] = [
      [0, 1.9],
      [600, 3],
      [840, 0.4],
    ];
    const moments = [];
    for (const ScaleInCooldown of [0, 900, 3000]) {
      const result = await play(scenario({ ScaleInCooldown, ScaleOutCooldown: ScaleInCooldown }, points));
      moments.push(changes(result, 'desiredCount').find(([, value]) => value < 6)?.[0]);
    }
    expect(moments).toEqual([1740, 1740, 3780]);
  });
});

describe('scale-in', () => {
  const falling = { load: [cpuLoad([0, 1.9], [600, 0.2])], scalableTargets: [target(1, 20)] };

  it('is left to the other policies by DisableScaleIn', async () => {
    const policies = [tracking(50, { DisableScaleIn: true })];
    const result = await play(scaledScenario(4, { ...falling, scalingPolicies: policies }));
    expect(changes(result, 'desiredCount')).toEqual([]);
    expect(alarmStates(result.events)).toContain('1500 Low ALARM');
  });

  it('is suspended, and comes when that ends', async () => {
    const suspended = target(1, 20, { SuspendedState: { DynamicScalingInSuspended: true } });
    const resume = { SuspendedState: { DynamicScalingInSuspended: false } };
    const result = await play(
      scaledScenario(4, {
        ...falling,
        scalableTargets: [suspended],
        scalingPolicies: [tracking(50)],
        events: [{ at: 1790, call: 'RegisterScalableTarget', input: { ...RESOURCE, ...resume } }],
      }),
    );
    expect(changes(result, 'desiredCount')).toEqual([[1800, 1]]);
  });

  it('is held while a deployment runs', async () => {
    const result = await play(
      scaledScenario(4, {
        ...falling,
        taskDefinitions: [0, 1].map(() => ({
          family: 'web',
          containerDefinitions: [{ name: 'app', image: 'app', cpu: 1024, memory: 1024 }],
        })),
        scalingPolicies: [tracking(50)],
        events: [{ at: 1490, call: 'UpdateService', input: { service: 'web', taskDefinition: 'web:2' } }],
      }),
    );
    const [first, second] = activities(result);
    expect(first).toBe('1500 TargetServicePutResourceAsUnscalable');
    expect(second).toBe('1560 Setting desired count to 1.');
  });
});

describe('metrics', () => {
  it('are missing while nothing runs: nothing scales', async () => {
    const result = await play(
      scaledScenario(0, { scalableTargets: [target(0, 20)], scalingPolicies: [tracking(50)], load: [cpuLoad([0, 5])] }),
    );
    expect(changes(result, 'desiredCount')).toEqual([]);
    expect(alarmStates(result.events)).toEqual([]);
  });

  it('of memory count what is in use against what is reserved', async () => {
    const memory = { PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageMemoryUtilization' } };
    const result = await play(
      scaledScenario(2, {
        scalableTargets: [target(1, 20)],
        scalingPolicies: [tracking(50, { ...memory, ScaleOutCooldown: 300 })],
        load: [
          {
            service: 'web',
            signal: 'memoryMiB',
            points: [
              [0, 1000],
              [600, 1536],
            ],
          },
        ],
      }),
    );
    // 1536 of 2048 is 75 %.
    expect(changes(result, 'desiredCount')).toEqual([[780, 3]]);
  });

  it('of a customer scale by a metric of metrics: the backlog of a task', async () => {
    const stat = (Id: string, Namespace: string, MetricName: string, Stat: string, Dimensions: readonly Members[]) => ({
      Id,
      MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Stat },
      ReturnData: false,
    });
    const service = [
      { Name: 'ClusterName', Value: 'default' },
      { Name: 'ServiceName', Value: 'web' },
    ];
    const Metrics = [
      stat('m1', 'Custom', 'Backlog', 'Sum', []),
      stat('m2', 'ECS/ContainerInsights', 'RunningTaskCount', 'Average', service),
      { Id: 'e1', Expression: 'm1 / m2', ReturnData: true },
    ];
    const data = (at: number, Value: number): Members => ({
      at,
      call: 'PutMetricData',
      input: { Namespace: 'Custom', MetricData: [{ MetricName: 'Backlog', Value }] },
    });
    const result = await play(
      scaledScenario(10, {
        scalableTargets: [target(1, 100)],
        scalingPolicies: [
          {
            ...RESOURCE,
            PolicyName: 'backlog',
            PolicyType: 'TargetTrackingScaling',
            TargetTrackingScalingPolicyConfiguration: { TargetValue: 100, CustomizedMetricSpecification: { Metrics } },
          },
        ],
        events: [90, 150, 210, 270].map((at) => data(at, 1500)),
      }),
    );
    // 1,500 messages, 10 tasks: 150 each at 120, 180 and 240 s; then 15 tasks have 100.
    expect(changes(result, 'desiredCount')).toEqual([[240, 15]]);
  });

  it('of high resolution alarm after three times 20 s', async () => {
    const type = 'ECSServiceAverageCPUUtilizationHighResolution';
    const result = await play(
      scaledScenario(2, {
        scalableTargets: [target(1, 20)],
        scalingPolicies: [tracking(50, { PredefinedMetricSpecification: { PredefinedMetricType: type } })],
        load: [cpuLoad([0, 0.94], [600, 1.04])],
      }),
    );
    expect(changes(result, 'desiredCount')).toEqual([[660, 3]]);
  });
});

it('a run that is not recorded ends like one that is', async () => {
  const scenario = parseScenario(
    scaledScenario(6, {
      duration: 'PT24H',
      scalableTargets: [target(2, 30)],
      scalingPolicies: [tracking(50, { ScaleOutCooldown: 300, ScaleInCooldown: 300 })],
      load: [{ service: 'web', signal: 'cpuSeconds', wave: { base: 4, amplitude: 3, periodSeconds: 14_400 } }],
    }),
  );
  const counts: string[] = [];
  for (const record of [true, false]) {
    const run = await Simulation.create(scenario, { record });
    const seen: number[] = [];
    while (run.nextMs <= scenario.durationMs) {
      run.step();
      const desired = run.states[0]?.services.get('web')?.desiredCount ?? 0;
      if (seen.at(-1) !== desired) seen.push(desired);
    }
    counts.push(seen.join(' '));
    run.dispose();
  }
  expect(counts[0]?.split(' ').length).toBeGreaterThan(10);
  expect(counts[1]).toBe(counts[0]);
});

describe('a metric without a datapoint', () => {
  const load = [{ service: 'web', signal: 'cpuSeconds', points: [[0, 1]] }];

  it('is a gap in its series, nothing before the first: utilisation while no task runs', async () => {
    const result = await play(
      scaledScenario(0, {
        load,
        alarms: [cpuAlarm('watch', { Threshold: 1000 })],
        events: [
          { at: 120, call: 'UpdateService', input: { service: 'web', desiredCount: 2 } },
          { at: 300, call: 'UpdateService', input: { service: 'web', desiredCount: 0 } },
          { at: 600, call: 'UpdateService', input: { service: 'web', desiredCount: 4 } },
        ],
      }),
    );
    const points = result.series.find(({ name }) => name === 'CPUUtilization')?.points;
    expect(points).toEqual([
      [180_000, 50],
      [360_000, null],
      [660_000, 25],
    ]);
  });
});
