/**
 * How much the core keeps for an instance: at most 128 bytes with both block indexes and a thousand groups, 12 attributes with
 * values (one unique) and 60 without, as `engine.stats()` tells it. No index, no growth may cost more unnoticed.
 */
import { expect, it } from 'vitest';
import { createEngine } from '../../src/index.ts';
import { definition, instance } from '../support/shapes.ts';

const INSTANCES = 100_000;
const CHUNK = 10_000;
const GROUPS = 1_000;
const MOST_BYTES = 128;

const names = Object.fromEntries(Array.from({ length: 60 }, (_, k) => [`capability.${k}`, null]));
const fewer = Object.fromEntries(Object.entries(names).slice(5));
const AMOUNTS = [
  [2048, 3788],
  [4096, 15_600],
  [8192, 63_400],
  [16_384, 31_000],
] as const;

function member(k: number) {
  const [cpu, memoryMiB] = AMOUNTS[(k * 7) % AMOUNTS.length] as readonly [number, number];
  const attributes = {
    'ecs.instance-type': `type-${k % 5}`,
    'ecs.ami-id': `ami-${k % 4}`,
    'ecs.subnet-id': `subnet-${k % 9}`,
    'ecs.vpc-id': 'vpc-1',
    'ecs.os-type': 'linux',
    'ecs.os-family': 'LINUX',
    'ecs.cpu-architecture': 'x86_64',
    stack: `s${(k * 31) % 4}`,
    pool: `p${(k * 17) % 10}`,
    rack: `r${k % 200}`,
    id: `unique-${k}`,
    ...(k % 10 === 0 ? fewer : names),
  };
  const cpuLeft = cpu - 128 * ((k * 13) % 8);
  const memoryLeftMiB = memoryMiB - 64 * ((k * 29) % 40);
  return instance(k, { cpu, memoryMiB, cpuLeft, memoryLeftMiB, zone: `z${k % 3}`, attributes });
}

it(`an instance takes at most ${MOST_BYTES} bytes, with all indexes and ${GROUPS} groups`, {
  timeout: 60_000,
}, async () => {
  const engine = await createEngine({ seed: 7 });
  for (let first = 0; first < INSTANCES; first += CHUNK)
    engine.registerContainerInstances(Array.from({ length: CHUNK }, (_, k) => member(first + k)));
  engine.registerTaskDefinition(definition('web', { cpu: 128, memory: 256 }));
  const slots = new Int32Array(1);
  for (const field of ['memory', 'cpu']) {
    const placer = engine.prepare({ taskDefinition: 'web', placementStrategy: [{ type: 'binpack', field }] });
    // An index is built in parts, a part a decision.
    for (let n = 0; n < 300; n++) if (placer.place(1, slots) === 1) placer.release(slots, 1);
  }
  const placers = Array.from({ length: GROUPS }, (_, k) =>
    engine.prepare({
      taskDefinition: 'web',
      group: `service:s${k}`,
      placementStrategy: [
        { type: 'spread', field: 'attribute:ecs.availability-zone' },
        { type: 'spread', field: 'instanceId' },
      ],
    }),
  );
  for (const placer of placers) expect(placer.place(1, slots)).toBe(1);
  expect(engine.stats().memoryLiveBytes / INSTANCES).toBeLessThanOrEqual(MOST_BYTES);
  // It is not the limit that is high: a table of columns and rows alone is half of that.
  expect(engine.stats().memoryLiveBytes / INSTANCES).toBeGreaterThan(MOST_BYTES / 2);
  engine.dispose();
});
