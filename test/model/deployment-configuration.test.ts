/** Percentages, circuit breaker, alarms, steps of traffic and hooks: ranges and defaults of the ECS API. */
import { describe, expect, it } from 'vitest';
import { parseDeploymentConfiguration } from '../../src/model/deployment-configuration.ts';
import type { Members } from './definitions.ts';
import { refusal } from './refusal.ts';

const parse = (input: Members) => parseDeploymentConfiguration(input, 'REPLICA', 'd');
const daemon = (input: Members) => parseDeploymentConfiguration(input, 'DAEMON', 'd');
const hook = (members: Members = {}) => ({
  strategy: 'CANARY',
  lifecycleHooks: [{ hookTargetArn: 'arn', lifecycleStages: ['PRE_SCALE_UP'], ...members }],
});

describe('steps of traffic', () => {
  it.each([
    [{ strategy: 'LINEAR' }, 100, 6],
    [{ strategy: 'CANARY' }, 50, 10],
    [{ strategy: 'BLUE_GREEN' }, 1000, 0],
    [{}, 1000, 0],
    [{ strategy: 'LINEAR', linearConfiguration: { stepPercent: 3 } }, 30, 6],
    [{ strategy: 'LINEAR', linearConfiguration: { stepPercent: 33.3, stepBakeTimeInMinutes: 0 } }, 333, 0],
    [{ strategy: 'CANARY', canaryConfiguration: { canaryPercent: 0.1 } }, 1, 10],
    [{ strategy: 'CANARY', canaryConfiguration: { canaryPercent: 100, canaryBakeTimeInMinutes: 1440 } }, 1000, 1440],
  ])('%j: %d permille, %d minutes', (input, stepPermille, stepBakeTimeInMinutes) => {
    expect(parse(input)).toMatchObject({ stepPermille, stepBakeTimeInMinutes });
  });

  it('are exact for every tenth of a percent', () => {
    for (let permille = 1; permille <= 1000; permille++) {
      const canaryConfiguration = { canaryPercent: permille / 10 };
      expect(parse({ strategy: 'CANARY', canaryConfiguration }).stepPermille).toBe(permille);
    }
  });

  it('fall back to defaults when an update changes the strategy', () => {
    const before = parse({ strategy: 'LINEAR', linearConfiguration: { stepPercent: 20 } });
    const again = parseDeploymentConfiguration({ bakeTimeInMinutes: 5 }, 'REPLICA', 'd', before);
    expect(again).toEqual({ ...before, bakeTimeInMinutes: 5 });
    const changed = parseDeploymentConfiguration({ strategy: 'CANARY' }, 'REPLICA', 'd', before);
    expect(changed.stepPermille).toBe(50);
  });
});

