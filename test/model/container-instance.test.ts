/** Container instances: the record made of a describe answer, and the describe answer made of a record. */
import { describe, expect, it } from 'vitest';
import { MAX_AMOUNT } from '../../assembly/abi.ts';
import { describeContainerInstance, parseContainerInstances } from '../../src/model/container-instance.ts';
import { refusal } from './refusal.ts';

const ARN = 'arn:aws:ecs:us-east-1:123456789012:container-instance/default/abc';
const amount = (name: string, integerValue: unknown) => ({ name, type: 'INTEGER', integerValue });
const set = (name: string, ...stringSetValue: unknown[]) => ({ name, type: 'STRINGSET', stringSetValue });
const registeredResources = [amount('CPU', 2048), amount('MEMORY', 3955), set('PORTS', '22', '2376'), set('PORTS_UDP')];
const parse = (members: object = {}) =>
  parseContainerInstances([{ containerInstanceArn: ARN, registeredResources, ...members }])[0] ??
  expect.fail('no record');

describe('a container instance with nothing but resources', () => {
  it('is ACTIVE, connected, whole and without tasks', () => {
    const amounts = { cpu: 2048, memoryMiB: 3955, ports: [22, 2376], portsUdp: [], gpuIds: [] };
    expect(parse()).toMatchObject({
      id: 'abc',
      status: 'ACTIVE',
      agentConnected: true,
      attributes: [],
      registered: amounts,
      remaining: amounts,
      runningTasksCount: 0,
      pendingTasksCount: 0,
    });
  });

  it('takes null for absent, as some tools print it', () => {
    const absent = ['status', 'agentConnected', 'versionInfo', 'remainingResources', 'attributes', 'registeredAt'];
    expect(parse(Object.fromEntries(absent.map((member) => [member, null])))).toMatchObject({
      ...parse(),
      given: expect.anything(),
    });
  });
});

describe('resources', () => {
  it('left without ports or GPUs have those registered', () => {
    const gpus = set('GPU', 'g0', 'g1');
    const record = parse({
      registeredResources: [...registeredResources, gpus],
      remainingResources: [amount('CPU', 1), amount('MEMORY', 2)],
    });
    expect(record.remaining).toEqual({ cpu: 1, memoryMiB: 2, ports: [22, 2376], portsUdp: [], gpuIds: ['g0', 'g1'] });
  });

  it('read the member that the type names', () => {
    const resources = [
      { name: 'CPU', type: 'LONG', longValue: 7, integerValue: 0 },
      { name: 'MEMORY', type: 'DOUBLE', doubleValue: 9, integerValue: 0 },
    ];
    expect(parse({ registeredResources: resources }).registered).toMatchObject({ cpu: 7, memoryMiB: 9 });
  });

  it('have ports as numbers, each once, ascending', () => {
    expect(parse({ registeredResources: [set('PORTS', '51678', '22', '2376', '22')] }).registered.ports).toEqual([
      22, 2376, 51678,
    ]);
  });

  it('go up to the largest amount', () => {
    const most = [amount('CPU', MAX_AMOUNT), amount('MEMORY', MAX_AMOUNT)];
    expect(parse({ registeredResources: most }).registered).toMatchObject({ cpu: MAX_AMOUNT, memoryMiB: MAX_AMOUNT });
  });

  it.each([
    ['above the largest', amount('CPU', MAX_AMOUNT + 1), '[0].integerValue'],
    ['below zero', amount('CPU', -1), '[0].integerValue'],
    ['in halves', amount('MEMORY', 0.5), '[0].integerValue'],
    ['as text', amount('MEMORY', '10'), '[0].integerValue'],
    ['no number', amount('MEMORY', Number.NaN), '[0].integerValue'],
    ['without a name', { type: 'INTEGER', integerValue: 1 }, '[0].name'],
    ['as a port in words', set('PORTS', 'ssh'), '[0].stringSetValue[0]'],
    ['as a port beyond the last', set('PORTS_UDP', '1', '65536'), '[0].stringSetValue[1]'],
    ['as a number for a port', set('PORTS', 22), '[0].stringSetValue[0]'],
    ['as text for ports', { name: 'PORTS', stringSetValue: '22' }, '[0].stringSetValue'],
  ])('are refused %s', (_, resource, path) => {
    expect(refusal(() => parse({ registeredResources: [resource] }))).toMatchObject({
      name: 'InvalidParameterException',
      path: `containerInstances[0].registeredResources${path}`,
    });
  });

  it.each([
    ['CPU', [amount('CPU', 2049), amount('MEMORY', 1)]],
    ['memory', [amount('CPU', 1), amount('MEMORY', 3956)]],
    ['GPUs', [amount('CPU', 1), amount('MEMORY', 1), set('GPU', 'g9')]],
  ])('left may not exceed the registered %s', (_, remainingResources) => {
    expect(refusal(() => parse({ remainingResources }))?.code).toBe('REMAINING_ABOVE_REGISTERED');
  });
});

