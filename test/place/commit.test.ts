/** Commit and free: what a task takes, what it gives back, and when. */
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/contract.ts';
import { engineKinds } from '../support/engines.ts';
import { cluster, definition, described, instance, left, refusal, run } from '../support/shapes.ts';

const HEAVY = definition('web', {
  cpu: 100,
  memory: 200,
  portMappings: [
    { containerPort: 80, hostPort: 80 },
    { containerPort: 53, hostPort: 53, protocol: 'udp' },
  ],
  resourceRequirements: [{ type: 'GPU', value: '1' }],
});
const SHAPE = { ports: ['22'], gpuIds: ['GPU-1', 'GPU-0'], runningTasksCount: 3, pendingTasksCount: 1 };

function amounts(engine: Engine): unknown {
  const { runningTasksCount, pendingTasksCount } = described(engine, 0);
  const resources = ['CPU', 'MEMORY', 'PORTS', 'PORTS_UDP', 'GPU'].map((name) => left(engine, 0, name));
  return [...resources, runningTasksCount, pendingTasksCount];
}

const UNTOUCHED = [1024, 1024, ['22'], [], ['GPU-1', 'GPU-0'], 3, 1];
const TAKEN = [924, 824, ['22', '80'], ['53'], ['GPU-0'], 4, 2];

describe.each(engineKinds)('$name', (kind) => {
  it('takes cpu, memory, ports and GPUs and counts the task as running and pending', async () => {
    const engine = await cluster(kind, [instance(0, SHAPE)], [HEAVY]);
    expect(amounts(engine)).toEqual(UNTOUCHED);
    run(engine);
    expect(amounts(engine)).toEqual(TAKEN);
  });

  it('drops the running count at desired STOPPED and gives resources back at STOPPED', async () => {
    const engine = await cluster(kind, [instance(0, SHAPE)], [HEAVY]);
    const task = engine.runTask({ taskDefinition: 'web' }).tasks[0]?.taskArn ?? '';
    engine.stopTask({ task });
    expect(amounts(engine)).toEqual([924, 824, ['22', '80'], ['53'], ['GPU-0'], 3, 2]);
    engine.submitTaskStateChange({ task, status: 'STOPPED' });
    expect(amounts(engine)).toEqual(UNTOUCHED);
  });

  it('does both when the last status says STOPPED at once', async () => {
    const engine = await cluster(kind, [instance(0, SHAPE)], [HEAVY]);
    const task = engine.runTask({ taskDefinition: 'web' }).tasks[0]?.taskArn ?? '';
    engine.submitTaskStateChange({ task, status: 'STOPPED' });
    expect(amounts(engine)).toEqual(UNTOUCHED);
    expect(run(engine)).toEqual([0]);
  });

  it('gives an interface back at STOPPED', async () => {
    const types = { attributes: { 'ecs.instance-type': 't' } };
    const engine = await cluster(kind, [instance(0, types)], [definition('web', {}, { networkMode: 'awsvpc' })], {
      instanceTypes: { t: { awsvpcTasks: 1 } },
    });
    const task = engine.runTask({ taskDefinition: 'web' }).tasks[0]?.taskArn ?? '';
    engine.stopTask({ task });
    expect(run(engine)).toEqual([]);
    engine.submitTaskStateChange({ task, status: 'STOPPED' });
    expect(run(engine)).toEqual([0]);
  });

  it('takes all GPUs of whatever instance it is, and gives as many back', async () => {
    const all = definition('web', { resourceRequirements: [{ type: 'GPU', value: 'ALL' }] });
    const engine = await cluster(kind, [instance(0, { gpuIds: ['A', 'B', 'C'] })], [all]);
    const task = engine.runTask({ taskDefinition: 'web' }).tasks[0]?.taskArn ?? '';
    expect(left(engine, 0, 'GPU')).toEqual([]);
    engine.submitTaskStateChange({ task, status: 'STOPPED' });
    expect(left(engine, 0, 'GPU')).toEqual(['A', 'B', 'C']);
  });

  it('counts tasks without a record as running but never as pending, and takes their GPUs from the end', async () => {
    const engine = await cluster(kind, [instance(0, SHAPE)], [HEAVY]);
    const placer = engine.prepare({ taskDefinition: 'web' });
    const slots = new Int32Array(2);
    expect(placer.place(2, slots)).toBe(1);
    expect(amounts(engine)).toEqual([924, 824, ['22', '80'], ['53'], ['GPU-1'], 4, 1]);
    placer.release(slots, 1);
    expect(amounts(engine)).toEqual(UNTOUCHED);
  });

  it.each([
    { title: 'more often than it was placed', slots: [0, 0] },
    { title: 'a slot it was never placed on', slots: [0, 1] },
    { title: 'a slot that does not exist', slots: [0, 77] },
    { title: 'a slot below zero', slots: [0, -1] },
  ])('refuses to release $title, and then releases nothing', async ({ slots }) => {
    const engine = await cluster(kind, [instance(0, SHAPE), instance(1, SHAPE)], [HEAVY]);
    const placer = engine.prepare({ taskDefinition: 'web', placementStrategy: [{ type: 'binpack', field: 'cpu' }] });
    expect(placer.place(1, new Int32Array(1))).toBe(1);
    expect(refusal(() => placer.release(Int32Array.from(slots), 2))).toBe('InvalidParameterException NOT_HELD');
    expect(left(engine, 0, 'CPU')).toBe(924);
    placer.release(Int32Array.from([0]), 1);
    expect(amounts(engine)).toEqual(UNTOUCHED);
    expect(engine.check()).toEqual([]);
  });

  it('refuses to release what is free on the instance, and what another group holds', async () => {
    const port = definition('port', { cpu: 0, memory: 4, portMappings: [{ containerPort: 80, hostPort: 80 }] });
    const big = definition('big', { cpu: 512, memory: 4 });
    const engine = await cluster(kind, [instance(0)], [definition('web'), port, big]);
    run(engine, { group: 'g' });
    for (const input of [
      { taskDefinition: 'port', group: 'g' },
      { taskDefinition: 'big', group: 'g' },
      { taskDefinition: 'web', group: 'h' },
    ]) {
      const placer = engine.prepare(input);
      expect(refusal(() => placer.release(Int32Array.from([0]), 1))).toBe('InvalidParameterException NOT_HELD');
    }
    expect(left(engine, 0, 'CPU')).toBe(896);
  });
});
