/** CreateService: defaults, refusals in AWS's words, and recorded services. */
import type * as sdk from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { parseCreateService } from '../../src/model/service.ts';
import type { Members } from './definitions.ts';
import { hasRecorded, recordedWith } from './recorded-samples.ts';
import { refusal } from './refusal.ts';
import { BALANCER, CLASSIC, NETWORK, settingsWith, ZONE_SPREAD } from './services.ts';

const create = (members: Members) => refusal(() => settingsWith(members));

describe('a service', () => {
  it("has AWS's defaults", () => {
    expect(settingsWith()).toEqual({
      serviceName: 'web',
      taskDefinition: 'web:1',
      schedulingStrategy: 'REPLICA',
      desiredCount: 4,
      launchType: 'EC2',
      capacityProviderStrategy: [],
      deploymentConfiguration: {
        strategy: 'ROLLING',
        minimumHealthyPercent: 100,
        maximumPercent: 200,
        circuitBreaker: {
          enable: false,
          rollback: false,
          resetOnHealthyTask: true,
          threshold: { type: 'BOUNDED_PERCENT', value: 50 },
        },
        alarms: { alarmNames: [], enable: false, rollback: false },
        bakeTimeInMinutes: 0,
        stepPermille: 1000,
        stepBakeTimeInMinutes: 0,
        lifecycleHooks: [],
      },
      placementConstraints: [],
      placementStrategy: [],
      loadBalancers: [],
      healthCheckGracePeriodSeconds: 0,
      availabilityZoneRebalancing: 'ENABLED',
      given: {},
    });
  });

  it('has those of a daemon', () => {
    const settings = settingsWith({ schedulingStrategy: 'DAEMON' });
    expect(settings).toMatchObject({ desiredCount: 0, availabilityZoneRebalancing: 'DISABLED' });
    expect(settings.deploymentConfiguration).toMatchObject({ minimumHealthyPercent: 0, maximumPercent: 100 });
  });

  it('keeps the members that nothing reads, and not those of the call', () => {
    const { given } = settingsWith({ cluster: 'c', clientToken: 't', enableExecuteCommand: true, tags: [] });
    expect(given).toEqual({ enableExecuteCommand: true, tags: [] });
  });

  it('shows strategies as the API does', () => {
    const placementStrategy = [
      { type: 'binpack', field: 'memory' },
      { type: 'spread', field: 'host' },
      { type: 'random' },
    ];
    expect(settingsWith({ placementStrategy }).placementStrategy).toEqual([
      { type: 'binpack', field: 'MEMORY' },
      { type: 'spread', field: 'instanceId' },
      { type: 'random' },
    ]);
  });

  it('with a capacity provider strategy has no launch type', () => {
    const settings = settingsWith({ capacityProviderStrategy: [{ capacityProvider: 'asg' }] });
    expect(settings.capacityProviderStrategy).toEqual([{ capacityProvider: 'asg', weight: 0, base: 0 }]);
    expect(settings).not.toHaveProperty('launchType');
  });

  it('takes what the SDK sends', () => {
    const input: sdk.CreateServiceCommandInput = { serviceName: 'a', taskDefinition: 'b', desiredCount: 0 };
    expect(parseCreateService(input, '')).toMatchObject({ serviceName: 'a', desiredCount: 0 });
  });

  it('does not keep the input', () => {
    const constraint = { type: 'memberOf', expression: 'attribute:a exists' };
    const settings = settingsWith({ placementConstraints: [constraint], tags: [constraint] });
    constraint.expression = 'changed';
    expect(JSON.stringify(settings)).not.toContain('changed');
  });
});

const PROVIDERS = { capacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }] };
const CONSTRAINTS = { placementConstraints: [{ type: 'distinctInstance' }] };
const STRATEGIES = { placementStrategy: [ZONE_SPREAD] };

