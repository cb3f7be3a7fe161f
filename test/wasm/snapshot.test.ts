/** Snapshots: the same bytes for the same state, an exact continuation, and no damaged or foreign one is taken. */
import { describe, expect, it } from 'vitest';
import { ABI_VERSION } from '../../assembly/abi.ts';
import type { Engine } from '../../src/contract.ts';
import { tableOf } from '../support/compare.ts';
import { type EngineKind, engineKinds } from '../support/engines.ts';
import { arn, BINPACK, cluster, definition, instance, refusal, run } from '../support/shapes.ts';

const ARNS = [0, 1, 2].map(arn);
const OPTIONS = {
  seed: 9,
  region: 'eu-west-3',
  account: '111122223333',
  cluster: 'bay',
  instanceTypes: { 'c5.large': { awsvpcTasks: 2 } },
  cql: { caseInsensitiveKeywords: true },
};

const typed = (number: number) =>
  instance(number, {
    zone: `z${number % 2}`,
    gpuIds: ['gpu-a', 'gpu-b'],
    registeredAt: new Date('2026-01-02T03:04:05.678Z'),
    versionInfo: { agentVersion: '1.80.0' },
    attributes: { 'ecs.instance-type': 'c5.large', 'ecs.vpc-id': 'vpc-1' },
  });

async function filled(kind: EngineKind): Promise<Engine> {
  const engine = await cluster(
    kind,
    [typed(0), typed(1)],
    [
      definition('web', { portMappings: [{ containerPort: 80 }] }),
      definition('net', {}, { networkMode: 'awsvpc' }),
      definition('gpu', { resourceRequirements: [{ type: 'GPU', value: '1' }] }),
      { ...definition('old'), revision: 7 },
    ],
    OPTIONS as never,
  );
  engine.registerSubnets([{ subnetId: 'subnet-1', availabilityZone: 'z1', vpcId: 'vpc-1' }]);
  engine.importTasks([
    {
      taskArn: 'task/imported',
      containerInstanceArn: arn(1),
      group: 'g',
      lastStatus: 'RUNNING',
      desiredStatus: 'RUNNING',
    },
  ]);
  engine.listContainerInstances({ filter: 'task:group =~ family:w.* AND agentVersion >= 1.7.0' });
  engine.runTask({ taskDefinition: 'web', count: 3, startedBy: 'me', tags: [{ key: 'k', value: 'v' }] });
  engine.runTask({ taskDefinition: 'gpu', count: 2 });
  return engine;
}

/** Everything that depends on state, asked of an engine. */
function goOn(engine: Engine): unknown {
  engine.registerContainerInstances([typed(2)]);
  const answers = [
    run(engine, { count: 4, placementStrategy: [{ type: 'random' }] }),
    run(engine, { taskDefinition: 'net', count: 9 }),
    engine.runTask({ taskDefinition: 'gpu', count: 9 }),
    engine.registerTaskDefinition(definition('old')).revision,
    engine.registerTaskDefinition(definition('web')).revision,
    engine.listContainerInstances({
      filter: 'task:group =~ family:w.* and AgentVersion >= 1.7.0'.replace('Agent', 'agent'),
    }),
    engine.listContainerInstances({
      filter: 'not(task:group =~ family:n.*) AND attribute:ecs.availability-zone == z0',
    }),
    refusal(() => engine.importTasks([{ taskArn: 'task/imported', containerInstanceArn: arn(1), group: 'g' }])),
    engine.explain({
      taskDefinition: 'net',
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
      placementConstraints: [{ type: 'distinctInstance' }],
    }),
  ];
  const tasks = engine.runTask({ taskDefinition: 'web', count: 1, placementStrategy: [...BINPACK] }).tasks;
  return {
    answers,
    tasks,
    table: tableOf(
      engine,
      ARNS,
      tasks.map((task) => String(task.taskArn)),
    ),
  };
}

