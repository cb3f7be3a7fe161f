/** Subnets in the spelling of the ECS and of the EC2 API. */
import { describe, expect, it } from 'vitest';
import { parseSubnets } from '../../src/model/subnet.ts';
import { refusal } from './refusal.ts';

const subnet = { subnetId: 'subnet-1', availabilityZone: 'us-east-1a', vpcId: 'vpc-1' };

describe('a subnet', () => {
  it('may come from describe-subnets', () => {
    expect(
      parseSubnets([{ SubnetId: 'subnet-1', AvailabilityZone: 'us-east-1a', VpcId: 'vpc-1', State: 'x' }]),
    ).toEqual([subnet]);
  });

  it.each(['subnetId', 'availabilityZone', 'vpcId'])('needs its %s', (member) => {
    for (const value of [undefined, '', 5]) {
      expect(refusal(() => parseSubnets([{ ...subnet, [member]: value }]))?.path).toBe(`subnets[0].${member}`);
    }
  });

  it('stands once', () => {
    expect(refusal(() => parseSubnets([subnet, { ...subnet, vpcId: 'vpc-2' }]))).toMatchObject({
      code: 'DUPLICATE_SUBNET',
      path: 'subnets[1].subnetId',
    });
  });
});