const TEXTS: readonly [what: string, members: Members, path: string, message: string][] = [
  [
    'strategies of a daemon',
    { schedulingStrategy: 'DAEMON', ...STRATEGIES },
    'placementStrategy',
    'The daemon scheduling strategy does not support placement strategies. Remove the placement strategy and try again',
  ],
  [
    'a desired count of a daemon',
    { schedulingStrategy: 'DAEMON', desiredCount: 2 },
    'desiredCount',
    'The daemon scheduling strategy does not support a desired count for services. Remove the desired count value and try again',
  ],
  [
    'capacity providers of a daemon',
    { schedulingStrategy: 'DAEMON', ...PROVIDERS },
    'capacityProviderStrategy',
    'Specifying a capacity provider strategy is not supported when you create a service using the DAEMON scheduling strategy.',
  ],
  [
    'constraints on Fargate',
    { launchType: 'FARGATE', ...CONSTRAINTS },
    'placementConstraints',
    'Placement constraints are not supported with FARGATE launch type.',
  ],
  [
    'strategies on Fargate providers',
    { ...PROVIDERS, ...STRATEGIES },
    'placementStrategy',
    'Placement strategies are not supported with FARGATE launch type.',
  ],
  [
    'a launch type beside providers',
    { launchType: 'FARGATE', ...PROVIDERS },
    'launchType',
    'Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.',
  ],
  [
    'an expression of distinctInstance',
    { placementConstraints: [{ type: 'distinctInstance', expression: '' }] },
    'placementConstraints[0].expression',
    'distinctInstance expression should not be specified.',
  ],
  [
    'a public address on EC2',
    { networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-a'], assignPublicIp: 'ENABLED' } } },
    'networkConfiguration.awsvpcConfiguration.assignPublicIp',
    'Assign public IP is not supported for this launch type.',
  ],
  [
    'a platform version on EC2',
    { platformVersion: '1.4.0' },
    'platformVersion',
    'The platform version must be null when specifying an EC2 launch type.',
  ],
];

const CODES: readonly [what: string, members: Members, path: string, code: string][] = [
  ['no name', { serviceName: undefined }, 'serviceName', 'WRONG_TYPE'],
  ['a bad name', { serviceName: 'a b' }, 'serviceName', 'SERVICE_NAME'],
  ['no task definition', { taskDefinition: undefined }, 'taskDefinition', 'WRONG_TYPE'],
  ['too many tasks', { desiredCount: 5001 }, 'desiredCount', 'OUT_OF_RANGE'],
  [
    'a daemon on Fargate',
    { schedulingStrategy: 'DAEMON', launchType: 'FARGATE' },
    'schedulingStrategy',
    'DAEMON_FARGATE',
  ],
  ['another controller', { deploymentController: { type: 'CODE_DEPLOY' } }, 'deploymentController.type', 'NOT_YET'],
  [
    'another controller of a daemon',
    { schedulingStrategy: 'DAEMON', deploymentController: { type: 'EXTERNAL' } },
    'deploymentController.type',
    'DAEMON_CONTROLLER',
  ],
  ['a strange platform', { launchType: 'FARGATE', platformVersion: '9' }, 'platformVersion', 'PLATFORM_UNKNOWN'],
  ['a negative grace period', { healthCheckGracePeriodSeconds: -1 }, 'healthCheckGracePeriodSeconds', 'OUT_OF_RANGE'],
  [
    'a classic balancer with awsvpc',
    { loadBalancers: [CLASSIC], networkConfiguration: NETWORK },
    'loadBalancers[0]',
    'CLASSIC_LOAD_BALANCER',
  ],
  [
    'a classic balancer on Fargate',
    { loadBalancers: [CLASSIC], launchType: 'FARGATE' },
    'loadBalancers[0]',
    'CLASSIC_LOAD_BALANCER',
  ],
  [
    'a balancer on EXTERNAL',
    { loadBalancers: [BALANCER], launchType: 'EXTERNAL' },
    'loadBalancers',
    'EXTERNAL_LOAD_BALANCER',
  ],
  [
    'awsvpc on EXTERNAL',
    { networkConfiguration: NETWORK, launchType: 'EXTERNAL' },
    'networkConfiguration',
    'EXTERNAL_AWSVPC',
  ],
  [
    'blue/green without the other target group',
    { loadBalancers: [BALANCER], deploymentConfiguration: { strategy: 'BLUE_GREEN' } },
    'loadBalancers[0].advancedConfiguration.alternateTargetGroupArn',
    'ALTERNATE_TARGET_GROUP',
  ],
  ['a text where a flag stands', { enableExecuteCommand: 'yes' }, 'enableExecuteCommand', 'WRONG_TYPE'],
];

describe('a service is refused for', () => {
  it.each(TEXTS)('%s, in the words of AWS', (_, members, path, message) => {
    expect(create(members)).toMatchObject({ name: 'InvalidParameterException', path: `services[0].${path}`, message });
  });

  it.each(CODES)('%s', (_, members, path, code) => {
    expect(create(members)).toMatchObject({ path: `services[0].${path}`, code });
  });

  it('no desired count', () => {
    const input = { serviceName: 'web', taskDefinition: 'web' };
    expect(refusal(() => parseCreateService(input, ''))).toMatchObject({ code: 'DESIRED_COUNT', path: 'desiredCount' });
  });

  it('an unknown platform by its own exception', () => {
    expect(create({ launchType: 'FARGATE', platformVersion: '9' })?.name).toBe('PlatformUnknownException');
  });
});

if (!hasRecorded) console.log('skipped: recorded services: ../shared/samples is not beside this clone');

/** Recorded services made into the inputs that would create them. */
const recorded = recordedWith('serviceName', ['taskDefinition', 'desiredCount']).filter(
  ({ value }) => value.serviceName,
);

describe.runIf(hasRecorded)('recorded services', () => {
  it('are found', () => {
    expect(recorded.length).toBeGreaterThan(5);
  });

  it.each(recorded.map(({ name, value }) => [name, value] as const))('parse: %s', (_, value) => {
    const { platformVersion, launchType, capacityProviderStrategy, ...rest } = value;
    const isFargate = JSON.stringify([launchType, capacityProviderStrategy]).includes('FARGATE');
    const settings = parseCreateService(
      { ...rest, launchType, capacityProviderStrategy, ...(isFargate ? { platformVersion } : {}) },
      '',
    );
    expect(settings).toMatchObject({ serviceName: value.serviceName, desiredCount: value.desiredCount });
    expect(settings.placementStrategy).toEqual(value.placementStrategy ?? []);
  });
});
