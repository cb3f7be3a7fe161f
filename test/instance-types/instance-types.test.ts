/** Facts of instance types: known numbers, sound bounds, and the user's own describe-instance-types answer. */
import { describe, expect, it } from 'vitest';
import { instanceTypes, parseInstanceTypes } from '../../src/instance-types/index.ts';
import { awsvpcTaskLimit } from '../../src/model/instance-type.ts';
import { refusal } from '../model/refusal.ts';

const all = Object.entries(instanceTypes);
const on = (type: string | undefined, ...more: string[]) => [
  ...(type === undefined ? [] : [{ name: 'ecs.instance-type', value: type }]),
  ...more.map((name) => ({ name, value: 'eni-1' })),
];

describe('the table of instance types', () => {
  it.each([
    [
      'm5.large',
      {
        vcpus: 2,
        memoryMiB: 8192,
        awsvpcTasks: 2,
        awsvpcTasksTrunked: 10,
        gpus: 0,
        cpuArchitecture: 'x86_64',
        microUsdPerHour: 96000,
      },
    ],
    ['c5.large', { awsvpcTasks: 2, awsvpcTasksTrunked: 10 }],
    ['a1.medium', { awsvpcTasks: 1, awsvpcTasksTrunked: 10, cpuArchitecture: 'arm64' }],
    ['m5.24xlarge', { vcpus: 96, awsvpcTasks: 14, awsvpcTasksTrunked: 120 }],
    ['m6g.medium', { awsvpcTasks: 1, awsvpcTasksTrunked: 4 }],
    ['g4dn.12xlarge', { gpus: 4 }],
    ['c6in.32xlarge', { awsvpcTasks: 13 }],
  ])('knows %s', (type, facts) => {
    expect(instanceTypes[type]).toMatchObject(facts);
  });

  it.each([
    'c5n.large',
    'g4dn.xlarge',
    'i3.large',
    'z1d.large',
    'm5.metal',
    'c5a.8xlarge',
    'r5.8xlarge',
    'p3dn.24xlarge',
  ])('knows no trunk on %s', (type) => {
    expect(instanceTypes[type]?.awsvpcTasks).toBeGreaterThan(0);
    expect(instanceTypes[type]).not.toHaveProperty('awsvpcTasksTrunked');
  });

  it('has whole numbers in sound bounds', () => {
    expect(all.length).toBeGreaterThan(1000);
    const unsound = all.filter(
      ([, facts]) =>
        ![
          facts.vcpus,
          facts.memoryMiB,
          facts.gpus,
          facts.awsvpcTasks ?? 0,
          facts.awsvpcTasksTrunked ?? 1,
          facts.microUsdPerHour ?? 1,
        ].every(Number.isInteger) ||
        facts.vcpus < 1 ||
        facts.memoryMiB < 512 ||
        (facts.awsvpcTasks ?? 0) < 0 ||
        (facts.awsvpcTasksTrunked ?? 1) < 1 ||
        (facts.microUsdPerHour ?? 1) <= 0,
    );
    expect(unsound).toEqual([]);
  });

  it('names types as EC2 does', () => {
    expect(all.filter(([type]) => !/^[a-z0-9-]+\.[a-z0-9-]+$/.test(type))).toEqual([]);
  });

  it('never offers less with a trunk than without', () => {
    const worse = all.filter(
      ([, { awsvpcTasks = 0, awsvpcTasksTrunked }]) => (awsvpcTasksTrunked ?? awsvpcTasks) < awsvpcTasks,
    );
    expect(worse.map(([type]) => type)).toEqual([]);
  });
});

describe('the limit of awsvpc tasks', () => {
  it('is that of the type, higher with a trunk', () => {
    expect(awsvpcTaskLimit(instanceTypes, on('m5.large'))).toBe(2);
    expect(awsvpcTaskLimit(instanceTypes, on('m5.large', 'ecs.awsvpc-trunk-id'))).toBe(10);
    expect(awsvpcTaskLimit(instanceTypes, on('m5.metal', 'ecs.awsvpc-trunk-id'))).toBe(14);
  });

  it.each([['x0.nano'], ['toString'], ['__proto__'], [undefined]])('is unknown on %j', (type) => {
    expect(awsvpcTaskLimit(instanceTypes, on(type))).toBeUndefined();
  });

  it('is unknown without a table', () => {
    expect(awsvpcTaskLimit(undefined, on('m5.large'))).toBeUndefined();
  });
});

describe('describe-instance-types', () => {
  it('gives every interface but the primary one', () => {
    const InstanceTypes = [
      { InstanceType: 'm5.large', NetworkInfo: { MaximumNetworkInterfaces: 3, MaximumNetworkCards: 1 } },
      { InstanceType: 't1.micro', NetworkInfo: { MaximumNetworkInterfaces: 1 } },
      { InstanceType: 'odd.large' },
    ];
    expect(parseInstanceTypes({ InstanceTypes })).toEqual({
      'm5.large': { awsvpcTasks: 2 },
      't1.micro': { awsvpcTasks: 0 },
      'odd.large': {},
    });
  });

  it.each([
    ['no list', {}, 'InstanceTypes'],
    ['a type without a name', { InstanceTypes: [{}] }, 'InstanceTypes[0].InstanceType'],
    [
      'no interface at all',
      { InstanceTypes: [{ InstanceType: 'a.b', NetworkInfo: { MaximumNetworkInterfaces: 0 } }] },
      'InstanceTypes[0].NetworkInfo.MaximumNetworkInterfaces',
    ],
    [
      'text as a network',
      { InstanceTypes: [{ InstanceType: 'a.b', NetworkInfo: 'x' }] },
      'InstanceTypes[0].NetworkInfo',
    ],
  ])('is refused with %s', (_, input, path) => {
    expect(refusal(() => parseInstanceTypes(input))?.path).toBe(path);
  });
});