describe.each(engineKinds)('a snapshot of the $name engine', (kind) => {
  it('continues in a fresh engine as in its own, options included', async () => {
    const engine = await filled(kind);
    const fresh = await kind.create();
    fresh.restore(engine.snapshot());
    expect(goOn(fresh)).toEqual(goOn(engine));
  });

  it('takes the place of all that was there', async () => {
    const engine = await filled(kind);
    const other = await cluster(
      kind,
      Array.from({ length: 200 }, (_, k) => instance(k + 50)),
      [definition('web'), definition('mine')],
    );
    other.listContainerInstances({ filter: 'attribute:mine == 1 and task:group =~ x.*' });
    other.putAttributes({ attributes: [{ name: 'mine', value: '1', targetId: arn(50) }] });
    run(other, { count: 700 });
    other.restore(engine.snapshot());
    expect(refusal(() => other.describeTaskDefinition({ taskDefinition: 'mine' }))).toBe(
      'ClientException UNKNOWN_TASK_DEFINITION',
    );
    expect(goOn(other)).toEqual(goOn(engine));
  });

  it('has the same bytes twice, and after a restore', async () => {
    const engine = await filled(kind);
    const bytes = engine.snapshot();
    const fresh = await kind.create();
    fresh.restore(bytes);
    expect([engine.snapshot(), fresh.snapshot()].map((other) => Buffer.compare(bytes, other))).toEqual([0, 0]);
  });

  it('keeps no hold on the bytes, and does not change them', async () => {
    const engine = await filled(kind);
    const bytes = engine.snapshot();
    const kept = Uint8Array.from(bytes);
    const [one, other] = [await kind.create(), await kind.create()];
    one.restore(bytes);
    goOn(one);
    expect(Buffer.compare(bytes, kept)).toBe(0);
    const shifted = new Uint8Array(bytes.length + 5);
    shifted.set(bytes, 3);
    other.restore(shifted.subarray(3, -2));
    shifted.fill(0);
    expect(goOn(other)).toEqual(goOn(engine));
  });

  it('is refused when anything is cut off or added, and the engine goes on', async () => {
    const bytes = (await filled(kind)).snapshot();
    const [engine, twin] = [await filled(kind), await filled(kind)];
    const lengths = [0, 1, 12, 40, 200, bytes.length >> 1, bytes.length - 4096, bytes.length - 64, bytes.length - 1];
    const cut = lengths.map((length) => refusal(() => engine.restore(bytes.subarray(0, Math.max(0, length)))));
    const longer = new Uint8Array(bytes.length + 64);
    longer.set(bytes);
    expect(new Set([...cut, refusal(() => engine.restore(longer))])).toEqual(
      new Set(['BayplanException SNAPSHOT_MISMATCH']),
    );
    expect(goOn(engine)).toEqual(goOn(twin));
  });

  it('shows instances as before: texts, dates, versions, and what they hold', async () => {
    const engine = await filled(kind);
    engine.registerContainerInstances([
      instance(5, { registeredAt: '2026-01-02T03:04:05.678Z', version: 3, tags: [{ key: 'a', at: new Date(5) }] }),
      instance(6, {
        registeredAt: 1_700_000_000.5,
        version: '7' as never,
        ec2InstanceId: 'i-6 ⚓\ud800',
        status: 'DRAINING',
      }),
      { containerInstanceArn: 'other/prefix/7', ec2InstanceId: 'i-7', capacityProviderName: 'cp', healthStatus: null },
    ]);
    engine.putAttributes({ attributes: [{ name: 'new', value: 'n', targetId: arn(5) }] });
    const names = { containerInstances: [...[0, 1, 5, 6].map(arn), 'other/prefix/7'] };
    const fresh = await kind.create();
    fresh.restore(engine.snapshot());
    const shown = JSON.stringify(engine.describeContainerInstances(names));
    expect(fresh.describeContainerInstances(names)).toEqual(engine.describeContainerInstances(names));
    expect(JSON.stringify(fresh.describeContainerInstances(names))).toBe(shown);
    expect(fresh.listContainerInstances({ filter: 'ec2InstanceId == i-7' }).containerInstanceArns).toEqual([
      'other/prefix/7',
    ]);
  });

  it('is refused when it is another engine kind, another ABI or no snapshot', async () => {
    const engine = await kind.create();
    const rival = engineKinds.find(({ name }) => (name === 'reference') !== (kind.name === 'reference'));
    const text = (line: string): Uint8Array => new TextEncoder().encode(line);
    const foreign = [
      (await (rival as EngineKind).create()).snapshot(),
      text(`bayplan-wasm ${ABI_VERSION} 4\nnull`),
      text(`bayplan-wasm ${ABI_VERSION} 2\n{}`),
      text(`bayplan-wasm ${ABI_VERSION} 4 0\nnull`),
      text(`bayplan-wasm ${ABI_VERSION} 2 0\n{}`),
      text(`bayplan-wasm ${ABI_VERSION} -3\n{}`),
      text('null'),
      text(`{"kind":"bayplan-reference","abi":${ABI_VERSION + 1},"state":{}}`),
      text(`{"kind":"bayplan-reference","abi":${ABI_VERSION}}`),
      text('\n'),
      new ArrayBuffer(8),
      'bayplan-wasm 1 2\n{}',
      null,
      undefined,
    ];
    for (const bytes of foreign)
      expect(refusal(() => engine.restore(bytes as Uint8Array))).toBe('BayplanException SNAPSHOT_MISMATCH');
    expect([engine.stats().instances, engine.check()]).toEqual([0, []]);
  });
});

describe.each(engineKinds.filter(({ name }) => name !== 'reference'))('a snapshot of the $name engine', (kind) => {
  it('is refused when any of its bits flips', async () => {
    const engine = await filled(kind);
    const bytes = engine.snapshot();
    const fresh = await kind.create();
    for (let at = 0; at < bytes.length; at += at < 128 ? 1 : 997) {
      const flipped = bytes.slice();
      flipped[at] = (flipped[at] as number) ^ (1 << (at & 7));
      expect(
        refusal(() => fresh.restore(flipped)),
        `byte ${at}`,
      ).toBe('BayplanException SNAPSHOT_MISMATCH');
    }
    fresh.restore(bytes);
    expect(goOn(fresh)).toEqual(goOn(engine));
  });
});
