/** Prepared requests: decisions like runTask's, without records, as many as asked for. */
import { describe, expect, it } from 'vitest';
import { engineKinds } from '../support/engines.ts';
import { arn, cluster, definition, instance, left, refusal, run } from '../support/shapes.ts';

const MARK = -9;
const fresh = (length: number): Int32Array => new Int32Array(length).fill(MARK);

describe.each(engineKinds)('$name', (kind) => {
  it('decides as runTask does and makes no records', async () => {
    const shapes = ['a', 'b', 'a'].map((zone, k) => instance(k, { zone }));
    const [one, two] = [await cluster(kind, shapes), await cluster(kind, shapes)];
    const placementStrategy = [
      { type: 'spread' as const, field: 'attribute:ecs.availability-zone' },
      { type: 'random' as const },
    ];
    const slots = fresh(20);
    expect(one.prepare({ taskDefinition: 'web', placementStrategy }).place(20, slots)).toBe(20);
    expect([...slots]).toEqual(run(two, { count: 20, placementStrategy }));
    expect(one.stats().tasks).toBe(0);
  });

  it('writes the chosen slots to the front and leaves the rest', async () => {
    const engine = await cluster(kind, [instance(0, { cpu: 256 })]);
    const slots = fresh(5);
    expect(engine.prepare({ taskDefinition: 'web' }).place(4, slots)).toBe(2);
    expect([...slots]).toEqual([0, 0, MARK, MARK, MARK]);
  });

  it('follows the cluster: new instances, lost agents, other placers', async () => {
    const engine = await cluster(kind, [instance(0, { cpu: 256 })], [definition('web'), definition('api')]);
    const placer = engine.prepare({ taskDefinition: 'web', placementStrategy: [{ type: 'binpack', field: 'cpu' }] });
    engine.prepare({ taskDefinition: 'api' }).place(1, fresh(1));
    expect(placer.place(2, fresh(2))).toBe(1);
    engine.registerContainerInstances([instance(1)]);
    const slots = fresh(2);
    expect(placer.place(2, slots)).toBe(2);
    expect([...slots]).toEqual([1, 1]);
    engine.setAgentConnected({ containerInstance: arn(1), agentConnected: false });
    expect(placer.place(1, fresh(1))).toBe(0);
  });

  it('places nothing when asked for nothing, and takes no impossible count', async () => {
    const engine = await cluster(kind, [instance(0)]);
    const placer = engine.prepare({ taskDefinition: 'web' });
    expect(placer.place(0, fresh(0))).toBe(0);
    placer.release(fresh(0), 0);
    for (const count of [-1, 1.5, 3, Number.NaN]) {
      expect(refusal(() => placer.place(count, fresh(2)))).toBe('InvalidParameterException OUT_OF_RANGE');
      expect(refusal(() => placer.release(fresh(2), count))).toBe('InvalidParameterException OUT_OF_RANGE');
    }
    expect(left(engine, 0, 'CPU')).toBe(1024);
  });

  it('gives back any part of what it holds, in any order', async () => {
    const engine = await cluster(kind, [instance(0), instance(1)]);
    const placer = engine.prepare({
      taskDefinition: 'web',
      placementStrategy: [{ type: 'spread', field: 'instanceId' }],
    });
    const slots = fresh(6);
    expect(placer.place(6, slots)).toBe(6);
    placer.release(Int32Array.from([1, 1, 0]), 3);
    expect([left(engine, 0, 'CPU'), left(engine, 1, 'CPU')]).toEqual([1024 - 2 * 128, 1024 - 128]);
    expect(placer.place(1, slots)).toBe(1);
    expect(slots[0]).toBe(1);
  });

  it('does not give back what a deregistered instance held', async () => {
    const engine = await cluster(kind, [instance(0)]);
    const placer = engine.prepare({ taskDefinition: 'web' });
    placer.place(1, fresh(1));
    engine.deregisterContainerInstance({ containerInstance: arn(0), force: true });
    expect(refusal(() => placer.release(Int32Array.from([0]), 1))).toBe('InvalidParameterException NOT_HELD');
    engine.registerContainerInstances([instance(1)]);
    expect(refusal(() => placer.release(Int32Array.from([0]), 1))).toBe('InvalidParameterException NOT_HELD');
    expect(left(engine, 1, 'CPU')).toBe(1024);
  });
});
