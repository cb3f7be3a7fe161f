/**
 * Container instances as describe-container-instances gives them: small amounts, few values, now and then a broken
 * agent, a status that takes no task, reserved ports, GPUs.
 */
import fc from 'fast-check';
import type { Attribute } from '../../../src/model/attribute.ts';
import type { ContainerInstance } from '../../../src/model/container-instance.ts';
import type { Resource } from '../../../src/model/resource.ts';
import { among, chance, instanceArn, oneIn, PROVIDERS, STACKS, sometimes, TYPES, VPCS, ZONES } from './names.ts';

const CAPABILITIES = [
  'com.amazonaws.ecs.capability.docker-remote-api.1.18',
  'com.amazonaws.ecs.capability.docker-remote-api.1.19',
  'com.amazonaws.ecs.capability.docker-remote-api.1.21',
  'com.amazonaws.ecs.capability.privileged-container',
  'com.amazonaws.ecs.capability.task-iam-role',
  'ecs.capability.task-eni',
  'ecs.capability.execute-command',
  'ecs.capability.network.container-port-range',
] as const;

const amount = (name: string, integerValue: number): Resource => ({ name, type: 'INTEGER', integerValue });
const set = (name: string, stringSetValue: string[]): Resource => ({ name, type: 'STRINGSET', stringSetValue });

const attributes = fc
  .record({
    zone: sometimes(7, among(ZONES)),
    type: sometimes(7, among(TYPES)),
    stack: sometimes(5, among(STACKS)),
    rack: sometimes(4, among(['r1', 'r2'])),
    gpu: chance(2),
    vpc: sometimes(7, among(VPCS)),
    trunk: chance(2),
    external: oneIn(12),
    without: fc.oneof(
      { arbitrary: fc.constant<string[]>([]), weight: 7 },
      { arbitrary: fc.subarray<string>([...CAPABILITIES], { maxLength: 2 }), weight: 1 },
    ),
  })
  .map((draw): Attribute[] => [
    ...(draw.zone ? [{ name: 'ecs.availability-zone', value: draw.zone }] : []),
    ...CAPABILITIES.filter((name) => !draw.without.includes(name)).map((name) => ({ name })),
    ...(draw.type ? [{ name: 'ecs.instance-type', value: draw.type }] : []),
    ...(draw.vpc ? [{ name: 'ecs.vpc-id', value: draw.vpc }] : []),
    ...(draw.trunk ? [{ name: 'ecs.awsvpc-trunk-id', value: 'eni-1' }] : []),
    ...(draw.external ? [{ name: 'ecs.capability.external' }] : []),
    ...(draw.stack ? [{ name: 'stack', value: draw.stack }] : []),
    ...(draw.rack ? [{ name: 'rack', value: draw.rack }] : []),
    ...(draw.gpu ? [{ name: 'gpu' }] : []),
  ]);

/** Nearly or fully as many as ECS reserves on one instance. */
const portsFrom60000 = (count: number): string[] => Array.from({ length: count }, (_, k) => String(60000 + k));

const resources = fc
  .record({
    cpu: among([0, 256, 512, 512, 1024, 1024, 2048, 2048]),
    memoryMiB: among([128, 512, 1000, 2048]),
    taken: sometimes(
      3,
      fc.record({ cpu: fc.nat(3), memoryMiB: fc.nat(3), ports: fc.subarray(['80', '8080']), gpus: fc.nat(3) }),
    ),
    ports: fc.oneof(
      { arbitrary: fc.subarray(['22', '80', '51678']), weight: 15 },
      { arbitrary: fc.integer({ min: 96, max: 100 }).map(portsFrom60000), weight: 1 },
    ),
    portsUdp: fc.subarray(['53', '514']),
    gpus: fc.oneof({ arbitrary: fc.constant(0), weight: 2 }, { arbitrary: fc.integer({ min: 1, max: 3 }), weight: 2 }),
  })
  .map(({ cpu, memoryMiB, taken, ports, portsUdp, gpus }) => {
    const gpuIds = Array.from({ length: gpus }, (_, k) => `GPU-${gpus - k}`);
    const list = (remaining: boolean): Resource[] => {
      const less = remaining ? taken : undefined;
      const used = [...ports, ...(less?.ports ?? []).filter((port) => !ports.includes(port))];
      return [
        amount('CPU', cpu - Math.floor((cpu * (less?.cpu ?? 0)) / 4)),
        amount('MEMORY', memoryMiB - Math.floor((memoryMiB * (less?.memoryMiB ?? 0)) / 4)),
        set('PORTS', used),
        set('PORTS_UDP', portsUdp),
        ...(gpus > 0 ? [set('GPU', gpuIds.slice(0, gpuIds.length - (less?.gpus ?? 0)))] : []),
      ];
    };
    return { registeredResources: list(false), ...(taken ? { remainingResources: list(true) } : {}) };
  });

const REGISTERED_AT = [
  '2018-02-12T23:59:59Z',
  '2018-02-13T00:00:00.900Z',
  1518480000,
  1700000000.5,
  '2018-02-13T01:00:00+01:00',
];

/** One instance; `number` becomes its ARN. */
export const containerInstance = (number: number): fc.Arbitrary<ContainerInstance> =>
  fc
    .record({
      resources,
      attributes,
      status: sometimes(1, among(['ACTIVE', 'DRAINING', 'REGISTERING', 'DEREGISTERING'])),
      agentConnected: sometimes(3, chance(6)),
      running: sometimes(1, fc.nat(2)),
      pending: sometimes(1, fc.nat(1)),
      provider: sometimes(3, among(PROVIDERS)),
      agentVersion: sometimes(5, among(['1.9.0', '1.14.5', '1.100.0', '1.14.5-dev', 'odd'])),
      registeredAt: sometimes(5, among(REGISTERED_AT)),
      ec2InstanceId: sometimes(6, fc.constant(`i-${number.toString(16).padStart(8, '0')}`)),
    })
    .map(({ resources, running, pending, provider, agentVersion, ...draw }) => ({
      containerInstanceArn: instanceArn(number),
      ...defined(draw),
      ...resources,
      ...defined({ runningTasksCount: running, pendingTasksCount: pending, capacityProviderName: provider }),
      ...(agentVersion === undefined ? {} : { versionInfo: { agentVersion } }),
    }));

/** The members that have a value: an absent member and one that is `undefined` must not differ in the input's text. */
export function defined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Partial<T>;
}
