/** Victims: rank, then no instance, then the reverse of the strategies, then the newest; each choice sees the ones before. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Engine, PlacementInput, Placer } from '../../src/contract.ts';
import { below, seedRandom } from '../../src/reference/random/random.ts';
import { createAll, engineKinds } from '../support/engines.ts';
import { arn, cluster, definition, described, instance, left, refusal, run } from '../support/shapes.ts';

type Strategies = NonNullable<PlacementInput['placementStrategy']>;

const ZONE = { type: 'spread', field: 'attribute:ecs.availability-zone' } as const;
const RACK = { type: 'spread', field: 'attribute:rack' } as const;
const INSTANCE = { type: 'spread', field: 'instanceId' } as const;
const CPU = { type: 'binpack', field: 'cpu' } as const;
const MEMORY = { type: 'binpack', field: 'memory' } as const;
const RANDOM = { type: 'random' } as const;
const NONE = -1;

/** Puts one task on each slot, so that the counts are those of the list, and asks which stop. */
function stopsOf(engine: Engine, strategies: Strategies, slots: number[], count: number, ranks?: number[]): number[] {
  const placer = engine.prepare({ taskDefinition: 'web', group: 'service:web', placementStrategy: strategies });
  for (const slot of slots) if (slot !== NONE && !placer.placeAt(slot)) throw new Error(`slot ${slot} is full`);
  return ask(placer, slots, count, ranks);
}

function ask(placer: Placer, slots: number[], count: number, ranks: number[] = slots.map(() => 3)): number[] {
  const chosen = new Int32Array(slots.length);
  const found = placer.victims(Int32Array.from(slots), Uint8Array.from(ranks), count, chosen);
  return [...chosen.subarray(0, found)];
}

const zones = (...names: string[]) => names.map((zone, k) => instance(k, { zone }));
const plain = (count: number) => Array.from({ length: count }, (_, k) => instance(k));

