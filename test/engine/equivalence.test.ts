/** Ways that must lead to the same place: many at once or one by one, records or a placer, straight on or by a snapshot. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Engine, PlacementInput } from '../../src/contract.ts';
import type { ContainerInstance } from '../../src/model/container-instance.ts';
import { containerInstance } from '../support/arbitraries/container-instance.ts';
import { INSTANCE_TYPES, instanceArn } from '../support/arbitraries/names.ts';
import { placementInput } from '../support/arbitraries/placement.ts';
import { taskDefinition } from '../support/arbitraries/task-definition.ts';
import { firstDifference, outcomeOf, tableOf } from '../support/compare.ts';
import { engineKinds } from '../support/engines.ts';

const RUNS = 60;

const drawn = fc.record({
  seed: fc.nat(),
  instances: fc.tuple(...Array.from({ length: 9 }, (_, k) => containerInstance(k))),
  definition: taskDefinition.map((definition) => ({ ...definition, family: 'web' })),
  input: placementInput.map((input): PlacementInput => ({ ...input, taskDefinition: 'web' })),
  count: fc.integer({ min: 1, max: 12 }),
});
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never;

const arnsOf = (instances: readonly ContainerInstance[]): string[] =>
  instances.map((one) => String(one.containerInstanceArn));

describe.each(engineKinds)('the $name engine', (kind) => {
  async function pair({ seed, instances, definition, input }: Drawn): Promise<[Engine, Engine]> {
    const engines = [
      await kind.create({ seed, instanceTypes: INSTANCE_TYPES }),
      await kind.create({ seed, instanceTypes: INSTANCE_TYPES }),
    ] as [Engine, Engine];
    for (const engine of engines) {
      engine.registerContainerInstances(instances);
      fc.pre('answer' in outcomeOf(() => engine.registerTaskDefinition(definition)));
      fc.pre('answer' in outcomeOf(() => engine.explain(input)));
    }
    return engines;
  }
  const holds = (law: (one: Engine, other: Engine, draw: Drawn) => void) =>
    fc.assert(
      fc.asyncProperty(drawn, async (draw) => {
        const [one, other] = await pair(draw);
        fc.pre('answer' in outcomeOf(() => one.prepare(draw.input)));
        law(one, other, draw);
        one.dispose();
        other.dispose();
      }),
      { numRuns: RUNS, seed: 40 },
    );

  it('places many at once as it places one by one', async () => {
    await holds((one, other, { input, count, instances }) => {
      const atOnce = outcomeOf(() => one.runTask({ ...input, count }).tasks);
      fc.pre('answer' in atOnce);
      const singly = Array.from({ length: count }, () => other.runTask({ ...input }).tasks).flat();
      expect(atOnce).toEqual({ answer: singly });
      const tasks = singly.map((task) => String(task.taskArn));
      expect(tableOf(one, arnsOf(instances), tasks)).toEqual(tableOf(other, arnsOf(instances), tasks));
    });
  });

  it('chooses with a placer what it chooses with records', async () => {
    await holds((one, other, { input, count }) => {
      const answer = outcomeOf(() => one.runTask({ ...input, count }).tasks.map((task) => task.containerInstanceArn));
      fc.pre('answer' in answer);
      const slots = new Int32Array(count);
      const placed = other.prepare(input).place(count, slots);
      expect(answer).toEqual({
        answer: [...slots.subarray(0, placed)].map((slot) => other.containerInstanceArn(slot)),
      });
      expect(other.check()).toEqual([]);
    });
  });

  it('has everything back when a placer has given everything back', async () => {
    await holds((one, _other, { input, count, instances }) => {
      const before = tableOf(one, arnsOf(instances), []);
      const placer = one.prepare(input);
      const slots = new Int32Array(count);
      placer.release(slots, placer.place(count, slots));
      expect(tableOf(one, arnsOf(instances), [])).toEqual(before);
    });
  });

  it('goes on from a snapshot as if nothing had been, in the same bytes', async () => {
    await holds((one, other, { input, count, instances }) => {
      outcomeOf(() => one.runTask({ ...input, count }));
      const bytes = one.snapshot();
      other.restore(bytes);
      const tasks: string[] = [];
      for (const engine of [one, other]) {
        const answer = outcomeOf(() => engine.runTask({ ...input, count: 3 }));
        if (engine === one && 'answer' in answer)
          tasks.push(...(answer.answer as { tasks: { taskArn?: string }[] }).tasks.map((task) => String(task.taskArn)));
      }
      expect(tableOf(other, arnsOf(instances), tasks)).toEqual(tableOf(one, arnsOf(instances), tasks));
      expect(Buffer.compare(Buffer.from(other.snapshot()), Buffer.from(one.snapshot()))).toBe(0);
    });
  });

  it('is the same in a new engine that knew nothing: seed, limits and all come with the snapshot', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, async (draw) => {
        const [one] = await pair(draw);
        outcomeOf(() => one.runTask({ ...draw.input, count: draw.count }));
        const fresh = await kind.create();
        fresh.restore(one.snapshot());
        expect(Buffer.compare(Buffer.from(fresh.snapshot()), Buffer.from(one.snapshot()))).toBe(0);
        const late = { ...draw.instances[0], containerInstanceArn: instanceArn(77) };
        const networked = {
          family: 'net',
          networkMode: 'awsvpc',
          containerDefinitions: [{ name: 'c', image: 'busybox', memory: 8 }],
        };
        const tables = [one, fresh].map((engine) => {
          engine.registerContainerInstances([late]);
          engine.registerTaskDefinition(networked);
          const answer = outcomeOf(() => engine.runTask({ taskDefinition: 'net', count: 20 }));
          return { answer, table: tableOf(engine, [...arnsOf(draw.instances), instanceArn(77)], []) };
        });
        expect(firstDifference(tables[1], tables[0])).toBeUndefined();
      }),
      { numRuns: 20, seed: 41 },
    );
  });

  it('makes the same bytes of the same seed and calls', async () => {
    await holds((one, other, { input, count }) => {
      for (const engine of [one, other]) outcomeOf(() => engine.runTask({ ...input, count }));
      expect(Buffer.compare(Buffer.from(one.snapshot()), Buffer.from(other.snapshot()))).toBe(0);
    });
  });
});
