/** Counts of a group per instance: the same numbers however they are stored, and no more storage than they need. */
import { describe, expect, it } from 'vitest';
import { STRATEGY_SPREAD_INSTANCE } from '../../assembly/abi.ts';
import { dice } from '../indexes/moves.ts';
import { live, register, request, table } from '../support/tables.ts';

/** Instances that make the table hold 4,096. */
const INSTANCES = 2100;

describe('counts', () => {
  it('of many tasks on one instance take no column over all instances', () => {
    const core = table(INSTANCES);
    const before = live(core);
    for (let k = 0; k < 100; k++) {
      const group = core.addGroup();
      for (const tasks of [1, 254, 1, 1, 60_000]) core.addCount(group, 1000 + k, tasks);
      expect(core.count(group, 1000 + k)).toBe(60_257);
    }
    expect(core.check()).toBe(0);
    expect(live(core) - before).toBeLessThan(100 * 4096);
  });

  it('keep a column no longer than there are tasks', () => {
    const core = table(INSTANCES);
    // With the first task of a page its rows get their second halves.
    const first = core.addGroup();
    for (let slot = 0; slot < INSTANCES; slot++) core.addCount(first, slot, 1);
    const before = live(core);
    for (let k = 0; k < 12; k++) {
      const group = core.addGroup();
      const all = request(core, group, STRATEGY_SPREAD_INSTANCE);
      core.place(all, INSTANCES);
      for (let slot = 0; slot < INSTANCES; slot++) expect(core.releaseOne(all, slot)).toBe(0);
    }
    expect(core.check()).toBe(0);
    expect(live(core) - before).toBeLessThan(12 * 4096);
  });

  it.each([1, 2, 3])('are what was added, whatever the order: seed %i', (seed) => {
    const core = table(1000);
    const below = dice(seed);
    const group = core.addGroup();
    const all = request(core, group, STRATEGY_SPREAD_INSTANCE);
    const model = new Map<number, number>();
    for (let step = 0; step < 4000; step++) {
      const slot = below(step < 2000 ? 40 : core.slots());
      const here = model.get(slot) ?? 0;
      if (below(3) > 0) {
        const added = [1, 1, 254, 255, 256, 70_000][below(6)] as number;
        core.addCount(group, slot, added);
        model.set(slot, here + added);
      } else if (here > 0) {
        core.deregister(slot);
        expect(register(core)).toBe(slot);
        model.delete(slot);
      }
      expect(core.placeAt(all, slot)).toBe(1);
      if (below(2) === 0) expect(core.releaseOne(all, slot)).toBe(0);
      else model.set(slot, (model.get(slot) ?? 0) + 1);
      if (step % 100 === 0) register(core);
    }
    for (let slot = 0; slot < core.slots(); slot++) expect(core.count(group, slot)).toBe(model.get(slot) ?? 0);
    expect(core.check()).toBe(0);
  });
});
