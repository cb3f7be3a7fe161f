/** Shapes made to break the indexes: at each step the engine chooses what the stages choose, and every invariant holds. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCore, send } from '../support/core.ts';
import { type Place, Played } from './played.ts';
import { SHAPES, type Shape } from './shapes.ts';
import { World } from './world.ts';

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

  // The least count of a group is remembered once the counts are a column, and searches stop at the first that has it.
  it('an instance without tasks of the group where every other holds some', () => {
    const world = new World(createCore());
    for (let k = 0; k < 900; k++) world.register({ cpu: 4096, memory: 4096 });
    const request = world.request({ cpu: 64, memory: 64, strategies: ['instance'] });
    expect(checked(world.core, request, 1850, false)).toHaveLength(1850);
    world.core.deregister(700);
    checked(world.core, request, 1, false);
    expect(world.register({ cpu: 4096, memory: 4096 })).toBe(700);
    expect(checked(world.core, request, 3, false)).toEqual([700, 700, 51]);
    send(world.core, [750, 750]);
    expect(world.core.release(request, 2)).toBe(0);
    expect(checked(world.core, request, 3, false)).toEqual([750, 750, 52]);
  });
});
