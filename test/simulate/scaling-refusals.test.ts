/** Calls of Application Auto Scaling and CloudWatch that are refused: before the run, or when their time comes. */
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/simulate/scenario.ts';
import type { Members } from '../model/definitions.ts';
import {
  cpuAlarm,
  play,
  RESOURCE,
  scaledScenario,
  stepPolicy,
  target,
  tracking,
} from '../support/simulation/scaled.ts';

describe('what is wrong with a call', () => {
  const refusal = (members: Members): unknown => {
    try {
      return parseScenario(scaledScenario(2, members));
    } catch (error) {
      return error;
    }
  };

  it.each<[string, Members, object]>([
    [
      'resource',
      { scalableTargets: [target(1, 2, { ResourceId: 'web' })] },
      { name: 'ValidationException', code: 'RESOURCE_ID' },
    ],
    [
      'namespace',
      { scalableTargets: [target(1, 2, { ServiceNamespace: 'ec2' })] },
      { name: 'ValidationException', code: 'NOT_ALLOWED' },
    ],
    ['target value', { scalingPolicies: [tracking(0)] }, { name: 'ValidationException', code: 'OUT_OF_RANGE' }],
    ['steps', { scalingPolicies: [stepPolicy('out', [])] }, { name: 'ValidationException', code: 'STEP_COUNT' }],
    [
      'minimum',
      { scalableTargets: [target(-1, 2)] },
      { name: 'ValidationException', facts: { path: 'scalableTargets[0].MinCapacity' } },
    ],
    [
      'alarm name',
      { alarms: [cpuAlarm('a'.repeat(256), {})] },
      { name: 'ValidationException', code: 'TEXT_LENGTH', facts: { path: 'alarms[0].AlarmName', limit: 255 } },
    ],
    [
      'metric name',
      { alarms: [cpuAlarm('a', { MetricName: '' })] },
      { name: 'ValidationException', code: 'TEXT_LENGTH', facts: { path: 'alarms[0].MetricName' } },
    ],
    [
      'unit',
      { alarms: [cpuAlarm('a', { Unit: 'Percents' })] },
      { name: 'ValidationException', code: 'NOT_ALLOWED', facts: { path: 'alarms[0].Unit' } },
    ],
    [
      'evaluation periods',
      { alarms: [cpuAlarm('a', { EvaluationPeriods: 0 })] },
      { name: 'ValidationException', code: 'OUT_OF_RANGE', facts: { path: 'alarms[0].EvaluationPeriods' } },
    ],
    ['alarm', { alarms: [cpuAlarm('a', { Period: 45 })] }, { name: 'ValidationException', code: 'PERIOD' }],
    [
      'schedule',
      {
        scheduledActions: [
          {
            ...RESOURCE,
            ScheduledActionName: 'a',
            Schedule: 'at(2026-02-30T00:00:00)',
            ScalableTargetAction: { MinCapacity: 1 },
          },
        ],
      },
      { name: 'ValidationException', code: 'SCHEDULE_VALUE', facts: { path: 'scheduledActions[0].Schedule' } },
    ],
  ])('%s is said before the run', (_, members, error) => {
    expect(refusal(members)).toMatchObject(error);
  });

  it.each<[string, Members, string, string]>([
    ['no target', { scalingPolicies: [tracking(50)] }, 'PutScalingPolicy', 'ObjectNotFoundException'],
    ['bounds', { scalableTargets: [target(5, 2)] }, 'RegisterScalableTarget', 'ValidationException'],
    [
      'the same metric twice',
      { scalableTargets: [target(1, 2)], scalingPolicies: [tracking(50), tracking(60, {}, 'other')] },
      'PutScalingPolicy',
      'ValidationException',
    ],
    [
      'an alarm without periods',
      { events: [{ at: 60, call: 'PutMetricAlarm', input: cpuAlarm('a', { EvaluationPeriods: 0 }) }] },
      'PutMetricAlarm',
      'ValidationException',
    ],
    [
      'an unknown alarm',
      { events: [{ at: 60, call: 'DeleteAlarms', input: { AlarmNames: ['none'] } }] },
      'DeleteAlarms',
      'ResourceNotFoundException',
    ],
  ])('%s is refused when its time comes', async (_, members, call, name) => {
    const { events } = await play(scaledScenario(2, members));
    const refused = events.filter(({ type }) => type === 'Refusal');
    expect(refused).toMatchObject([{ call, error: { name } }]);
  });
});

describe('a service of daemons', () => {
  const daemons = { serviceName: 'web', taskDefinition: 'web:1', schedulingStrategy: 'DAEMON' };
  const load = [{ service: 'web', signal: 'cpuSeconds', points: [[0, 100]] }];

  it('is not scaled: it has no desired count of its own', async () => {
    const { events } = await play(
      scaledScenario(1, {
        services: [daemons],
        load,
        scalableTargets: [target(2, 9)],
        scalingPolicies: [tracking(50)],
      }),
    );
    expect(events.filter(({ type }) => type === 'Refusal')).toMatchObject([
      {
        call: 'RegisterScalableTarget',
        error: { name: 'ValidationException', message: expect.stringContaining('DAEMON') },
      },
      { call: 'PutScalingPolicy' },
    ]);
  });

  it('nor when it comes in the place of a scaled one', async () => {
    const events = [
      { at: 30, call: 'DeleteService', input: { service: 'web', force: true } },
      { at: 120, call: 'CreateService', input: daemons },
    ];
    const result = await play(
      scaledScenario(2, { load, events, scalableTargets: [target(2, 9)], scalingPolicies: [tracking(50)] }),
    );
    expect(result.events.some(({ type }) => type === 'ScalingActivity')).toBe(false);
    expect(result.services.at(-1)).toMatchObject({ desiredCount: 1, runningCount: 1 });
  });
});
