/** Which services are rebalanced over Availability Zones, by default and on request. */
import { describe, expect, it } from 'vitest';
import { parseUpdateService } from '../../src/model/service.ts';
import type { Members } from './definitions.ts';
import { refusal } from './refusal.ts';
import { BALANCER, CLASSIC, settingsWith, ZONE_SPREAD } from './services.ts';

const binpack = { type: 'binpack', field: 'memory' };

const INELIGIBLE: readonly [what: string, members: Members][] = [
  ['a daemon', { schedulingStrategy: 'DAEMON' }],
  ['an external one', { launchType: 'EXTERNAL' }],
  ['one with maximumPercent 100', { deploymentConfiguration: { maximumPercent: 100 } }],
  ['one with a Classic Load Balancer', { loadBalancers: [CLASSIC] }],
  ['one packed first', { placementStrategy: [binpack, ZONE_SPREAD] }],
  [
    'one tied to zones',
    { placementConstraints: [{ type: 'memberOf', expression: 'attribute:ecs.availability-zone == a' }] },
  ],
];

describe('rebalancing', () => {
  it.each<[string, Members]>([
    ['one without strategies', {}],
    ['one spread over zones first', { placementStrategy: [ZONE_SPREAD, binpack] }],
    ['one behind a target group', { loadBalancers: [BALANCER] }],
    ['one on Fargate', { launchType: 'FARGATE' }],
  ])('is the default of %s', (_, members) => {
    expect(settingsWith(members).availabilityZoneRebalancing).toBe('ENABLED');
  });

  it.each(INELIGIBLE)('is not for %s', (_, members) => {
    expect(settingsWith(members).availabilityZoneRebalancing).toBe('DISABLED');
    expect(refusal(() => settingsWith({ ...members, availabilityZoneRebalancing: 'ENABLED' }))).toMatchObject({
      code: 'ZONE_REBALANCING',
      path: 'services[0].availabilityZoneRebalancing',
    });
  });

  it('stays off after an update that does not turn it on', () => {
    const off = settingsWith({ availabilityZoneRebalancing: 'DISABLED' });
    expect(parseUpdateService({ desiredCount: 1 }, off, '').settings.availabilityZoneRebalancing).toBe('DISABLED');
    const { settings } = parseUpdateService({ availabilityZoneRebalancing: 'ENABLED' }, off, '');
    expect(settings.availabilityZoneRebalancing).toBe('ENABLED');
  });

  it('ends with an update that takes away what it needs', () => {
    const { settings } = parseUpdateService({ deploymentConfiguration: { maximumPercent: 100 } }, settingsWith(), '');
    expect(settings.availabilityZoneRebalancing).toBe('DISABLED');
  });
});
