/** Snapshots: the engine that restores one goes on as the one that made it. */
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/contract.ts';
import { createReferenceEngine } from '../../src/reference/index.ts';
import { engineKinds } from '../support/engines.ts';
import { arn, cluster, definition, described, instance, left, refusal, run } from '../support/shapes.ts';

const OPTIONS = { seed: 21, region: 'eu-west-1', cluster: 'quay', cql: { taskGroupNegation: 'none' as const } };
const registeredAt = new Date('2026-01-05T00:00:00Z');

async function busy(kind: (typeof engineKinds)[number]): Promise<Engine> {
  const shapes = [0, 1, 2, 3].map((k) =>
    instance(k, { zone: 'ab'[k % 2] ?? '', cpu: 4096, registeredAt, gpuIds: ['0', '1'] }),
  );
  const definitions = [
    definition('web', { portMappings: [{ containerPort: 80 }] }),
    definition('gpu', { resourceRequirements: [{ type: 'GPU', value: '1' }] }),
    definition('net', {}, { networkMode: 'awsvpc' }),
  ];
  const engine = await cluster(kind, shapes, definitions, OPTIONS);
  engine.registerSubnets([{ subnetId: 's', availabilityZone: 'a', vpcId: 'v' }]);
  run(engine, { count: 5, placementStrategy: undefined, startedBy: 'me' });
  run(engine, { taskDefinition: 'gpu', count: 2 });
  engine.deregisterContainerInstance({ containerInstance: arn(1), force: true });
  engine.importTasks([{ taskArn: 'task/1', containerInstanceArn: arn(2), group: 'imported' }]);
  return engine;
}

function goOn(engine: Engine): unknown {
  const { tasks } = engine.runTask({ taskDefinition: 'web', count: 6 });
  engine.submitTaskStateChange({ task: tasks[2]?.taskArn ?? '', status: 'STOPPED' });
  engine.registerContainerInstances([instance(9, { zone: 'c' })]);
  return [
    tasks,
    engine.runTask({ taskDefinition: 'gpu', count: 9 }),
    engine.explain({ taskDefinition: 'net', networkConfiguration: { awsvpcConfiguration: { subnets: ['s'] } } }),
    engine.listContainerInstances({ filter: 'task:group != imported' }),
    refusal(() => engine.importTasks([{ taskArn: 'task/1', containerInstanceArn: arn(2) }])),
    engine.startTask({ taskDefinition: 'web', containerInstances: [arn(1)] }),
    engine.registerTaskDefinition(definition('web')),
    engine.describeContainerInstances({ containerInstances: [0, 2, 3, 9].map(arn) }),
    { ...engine.stats(), memoryBytes: 0, memoryLiveBytes: 0 },
    engine.check(),
  ];
}

describe.each(engineKinds)('$name', (kind) => {
  it('goes on alike in the same engine, in a fresh one, and as if nothing had been', async () => {
    const engine = await busy(kind);
    const bytes = engine.snapshot();
    const fresh = await kind.create({ seed: 99, cluster: 'other' });
    fresh.restore(bytes);
    const expected = goOn(engine);
    expect(goOn(fresh)).toEqual(expected);
    engine.restore(bytes);
    expect(goOn(engine)).toEqual(expected);
  });

  it('gives the same bytes after a restore, and equal engines give equal bytes', async () => {
    const engine = await busy(kind);
    const bytes = engine.snapshot();
    const fresh = await kind.create();
    fresh.restore(bytes);
    expect(Buffer.compare(fresh.snapshot(), bytes)).toBe(0);
    expect(Buffer.compare((await busy(kind)).snapshot(), bytes)).toBe(0);
  });

  it('keeps timestamps as they were given', async () => {
    const engine = await busy(kind);
    engine.restore(engine.snapshot());
    expect(described(engine, 0).registeredAt).toEqual(registeredAt);
  });

  it.each([
    { title: 'no bytes', bytes: new Uint8Array(0) },
    { title: 'other bytes', bytes: new TextEncoder().encode('{"kind":"other","abi":1}\n') },
    { title: 'JSON that is no object', bytes: new TextEncoder().encode('null') },
    { title: 'text', bytes: 'snapshot' as unknown as Uint8Array },
  ])('refuses $title and stays as it was', async ({ bytes }) => {
    const engine = await cluster(kind, [instance(0)]);
    run(engine);
    expect(refusal(() => engine.restore(bytes))).toBe('BayplanException SNAPSHOT_MISMATCH');
    expect(left(engine, 0, 'CPU')).toBe(896);
  });

  it('refuses the other kind of engine', async () => {
    const other = engineKinds.find(({ name }) => (name === 'reference') !== (kind.name === 'reference'));
    const bytes = (await (other ?? kind).create()).snapshot();
    const engine = await cluster(kind, [instance(0)]);
    expect(refusal(() => engine.restore(bytes))).toBe(
      other ? 'BayplanException SNAPSHOT_MISMATCH' : 'nothing was thrown',
    );
  });

  it('is of no use when disposed', async () => {
    const engine = await cluster(kind, [instance(0)]);
    const placer = engine.prepare({ taskDefinition: 'web' });
    engine.dispose();
    const calls = [
      () => engine.stats(),
      () => engine.snapshot(),
      () => engine.listContainerInstances(),
      () => placer.place(1, new Int32Array(1)),
    ];
    for (const call of calls) expect(refusal(call)).toBe('BayplanException ENGINE_DISPOSED');
  });
});

describe('the reference', () => {
  it('cuts off placers that were prepared before a restore', () => {
    const engine = createReferenceEngine();
    engine.registerTaskDefinition(definition('web'));
    const placer = engine.prepare({ taskDefinition: 'web' });
    engine.restore(engine.snapshot());
    expect(refusal(() => placer.place(1, new Int32Array(1)))).toBe('BayplanException PLACER_OUTDATED');
  });

  it('checks its options', () => {
    expect(refusal(() => createReferenceEngine({ seed: -1 }))).toBe('InvalidParameterException OUT_OF_RANGE');
    expect(refusal(() => createReferenceEngine({ cluster: 'a b' }))).toBe('InvalidParameterException CLUSTER_NAME');
  });
});
