/** A prepared request: what it writes, what it refuses, and that it never outlives the table it was made for. */
import { describe, expect, it } from 'vitest';
import { engineKinds } from '../support/engines.ts';
import { arn, BINPACK, cluster, definition, instance, left, refusal } from '../support/shapes.ts';

const MARK = -7;
const REQUEST = { taskDefinition: 'web', placementStrategy: [...BINPACK] };
const slotsOf = (length: number): Int32Array => new Int32Array(length).fill(MARK);

describe.each(engineKinds)('a placer of the $name engine', (kind) => {
  it('writes the chosen slots and nothing else', async () => {
    const engine = await cluster(kind, [instance(0, { cpu: 256 }), instance(1, { cpu: 128 })]);
    const placer = engine.prepare(REQUEST);
    const [one, many, none] = [slotsOf(2), slotsOf(5), slotsOf(1)];
    expect([placer.place(0, none), placer.place(1, one), placer.place(4, many), placer.place(1, none)]).toEqual([
      0, 1, 2, 0,
    ]);
    expect([[...one], [...many], [...none]]).toEqual([[1, MARK], [0, 0, MARK, MARK, MARK], [MARK]]);
  });

  it('writes into part of a larger buffer', async () => {
    const engine = await cluster(kind, [instance(0)]);
    const whole = slotsOf(6);
    expect(engine.prepare(REQUEST).place(2, whole.subarray(2, 4))).toBe(2);
    expect([...whole]).toEqual([MARK, MARK, 0, 0, MARK, MARK]);
  });

  it.each([-1, 1.5, Number.NaN, 4, Number.POSITIVE_INFINITY, '1', null])('refuses the count %j', async (count) => {
    const engine = await cluster(kind, [instance(0)]);
    const placer = engine.prepare(REQUEST);
    const slots = slotsOf(3);
    expect(refusal(() => placer.place(count as number, slots))).toBe('InvalidParameterException OUT_OF_RANGE');
    expect(refusal(() => placer.release(slots, count as number))).toBe('InvalidParameterException OUT_OF_RANGE');
    expect([...slots, left(engine, 0, 'CPU')]).toEqual([MARK, MARK, MARK, 1024]);
  });

  it('places nothing for a count of 0, also into a buffer that is gone', async () => {
    const engine = await cluster(kind, [instance(0)]);
    const slots = slotsOf(3);
    structuredClone(slots, { transfer: [slots.buffer] });
    const placer = engine.prepare(REQUEST);
    expect(placer.place(0, slots)).toBe(0);
    placer.release(slots, 0);
    expect(refusal(() => placer.place(1, slots))).toBe('InvalidParameterException OUT_OF_RANGE');
  });

  it('keeps no memory for a long list, and refuses to give back one that is longer than any', async () => {
    const engine = await cluster(kind, [instance(0)]);
    const placer = engine.prepare(REQUEST);
    const slots = new Int32Array(2 ** 24 + 1);
    placer.place(2, slots);
    const before = engine.stats().memoryBytes;
    const placed = placer.place(slots.length, slots);
    expect(engine.stats().memoryBytes - before).toBeLessThan(2 ** 20);
    for (const way of ['release', 'stop', 'free'] as const) {
      expect(refusal(() => placer[way](slots, slots.length))).toBe('InvalidParameterException OUT_OF_RANGE');
    }
    placer.release(slots, placed);
    expect(engine.check()).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['a proxy', new Proxy(new Int32Array(3), {})],
    ['a list', [0, 0, 0]],
    ['bytes', new Uint8Array(3)],
    ['floats', new Float64Array(3)],
    ['null', null],
  ])('refuses %s in place of an Int32Array, and places nothing', async (_, slots) => {
    const engine = await cluster(kind, [instance(0)]);
    const placer = engine.prepare(REQUEST);
    for (const count of [1, 2]) {
      expect(refusal(() => placer.place(count, slots as Int32Array))).toMatch(/^InvalidParameterException /);
      for (const way of ['release', 'stop', 'free'] as const) {
        expect(refusal(() => placer[way](slots as Int32Array, count))).toMatch(/^InvalidParameterException /);
      }
    }
    expect([left(engine, 0, 'CPU'), engine.check()]).toEqual([1024, []]);
  });

  it.each([-1, 1, 64, 2 ** 31 - 1, -(2 ** 31)])(
    'refuses to release slot %i, which holds nothing, and all else with it',
    async (slot) => {
      const engine = await cluster(kind, [instance(0), instance(1)]);
      const placer = engine.prepare(REQUEST);
      const slots = slotsOf(3);
      placer.place(2, slots);
      slots[2] = slot;
      expect(refusal(() => placer.release(slots, 3))).toBe('InvalidParameterException NOT_HELD');
      expect(refusal(() => placer.release(slots.subarray(2), 1))).toBe('InvalidParameterException NOT_HELD');
      expect([left(engine, 0, 'CPU'), engine.check()]).toEqual([1024 - 256, []]);
      placer.release(slots, 2);
      expect(left(engine, 0, 'CPU')).toBe(1024);
    },
  );

  it('is told apart from another by what it asks, not by when it was made', async () => {
    const engine = await cluster(kind, [instance(0)], [definition('web'), definition('wide', { cpu: 512 })]);
    const [small, wide, again] = ['web', 'wide', 'web'].map((taskDefinition) =>
      engine.prepare({ ...REQUEST, taskDefinition }),
    );
    const slots = slotsOf(1);
    small?.place(1, slots);
    wide?.place(1, slots);
    again?.release(slots, 1);
    expect(left(engine, 0, 'CPU')).toBe(512);
    expect(refusal(() => small?.release(slots, 1))).toBe('InvalidParameterException NOT_HELD');
  });

  it('answers one at a time while lists of many sizes pass through the same buffer', async () => {
    const instances = Array.from({ length: 40 }, (_, k) => instance(k, { cpu: 128 * 400, memoryMiB: 128 * 400 }));
    const engine = await cluster(kind, instances);
    const spread = engine.prepare({ ...REQUEST, placementStrategy: [{ type: 'spread', field: 'instanceId' }] });
    const seen: number[] = [];
    for (const count of [1, 900, 2, 1500, 6000]) {
      const many = slotsOf(count);
      expect(spread.place(count, many)).toBe(count);
      spread.release(many, count);
      const one = slotsOf(1);
      spread.place(1, one);
      seen.push(one[0] as number);
    }
    expect(seen).toEqual([0, 1, 2, 3, 4]);
  });

  it('is outdated when the engine is restored', async () => {
    const engine = await cluster(kind, [instance(0)]);
    const saved = engine.snapshot();
    const placer = engine.prepare(REQUEST);
    engine.restore(saved);
    const slots = slotsOf(1).fill(0);
    expect(refusal(() => placer.place(1, slots))).toBe('BayplanException PLACER_OUTDATED');
    expect(refusal(() => placer.release(slots, 1))).toBe('BayplanException PLACER_OUTDATED');
    expect([left(engine, 0, 'CPU'), engine.check()]).toEqual([1024, []]);
    expect(engine.prepare(REQUEST).place(1, slots)).toBe(1);
  });

  it('goes on when instances come and go', async () => {
    const engine = await cluster(kind, [instance(0)]);
    const placer = engine.prepare(REQUEST);
    const slots = slotsOf(1);
    placer.place(1, slots);
    engine.deregisterContainerInstance({ containerInstance: arn(0), force: true });
    expect([placer.place(1, slots), refusal(() => placer.release(slots, 1))]).toEqual([
      0,
      'InvalidParameterException NOT_HELD',
    ]);
    engine.registerContainerInstances([instance(5)]);
    expect([placer.place(1, slots), engine.containerInstanceArn(slots[0] as number)]).toEqual([1, arn(5)]);
  });
});
