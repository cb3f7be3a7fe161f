/** Commit and free: what a task takes, what it gives back, and when. */
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/contract.ts';
import { engineKinds } from '../support/engines.ts';
import { arn, cluster, definition, described, instance, left, refusal, run } from '../support/shapes.ts';

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

  it('does the same in two moments: stop drops the counts, free gives the resources back', async () => {
    const engine = await cluster(kind, [instance(0, SHAPE)], [HEAVY]);
    const placer = engine.prepare({ taskDefinition: 'web' });
    const slots = new Int32Array(1);
    placer.place(1, slots);
    placer.stop(slots, 1);
    expect(amounts(engine)).toEqual([924, 824, ['22', '80'], ['53'], ['GPU-1'], 3, 1]);
    expect(run(engine)).toEqual([]);
    placer.free(slots, 1);
    expect(amounts(engine)).toEqual(UNTOUCHED);
    expect(run(engine)).toEqual([0]);
  });

  it('lets a task of the group onto the instance as soon as the one there shall stop', async () => {
    const engine = await cluster(kind, [instance(0, SHAPE)]);
    const placer = engine.prepare({ taskDefinition: 'web', placementConstraints: [{ type: 'distinctInstance' }] });
    const slots = new Int32Array(2);
    expect([placer.place(2, slots), left(engine, 0, 'CPU')]).toEqual([1, 896]);
    placer.stop(slots, 1);
    expect([placer.place(1, slots), left(engine, 0, 'CPU')]).toEqual([1, 768]);
    placer.free(slots, 1);
    placer.release(slots, 1);
    expect([left(engine, 0, 'CPU'), engine.check()]).toEqual([1024, []]);
  });

  it('spreads by what shall run, not by what still holds resources', async () => {
    const engine = await cluster(kind, [instance(0), instance(1), instance(2)]);
    const placer = engine.prepare({
      taskDefinition: 'web',
      placementStrategy: [{ type: 'spread', field: 'instanceId' }],
    });
    placer.place(3, new Int32Array(3));
    placer.stop(Int32Array.of(2), 1);
    const slots = new Int32Array(2);
    placer.place(2, slots);
    expect([...slots]).toEqual([2, 0]);
  });

  it.each<[string, 'stop' | 'free' | 'release', number[]]>([
    ['to stop a task twice', 'stop', [0]],
    ['to release a task that was stopped', 'release', [0]],
    ['to free more tasks than were stopped', 'free', [0, 0]],
    ['to free a task that runs', 'free', [0, 1]],
    ['to stop where nothing is', 'stop', [1, 2]],
    ['to stop on a slot that does not exist', 'stop', [1, 77]],
    ['to free on a slot below zero', 'free', [0, -1]],
  ])('refuses %s, and then does nothing', async (_, way, given) => {
    const engine = await cluster(kind, [instance(0), instance(1), instance(2)]);
    const placer = engine.prepare({
      taskDefinition: 'web',
      placementStrategy: [{ type: 'spread', field: 'instanceId' }],
    });
    placer.place(2, new Int32Array(2));
    placer.stop(Int32Array.of(0), 1);
    const before = [0, 1, 2].map((k) => described(engine, k));
    const call = (): void => placer[way](Int32Array.from(given), given.length);
    expect(refusal(call)).toBe('InvalidParameterException NOT_HELD');
    expect([0, 1, 2].map((k) => described(engine, k))).toEqual(before);
    placer.free(Int32Array.of(0), 1);
    placer.release(Int32Array.of(1), 1);
    expect([[0, 1, 2].map((k) => left(engine, k, 'CPU')), engine.check()]).toEqual([[1024, 1024, 1024], []]);
  });

  it('forgets what was stopped when the instance is deregistered', async () => {
    const engine = await cluster(kind, [instance(0)]);
    const placer = engine.prepare({ taskDefinition: 'web' });
    const slots = new Int32Array(3);
    placer.place(3, slots);
    placer.stop(slots, 3);
    engine.deregisterContainerInstance({ containerInstance: arn(0) });
    engine.registerContainerInstances([instance(0)]);
    expect(refusal(() => placer.free(slots, 1))).toBe('InvalidParameterException NOT_HELD');
    expect([left(engine, 0, 'CPU'), engine.check()]).toEqual([1024, []]);
  });

  it('knows in a restored engine what was stopped, on one instance hundreds of times', async () => {
    const engine = await cluster(kind, [instance(0, { cpu: 128 * 400, memoryMiB: 128 * 400 }), instance(1)]);
    const input = { taskDefinition: 'web', placementStrategy: [{ type: 'binpack' as const, field: 'memory' }] };
    const slots = new Int32Array(408);
    const first = engine.prepare(input);
    expect(first.place(408, slots)).toBe(408);
    first.stop(slots, 408);
    const other = await kind.create();
    other.restore(engine.snapshot());
    const placer = other.prepare(input);
    expect(refusal(() => placer.free(Int32Array.from([...slots, 0]), 409))).toBe('InvalidParameterException NOT_HELD');
    placer.free(slots, 408);
    expect([left(other, 0, 'CPU'), left(other, 1, 'CPU'), other.check()]).toEqual([51200, 1024, []]);
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