describe('two container instances', () => {
  it.each([
    ['of one ARN', ARN],
    ['of one id in two clusters', ARN.replace('default', 'other')],
    ['of one id in the old and the new format', ARN.replace('default/', '')],
  ])('%s are refused at the second', (_, containerInstanceArn) => {
    expect(
      refusal(() => parseContainerInstances([{ containerInstanceArn: ARN }, { containerInstanceArn }])),
    ).toMatchObject({
      code: 'DUPLICATE_CONTAINER_INSTANCE',
      path: 'containerInstances[1].containerInstanceArn',
    });
  });
});

describe('describing', () => {
  const neuron = { name: 'NEURON_CORES', type: 'STRINGSET', stringSetValue: ['0', '1'] };
  const record = parse({
    registeredResources: [neuron, set('GPU', 'g0', 'g1'), ...registeredResources],
    attributes: [{ name: 'stack', value: 'prod' }],
    ec2InstanceId: 'i-1',
    version: 7,
    tags: [{ key: 'a', value: 'b' }],
  });
  const shown = describeContainerInstance(record, {
    status: 'DRAINING',
    agentConnected: false,
    attributes: [{ name: 'gpu' }],
    remaining: { cpu: 1, memoryMiB: 2, ports: [22, 80, 2376], portsUdp: [53], gpuIds: ['g1'] },
    runningTasksCount: 3,
    pendingTasksCount: 1,
  });

  it('shows what placement does not read as it was given', () => {
    expect(shown).toMatchObject({ ec2InstanceId: 'i-1', version: 7, tags: [{ key: 'a', value: 'b' }] });
    expect(shown.registeredResources).toEqual(record.given.registeredResources);
  });

  it('shows what has changed', () => {
    expect(shown).toMatchObject({
      status: 'DRAINING',
      agentConnected: false,
      attributes: [{ name: 'gpu' }],
      runningTasksCount: 3,
      pendingTasksCount: 1,
    });
  });

  it('lists what remains in the order of AWS: amounts, used ports, free GPUs, then the rest', () => {
    const zero = { doubleValue: 0, longValue: 0 };
    const strings = (name: string, stringSetValue: string[]) => ({
      name,
      type: 'STRINGSET',
      ...zero,
      integerValue: 0,
      stringSetValue,
    });
    expect(shown.remainingResources).toEqual([
      { name: 'CPU', type: 'INTEGER', ...zero, integerValue: 1 },
      { name: 'MEMORY', type: 'INTEGER', ...zero, integerValue: 2 },
      strings('PORTS', ['22', '80', '2376']),
      strings('PORTS_UDP', ['53']),
      strings('GPU', ['g1']),
      neuron,
    ]);
  });

  it('gives what parses back to the same record', () => {
    const again = parseContainerInstances([shown])[0];
    expect(again).toMatchObject({
      remaining: { cpu: 1, memoryMiB: 2, ports: [22, 80, 2376], portsUdp: [53], gpuIds: ['g1'] },
      registered: record.registered,
      status: 'DRAINING',
    });
  });
});
