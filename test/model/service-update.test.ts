/** UpdateService: what stays, what is replaced, and which changes start a deployment. */
import { describe, expect, it } from 'vitest';
import { parseUpdateService } from '../../src/model/service.ts';
import type { Members } from './definitions.ts';
import { refusal } from './refusal.ts';
import { BALANCER, NETWORK, settingsWith, ZONE_SPREAD } from './services.ts';

const PROVIDERS = { capacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }] };
const BEFORE = { loadBalancers: [BALANCER], networkConfiguration: NETWORK, healthCheckGracePeriodSeconds: 9 };
const update = (input: Members, before: Members = BEFORE) => parseUpdateService(input, settingsWith(before), 'input');

const STARTS: readonly [input: Members, starts: boolean][] = [
  [{}, false],
  [{ taskDefinition: 'web:2' }, true],
  [{ taskDefinition: 'web:1' }, false],
  [{ taskDefinition: 'arn:aws:ecs:us-east-1:123456789012:task-definition/web:1' }, false],
  [{ forceNewDeployment: true }, true],
  [{ forceNewDeployment: false }, false],
  [{ networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-b'] } } }, true],
  [{ networkConfiguration: NETWORK }, false],
  [{ loadBalancers: [] }, true],
  [{ loadBalancers: [{ ...BALANCER, containerPort: 81 }] }, true],
  [{ loadBalancers: [BALANCER] }, false],
  [{ serviceRegistries: [{ registryArn: 'a' }] }, true],
  [{ serviceConnectConfiguration: { enabled: true } }, true],
  [{ volumeConfigurations: [{ name: 'v' }] }, true],
  [{ vpcLatticeConfigurations: [{ roleArn: 'r' }] }, true],
  [{ capacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }] }, true],
  [{ capacityProviderStrategy: [{ capacityProvider: 'asg', weight: 1 }] }, false],
  [{ desiredCount: 9 }, false],
  [{ deploymentConfiguration: { maximumPercent: 150 } }, false],
  [{ placementConstraints: [{ type: 'distinctInstance' }] }, false],
  [{ placementStrategy: [ZONE_SPREAD] }, false],
  [{ availabilityZoneRebalancing: 'DISABLED' }, false],
  [{ healthCheckGracePeriodSeconds: 1 }, false],
  [{ enableECSManagedTags: true }, false],
  [{ propagateTags: 'SERVICE' }, false],
  [{ enableExecuteCommand: true }, false],
];

describe('an update', () => {
  it.each(STARTS)('%j starts a deployment: %s', (input, starts) => {
    expect(update({ service: 'web', ...input }).startsDeployment).toBe(starts);
  });

  it('starts one with another platform version', () => {
    expect(update({ platformVersion: '1.3.0' }, { launchType: 'FARGATE' }).startsDeployment).toBe(true);
    expect(update({ platformVersion: 'LATEST' }, { launchType: 'FARGATE' }).startsDeployment).toBe(false);
  });

  it('leaves what it does not give', () => {
    expect(update({ service: 'web' }).settings).toEqual(settingsWith(BEFORE));
  });

  it('keeps members of the deployment configuration, and replaces those it gives whole', () => {
    const before = {
      deploymentConfiguration: {
        minimumHealthyPercent: 50,
        deploymentCircuitBreaker: { enable: true, rollback: true },
      },
    };
    const given = { deploymentConfiguration: { maximumPercent: 150, deploymentCircuitBreaker: { enable: true } } };
    expect(update(given, before).settings.deploymentConfiguration).toMatchObject({
      minimumHealthyPercent: 50,
      maximumPercent: 150,
      circuitBreaker: { enable: true, rollback: false },
    });
  });

  it('removes with an empty list', () => {
    const before = { placementStrategy: [ZONE_SPREAD], placementConstraints: [{ type: 'distinctInstance' }] };
    expect(update({ placementStrategy: [], placementConstraints: [] }, before).settings).toMatchObject({
      placementStrategy: [],
      placementConstraints: [],
    });
  });

  it('goes back from providers to a launch type with an empty strategy', () => {
    expect(update({ capacityProviderStrategy: [] }, PROVIDERS).settings.launchType).toBe('FARGATE');
  });

  it('to instances drops the platform version', () => {
    const before = { launchType: 'FARGATE', platformVersion: '1.4.0' };
    const { settings } = update({ capacityProviderStrategy: [{ capacityProvider: 'asg', weight: 1 }] }, before);
    expect(settings.platformVersion).toBeUndefined();
  });

  it('has no desired count for a daemon', () => {
    expect(refusal(() => update({ desiredCount: 1 }, { schedulingStrategy: 'DAEMON' }))).toMatchObject({
      code: 'DAEMON_DESIRED_COUNT',
      path: 'input.desiredCount',
    });
  });

  it.each(['serviceName', 'schedulingStrategy', 'launchType', 'role', 'tags'])('has no %s', (member) => {
    expect(refusal(() => update({ [member]: 'x' }))).toMatchObject({ code: 'NOT_ALLOWED', path: `input.${member}` });
  });

  it('changes nothing of the current settings', () => {
    const current = settingsWith(BEFORE);
    const copy = structuredClone(current);
    parseUpdateService({ desiredCount: 1, loadBalancers: [], tags2: 1 }, current, '');
    expect(current).toEqual(copy);
  });
});
