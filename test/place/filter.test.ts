/** Filter: every gate refuses what it must and lets through what just fits, in the order that ECS reasons are given. */
import { describe, expect, it } from 'vitest';
import type { RunTaskInput } from '../../src/contract.ts';
import type { ContainerDefinition, TaskDefinition } from '../../src/model/task-definition.ts';
import { engineKinds } from '../support/engines.ts';
import { cluster, definition, type InstanceShape, instance, reasons, run } from '../support/shapes.ts';

const SUBNETS = [
  { subnetId: 'subnet-a', availabilityZone: 'us-east-1a', vpcId: 'vpc-1' },
  { subnetId: 'subnet-b', availabilityZone: 'us-east-1b', vpcId: 'vpc-1' },
];
const network = (...subnets: string[]): Partial<RunTaskInput> => ({
  networkConfiguration: { awsvpcConfiguration: { subnets } },
});
const AWSVPC: Partial<TaskDefinition> = { networkMode: 'awsvpc' };
const gpu = (value: string): Partial<ContainerDefinition> => ({ resourceRequirements: [{ type: 'GPU', value }] });
const port = (hostPort: number, protocol: 'tcp' | 'udp' = 'tcp'): Partial<ContainerDefinition> => ({
  portMappings: [{ containerPort: hostPort, hostPort, protocol }],
});
const many = (from: number, count: number): string[] => Array.from({ length: count }, (_, k) => String(from + k));

interface Case {
  readonly title: string;
  readonly container?: Partial<ContainerDefinition>;
  readonly task?: Partial<TaskDefinition>;
  readonly input?: Partial<RunTaskInput>;
  readonly shape: InstanceShape;
  /** Absent: the task is placed. */
  readonly reason?: string;
}

const CASES: Case[] = [
  { title: 'a disconnected agent', shape: { agentConnected: false }, reason: 'AGENT' },
  {
    title: 'a required attribute that is missing',
    task: { requiresAttributes: [{ name: 'ecs.capability.efs' }] },
    shape: { attributes: { 'ecs.capability.efsAuth': null } },
    reason: 'ATTRIBUTE',
  },
  {
    title: 'a required attribute that is there, with any value',
    task: { requiresAttributes: [{ name: 'stack' }] },
    shape: { attributes: { stack: 'dev' } },
  },
  {
    title: 'a required value that differs',
    task: { requiresAttributes: [{ name: 'stack', value: 'prod' }] },
    shape: { attributes: { stack: 'dev' } },
    reason: 'ATTRIBUTE',
  },
  {
    title: 'a required value where the attribute has none',
    task: { requiresAttributes: [{ name: 'stack', value: 'prod' }] },
    shape: { attributes: { stack: null } },
    reason: 'ATTRIBUTE',
  },
  {
    title: 'a required value that is equal',
    task: { requiresAttributes: [{ name: 'stack', value: 'prod' }] },
    shape: { attributes: { stack: 'prod' } },
  },
  {
    title: 'ECS Exec without the capability',
    input: { enableExecuteCommand: true },
    shape: {},
    reason: 'ATTRIBUTE',
  },
  {
    title: 'another VPC than the subnets are in',
    task: AWSVPC,
    input: network('subnet-a'),
    shape: { zone: 'us-east-1a', attributes: { 'ecs.vpc-id': 'vpc-2' } },
    reason: 'ATTRIBUTE',
  },
  {
    title: 'no VPC at all',
    task: AWSVPC,
    input: network('subnet-a'),
    shape: { zone: 'us-east-1a' },
    reason: 'ATTRIBUTE',
  },
  {
    title: 'another zone than the subnets are in',
    task: AWSVPC,
    input: network('subnet-a'),
    shape: { zone: 'us-east-1b', attributes: { 'ecs.vpc-id': 'vpc-1' } },
    reason: 'LOCATION',
  },
  {
    title: 'no zone at all',
    task: AWSVPC,
    input: network('subnet-a'),
    shape: { attributes: { 'ecs.vpc-id': 'vpc-1' } },
    reason: 'LOCATION',
  },
  {
    title: 'the zone of one of several subnets',
    task: AWSVPC,
    input: network('subnet-a', 'subnet-b'),
    shape: { zone: 'us-east-1b', attributes: { 'ecs.vpc-id': 'vpc-1' } },
  },
  { title: 'any zone and VPC when no subnets are given', task: AWSVPC, shape: {} },
  { title: 'one CPU unit too few', shape: { cpuLeft: 127 }, reason: 'RESOURCE:CPU' },
  { title: 'one MiB too few', shape: { memoryLeftMiB: 127 }, reason: 'RESOURCE:MEMORY' },
  { title: 'exactly the amounts left', shape: { cpuLeft: 128, memoryLeftMiB: 128 } },
  { title: 'no CPU needed and none left', container: { cpu: 0 }, shape: { cpuLeft: 0 } },
  { title: 'a taken port', container: port(80), shape: { ports: ['80'] }, reason: 'RESOURCE:PORTS' },
  { title: 'a taken UDP port', container: port(53, 'udp'), shape: { portsUdp: ['53'] }, reason: 'RESOURCE:PORTS' },
  { title: 'the same port of the other protocol', container: port(53, 'udp'), shape: { ports: ['53'] } },
  {
    title: 'a hundred reserved ports of both protocols',
    container: port(80),
    shape: { ports: many(1000, 60), portsUdp: many(1000, 40) },
    reason: 'RESOURCE:PORTS',
  },
  { title: 'the hundredth port', container: port(80), shape: { ports: many(1000, 60), portsUdp: many(1000, 39) } },
  { title: 'more than a hundred reserved ports when none is needed', shape: { ports: many(1000, 101) } },
  { title: 'too few GPUs', container: gpu('2'), shape: { gpuIds: ['GPU-0'] }, reason: 'RESOURCE:GPU' },
  { title: 'exactly the GPUs left', container: gpu('1'), shape: { gpuIds: ['GPU-0', 'GPU-1'], gpuIdsLeft: ['GPU-1'] } },
  {
    title: 'all GPUs where one is taken',
    container: gpu('ALL'),
    shape: { gpuIds: ['GPU-0', 'GPU-1'], gpuIdsLeft: ['GPU-1'] },
    reason: 'RESOURCE:GPU',
  },
  { title: 'all GPUs where there is none', container: gpu('ALL'), shape: {}, reason: 'RESOURCE:GPU' },
  { title: 'all GPUs where all are free', container: gpu('ALL'), shape: { gpuIds: ['GPU-0', 'GPU-1'] } },
];