describe.each(engineKinds)('$name', (kind) => {
  it('takes from the zone with most tasks, then from the instance with most, then the newest', async () => {
    const engine = await cluster(kind, zones('a', 'a', 'b', 'c'));
    // a: 2 + 1, b: 2, c: 1
    expect(stopsOf(engine, [ZONE, INSTANCE], [0, 1, 2, 0, 2, 3], 6)).toEqual([3, 4, 1, 5, 2, 0]);
  });

  it('counts all tasks of the group, also those that are not in the list', async () => {
    const engine = await cluster(kind, zones('a', 'b'));
    engine.importTasks([0, 1].map((k) => ({ taskArn: `t/${k}`, containerInstanceArn: arn(1), group: 'service:web' })));
    expect(stopsOf(engine, [ZONE], [0, 0, 1], 3)).toEqual([2, 1, 0]);
  });

  it('does not count tasks of other groups', async () => {
    const engine = await cluster(kind, zones('a', 'b'));
    run(engine, { count: 3, placementStrategy: [CPU], group: 'service:other' });
    expect(stopsOf(engine, [ZONE], [0, 1, 1], 2)).toEqual([2, 1]);
  });

  it('takes from the instance with most tasks, a count that sinks with each choice', async () => {
    const engine = await cluster(kind, plain(3));
    expect(stopsOf(engine, [INSTANCE], [0, 0, 0, 1, 1, 2], 5)).toEqual([2, 4, 1, 5, 3]);
  });

  it.each([CPU, MEMORY])('binpack $field: takes where most is left, and goes on there', async (strategy) => {
    const engine = await cluster(kind, [
      instance(0, { cpuLeft: 256, memoryLeftMiB: 256 }),
      instance(1, { cpuLeft: 512, memoryLeftMiB: 512 }),
      instance(2, { cpuLeft: 384, memoryLeftMiB: 384 }),
    ]);
    // Left: 0 has 128, 1 has 256, 2 has 256. The newer of two equal ones is 2's, and then 2 has most.
    expect(stopsOf(engine, [strategy], [0, 1, 2, 1], 4)).toEqual([3, 1, 2, 0]);
    expect(ask(engine.prepare({ taskDefinition: 'web', placementStrategy: [strategy] }), [1, 2], 2)).toEqual([1, 0]);
  });

  it('binpack: each resource by itself', async () => {
    const shapes = [
      instance(0, { cpuLeft: 900, memoryLeftMiB: 300 }),
      instance(1, { cpuLeft: 300, memoryLeftMiB: 900 }),
    ];
    expect(stopsOf(await cluster(kind, shapes), [CPU], [0, 1], 1)).toEqual([0]);
    expect(stopsOf(await cluster(kind, shapes), [MEMORY], [0, 1], 1)).toEqual([1]);
  });

  it('packs inside a zone, and spreads over zones inside equal room', async () => {
    const shapes = [
      instance(0, { zone: 'a', cpuLeft: 512 }),
      instance(1, { zone: 'a', cpuLeft: 256 }),
      instance(2, { zone: 'b', cpuLeft: 1024 }),
    ];
    expect(stopsOf(await cluster(kind, shapes), [ZONE, CPU], [0, 1, 2], 3)).toEqual([0, 2, 1]);
    expect(stopsOf(await cluster(kind, zones('a', 'b', 'b')), [CPU, ZONE], [1, 2, 0], 3)).toEqual([1, 2, 0]);
  });

  it('takes first from instances without the attribute, which placement fills last', async () => {
    const engine = await cluster(kind, [
      instance(0, { zone: 'a' }),
      instance(1),
      instance(2),
      instance(3, { zone: 'b' }),
    ]);
    expect(stopsOf(engine, [ZONE, INSTANCE], [1, 0, 0, 2, 3, 3], 4)).toEqual([3, 0, 5, 2]);
  });

  it('knows an attribute without a value from one that is not there', async () => {
    const shapes = [{ rack: null }, { rack: 'r1' }, {}].map((attributes, k) =>
      instance(k, { attributes: attributes as Record<string, string | null> }),
    );
    expect(stopsOf(await cluster(kind, shapes), [RACK], [2, 0, 0, 1], 4)).toEqual([0, 2, 3, 1]);
  });

  it('counts a value over all zones when the second strategy spreads over it', async () => {
    const racks = [
      ['a', 'r1'],
      ['a', 'r2'],
      ['b', 'r1'],
      ['b', 'r3'],
    ];
    const engine = await cluster(
      kind,
      racks.map(([zone, rack], k) => instance(k, { zone: String(zone), attributes: { rack: String(rack) } })),
    );
    // Zones hold 2 each; r1 holds 2 over both zones.
    expect(stopsOf(engine, [ZONE, RACK], [0, 1, 2, 3], 4)).toEqual([2, 1, 3, 0]);
  });

  it('follows the smaller rank whatever the strategies say', async () => {
    const engine = await cluster(kind, plain(3));
    expect(stopsOf(engine, [INSTANCE], [0, 0, 0, 1, 1, 2], 6, [3, 3, 3, 255, 1, 0])).toEqual([5, 4, 2, 1, 0, 3]);
  });

  it('counts in a rank what the ranks before it lost', async () => {
    const engine = await cluster(kind, zones('a', 'b'));
    // Zone a has 3, of which the first rank takes 2: then b has most.
    expect(stopsOf(engine, [ZONE], [0, 0, 0, 1, 1], 4, [0, 0, 3, 3, 3])).toEqual([1, 0, 4, 3]);
  });

  it('takes tasks without an instance first in their rank, the newest first, without a draw', async () => {
    const engine = await cluster(kind, plain(1), undefined, { seed: 3 });
    expect(stopsOf(engine, [INSTANCE], [NONE, 0, NONE, NONE], 4, [1, 1, 1, 0])).toEqual([3, 2, 0, 1]);
    expect(ask(engine.prepare({ taskDefinition: 'web' }), [NONE, NONE], 2)).toEqual([1, 0]);
    expect(below(seedRandom(3), 99)).toBe(drawOf(engine, 99));
  });

  it('draws among all tasks that are tied, oldest first, once for each choice', async () => {
    const engine = await cluster(kind, plain(3), undefined, { seed: 11 });
    const state = seedRandom(11);
    const there = [0, 1, 2, 3, 4, 5];
    const expected = [6, 5, 4, 3].map((k) => there.splice(below(state, k), 1)[0]);
    expect(stopsOf(engine, [RANDOM, INSTANCE], [2, 0, 1, 1, 0, 2], 4)).toEqual(expected);
    expect(below(state, 99)).toBe(drawOf(engine, 99));
  });

  it('draws inside the zone with most tasks, also where one is left', async () => {
    const engine = await cluster(kind, zones('a', 'b', 'b'), undefined, { seed: 4 });
    const state = seedRandom(4);
    const first = [1, 2, 3][below(state, 3)] as number;
    const tied = [0, 1, 2, 3].filter((k) => k !== first);
    // b has 3, then 2, then a and b have 1 each.
    const second = tied.filter((k) => k !== 0)[below(state, 2)];
    const third = tied.filter((k) => k !== second)[below(state, 2)];
    below(state, 1);
    expect(stopsOf(engine, [ZONE, RANDOM], [0, 1, 2, 1], 4).slice(0, 3)).toEqual([first, second, third]);
    expect(below(state, 99)).toBe(drawOf(engine, 99));
  });

  it('draws nothing where the list has no random', async () => {
    const engine = await cluster(kind, zones('a', 'b'), undefined, { seed: 4 });
    stopsOf(engine, [ZONE, INSTANCE, CPU], [0, 1, 1], 3);
    expect(below(seedRandom(4), 99)).toBe(drawOf(engine, 99));
  });

  it('changes nothing, and writes the chosen and no more', async () => {
    const engine = await cluster(kind, zones('a', 'b'));
    const placer = engine.prepare({ taskDefinition: 'web', placementStrategy: [ZONE, CPU] });
    for (const slot of [0, 0, 1]) placer.placeAt(slot);
    const before = [described(engine, 0), described(engine, 1)];
    const chosen = new Int32Array(4).fill(-7);
    const ranks = new Uint8Array(3);
    expect(placer.victims(Int32Array.of(0, 0, 1), ranks, 2, chosen)).toBe(2);
    expect(placer.victims(Int32Array.of(0, 0, 1), ranks, 2, chosen.subarray(2))).toBe(2);
    expect([...chosen]).toEqual([1, 2, 1, 2]);
    expect([described(engine, 0), described(engine, 1), engine.check()]).toEqual([...before, []]);
  });

  it('answers with all tasks when asked for more, and with none when asked for none', async () => {
    const engine = await cluster(kind, plain(1));
    expect(stopsOf(engine, [INSTANCE], [0, 0], 1000)).toEqual([1, 0]);
    const placer = engine.prepare({ taskDefinition: 'web' });
    expect([ask(placer, [0, 0], 0), ask(placer, [], 0), ask(placer, [], 5)]).toEqual([[], [], []]);
  });

  it('stops what it chooses: the counts it compares are those that are left', async () => {
    const engine = await cluster(kind, zones('a', 'a', 'b', 'b', 'c'));
    const placer = engine.prepare({ taskDefinition: 'web', group: 'g', placementStrategy: [ZONE, INSTANCE] });
    const slots = new Int32Array(20);
    placer.place(20, slots);
    const gone = ask(placer, [...slots], 11).map((k) => slots[k] as number);
    placer.stop(Int32Array.from(gone), gone.length);
    const running = [0, 1, 2, 3, 4].map((k) => described(engine, k).runningTasksCount as number);
    expect(running.reduce((a, b) => a + b)).toBe(9);
    expect([running[0], running[1]].map(Number).reduce((a, b) => a + b)).toBe(3);
    expect(running[4]).toBe(3);
    expect(left(engine, 4, 'CPU')).toBe(1024 - 6 * 128);
  });

  it.each<[string, unknown[], string, string]>([
    ['slots that are a list', [[0], new Uint8Array(1), 1, new Int32Array(1)], 'WRONG_TYPE', 'slots'],
    ['ranks that are words', [new Int32Array(1), new Int32Array(1), 1, new Int32Array(1)], 'WRONG_TYPE', 'ranks'],
    ['too few ranks', [new Int32Array(2), new Uint8Array(1), 1, new Int32Array(2)], 'OUT_OF_RANGE', 'ranks.length'],
    [
      'no room for the answer',
      [new Int32Array(2), new Uint8Array(2), 2, new Int32Array(1)],
      'OUT_OF_RANGE',
      'chosen.length',
    ],
    ['half a task', [new Int32Array(1), new Uint8Array(1), 0.5, new Int32Array(1)], 'OUT_OF_RANGE', 'count'],
    [
      'a slot of no instance',
      [Int32Array.of(0, 7), new Uint8Array(2), 1, new Int32Array(2)],
      'UNKNOWN_CONTAINER_INSTANCE',
      'slots[1]',
    ],
    [
      'a slot below -1',
      [Int32Array.of(-2), new Uint8Array(1), 1, new Int32Array(1)],
      'UNKNOWN_CONTAINER_INSTANCE',
      'slots[0]',
    ],
  ])('refuses %s, and draws nothing', async (_, input, code, path) => {
    const engine = await cluster(kind, plain(1), undefined, { seed: 2 });
    const placer = engine.prepare({ taskDefinition: 'web' });
    const call = () => placer.victims(...(input as Parameters<Placer['victims']>));
    expect(refusal(call)).toBe(`InvalidParameterException ${code}`);
    expect(call).toThrow(expect.objectContaining({ facts: expect.objectContaining({ path }) }));
    expect(below(seedRandom(2), 99)).toBe(drawOf(engine, 99));
  });
});

