/**
 * The adversarial shapes at the level of the engine: the reference, and wasm in batches and one task at a time, place
 * the same tasks on the same instances in the same order, with records and with placers.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SHAPES, type Shape } from '../indexes/shapes.ts';
import { firstDifference, tableOf } from '../support/compare.ts';
import { type EngineKind, engineKinds } from '../support/engines.ts';
import { OPTIONS, Translated } from './translated.ts';

const RUNS = 8;
const SEED = 3;
const MOST_AT_ONCE = 25; // the reference takes its time
const PATIENCE_MS = 120_000;

/** Every engine with whole batches, and the last one, the fastest, one task at a time as well. */
async function players(shape: Shape): Promise<Translated[]> {
  const last = engineKinds.at(-1) as EngineKind;
  const kinds = [...engineKinds.map((kind) => ({ kind, most: MOST_AT_ONCE })), { kind: last, most: 1 }];
  return Promise.all(kinds.map(async ({ kind, most }) => new Translated(await kind.create(OPTIONS), shape, most)));
}

describe('every engine, in batches and one by one', { timeout: PATIENCE_MS }, () => {
  it.each(SHAPES)('places alike: $name', async ({ shape }) => {
    await fc.assert(
      fc.asyncProperty(shape, async (drawn) => {
        const [reference, ...others] = (await players(drawn)) as [Translated, ...Translated[]];
        for (const move of drawn.moves) {
          const some = move.kind === 'place' ? { ...move, count: Math.min(move.count, MOST_AT_ONCE) } : move;
          const expected = reference.play(some);
          for (const other of others) expect(other.play(some)).toEqual(expected);
        }
        const table = tableOf(reference.engine, [...reference.instances], []);
        for (const { engine, instances } of others) {
          expect(firstDifference(tableOf(engine, [...instances], []), table)).toBeUndefined();
          expect(engine.check()).toEqual([]);
        }
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });
});
