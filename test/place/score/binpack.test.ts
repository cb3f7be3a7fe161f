/** binpack: the instance with the least left of the resource, as long as the task still fits. */
import { describe, expect, it } from 'vitest';
import { engineKinds } from '../../support/engines.ts';
import { cluster, instance, run } from '../../support/shapes.ts';

describe.each(engineKinds)('$name', (kind) => {
  it.each([
    { field: 'cpu', expected: [1, 1, 2, 2, 0, 0] },
    { field: 'CPU', expected: [1, 1, 2, 2, 0, 0] },
    { field: 'memory', expected: [2, 2, 0, 0, 0, 1] },
  ])('by $field: the least remaining first', async ({ field, expected }) => {
    const shapes = [
      { cpu: 512, memoryMiB: 384 },
      { cpu: 256, memoryMiB: 512 },
      { cpu: 384, memoryMiB: 256 },
    ];
    const engine = await cluster(
      kind,
      shapes.map((shape, k) => instance(k, shape)),
    );
    expect(run(engine, { count: 6, placementStrategy: [{ type: 'binpack', field }] })).toEqual(expected);
  });

  it('looks at what is left, not at the size', async () => {
    const engine = await cluster(kind, [instance(0, { cpu: 1024 }), instance(1, { cpu: 4096, cpuLeft: 512 })]);
    expect(run(engine)).toEqual([1]);
  });

  it('keeps to one instance until it is full, the lowest slot of equal ones', async () => {
    const engine = await cluster(kind, [instance(0), instance(1, { cpu: 512 }), instance(2, { cpu: 512 })]);
    expect(run(engine, { count: 9 })).toEqual([1, 1, 1, 1, 2, 2, 2, 2, 0]);
  });
});