/** The next draw of an engine's generator, by a placement among so many instances. */
function drawOf(engine: Engine, k: number): number {
  const attributes = [{ name: 'dice' }];
  engine.registerTaskDefinition(definition('dice', { cpu: 0, memory: 4 }, { requiresAttributes: attributes }));
  engine.registerContainerInstances(
    Array.from({ length: k }, (_, n) => instance(10_000 + n, { attributes: { dice: null } })),
  );
  const { tasks } = engine.runTask({ taskDefinition: 'dice', placementStrategy: [RANDOM] });
  return Number(tasks[0]?.containerInstanceArn?.slice(-32)) - 10_000;
}

describe('all engines', () => {
  const strategies = fc.array(fc.constantFrom(ZONE, RACK, INSTANCE, CPU, MEMORY, RANDOM), {
    minLength: 1,
    maxLength: 5,
  });
  const shape = fc.record({
    zone: fc.constantFrom('a', 'b', 'c', undefined),
    rack: fc.constantFrom('r1', 'r2', undefined),
    cpuLeft: fc.constantFrom(1000, 2000, 3000),
    memoryLeftMiB: fc.constantFrom(1000, 2000, 3000),
  });

  it('choose the same tasks for any list, ranks and strategies, twice over', { timeout: 120_000 }, async () => {
    const world = fc.record({
      shapes: fc.array(shape, { minLength: 1, maxLength: 24 }),
      strategies,
      where: fc.array(fc.nat(23), { maxLength: 120, size: 'max' }),
      ranks: fc.array(fc.constantFrom(0, 1, 3, 3, 3, 255), { minLength: 1, maxLength: 9 }),
      homeless: fc.nat(9),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    const property = fc.asyncProperty(world, async ({ shapes, strategies, where, ranks, homeless, share }) => {
      const engines = await createAll({ seed: 6 });
      const answers = engines.map((engine) => {
        engine.registerContainerInstances(
          shapes.map(({ zone, rack, ...amounts }, k) =>
            instance(k, {
              ...amounts,
              cpu: 4000,
              memoryMiB: 4000,
              ...(zone === undefined ? {} : { zone }),
              attributes: rack === undefined ? {} : { rack },
            }),
          ),
        );
        engine.registerTaskDefinition(definition('web', { cpu: 7, memory: 5 }));
        const placer = engine.prepare({ taskDefinition: 'web', placementStrategy: strategies });
        const slots = where.map((slot, k) => (homeless > 0 && k % 9 === homeless ? NONE : slot % shapes.length));
        for (const slot of slots) if (slot !== NONE) placer.placeAt(slot);
        const asked = () =>
          ask(
            placer,
            slots,
            Math.ceil(slots.length * share),
            slots.map((_, k) => ranks[k % ranks.length] as number),
          );
        return { first: asked(), second: asked(), broken: engine.check() };
      });
      for (const answer of answers) expect(answer).toEqual(answers[0]);
      expect(new Set(answers[0]?.first).size).toBe(answers[0]?.first.length);
    });
    await fc.assert(property, { numRuns: 150, seed: 7 });
  });
});
