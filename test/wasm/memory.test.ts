/** Nothing leaks: whatever is done again and again, the core's memory ends where it was. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine, Placer } from '../../src/contract.ts';
import { engineKinds } from '../support/engines.ts';
import { arn, BINPACK, cluster, definition, instance } from '../support/shapes.ts';

const kind = engineKinds.find(({ name }) => name === 'wasm-release');
const instances = Array.from({ length: 150 }, (_, k) =>
  instance(k, { cpu: 4096, memoryMiB: 8192, zone: `z${k % 3}`, attributes: { stack: `s${k % 7}` } }),
);
const DEFINITIONS = [
  definition('web'),
  definition('ports', { portMappings: [{ containerPort: 80, hostPort: 80 }] }),
  definition('net', {}, { networkMode: 'awsvpc' }),
];
const REQUESTS = [
  {
    taskDefinition: 'web',
    placementStrategy: [{ type: 'spread' as const, field: 'attribute:ecs.availability-zone' }, ...BINPACK],
  },
  {
    taskDefinition: 'ports',
    placementConstraints: [
      { type: 'memberOf' as const, expression: 'attribute:stack in [s1, s2] and runningTasksCount < 9' },
    ],
  },
  { taskDefinition: 'net', placementStrategy: [{ type: 'random' as const }] },
  { taskDefinition: 'web', placementConstraints: [{ type: 'distinctInstance' as const }], group: 'service:one' },
];

describe('the memory of the core', () => {
  let engine: Engine;
  beforeAll(async () => {
    if (kind) engine = await cluster(kind, instances, DEFINITIONS);
  });

  /** Bytes grown by doing it 200 times after it was done 20 times. */
  function grown(work: (turn: number) => void): number {
    for (let turn = 0; turn < 20; turn++) work(turn);
    expect(engine.check()).toEqual([]);
    const before = engine.stats().memoryBytes;
    for (let turn = 20; turn < 220; turn++) work(turn);
    expect(engine.check()).toEqual([]);
    return engine.stats().memoryBytes - before;
  }

  it('is flat over place and release', () => {
    const placers = REQUESTS.map((request) => engine.prepare(request));
    const slots = placers.map(() => new Int32Array(400));
    const place = (placer: Placer, k: number): number => placer.place(400, slots[k] as Int32Array);
    expect(
      grown(() => {
        const placed = placers.map(place);
        placers.forEach((placer, k) => {
          placer.release(slots[k] as Int32Array, placed[k] as number);
        });
      }),
    ).toBe(0);
  });

  it('is flat over questions and preparations that were asked before', () => {
    const work = (): void => {
      for (const request of REQUESTS) engine.prepare(request);
      engine.listContainerInstances({ filter: 'attribute:stack =~ s[12] and not(task:group == service:one)' });
    };
    expect(grown(work)).toBe(0);
    expect(grown((turn) => turn % 50 === 0 && engine.explain(REQUESTS[1] as (typeof REQUESTS)[number]))).toBe(0);
  });

  it('is flat over instances that come and go', () => {
    const work = (turn: number): void => {
      engine.registerContainerInstances([instance(1000 + turn, { zone: 'z9', ports: ['22', '80'], portsUdp: ['53'] })]);
      engine.deregisterContainerInstance({ containerInstance: arn(1000 + turn) });
    };
    expect(grown(work)).toBe(0);
  });

  it('is flat over attributes, agents and states that change to and fro', () => {
    const work = (turn: number): void => {
      const target = { targetId: arn(turn % 150), targetType: 'container-instance' as const };
      engine.putAttributes({ attributes: [{ name: 'a', value: `v${turn % 5}`, ...target }] });
      engine.setAgentConnected({ containerInstance: arn(7), agentConnected: turn % 2 === 0 });
      engine.updateContainerInstancesState({
        containerInstances: [arn(8)],
        status: turn % 2 === 0 ? 'DRAINING' : 'ACTIVE',
      });
      engine.deleteAttributes({ attributes: [{ name: 'a', ...target }] });
    };
    expect(grown(work)).toBe(0);
  });

  it('grows by records alone when tasks come and go', () => {
    const bytes = grown(() => {
      for (const task of engine.runTask({ taskDefinition: 'ports', count: 5 }).tasks) {
        engine.submitTaskStateChange({ task: String(task.taskArn), status: 'STOPPED' });
      }
    });
    expect(engine.stats().tasks).toBe(1100);
    expect(bytes).toBeLessThanOrEqual(2 * 2048 * 24);
  });

  it('is flat over refused calls and over restoring', () => {
    const saved = engine.snapshot();
    const work = (turn: number): void => {
      const placer = engine.prepare(REQUESTS[0] as (typeof REQUESTS)[number]);
      const slots = new Int32Array(300).fill(1000);
      expect(() => placer.release(slots, 300)).toThrow('nothing was released');
      if (turn % 50 === 0) engine.restore(saved);
    };
    expect(grown(work)).toBe(0);
  });
});
