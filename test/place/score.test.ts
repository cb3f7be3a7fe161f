/** Score: strategies in the given order, each within what the ones before it left. */
import { describe, expect, it } from 'vitest';
import type { PlacementStrategy } from '../../src/model/strategy.ts';
import { below, seedRandom } from '../../src/reference/random/random.ts';
import { engineKinds } from '../support/engines.ts';
import { cluster, definition, instance, run } from '../support/shapes.ts';

const byZone: PlacementStrategy = { type: 'spread', field: 'attribute:ecs.availability-zone' };
const byMemory: PlacementStrategy = { type: 'binpack', field: 'memory' };
const byCpu: PlacementStrategy = { type: 'binpack', field: 'cpu' };
const random: PlacementStrategy = { type: 'random' };

describe.each(engineKinds)('$name', (kind) => {
  const zones = ['a', 'a', 'b', 'b'];
  const memories = [1024, 512, 512, 1024];
  const instances = zones.map((zone, k) => instance(k, { zone, memoryMiB: memories[k] ?? 0 }));

  it('binpacks inside the zone that spread chose', async () => {
    const engine = await cluster(kind, instances);
    expect(run(engine, { count: 6, placementStrategy: [byZone, byMemory] })).toEqual([1, 2, 1, 2, 1, 2]);
  });

  it('spreads only between instances that binpack finds equal', async () => {
    const engine = await cluster(kind, instances);
    expect(run(engine, { count: 4, placementStrategy: [byMemory, byZone] })).toEqual([1, 1, 1, 1]);
  });

  it('takes the second strategy of two that disagree only for ties', async () => {
    const shapes = [
      { cpu: 1024, memoryMiB: 512 },
      { cpu: 512, memoryMiB: 1024 },
      { cpu: 512, memoryMiB: 768 },
    ];
    const engine = await cluster(
      kind,
      shapes.map((shape, k) => instance(k, shape)),
    );
    expect(run(engine, { placementStrategy: [byCpu, byMemory] })).toEqual([2]);
    expect(run(engine, { placementStrategy: [byMemory, byCpu] })).toEqual([0]);
  });

  it('draws among what the strategies before random left', async () => {
    const engine = await cluster(kind, instances, undefined, { seed: 4 });
    const state = seedRandom(4);
    const first = below(state, 4);
    const otherZone = zones[first] === 'a' ? [2, 3] : [0, 1];
    const second = otherZone[below(state, 2)];
    expect(run(engine, { count: 2, placementStrategy: [byZone, random] })).toEqual([first, second]);
  });

  it('draws once per decision and lets nothing after random have a say', async () => {
    const roomy = Array.from({ length: 5 }, (_, k) => instance(k, { cpu: 4096 + k, memoryMiB: 4096 }));
    const only = await cluster(kind, roomy, undefined, { seed: 11 });
    const more = await cluster(kind, roomy, undefined, { seed: 11 });
    const expected = run(only, { count: 30, placementStrategy: [random] });
    expect(run(more, { count: 30, placementStrategy: [random, byCpu, random, byZone] })).toEqual(expected);
  });

  it('is random for a task without strategies and spread for one of a service', async () => {
    const definitions = [definition('web')];
    const plain = await cluster(kind, instances, definitions, { seed: 2 });
    const same = await cluster(kind, instances, definitions, { seed: 2 });
    expect(run(plain, { count: 9, placementStrategy: undefined })).toEqual(
      run(same, { count: 9, placementStrategy: [random] }),
    );
    const service = await cluster(kind, instances, definitions);
    expect(run(service, { count: 6, placementStrategy: undefined, group: 'service:shop' })).toEqual([0, 2, 1, 3, 0, 2]);
  });
});
