/** placeAt: one task on exactly the instance that the caller names, through every gate of the request. */
import { describe, expect, it } from 'vitest';
import type { Engine, PlacementInput } from '../../src/contract.ts';
import { below, seedRandom } from '../../src/reference/random/random.ts';
import { engineKinds } from '../support/engines.ts';
import { arn, cluster, definition, described, instance, left, refusal, run } from '../support/shapes.ts';

const placesAt = (engine: Engine, input: Partial<PlacementInput>, slots: readonly number[]): boolean[] => {
  const placer = engine.prepare({ taskDefinition: 'web', ...input });
  return slots.map((slot) => placer.placeAt(slot));
};
const memberOf = (expression: string) => [{ type: 'memberOf' as const, expression }];

describe.each(engineKinds)('$name', (kind) => {
  it('places where it is told, not where the strategy would, until that instance is full', async () => {
    const engine = await cluster(kind, [instance(0, { cpu: 2048 }), instance(1, { cpu: 256 }), instance(2)]);
    const placementStrategy = [{ type: 'binpack' as const, field: 'cpu' }];
    expect(placesAt(engine, { placementStrategy }, [2, 1, 1, 1])).toEqual([true, true, true, false]);
    expect([0, 1, 2].map((k) => left(engine, k, 'CPU'))).toEqual([2048, 0, 896]);
    expect([0, 1, 2].map((k) => described(engine, k).runningTasksCount)).toEqual([0, 2, 1]);
  });

  it.each<[string, Parameters<typeof instance>[1], Partial<PlacementInput>]>([
    ['a draining instance', { status: 'DRAINING' }, {}],
    ['a lost agent', { agentConnected: false }, {}],
    ['another launch type', {}, { launchType: 'EXTERNAL' }],
    ['another capacity provider', { capacityProviderName: 'spot' }, { capacityProvider: 'steady' }],
    ['a missing attribute', {}, { taskDefinition: 'arm' }],
    ['too little CPU left', { cpuLeft: 127 }, {}],
    ['too little memory left', { memoryLeftMiB: 127 }, {}],
    ['a port in use', { ports: ['80'] }, { taskDefinition: 'port' }],
    ['no GPU', {}, { taskDefinition: 'gpu' }],
    ['an expression it does not satisfy', {}, { placementConstraints: memberOf('attribute:stack == prod') }],
    ['too many tasks there', { runningTasksCount: 2 }, { placementConstraints: memberOf('runningTasksCount < 2') }],
    ['a task of the group there', {}, { group: 'g', placementConstraints: [{ type: 'distinctInstance' }] }],
  ])('is stopped by %s, and then changes nothing', async (_, shape, input) => {
    const engine = await cluster(
      kind,
      [instance(0, shape)],
      [
        definition('web'),
        definition('arm', {}, { requiresAttributes: [{ name: 'arm' }] }),
        definition('port', { portMappings: [{ containerPort: 80, hostPort: 80 }] }),
        definition('gpu', { resourceRequirements: [{ type: 'GPU', value: '1' }] }),
      ],
    );
    engine.importTasks([{ taskArn: 'task/1', containerInstanceArn: arn(0), group: 'g' }]);
    const before = described(engine, 0);
    expect(placesAt(engine, input, [0])).toEqual([false]);
    expect([described(engine, 0), engine.check()]).toEqual([before, []]);
  });

  it('has one task of a daemon on each instance that qualifies', async () => {
    const instances = [0, 1, 2, 3].map((k) => instance(k, { attributes: k % 2 === 0 ? { stack: 'prod' } : {} }));
    const engine = await cluster(kind, instances);
    const daemon = {
      group: 'service:daemon',
      placementConstraints: [{ type: 'distinctInstance' as const }, ...memberOf('attribute:stack == prod')],
    };
    expect(placesAt(engine, daemon, [0, 1, 2, 3, 0, 2])).toEqual([true, false, true, false, false, false]);
    const near = memberOf('task:group == service:daemon');
    expect(run(engine, { count: 99, placementConstraints: near }).filter((at) => at % 2 === 1)).toEqual([]);
  });

  it('gives back what it placed like any other', async () => {
    const engine = await cluster(kind, [instance(0), instance(1)]);
    const placer = engine.prepare({ taskDefinition: 'web' });
    expect([placer.placeAt(1), placer.placeAt(1)]).toEqual([true, true]);
    placer.release(Int32Array.of(1), 1);
    placer.stop(Int32Array.of(1), 1);
    placer.free(Int32Array.of(1), 1);
    expect([left(engine, 1, 'CPU'), engine.check()]).toEqual([1024, []]);
  });

  it('draws no random number', async () => {
    const engine = await cluster(
      kind,
      [0, 1, 2].map((k) => instance(k)),
      undefined,
      { seed: 5 },
    );
    placesAt(engine, { placementStrategy: [{ type: 'random' }] }, [1, 0, 77]);
    expect(run(engine, { placementStrategy: [{ type: 'random' }] })).toEqual([below(seedRandom(5), 3)]);
  });

  it('finds no instance in a slot that is free or was never used', async () => {
    const engine = await cluster(kind, [instance(0), instance(1)]);
    engine.deregisterContainerInstance({ containerInstance: arn(0) });
    expect(placesAt(engine, {}, [0, 2, 64, 5000, 2 ** 31 - 1])).toEqual([false, false, false, false, false]);
    expect(engine.check()).toEqual([]);
  });

  it.each<[unknown, string]>([
    [-1, 'OUT_OF_RANGE'],
    [0.5, 'OUT_OF_RANGE'],
    [Number.NaN, 'OUT_OF_RANGE'],
    [2 ** 31, 'OUT_OF_RANGE'],
    ['0', 'WRONG_TYPE'],
    [undefined, 'WRONG_TYPE'],
  ])('refuses the slot %j', async (slot, code) => {
    const engine = await cluster(kind, [instance(0)]);
    const placer = engine.prepare({ taskDefinition: 'web' });
    expect(refusal(() => placer.placeAt(slot as number))).toBe(`InvalidParameterException ${code}`);
    expect(left(engine, 0, 'CPU')).toBe(1024);
  });

  it('is outdated when the engine is restored, as are stop and free', async () => {
    const engine = await cluster(kind, [instance(0)]);
    const placer = engine.prepare({ taskDefinition: 'web' });
    placer.placeAt(0);
    engine.restore(engine.snapshot());
    const slots = new Int32Array(1);
    for (const call of [() => placer.placeAt(0), () => placer.stop(slots, 1), () => placer.free(slots, 1)]) {
      expect(refusal(call)).toBe('BayplanException PLACER_OUTDATED');
    }
    expect(left(engine, 0, 'CPU')).toBe(896);
  });
});