describe('refused is', () => {
  it.each<[Members, path: string, code: string]>([
    [{ minimumHealthyPercent: 101 }, 'd.minimumHealthyPercent', 'OUT_OF_RANGE'],
    [{ minimumHealthyPercent: 50.5 }, 'd.minimumHealthyPercent', 'OUT_OF_RANGE'],
    [{ maximumPercent: 99 }, 'd.maximumPercent', 'OUT_OF_RANGE'],
    [{ strategy: 'GREEN' }, 'd.strategy', 'NOT_ALLOWED'],
    [{ bakeTimeInMinutes: 1441 }, 'd.bakeTimeInMinutes', 'OUT_OF_RANGE'],
    [
      { strategy: 'LINEAR', linearConfiguration: { stepPercent: 2.9 } },
      'd.linearConfiguration.stepPercent',
      'OUT_OF_RANGE',
    ],
    [
      { strategy: 'LINEAR', linearConfiguration: { stepPercent: 10.05 } },
      'd.linearConfiguration.stepPercent',
      'OUT_OF_RANGE',
    ],
    [
      { strategy: 'CANARY', canaryConfiguration: { canaryPercent: 0 } },
      'd.canaryConfiguration.canaryPercent',
      'OUT_OF_RANGE',
    ],
    [
      { strategy: 'CANARY', canaryConfiguration: { canaryPercent: 100.1 } },
      'd.canaryConfiguration.canaryPercent',
      'OUT_OF_RANGE',
    ],
    [
      { strategy: 'CANARY', canaryConfiguration: { canaryPercent: '5' } },
      'd.canaryConfiguration.canaryPercent',
      'OUT_OF_RANGE',
    ],
    [{ canaryConfiguration: {} }, 'd.canaryConfiguration', 'DEPLOYMENT_STRATEGY'],
    [{ strategy: 'CANARY', linearConfiguration: {} }, 'd.linearConfiguration', 'DEPLOYMENT_STRATEGY'],
    [{ deploymentCircuitBreaker: { enable: 1 } }, 'd.deploymentCircuitBreaker.enable', 'WRONG_TYPE'],
    [
      { deploymentCircuitBreaker: { enable: true, thresholdConfiguration: { type: 'COUNT', value: 0 } } },
      'd.deploymentCircuitBreaker.thresholdConfiguration.value',
      'OUT_OF_RANGE',
    ],
    [{ alarms: { alarmNames: [''] } }, 'd.alarms.alarmNames[0]', 'EMPTY'],
    [{ earlySuccessCriteria: { enable: true } }, 'd.earlySuccessCriteria', 'NOT_YET'],
    [{ ...hook(), strategy: 'ROLLING' }, 'd.lifecycleHooks', 'LIFECYCLE_HOOK'],
    [hook({ lifecycleStages: ['SCALE_UP'] }), 'd.lifecycleHooks[0].lifecycleStages[0]', 'NOT_ALLOWED'],
    [hook({ lifecycleStages: ['BAKE_TIME'] }), 'd.lifecycleHooks[0].lifecycleStages[0]', 'NOT_ALLOWED'],
    [hook({ lifecycleStages: [] }), 'd.lifecycleHooks[0].lifecycleStages', 'EMPTY'],
    [hook({ targetType: 'PAUSE' }), 'd.lifecycleHooks[0].hookTargetArn', 'LIFECYCLE_HOOK'],
    [hook({ hookTargetArn: undefined }), 'd.lifecycleHooks[0].hookTargetArn', 'WRONG_TYPE'],
    [
      hook({ targetType: 'PAUSE', hookTargetArn: undefined, lifecycleStages: ['PRODUCTION_TRAFFIC_SHIFT'] }),
      'd.lifecycleHooks[0].lifecycleStages[0]',
      'NOT_ALLOWED',
    ],
    [hook({ hookDetails: { hookStatus: 'DONE' } }), 'd.lifecycleHooks[0].hookDetails.hookStatus', 'NOT_ALLOWED'],
    [
      hook({ timeoutConfiguration: { timeoutInMinutes: 20161 } }),
      'd.lifecycleHooks[0].timeoutConfiguration.timeoutInMinutes',
      'OUT_OF_RANGE',
    ],
  ])('%j', (input, path, code) => {
    expect(refusal(() => parse(input))).toMatchObject({ name: 'InvalidParameterException', path, code });
  });

  it.each<[Members, path: string, code: string]>([
    [{ maximumPercent: 200 }, 'd.maximumPercent', 'DAEMON_MAXIMUM_PERCENT'],
    [{ strategy: 'BLUE_GREEN' }, 'd.strategy', 'DAEMON_STRATEGY'],
  ])('of a daemon: %j', (input, path, code) => {
    expect(refusal(() => daemon(input))).toMatchObject({ path, code });
  });
});

describe('defaults', () => {
  it('of hooks', () => {
    expect(parse(hook()).lifecycleHooks).toEqual([
      {
        hookTargetArn: 'arn',
        targetType: 'AWS_LAMBDA',
        lifecycleStages: ['PRE_SCALE_UP'],
        timeoutMinutes: 1440,
        timeoutAction: 'ROLLBACK',
        outcome: { hookStatus: 'SUCCEEDED', afterSeconds: 0 },
      },
    ]);
  });

  it('leave room for what the function of a hook answers', () => {
    const hookDetails = { hookStatus: 'FAILED', afterSeconds: 90 };
    expect(parse(hook({ hookDetails })).lifecycleHooks[0]?.outcome).toEqual(hookDetails);
  });

  it('of a circuit breaker that is given', () => {
    expect(parse({ deploymentCircuitBreaker: { enable: true, rollback: true } }).circuitBreaker).toEqual({
      enable: true,
      rollback: true,
      resetOnHealthyTask: true,
      threshold: { type: 'BOUNDED_PERCENT', value: 50 },
    });
  });

  it('leave 50 and 100 percent as the course has them', () => {
    expect(parse({ minimumHealthyPercent: 50, maximumPercent: 100 })).toMatchObject({
      minimumHealthyPercent: 50,
      maximumPercent: 100,
    });
  });
});
