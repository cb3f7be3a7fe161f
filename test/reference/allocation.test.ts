/** What a record holds beyond amounts: which GPUs, which dynamic host ports. */
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/contract.ts';
import type { Task } from '../../src/model/task.ts';
import type { PortMapping } from '../../src/model/task-definition.ts';
import { engineKinds } from '../support/engines.ts';
import { cluster, definition, instance, left, run } from '../support/shapes.ts';

const gpus = (name: string, value: string) =>
  definition(name, { memory: 4, cpu: 0, resourceRequirements: [{ type: 'GPU', value }] });
const web = (portMappings: PortMapping[]) => definition('web', { memory: 4, cpu: 0, portMappings });

function runOne(engine: Engine, taskDefinition = 'web'): Task {
  return engine.runTask({ taskDefinition }).tasks[0] as Task;
}
const gpuIdsOf = (task: Task) => task.containers?.map(({ gpuIds }) => gpuIds);
const hostPorts = (task: Task) =>
  task.containers?.flatMap(({ networkBindings = [] }) =>
    networkBindings.map(({ hostPort, hostPortRange }) => hostPort ?? hostPortRange),
  );
const stop = (engine: Engine, task: Task) =>
  engine.submitTaskStateChange({ task: task.taskArn ?? '', status: 'STOPPED' });

