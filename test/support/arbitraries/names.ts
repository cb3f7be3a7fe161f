/**
 * The few names and values that all arbitraries draw from: ties, clashes and matches must be common, not lucky.
 */
import fc from 'fast-check';
import type { InstanceTypes } from '../../../src/model/instance-type.ts';
import type { Subnet } from '../../../src/model/subnet.ts';

export const ZONES = ['us-east-1a', 'us-east-1b', 'us-east-1c'] as const;
export const TYPES = ['t2.small', 'm5.large', 'c5.large', 'x9.unheard-of'] as const;
export const STACKS = ['prod', 'dev', 'Prod', '10', '9', 'a b'] as const;
export const VPCS = ['vpc-1', 'vpc-1', 'vpc-2'] as const;
export const PROVIDERS = ['spot', 'steady'] as const;
export const FAMILIES = ['web', 'api', 'batch'] as const;
export const GROUPS = ['family:web', 'service:shop', 'databases', 'task:consul'] as const;

/** Attributes that instances may have and that requests spread over and ask for. */
export const ATTRIBUTES = ['ecs.availability-zone', 'ecs.instance-type', 'stack', 'rack', 'gpu', 'nowhere'] as const;

/** Small limits, so that they are met. `x9.unheard-of` is left out: an unknown type has none. */
export const INSTANCE_TYPES: InstanceTypes = {
  't2.small': { awsvpcTasks: 1 },
  'm5.large': { awsvpcTasks: 2, awsvpcTasksTrunked: 5 },
  'c5.large': { awsvpcTasks: 3, awsvpcTasksTrunked: 10 },
};

export const SUBNETS: readonly Subnet[] = [
  { subnetId: 'subnet-a', availabilityZone: 'us-east-1a', vpcId: 'vpc-1' },
  { subnetId: 'subnet-b', availabilityZone: 'us-east-1b', vpcId: 'vpc-1' },
  { subnetId: 'subnet-z', availabilityZone: 'us-east-1a', vpcId: 'vpc-2' },
];

export function instanceArn(number: number): string {
  return `arn:aws:ecs:us-east-1:123456789012:container-instance/default/${number.toString(16).padStart(32, '0')}`;
}

export const among = <T>(values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

/** The value `times` in 8, else absent. */
export const sometimes = <T>(times: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ arbitrary, weight: times }, { arbitrary: fc.constant(undefined), weight: 8 - times });

/** True `times` in 8. */
export const chance = (times: number): fc.Arbitrary<boolean> => fc.nat(7).map((n) => n < times);

/** True once in `times`. */
export const oneIn = (times: number): fc.Arbitrary<boolean> => fc.nat(times - 1).map((n) => n === times - 1);