describe.each(engineKinds)('$name', (kind) => {
  it.each(CASES)('$title: $reason', async ({ container, task, input, shape, reason }) => {
    const engine = await cluster(kind, [instance(0, shape)], [definition('web', container, task)]);
    engine.registerSubnets(SUBNETS);
    expect(reasons(engine, input)).toEqual(reason === undefined ? [] : [`0: ${reason}`]);
  });

  it('gives the first failing gate as the reason, in this order', async () => {
    const worst: InstanceShape = {
      agentConnected: false,
      cpuLeft: 0,
      memoryLeftMiB: 0,
      ports: ['80'],
      attributes: { 'ecs.instance-type': 't2.small' },
    };
    const better: Partial<InstanceShape>[] = [
      { agentConnected: true },
      { attributes: { ...worst.attributes, 'ecs.vpc-id': 'vpc-1' } },
      { zone: 'us-east-1a' },
      { cpuLeft: 1024 },
      { memoryLeftMiB: 1024 },
      { attributes: { 'ecs.vpc-id': 'vpc-1' } },
      { gpuIds: ['GPU-0'] },
    ];
    const shapes = better.map((_, k) => Object.assign({}, worst, ...better.slice(0, k + 1)) as InstanceShape);
    const all = [worst, ...shapes].map((shape, k) => instance(k, shape));
    const engine = await cluster(kind, all, [definition('web', gpu('1'), AWSVPC)], {
      instanceTypes: { 't2.small': { awsvpcTasks: 0 } },
    });
    engine.registerSubnets(SUBNETS);
    expect(reasons(engine, { ...network('subnet-a'), count: 2 })).toEqual([
      '0: AGENT',
      '1: ATTRIBUTE',
      '2: LOCATION',
      '3: RESOURCE:CPU',
      '4: RESOURCE:MEMORY',
      '5: RESOURCE:ENI',
      '6: RESOURCE:GPU',
      '7: RESOURCE:GPU',
    ]);
  });

  it('asks for memory before ports, and for ports before GPUs', async () => {
    const shapes: InstanceShape[] = [{ memoryLeftMiB: 0, ports: ['80'] }, { ports: ['80'] }, {}];
    const engine = await cluster(
      kind,
      shapes.map((shape, k) => instance(k, shape)),
      [definition('web', { ...port(80), ...gpu('1') })],
    );
    expect(reasons(engine)).toEqual(['0: RESOURCE:MEMORY', '1: RESOURCE:PORTS', '2: RESOURCE:GPU']);
  });

  it('passes over instances that are not ACTIVE without a word', async () => {
    const statuses = ['DRAINING', 'REGISTERING', 'DEREGISTERING', 'REGISTRATION_FAILED', 'INACTIVE'];
    const engine = await cluster(kind, [
      instance(0, { cpuLeft: 0 }),
      ...statuses.map((status, k) => instance(k + 1, { status })),
    ]);
    expect(reasons(engine)).toEqual(['0: RESOURCE:CPU']);
  });

  it('keeps EC2 and external instances apart, and reports only those of the launch type', async () => {
    const engine = await cluster(kind, [
      instance(0, { cpu: 128 }),
      instance(1, { cpu: 128, attributes: { 'ecs.capability.external': null } }),
    ]);
    expect(run(engine, { launchType: 'EXTERNAL' })).toEqual([1]);
    expect(reasons(engine, { launchType: 'EXTERNAL' })).toEqual(['1: RESOURCE:CPU']);
    expect(run(engine)).toEqual([0]);
    expect(reasons(engine)).toEqual(['0: RESOURCE:CPU']);
  });

  it('keeps to the capacity provider, by name', async () => {
    const shapes = ['spot', 'steady', undefined].map((capacityProviderName, k) =>
      instance(k, { cpu: 128, ...(capacityProviderName === undefined ? {} : { capacityProviderName }) }),
    );
    const engine = await cluster(kind, shapes);
    expect(run(engine, { capacityProviderStrategy: [{ capacityProvider: 'steady' }] })).toEqual([1]);
    expect(reasons(engine, { capacityProvider: 'steady' })).toEqual(['1: RESOURCE:CPU']);
    expect(run(engine, { count: 3 })).toEqual([0, 2]);
  });

  it('keeps all but their capacity provider off instances that ECS manages', async () => {
    const managed = { 'ecs.capability.managed-instances': null };
    const engine = await cluster(kind, [
      instance(0, { cpu: 128 }),
      instance(1, { cpu: 128, capacityProviderName: 'managed', attributes: managed }),
    ]);
    expect(run(engine, { count: 3 })).toEqual([0]);
    expect(run(engine, { count: 3, capacityProvider: 'managed' })).toEqual([1]);
    expect(reasons(engine, { launchType: 'EC2' })).toEqual(['0: RESOURCE:CPU']);
    const [, gates] = engine.explain({ taskDefinition: 'web' }).instances.map((one) => one.gates);
    expect(gates?.find(({ gate }) => gate === 'LAUNCH_TYPE')).toEqual({
      gate: 'LAUNCH_TYPE',
      passed: false,
      need: 'EC2',
      have: 'MANAGED_INSTANCES',
    });
  });

  it('holds as many awsvpc tasks as the instance type has interfaces, more with a trunk, any number unknown', async () => {
    const types = [
      { 'ecs.instance-type': 'c5.large' },
      { 'ecs.instance-type': 'c5.large', 'ecs.awsvpc-trunk-id': 'eni-1' },
    ];
    const engine = await cluster(
      kind,
      [...types, { 'ecs.instance-type': 'x9.large' }, {}].map((attributes, k) => instance(k, { cpu: 640, attributes })),
      [definition('web', {}, AWSVPC)],
      { instanceTypes: { 'c5.large': { awsvpcTasks: 1, awsvpcTasksTrunked: 3 } } },
    );
    expect(run(engine, { count: 99 })).toEqual([0, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3]);
    expect(reasons(engine).slice(0, 2)).toEqual(['0: RESOURCE:ENI', '1: RESOURCE:ENI']);
  });
});
