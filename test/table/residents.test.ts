/** Counts by instance: the same as by group, across the change from one to the other, and given back with the tasks. */
import { describe, expect, it } from 'vitest';
import { STRATEGY_BINPACK_MEMORY, STRATEGY_SPREAD_INSTANCE } from '../../assembly/abi.ts';
import { dice } from '../indexes/moves.ts';
import type { InspectedCore } from '../support/core.ts';
import { live, register, request, table } from '../support/tables.ts';

const LARGE = 4200;

/** Groups of requests that binpack: nothing but releases asks for their counts. Every `spread`th spreads over instances. */
function packed(core: InspectedCore, count: number, spread = count + 1): { group: number; request: number }[] {
  return Array.from({ length: count }, (_, k) => {
    const group = core.addGroup();
    const strategy = (k + 1) % spread === 0 ? STRATEGY_SPREAD_INSTANCE : STRATEGY_BINPACK_MEMORY;
    return { group, request: request(core, group, strategy) };
  });
}

describe('residents', () => {
  // In the large table groups with seats stand by instance too.
  it.each([
    [1, 20],
    [2, 20],
    [3, LARGE],
    [4, LARGE],
  ])(
    'are the tasks that were placed and not released, whatever the order: seed %i, %i instances',
    (seed, instances) => {
      const core = table(instances);
      const below = dice(seed);
      const groups = packed(core, 9, 3);
      const model = groups.map(() => new Int32Array(20));
      for (let step = 0; step < 6000; step++) {
        const g = below(groups.length);
        const { group, request: of } = groups[g] as { group: number; request: number };
        const slot = below(below(2) === 0 ? 3 : 20);
        const here = (model[g] as Int32Array)[slot] as number;
        if (below(100) === 0) {
          core.deregister(slot);
          expect(register(core)).toBe(slot);
          for (const counts of model) counts[slot] = 0;
        } else if (below(step % 2000 < 1000 ? 3 : 2) > 0) {
          expect(core.placeAt(of, slot)).toBe(1);
          (model[g] as Int32Array)[slot] = here + 1;
        } else {
          expect(core.releaseOne(of, slot) === 0).toBe(here > 0);
          (model[g] as Int32Array)[slot] = Math.max(0, here - 1);
        }
        // From now on something asks for the counts of one group by group.
        if (step === 3000 || step === 4500) request(core, group, STRATEGY_SPREAD_INSTANCE);
        if (step % 500 === 0) expect(core.check()).toBe(0);
      }
      for (const [g, { group }] of groups.entries())
        for (let slot = 0; slot < 20; slot++) expect(core.count(group, slot)).toBe(model[g]?.[slot]);
      expect(core.check()).toBe(0);
    },
  );

  it('stand by group once one instance has too many', () => {
    const core = table(3);
    const [first, second] = packed(core, 2) as [{ group: number; request: number }, { group: number; request: number }];
    core.addCount(first.group, 1, 1000);
    core.addCount(second.group, 1, 1000);
    core.addCount(second.group, 2, 5);
    core.addCount(first.group, 1, 500);
    expect([core.count(first.group, 1), core.count(second.group, 1), core.count(second.group, 2)]).toEqual([
      1500, 1000, 5,
    ]);
    expect(core.check()).toBe(0);
  });

  it.each([STRATEGY_BINPACK_MEMORY, STRATEGY_SPREAD_INSTANCE])(
    'are counted on many instances: strategy %i',
    (strategy) => {
      const core = table(LARGE);
      const group = core.addGroup();
      const of = request(core, group, strategy);
      for (let slot = 0; slot < LARGE; slot++)
        for (let k = 0; k <= slot % 3; k++) expect(core.placeAt(of, slot)).toBe(1);
      expect(core.check()).toBe(0);
      for (let slot = 0; slot < LARGE; slot++) {
        expect(core.releaseOne(of, slot)).toBe(0);
        expect(core.count(group, slot)).toBe(slot % 3);
        expect(core.releaseOne(of, slot) === 0).toBe(slot % 3 > 0);
      }
      expect(core.check()).toBe(0);
    },
  );

  it('give back what they needed', () => {
    const core = table(500);
    const groups = packed(core, 3);
    for (const { request: of } of groups) {
      expect(core.placeAt(of, 0)).toBe(1);
      expect(core.releaseOne(of, 0)).toBe(0);
    }
    const before = live(core);
    for (let slot = 0; slot < 500; slot++) for (const { group } of groups) core.addCount(group, slot, 50 + (slot % 40));
    expect(live(core)).toBeGreaterThan(before);
    for (let slot = 0; slot < 500; slot++) core.deregister(slot);
    expect(live(core)).toBe(before);
    expect(core.check()).toBe(0);
  });

  it('refuse to release what another group holds', () => {
    const core = table(2);
    const [first, second] = packed(core, 2) as [{ group: number; request: number }, { group: number; request: number }];
    expect(core.placeAt(first.request, 1)).toBe(1);
    expect(core.releaseOne(second.request, 1)).not.toBe(0);
    expect(core.releaseOne(first.request, 0)).not.toBe(0);
    expect(core.releaseOne(first.request, 1)).toBe(0);
    expect(core.releaseOne(first.request, 1)).not.toBe(0);
    expect(core.check()).toBe(0);
  });
});