describe.each(engineKinds)('$name', (kind) => {
  describe('GPU ids', () => {
    it('are the lowest free ones in the registered order, and free again at STOPPED', async () => {
      const engine = await cluster(
        kind,
        [instance(0, { gpuIds: ['Z', 'A', 'M', 'B'] })],
        [gpus('one', '1'), gpus('two', '2')],
      );
      const first = runOne(engine, 'one');
      const second = runOne(engine, 'two');
      expect([gpuIdsOf(first), gpuIdsOf(second)]).toEqual([[['Z']], [['A', 'M']]]);
      engine.stopTask({ task: first.taskArn ?? '' });
      expect(left(engine, 0, 'GPU')).toEqual(['B']);
      stop(engine, first);
      expect(left(engine, 0, 'GPU')).toEqual(['Z', 'B']);
      expect(gpuIdsOf(runOne(engine, 'two'))).toEqual([['Z', 'B']]);
    });

    it('taken at registration are never given out', async () => {
      const engine = await cluster(
        kind,
        [instance(0, { gpuIds: ['A', 'B', 'C'], gpuIdsLeft: ['C', 'A'] })],
        [gpus('two', '2')],
      );
      expect(gpuIdsOf(runOne(engine, 'two'))).toEqual([['C', 'A']]);
    });

    it('go to the containers in their order, all of them to one that wants all', async () => {
      const want = (name: string, value: string) => ({
        name,
        memory: 4,
        resourceRequirements: [{ type: 'GPU' as const, value }],
      });
      const pair = definition(
        'pair',
        {},
        { containerDefinitions: [want('a', '2'), { name: 'b', memory: 4 }, want('c', '1')] },
      );
      const engine = await cluster(kind, [instance(0, { gpuIds: ['0', '1', '2'] })], [pair, gpus('all', 'ALL')]);
      const task = runOne(engine, 'pair');
      expect(gpuIdsOf(task)).toEqual([['0', '1'], undefined, ['2']]);
      stop(engine, task);
      expect(gpuIdsOf(runOne(engine, 'all'))).toEqual([['0', '1', '2']]);
    });

    it('of tasks without a record count from the end', async () => {
      const engine = await cluster(kind, [instance(0, { gpuIds: ['0', '1', '2', '3'] })], [gpus('one', '1')]);
      const placer = engine.prepare({ taskDefinition: 'one' });
      placer.place(2, new Int32Array(2));
      expect(left(engine, 0, 'GPU')).toEqual(['0', '1']);
      expect(gpuIdsOf(runOne(engine, 'one'))).toEqual([['0']]);
      expect(left(engine, 0, 'GPU')).toEqual(['1']);
    });
  });

  describe('dynamic host ports', () => {
    it('are the lowest free from 49153 on, for each protocol, and free again at STOPPED', async () => {
      const engine = await cluster(
        kind,
        [instance(0)],
        [web([{ containerPort: 80 }, { containerPort: 53, hostPort: 0, protocol: 'udp' }])],
      );
      const [first, second] = [runOne(engine), runOne(engine)];
      expect(first.containers?.[0]?.networkBindings).toEqual([
        { bindIP: '0.0.0.0', containerPort: 80, hostPort: 49153, protocol: 'tcp' },
        { bindIP: '0.0.0.0', containerPort: 53, hostPort: 49153, protocol: 'udp' },
      ]);
      expect(hostPorts(second)).toEqual([49154, 49154]);
      stop(engine, first);
      expect(hostPorts(runOne(engine))).toEqual([49153, 49153]);
      expect(hostPorts(runOne(engine))).toEqual([49155, 49155]);
    });

    it('never show in the remaining ports, nor keep a static port from anyone', async () => {
      const fixed = definition('fixed', { portMappings: [{ containerPort: 1, hostPort: 49153 }] });
      const engine = await cluster(kind, [instance(0)], [web([{ containerPort: 80 }]), fixed]);
      expect(hostPorts(runOne(engine))).toEqual([49153]);
      expect(left(engine, 0, 'PORTS')).toEqual([]);
      expect(run(engine, { taskDefinition: 'fixed' })).toEqual([0]);
      expect(left(engine, 0, 'PORTS')).toEqual(['49153']);
    });

    it('pass over static ports of the instance, of tasks and of the task itself', async () => {
      const fixed = definition('fixed', { portMappings: [{ containerPort: 1, hostPort: 49154 }] });
      const mixed = web([{ containerPort: 1 }, { containerPort: 2, hostPort: 49155 }, { containerPort: 3 }]);
      const engine = await cluster(kind, [instance(0, { ports: ['49153'], portsUdp: ['49156'] })], [mixed, fixed]);
      runOne(engine, 'fixed');
      expect(hostPorts(runOne(engine))).toEqual([49156, 49155, 49157]);
    });

    it('of a range are a block without a gap', async () => {
      const engine = await cluster(
        kind,
        [instance(0, { ports: ['49155'] })],
        [web([{ containerPortRange: '8000-8002' }, { containerPort: 80 }])],
      );
      expect(runOne(engine).containers?.[0]?.networkBindings).toEqual([
        { bindIP: '0.0.0.0', containerPortRange: '8000-8002', hostPortRange: '49156-49158', protocol: 'tcp' },
        { bindIP: '0.0.0.0', containerPort: 80, hostPort: 49153, protocol: 'tcp' },
      ]);
    });

    it('are not there where the host or an own interface is used', async () => {
      const mapping = { portMappings: [{ containerPort: 80 }] };
      const engine = await cluster(
        kind,
        [instance(0)],
        [definition('host', mapping, { networkMode: 'host' }), definition('net', mapping, { networkMode: 'awsvpc' })],
      );
      expect(hostPorts(runOne(engine, 'host'))).toEqual([80]);
      expect(hostPorts(runOne(engine, 'net'))).toEqual([]);
    });

    it('are as many as there are, the last one included', async () => {
      const block = web([{ containerPortRange: '1-16382' }]);
      const engine = await cluster(
        kind,
        [instance(0)],
        [block, definition('one', { memory: 4, cpu: 0, portMappings: [{ containerPort: 80 }] })],
      );
      expect(hostPorts(runOne(engine))).toEqual(['49153-65534']);
      expect(hostPorts(runOne(engine, 'one'))).toEqual([65535]);
      expect(hostPorts(runOne(engine, 'one'))).toEqual([]);
    });
  });
});
