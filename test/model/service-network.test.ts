/** awsvpc configuration and load balancers of services. */
import { describe, expect, it } from 'vitest';
import { checkAwsvpcAgainst, parseAwsvpc, parseLoadBalancers } from '../../src/model/service-network.ts';
import type { Members } from './definitions.ts';
import { refusal } from './refusal.ts';
import { BALANCER, CLASSIC } from './services.ts';

const awsvpc = (awsvpcConfiguration: unknown) => parseAwsvpc({ awsvpcConfiguration }, 'n');
const names = (count: number) => Array.from({ length: count }, (_, k) => `id-${k}`);

describe('awsvpc configuration', () => {
  it('has no security groups and no public address by default', () => {
    expect(awsvpc({ subnets: ['a'] })).toEqual({ subnets: ['a'], securityGroups: [], assignPublicIp: 'DISABLED' });
    expect(parseAwsvpc(undefined, 'n')).toBeUndefined();
  });

  it.each<[input: unknown, path: string, code: string]>([
    [undefined, 'n.awsvpcConfiguration', 'WRONG_TYPE'],
    [{}, 'n.awsvpcConfiguration.subnets', 'WRONG_TYPE'],
    [{ subnets: [] }, 'n.awsvpcConfiguration.subnets', 'SUBNET_COUNT'],
    [{ subnets: names(17) }, 'n.awsvpcConfiguration.subnets', 'SUBNET_COUNT'],
    [{ subnets: ['a', 'a'] }, 'n.awsvpcConfiguration.subnets[1]', 'DUPLICATE'],
    [{ subnets: ['a'], securityGroups: names(6) }, 'n.awsvpcConfiguration.securityGroups', 'SECURITY_GROUP_COUNT'],
    [{ subnets: ['a'], assignPublicIp: true }, 'n.awsvpcConfiguration.assignPublicIp', 'NOT_ALLOWED'],
  ])('is refused: %j', (input, path, code) => {
    expect(refusal(() => awsvpc(input))).toMatchObject({ path, code });
  });

  const at = 's.networkConfiguration.awsvpcConfiguration';
  const subnet = (subnetId: string, vpcId = 'vpc') => [subnetId, { subnetId, vpcId, availabilityZone: 'a' }] as const;
  const subnets = new Map([subnet('a'), subnet('b'), subnet('c', 'other')]);
  const groups = new Map([['g', { groupId: 'g', ingress: [] }]]);

  it.each<[ids: string[], securityGroups: string[], path: string | undefined, code: string | undefined]>([
    [['a', 'b'], ['g'], undefined, undefined],
    [['a', 'x'], ['g'], `${at}.subnets[1]`, 'UNKNOWN_SUBNET'],
    [['a', 'c'], [], `${at}.subnets[1]`, 'SUBNET_VPC'],
    [['a'], ['x'], `${at}.securityGroups[0]`, 'UNKNOWN_SECURITY_GROUP'],
  ])('of %j and %j names what there is, or is refused', (ids, securityGroups, path, code) => {
    const configuration = { subnets: ids, securityGroups, assignPublicIp: 'DISABLED' } as const;
    const found = refusal(() => checkAwsvpcAgainst(configuration, subnets, groups, 's'));
    expect([found?.path, found?.code]).toEqual([path, code]);
  });
});

describe('load balancers', () => {
  it('keep the advanced configuration', () => {
    const advancedConfiguration = { alternateTargetGroupArn: 'b', productionListenerRule: 'r' };
    expect(parseLoadBalancers([{ ...BALANCER, advancedConfiguration }, CLASSIC], 'l')).toEqual([
      { ...BALANCER, advancedConfiguration },
      CLASSIC,
    ]);
  });

  it('may be five target groups', () => {
    expect(parseLoadBalancers(Array(5).fill(BALANCER), 'l')).toHaveLength(5);
  });

  it.each<[what: string, input: Members[], path: string, code: string]>([
    ['six target groups', Array(6).fill(BALANCER), 'l', 'TARGET_GROUP_COUNT'],
    ['two Classic Load Balancers', [CLASSIC, CLASSIC], 'l', 'CLASSIC_COUNT'],
    ['neither kind', [{ containerName: 'a', containerPort: 1 }], 'l[0]', 'LOAD_BALANCER'],
    ['both kinds', [{ ...BALANCER, ...CLASSIC }], 'l[0]', 'LOAD_BALANCER'],
    ['no container', [{ ...BALANCER, containerName: undefined }], 'l[0].containerName', 'WRONG_TYPE'],
    ['no port', [{ ...BALANCER, containerPort: 0 }], 'l[0].containerPort', 'OUT_OF_RANGE'],
  ])('are refused for %s', (_, input, path, code) => {
    expect(refusal(() => parseLoadBalancers(input, 'l'))).toMatchObject({ path, code });
  });
});
