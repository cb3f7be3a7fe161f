/** What changed, each once, in order: as a Set has it, few or many. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChangeSet } from '../../src/cluster/change-set.ts';

const step = fc.oneof(
  { weight: 12, arbitrary: fc.tuple(fc.constant('add' as const), fc.nat(40)) },
  { weight: 3, arbitrary: fc.tuple(fc.constant('delete' as const), fc.nat(40)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('clear' as const), fc.constant(0)) },
);

describe('what changed', () => {
  it('is what a Set would hold, in its order', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const [changes, set] = [new ChangeSet<number>(), new Set<number>()];
        for (const [name, one] of steps) {
          for (const either of [changes, set]) either[name](one);
          expect([...changes]).toEqual([...set]);
          expect([changes.size, changes.has(one)]).toEqual([set.size, set.has(one)]);
        }
      }),
      { numRuns: 300, seed: 48 },
    );
  });

  it('says whether there was anything to delete', () => {
    const changes = new ChangeSet<string>();
    changes.add('crate');
    expect([changes.delete('crate'), changes.delete('crate')]).toEqual([true, false]);
  });
});
