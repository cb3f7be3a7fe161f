/** Counts of a group per instance: the same numbers however they are stored, and no more storage than they need. */
import { describe, expect, it } from 'vitest';
import { dice } from '../indexes/moves.ts';
import { createCore, type InspectedCore, send } from '../support/core.ts';

const PLENTY = 2 ** 20;
/** Instances that make the table hold 4,096. */
const INSTANCES = 2100;

function table(instances: number): InspectedCore {
  const core = createCore();
  for (let k = 0; k < instances; k++) register(core);
  return core;
}

function register(core: InspectedCore): number {
  send(core, [PLENTY, PLENTY, 0, 0, PLENTY, PLENTY, 0, 0, 0, 0, 0, 3]);
  return core.register(0);
}

/** A request without any amount, so that nothing but the count limits it. */
function request(core: InspectedCore, group: number): number {
  send(core, [0, 0, 0, 0]);
  const demand = core.addDemand(0);
  send(core, [0, 0, 0]);
  const filter = core.addProgram(3, 0);
  send(core, [demand, group, 0, filter, -1, -1, -1, -1, -1, 1, 3, 0]);
  return core.addRequest();
}

const live = (core: InspectedCore): number => (core.heapTop() >>> 0) - (core.freeBytes() >>> 0);

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
      const all = request(core, group);
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
    const all = request(core, group);
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
