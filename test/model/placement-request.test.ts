/** Requests resolved: defaults, launch types, providers, networks and overrides. */
import { describe, expect, it } from 'vitest';
import { resolvePlacement } from '../../src/model/placement-request.ts';
import { definitionWith, registryWith } from './definitions.ts';
import { refusal } from './refusal.ts';

const subnets = new Map(
  ['a', 'b'].map((zone) => [
    `subnet-${zone}`,
    { subnetId: `subnet-${zone}`, availabilityZone: `z${zone}`, vpcId: 'vpc' },
  ]),
);
const memberOf = (expression: string) => ({ type: 'memberOf', expression });
const registry = registryWith(
  definitionWith({ placementConstraints: [memberOf('attribute:own exists')] }),
  definitionWith({ family: 'net', networkMode: 'awsvpc', requiresAttributes: [{ name: 'ecs.capability.task-eni' }] }),
);
const resolve = (input: object) => resolvePlacement({ taskDefinition: 'web', ...input }, registry, subnets);
const network = (...ids: unknown[]) => ({
  taskDefinition: 'net',
  networkConfiguration: { awsvpcConfiguration: { subnets: ids } },
});

describe('a request', () => {
  it('without wishes is random, on EC2, in the group of its family', () => {
    expect(resolve({ placementConstraints: [] })).toMatchObject({
      group: 'family:web',
      strategies: [{ type: 'random' }],
      launchType: 'EC2',
      subnets: [],
      requiresAttributes: [],
    });
  });

  it('of a service spreads over zones, then instances', () => {
    expect(resolve({ group: 'service:web' }).strategies).toEqual([
      { type: 'spread', field: 'attribute', attribute: 'ecs.availability-zone' },
      { type: 'spread', field: 'instanceId' },
    ]);
    expect(resolve({ group: 'service:web', placementStrategy: [{ type: 'random' }] }).strategies).toEqual([
      { type: 'random' },
    ]);
  });

  it('has the constraints of its definition first', () => {
    expect(resolve({ placementConstraints: [{ type: 'distinctInstance' }] }).constraints).toEqual([
      memberOf('attribute:own exists'),
      { type: 'distinctInstance' },
    ]);
  });

  it('counts the constraints of its definition against the ten', () => {
    const ten = Array.from({ length: 10 }, () => memberOf('attribute:a exists'));
    expect(resolve({ placementConstraints: ten.slice(1) }).constraints).toHaveLength(10);
    expect(refusal(() => resolve({ placementConstraints: ten }))?.code).toBe('CONSTRAINT_COUNT');
  });

  it('for ECS Exec asks for one attribute more', () => {
    expect(resolve({ taskDefinition: 'net', enableExecuteCommand: true }).requiresAttributes).toEqual([
      { name: 'ecs.capability.task-eni' },
      { name: 'ecs.capability.execute-command' },
    ]);
    expect(registry.resolve('net').requiresAttributes).toHaveLength(1);
  });

  it.each(['g', 'g'.repeat(255), 'family:other', 'a b:c/d'])('may be of the group %s', (group) => {
    expect(resolve({ group }).group).toBe(group);
  });

  it.each([[''], ['g'.repeat(256)], [5]])('may not be of the group %j', (group) => {
    expect(refusal(() => resolve({ group }))?.path).toBe('group');
  });
});

describe('launch type and capacity provider', () => {
  it.each([
    [{ launchType: 'EXTERNAL' }, { launchType: 'EXTERNAL' }],
    [{ capacityProvider: 'asg' }, { capacityProvider: 'asg' }],
    [{ capacityProviderStrategy: [{ capacityProvider: 'asg', weight: 1 }] }, { capacityProvider: 'asg' }],
    [{ launchType: 'EC2', capacityProviderStrategy: [] }, { launchType: 'EC2' }],
  ])('%j is taken', (given, resolved) => {
    expect(resolve(given)).toMatchObject(resolved);
  });

  it.each([
    [{ launchType: 'EC2', capacityProvider: 'asg' }, 'LAUNCH_TYPE_AND_PROVIDER'],
    [{ launchType: 'EC2', capacityProviderStrategy: [{ capacityProvider: 'asg' }] }, 'LAUNCH_TYPE_AND_PROVIDER'],
    [{ capacityProviderStrategy: [{ capacityProvider: 'a' }, { capacityProvider: 'b' }] }, 'CAPACITY_PROVIDER_SPLIT'],
    [{ capacityProviderStrategy: [{}] }, 'WRONG_TYPE'],
    [{ launchType: 'ec2' }, 'NOT_ALLOWED'],
    [{ launchType: 'FARGATE' }, 'FARGATE_HAS_NO_INSTANCE'],
    [{ capacityProvider: 'FARGATE_SPOT' }, 'FARGATE_HAS_NO_INSTANCE'],
    [{ launchType: 'FARGATE', placementConstraints: [{ type: 'distinctInstance' }] }, 'FARGATE_CONSTRAINTS'],
    [{ launchType: 'FARGATE', placementStrategy: [{ type: 'random' }] }, 'FARGATE_STRATEGIES'],
  ])('%j is refused', (given, code) => {
    expect(refusal(() => resolve(given))).toMatchObject({ name: 'InvalidParameterException', code });
  });
});

describe('the network of a request', () => {
  it('is its subnets, with their zones and VPC', () => {
    expect(resolve(network('subnet-b', 'subnet-a')).subnets.map(({ availabilityZone }) => availabilityZone)).toEqual([
      'zb',
      'za',
    ]);
  });

  it('may be left out', () => {
    expect(resolve({ taskDefinition: 'net' }).subnets).toEqual([]);
  });

  it.each([
    ['an unknown subnet', network('subnet-a', 'subnet-x'), 'UNKNOWN_SUBNET'],
    ['no subnet', network(), 'SUBNET_COUNT'],
    ['seventeen subnets', network(...Array.from({ length: 17 }, () => 'subnet-a')), 'SUBNET_COUNT'],
    ['a number as subnet', network(5), 'WRONG_TYPE'],
    ['a network for another mode', { ...network('subnet-a'), taskDefinition: 'web' }, 'NETWORK_CONFIGURATION'],
    ['text as network', { taskDefinition: 'net', networkConfiguration: 'subnet-a' }, 'WRONG_TYPE'],
  ])('is refused with %s', (_, input, code) => {
    expect(refusal(() => resolve(input))).toMatchObject({ name: 'InvalidParameterException', code });
  });
});
