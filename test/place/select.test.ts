/** Select: the lowest slot of a tie; slots are given out lowest free first. */
import { describe, expect, it } from 'vitest';
import { engineKinds } from '../support/engines.ts';
import { arn, cluster, instance, numberOf, run } from '../support/shapes.ts';

const byInstance = [{ type: 'spread' as const, field: 'instanceId' }];

describe.each(engineKinds)('$name', (kind) => {
  it('takes the lowest slot of equal candidates, whatever their ARNs', async () => {
    const engine = await cluster(
      kind,
      [9, 3, 5].map((k) => instance(k)),
    );
    expect(run(engine, { count: 3, placementStrategy: byInstance })).toEqual([9, 3, 5]);
  });

  it('reuses the lowest free slot first, and everything is in slot order', async () => {
    const engine = await cluster(
      kind,
      [0, 1, 2, 3].map((k) => instance(k)),
    );
    for (const k of [2, 0]) engine.deregisterContainerInstance({ containerInstance: arn(k) });
    engine.registerContainerInstances([instance(7), instance(8), instance(9)]);
    const inOrder = [7, 1, 8, 3, 9];
    expect([0, 1, 2, 3, 4].map((slot) => numberOf(engine.containerInstanceArn(slot)))).toEqual(inOrder);
    expect(engine.listContainerInstances().containerInstanceArns.map(numberOf)).toEqual(inOrder);
    expect(run(engine, { count: 5, placementStrategy: byInstance })).toEqual(inOrder);
    expect(engine.runTask({ taskDefinition: 'web', count: 99 }).failures.map(({ arn }) => numberOf(arn))).toEqual(
      inOrder,
    );
  });

  it('chooses past the first 64 and the first 128 slots alike', async () => {
    const engine = await cluster(
      kind,
      Array.from({ length: 130 }, (_, k) => instance(k, { cpu: k < 129 ? 64 : 256 })),
    );
    expect(run(engine, { count: 3 })).toEqual([129, 129]);
  });
});
