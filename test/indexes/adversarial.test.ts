/** Shapes made to break the indexes: at each step the engine chooses what the stages choose, and every invariant holds. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCore } from '../support/core.ts';
import { type Place, Played } from './played.ts';
import { SHAPES, type Shape } from './shapes.ts';

const RUNS = 40;
const SEED = 7;

/** One decision both ways before each task. */
const checked: Place = (core, request, count, records) => {
  const slots: number[] = [];
  while (slots.length < count) {
    const slot = core.decideOnly(request);
    expect(slot).toBe(core.decideWithoutIndexes(request));
    const first = core.taskCount();
    const placed = records ? core.run(request, 1, 1) : core.place(request, 1);
    expect(placed).toBe(slot < 0 ? 0 : 1);
    if (slot < 0) break;
    const at = records ? core.task(first) : core.exchange(4);
    expect(new Int32Array(core.memory.buffer, at >>> 0, 1)[0]).toBe(slot);
    slots.push(slot);
  }
  return slots;
};

/** Each decision by `random` draws, so that the same one cannot be asked twice. */
const withoutChance = (shape: Shape): Shape => ({
  ...shape,
  requests: shape.requests.map((row) => ({
    ...row,
    strategies: row.strategies.map((one) => (one === 'random' ? 'memory' : one)),
  })),
});

describe('the indexes choose what the stages choose', () => {
  it.each(SHAPES)('$name', ({ shape }) => {
    fc.assert(
      fc.property(shape.map(withoutChance), (drawn) => {
        const played = new Played(createCore(), drawn, checked);
        drawn.moves.forEach((move, n) => {
          played.play(move);
          if (n % 8 === 0) expect(played.core.check()).toBe(0);
        });
        expect(played.core.check()).toBe(0);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });
});
