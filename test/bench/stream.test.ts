/** Streams: hashes that can be compared anywhere, a churn that keeps the cluster as full as it was, rewinding. */
import { describe, expect, it } from 'vitest';
import { makeCluster } from '../../bench/cluster.ts';
import type { Contender, Filled } from '../../bench/contender.ts';
import { createTypedContender } from '../../bench/contenders/typed.ts';
import { LiveTasks } from '../../bench/live-tasks.ts';
import { medianOfFirst } from '../../bench/measure.ts';
import { expressionOf, satisfies } from '../../bench/strategies.ts';
import { Choices } from '../../bench/stream.ts';
import { Churn } from '../../bench/streams/churn.ts';
import { Filling } from '../../bench/streams/filling.ts';
import { WORKLOADS, type Workload } from '../../bench/workloads.ts';

const row = (name: string) => WORKLOADS.find((one) => one.name === name) as Workload;
const empty: Filled = { live: new LiveTasks(), background: new LiveTasks(), goal: 0 };

/** A loop over an empty cluster that notes what is released. */
function watched(name: string, instances: number) {
  const cluster = makeCluster(row(name), instances, 10, 7);
  const released: number[] = [];
  const loop = createTypedContender(cluster, empty);
  const contender: Contender = {
    ...loop,
    release: (definition, slot) => {
      released.push(slot);
      loop.release(definition, slot);
    },
  };
  return { cluster, contender, released };
}

describe('choices', () => {
  it('keep the hash of every one of the first decisions', () => {
    const [long, short] = [new Choices(10, 0), new Choices(0, 0)];
    for (const slot of [3, 1, -1]) long.note(slot);
    for (const slot of [3, 1]) short.note(slot);
    expect([long.hashAfter(2), long.hashAfter(0), long.hashAfter(3)]).toEqual([short.hash, 0, long.hash]);
    expect([long.kept, short.kept]).toEqual([3, 0]);
  });

  it('count failures among the first decisions only', () => {
    const choices = new Choices(0, 2);
    for (const slot of [-1, 4, -1]) choices.note(slot);
    expect([choices.failed, choices.steps]).toEqual([1, 3]);
  });
});

describe('a churn', () => {
  it('keeps the cluster as full as it was, and releases all over it', () => {
    const { cluster, contender, released } = watched('spread', 100);
    const live = new LiveTasks();
    let goal = 0;
    for (let k = 0; k < 300; k++) {
      const slot = contender.place(k % 10);
      live.push(k % 10, slot);
      goal += cluster.definitions[k % 10]?.cpu ?? 0;
    }
    new Churn(new Choices(0, 0), contender, cluster, { ...empty, live, goal }, 7).run(300);
    expect(Math.abs(released.length - 300)).toBeLessThan(60);
    expect(new Set(released).size).toBeGreaterThan(40);
  });

  it('is the same for the same seed', () => {
    const hashes = [7, 7, 8].map((seed) => {
      const { cluster, contender } = watched('mixed70', 50);
      const choices = new Choices(0, 0);
      new Churn(choices, contender, cluster, { ...empty, goal: 100_000 }, seed).run(200);
      return choices.hash;
    });
    expect(hashes[0]).toBe(hashes[1]);
    expect(hashes[0]).not.toBe(hashes[2]);
  });
});

describe('a fill', () => {
  it('can be rewound and makes the same choices again', () => {
    const { contender, released } = watched('D', 20);
    const first = new Choices(100, 0);
    const stream = new Filling(first, contender, 10, 100);
    stream.run(100);
    expect([stream.left(), first.steps]).toEqual([0, 100]);
    stream.rewind();
    expect([stream.left(), released.length]).toEqual([100, 100]);
    const again = new Choices(100, 0);
    new Filling(again, contender, 10, 100).run(100);
    expect(again.hash).toBe(first.hash);
  });
});

describe('live tasks', () => {
  it('are taken out in any order, and copied whole', () => {
    const tasks = new LiveTasks();
    for (let k = 0; k < 3_000; k++) tasks.push(k % 7, k);
    const copied = tasks.copy();
    tasks.removeAt(5);
    expect([tasks.count, tasks.slot(5), tasks.definition(5)]).toEqual([2_999, 2_999, 2_999 % 7]);
    expect([copied.count, copied.slot(5), copied.findOn(2_000), tasks.findOn(5)]).toEqual([3_000, 5, 2_000, -1]);
  });
});

describe('rules', () => {
  const attributes = { stack: 'blue', 'ecs.instance-type': 'm5.large' };

  it('are an expression to engines and a test to loops', () => {
    const rules = [
      { attribute: 'stack', oneOf: ['blue', 'red'] },
      { attribute: 'ecs.instance-type', startsWith: 'm5.' },
    ];
    expect(expressionOf(rules)).toBe('attribute:stack in [blue, red] and attribute:ecs.instance-type =~ m5\\..*');
    expect(satisfies(attributes, rules)).toBe(true);
    expect(satisfies(attributes, [{ attribute: 'stack', oneOf: ['green'] }])).toBe(false);
    expect(satisfies(attributes, [{ attribute: 'rack', oneOf: ['r1'] }])).toBe(false);
    expect(satisfies(attributes, [])).toBe(true);
  });
});

describe('the engine over the same decisions', () => {
  const slices = { stepsEach: 100, ns: Array.from({ length: 600 }, (_, k) => k) };

  it('is the median of the slices up to there, and of 200 at least', () => {
    expect(medianOfFirst(slices, 40_100)).toBe(200);
    expect(medianOfFirst(slices, 1)).toBe(99.5);
    expect(medianOfFirst(slices, 1_000_000)).toBe(299.5);
  });
});
