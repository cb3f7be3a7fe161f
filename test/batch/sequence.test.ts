/** A batch is the very sequence that as many single calls give: the same slots in order, the same records, the same table. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COLUMNS } from '../../assembly/abi.ts';
import { atOnce, oneByOne, Played, taskRecord } from '../indexes/played.ts';
import { SHAPES } from '../indexes/shapes.ts';
import { createCore, type InspectedCore } from '../support/core.ts';

const RUNS = 40;
const SEED = 11;

/** Every cell of every instance, and every task record. */
function tableOf(core: InspectedCore): number[][] {
  const slots = Array.from({ length: core.slots() }, (_, slot) => slot);
  const words = new Int32Array(core.memory.buffer);
  const cells = Array.from({ length: COLUMNS }, (_, which) =>
    slots.map((slot) => words[core.cellAt(which, slot) >>> 2] as number),
  );
  const records = Array.from({ length: core.taskCount() }, (_, number) => taskRecord(core, number));
  return [...cells, ...records];
}

describe('batches place what single calls place', () => {
  it.each(SHAPES)('$name', ({ shape }) => {
    fc.assert(
      fc.property(shape, (drawn) => {
        const together = new Played(createCore(), drawn, atOnce);
        const singly = new Played(createCore(), drawn, oneByOne);
        for (const move of drawn.moves) expect(together.play(move)).toEqual(singly.play(move));
        expect(tableOf(together.core)).toEqual(tableOf(singly.core));
        expect([together.core.check(), singly.core.check()]).toEqual([0, 0]);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });
});
