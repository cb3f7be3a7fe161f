/** Demand: what a definition takes from its instance. Seen as what is left and what a task shows. */
import { describe, expect, it } from 'vitest';
import type { PortMapping, TaskDefinition } from '../../src/model/task-definition.ts';
import { demandOf } from '../../src/reference/table/demand.ts';
import { engineKinds } from '../support/engines.ts';
import { cluster, definition, instance, left } from '../support/shapes.ts';

const two = (task: Partial<TaskDefinition>): TaskDefinition =>
  definition(
    'web',
    {},
    {
      containerDefinitions: [
        { name: 'a', cpu: 100, memory: 300, memoryReservation: 200 },
        { name: 'b', memory: 50 },
      ],
      ...task,
    },
  );
const ports = (portMappings: PortMapping[], networkMode?: TaskDefinition['networkMode']): TaskDefinition =>
  definition('web', { portMappings }, { networkMode });

const CASES = [
  { title: 'the sum of the containers, reservations before limits', given: two({}), cpu: 100, memory: 250 },
  { title: 'the task level where it is given', given: two({ cpu: '256', memory: '512' }), cpu: 256, memory: 512 },
  { title: 'the task level for memory alone', given: two({ memory: '1 GB' }), cpu: 100, memory: 1024 },
  { title: 'vCPUs', given: two({ cpu: '.5 vCPU' }), cpu: 512, memory: 250 },
  {
    title: 'the containers on Windows, whatever the task level says',
    given: two({ cpu: '256', memory: '512', runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' } }),
    cpu: 100,
    memory: 250,
  },
  {
    title: 'the task level on Linux',
    given: two({ cpu: '256', memory: '512', runtimePlatform: { operatingSystemFamily: 'LINUX' } }),
    cpu: 256,
    memory: 512,
  },
];

const PORT_CASES = [
  {
    title: 'static ports of a bridge, by protocol, each once',
    given: ports([
      { containerPort: 1, hostPort: 80 },
      { containerPort: 2, hostPort: 80 },
      { containerPort: 3, hostPort: 80, protocol: 'udp' },
      { containerPort: 4 },
      { containerPort: 5, hostPort: 0 },
    ]),
    tcp: ['80'],
    udp: ['80'],
  },
  {
    title: 'container ports of the host mode',
    given: ports([{ containerPort: 81 }, { containerPort: 82, hostPort: 82 }], 'host'),
    tcp: ['81', '82'],
    udp: [],
  },
  { title: 'no port of awsvpc', given: ports([{ containerPort: 80, hostPort: 80 }], 'awsvpc'), tcp: [], udp: [] },
  { title: 'no port of a range', given: ports([{ containerPortRange: '8000-8010' }]), tcp: [], udp: [] },
];

describe.each(engineKinds)('$name', (kind) => {
  it.each(CASES)('takes $title', async ({ given, cpu, memory }) => {
    const engine = await cluster(kind, [instance(0, { cpu: 2048, memoryMiB: 2048 })], [given]);
    const [task] = engine.runTask({ taskDefinition: 'web' }).tasks;
    expect([task?.cpu, task?.memory]).toEqual([String(cpu), String(memory)]);
    expect([left(engine, 0, 'CPU'), left(engine, 0, 'MEMORY')]).toEqual([2048 - cpu, 2048 - memory]);
  });

  it.each(PORT_CASES)('takes $title', async ({ given, tcp, udp }) => {
    const engine = await cluster(kind, [instance(0)], [given]);
    engine.runTask({ taskDefinition: 'web' });
    expect([left(engine, 0, 'PORTS'), left(engine, 0, 'PORTS_UDP')]).toEqual([tcp, udp]);
  });

  it('adds up the GPUs of all containers', async () => {
    const gpu = (name: string, value: string) => ({
      name,
      memory: 4,
      resourceRequirements: [{ type: 'GPU' as const, value }],
    });
    const given = definition(
      'web',
      {},
      { containerDefinitions: [gpu('a', '1'), { name: 'b', memory: 4 }, gpu('c', '2')] },
    );
    const engine = await cluster(kind, [instance(0, { gpuIds: ['0', '1', '2', '3'] })], [given]);
    engine.runTask({ taskDefinition: 'web' });
    expect(left(engine, 0, 'GPU')).toEqual(['3']);
  });
});

describe('the reference', () => {
  it('wants all GPUs as soon as one container does', () => {
    const want = (value: string) => ({ name: value, resourceRequirements: [{ type: 'GPU' as const, value }] });
    expect(demandOf({ containerDefinitions: [want('2'), want('ALL')] }).gpus).toBe('ALL');
    expect(demandOf({ containerDefinitions: [want('2'), want('3')] }).gpus).toBe(5);
    expect(
      demandOf({ containerDefinitions: [{ resourceRequirements: [{ type: 'InferenceAccelerator', value: 'x' }] }] })
        .gpus,
    ).toBe(0);
  });
});
