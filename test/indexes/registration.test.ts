/** Instances that join together are empty, so a spread that knew a least count of tasks goes back to none. */
import { describe, expect, it } from 'vitest';
import { engineKinds } from '../support/engines.ts';
import { cluster, definition, instance } from '../support/shapes.ts';

const SMALL = definition('web', { cpu: 1, memory: 6 });
const instances = (from: number, to: number) => Array.from({ length: to - from }, (_, k) => instance(from + k));

describe.each(engineKinds)('$name', (kind) => {
  it('gives instances that join the next tasks of a spread, in order', async () => {
    const engine = await cluster(kind, instances(0, 200), [SMALL]);
    const strategy = [{ type: 'spread' as const, field: 'instanceId' }];
    const placer = engine.prepare({ taskDefinition: 'web', placementStrategy: strategy });
    const slots = new Int32Array(500);
    expect(placer.place(500, slots)).toBe(500);
    engine.registerContainerInstances(instances(200, 203));
    const chosen = Array.from({ length: 6 }, () => (placer.place(1, slots) === 1 ? slots[0] : -1));
    expect(chosen).toEqual([200, 201, 202, 200, 201, 202]);
    expect(engine.check()).toEqual([]);
  });
});
