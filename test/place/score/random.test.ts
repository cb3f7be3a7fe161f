/** random: one draw per decision among the candidates still tied, in slot order; none where there is no candidate. */
import { describe, expect, it } from 'vitest';
import { below, seedRandom } from '../../../src/reference/random/random.ts';
import { engineKinds } from '../../support/engines.ts';
import { arn, cluster, instance, reasons, run } from '../../support/shapes.ts';

const RANDOM = [{ type: 'random' as const }];

describe.each(engineKinds)('$name', (kind) => {
  it('draws among the candidates only, in slot order', async () => {
    const engine = await cluster(
      kind,
      [0, 1, 2, 3, 4].map((k) => instance(k, { cpu: k % 2 === 0 ? 4096 : 64, memoryMiB: 4096 })),
      undefined,
      { seed: 8 },
    );
    const state = seedRandom(8);
    const expected = Array.from({ length: 20 }, () => [0, 2, 4][below(state, 3)]);
    expect(run(engine, { count: 20, placementStrategy: RANDOM })).toEqual(expected);
  });

  it('draws for a single candidate too, and not when there is none', async () => {
    const engine = await cluster(kind, [instance(0, { cpu: 128 })], undefined, { seed: 8 });
    expect(run(engine, { placementStrategy: RANDOM })).toEqual([0]);
    expect(reasons(engine, { placementStrategy: RANDOM, count: 3 })).toEqual(['0: RESOURCE:CPU']);
    engine.registerContainerInstances([1, 2, 3, 4, 5].map((k) => instance(k)));
    const state = seedRandom(8);
    below(state, 1);
    const second = 1 + below(state, 5);
    const third = 1 + below(state, 5);
    expect(run(engine, { placementStrategy: RANDOM, count: 2 })).toEqual([second, third]);
  });

  it('leaves the generator alone where no strategy is random or the caller picks', async () => {
    const engine = await cluster(
      kind,
      [0, 1, 2].map((k) => instance(k)),
      undefined,
      { seed: 5 },
    );
    run(engine, { count: 4 });
    engine.startTask({ taskDefinition: 'web', containerInstances: [arn(2)] });
    expect(run(engine, { placementStrategy: RANDOM })).toEqual([below(seedRandom(5), 3)]);
  });

  it('goes on drawing in a placer where runTask stopped', async () => {
    const engine = await cluster(
      kind,
      [0, 1, 2].map((k) => instance(k, { cpu: 8192, memoryMiB: 8192 })),
    );
    const state = seedRandom(0);
    const slots = new Int32Array(10);
    engine.prepare({ taskDefinition: 'web' }).place(10, slots);
    expect([...slots]).toEqual(Array.from({ length: 10 }, () => below(state, 3)));
    expect(run(engine, { placementStrategy: RANDOM })).toEqual([below(state, 3)]);
  });
});
