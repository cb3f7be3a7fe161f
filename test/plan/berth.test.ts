/** States: equal whatever the order of the moves that made them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Berths, phasesFor, stateOf, withMove } from '../../src/plan/berth.ts';
import { groupFor } from '../../src/plan/groups.ts';

describe('a state', () => {
  it('is that of its berths after every move', () => {
    const moves = fc.array(fc.tuple(fc.nat(3), fc.nat(2), fc.nat(2)), { maxLength: 12 });
    fc.assert(
      fc.property(moves, (steps) => {
        const berths = new Berths(phasesFor(0));
        const groups = [groupFor(0, [0, 1], {}, []), groupFor(1, [2, 3], {}, [])] as const;
        const here = [groups[0], groups[0], groups[1], groups[1]].map((group) => berths.of(group, [2, 2, 2]));
        let state = stateOf(here);
        for (const [instance, from, to] of steps) {
          const before = here[instance];
          if (before === undefined) continue;
          const after = berths.moved(before, from, to);
          state = withMove(state, before.number, after.number);
          here[instance] = after;
          expect(state).toEqual(stateOf(here));
        }
      }),
    );
  });

  it('gives equal berths one number', () => {
    const berths = new Berths(phasesFor(1));
    const group = groupFor(0, [0], {}, []);
    const start = berths.of(group, [1, 0, 0, 0, 0]);
    const there = berths.moved(berths.moved(start, 0, 1), -1, 2);
    const other = berths.moved(berths.moved(start, -1, 2), 0, 1);
    expect(there).toBe(other);
    expect([there.active, there.held]).toEqual([1, 2]);
  });
});
