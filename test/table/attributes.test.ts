/** Attribute storage: whatever way an attribute is stored, and however it got there, it answers as a plain map does. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OP_AND, OP_NOT, OP_OR, OP_PRESENT, VALUE_FIRST, VALUE_MISSING, VALUE_NONE } from '../../assembly/abi.ts';
import { Modelled } from './model.ts';

/** Bytes in use. */
const heap = (world: Modelled): number => (world.core.heapTop() >>> 0) - (world.core.freeBytes() >>> 0);

describe('a column', () => {
  it.each([
    ['a byte', [254, 255, 256, 257]],
    ['two bytes', [65_534, 65_535, 65_536, 65_537]],
  ])('keeps its values when one no longer fits into %s', (_, edges) => {
    const world = new Modelled();
    const attribute = world.attribute();
    const slots = world.instances(1500);
    const sets = [world.valueSet([edges[1] as number, VALUE_FIRST]), world.valueSet([...edges.slice(2), VALUE_NONE])];
    const values = [VALUE_NONE, VALUE_FIRST, ...edges];
    for (const slot of slots) if (slot % 3 > 0) world.set(slot, attribute, VALUE_FIRST + (slot % 7));
    for (const edge of edges) {
      world.expectSame(attribute, values, sets);
      world.set(slots[edge % 1500] as number, attribute, edge);
      world.set(slots[(edge * 5) % 1500] as number, attribute, VALUE_NONE);
    }
    world.expectSame(attribute, values, sets);
    for (const slot of slots) world.set(slot, attribute, VALUE_MISSING);
    world.expectSame(attribute, values, sets);
  });

  it('does not mistake a value for another with the same low bits', () => {
    const world = new Modelled();
    const attribute = world.attribute();
    for (const slot of world.instances(2100)) world.set(slot, attribute, slot < 1024 ? 2 : 2 + 256 * (slot % 300));
    world.expectSame(attribute, [2, 258, 65_538, 2 + 256 * 299], [world.valueSet([258, 65_538])]);
  });

  it('grows with the table and forgets a removed instance before its slot is used again', () => {
    const world = new Modelled();
    const [valued, bare] = [world.attribute(), world.attribute()];
    for (const slot of world.instances(1000)) world.set(slot, valued, VALUE_FIRST + slot);
    for (const slot of world.instances(3500)) world.set(slot, bare, VALUE_NONE);
    for (let slot = 900; slot < 1200; slot++) world.remove(slot);
    world.expectSame(valued, [VALUE_FIRST + 899, VALUE_FIRST + 900]);
    const again = world.instances(301);
    expect(again).toContain(900);
    world.expectSame(valued, [VALUE_FIRST + 899, VALUE_FIRST + 900]);
    world.expectSame(bare, [VALUE_NONE]);
  });

  it('counts its instances by value from the moment that a request spreads over it', () => {
    const world = new Modelled();
    const [valued, bare, unused] = world.attributes(3) as [number, number, number];
    const slots = world.instances(700);
    for (const slot of slots) world.set(slot, valued, VALUE_FIRST + (slot % 5));
    for (const slot of slots.slice(0, 9)) world.set(slot, bare, VALUE_NONE);
    for (const attribute of [valued, bare, unused]) world.core.spreadOver(attribute);
    const expectAll = (): void => {
      for (const attribute of [valued, bare, unused]) {
        world.expectCounts(attribute, [VALUE_NONE, VALUE_FIRST, VALUE_FIRST + 4, VALUE_FIRST + 900]);
        world.expectSame(attribute, [VALUE_NONE, VALUE_FIRST]);
      }
    };
    expectAll();
    world.set(slots[3] as number, valued, VALUE_FIRST + 900);
    world.set(slots[4] as number, unused, VALUE_NONE);
    for (const slot of slots.slice(0, 9)) world.set(slot, bare, slot % 2);
    world.remove(slots[0] as number);
    expectAll();
    for (const slot of slots.slice(1)) world.set(slot, bare, VALUE_MISSING);
    expectAll();
  });
});

describe('capability sets', () => {
  it('are as many as instances differ, however the names were given', () => {
    const world = new Modelled();
    const names = world.attributes(60);
    for (const slot of world.instances(500)) {
      const given = names.filter((name) => name < 50 || slot % 2 === 0);
      for (const name of slot % 3 === 0 ? given.reverse() : given) world.set(slot, name, VALUE_NONE);
    }
    expect(world.core.capabilitySets()).toBe(2);
    for (const name of names) world.expectSame(name, [VALUE_NONE, VALUE_FIRST], [world.valueSet([VALUE_NONE])]);
  });

  it('lose a name that gets a value, and equal ones become one', () => {
    const world = new Modelled();
    const [a, b] = [world.attribute(), world.attribute()];
    const slots = world.instances(1100);
    for (const slot of slots) world.set(slot, a, VALUE_NONE);
    for (const slot of slots) world.set(slot, b, slot % 2);
    expect(world.core.capabilitySets()).toBe(2);
    world.set(slots[7] as number, b, VALUE_FIRST + 3);
    expect(world.core.capabilitySets()).toBe(1);
    const sets = [world.valueSet([VALUE_NONE]), world.valueSet([VALUE_FIRST + 3])];
    for (const name of [a, b]) world.expectSame(name, [VALUE_NONE, VALUE_FIRST + 3], sets);
  });

  it('vanish with their last instance', () => {
    const world = new Modelled();
    const [a, b] = [world.attribute(), world.attribute()];
    const slots = world.instances(10);
    for (const slot of slots) world.set(slot, a, VALUE_NONE);
    world.set(slots[4] as number, b, VALUE_NONE);
    expect(world.core.capabilitySets()).toBe(2);
    world.remove(slots[4] as number);
    expect(world.core.capabilitySets()).toBe(1);
    for (const slot of slots) if (slot !== slots[4]) world.set(slot, a, VALUE_MISSING);
    expect(world.core.capabilitySets()).toBe(0);
    world.set(slots[1] as number, b, VALUE_NONE);
    for (const name of [a, b]) world.expectSame(name, [VALUE_NONE]);
  });

  it('give up the very name that is asked about, when the last instance wants one set too many', () => {
    const world = new Modelled();
    const names = world.attributes(9);
    const rare = names[8] as number;
    const give = (slot: number, bits: number): void => {
      for (const [k, name] of names.entries()) if ((bits >> k) & 1) world.set(slot, name, VALUE_NONE);
    };
    give(world.instance(), 256);
    for (let bits = 1; bits < 255; bits++) give(world.instance(), bits);
    expect(world.core.capabilitySets()).toBe(255);
    give(world.instance(), 256 + 255);
    world.expectSame(rare, [VALUE_NONE]);
    // Its only set is gone, and the one of the other eight took its place.
    expect(world.core.capabilitySets()).toBe(255);
    for (const name of names) world.expectSame(name, [VALUE_NONE]);
    expect(world.core.check()).toBe(0);
  });

  it('give names up when every instance would have a set of its own', () => {
    const world = new Modelled();
    const names = world.attributes(40);
    const before = heap(world);
    const slots = world.instances(1200);
    let state = 1;
    for (const slot of slots) {
      for (const name of names) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        if (name < 4 || state >>> 31 === 1) world.set(slot, name, VALUE_NONE);
      }
    }
    expect(world.core.capabilitySets()).toBeLessThan(256);
    for (const name of names) world.expectSame(name, [VALUE_NONE], [world.valueSet([VALUE_NONE])]);
    expect(heap(world) - before).toBeLessThan(1200 * 200 + 100_000);
    for (const slot of slots) world.set(slot, names[0] as number, VALUE_FIRST);
    for (const slot of slots.slice(0, 900)) world.remove(slot);
    for (const name of names) world.expectSame(name, [VALUE_NONE, VALUE_FIRST]);
  });
});

describe('a usual cluster', () => {
  it('takes 24 bytes an instance for 14 attributes with values, two of them unique, and 60 without', () => {
    const world = new Modelled();
    const slots = world.instances(8192);
    const kinds = [3, 40, 5, 1, 1, 1, 9, 1, 200, 250, 17, 4, 8192, 8192];
    const valued = kinds.map((kind) => [world.attribute(), kind] as const);
    const names = world.attributes(60);
    const before = heap(world);
    for (const slot of slots) {
      for (const [attribute, kind] of valued) world.set(slot, attribute, VALUE_FIRST + (slot % kind));
      for (const name of names) world.set(slot, name, VALUE_NONE);
    }
    expect(world.core.capabilitySets()).toBe(1);
    expect((heap(world) - before) / slots.length).toBeLessThan(24);
  });
});

describe('thousands of names', () => {
  it.each([
    ['without a value', () => VALUE_NONE],
    ['with values', (slot: number) => VALUE_FIRST + (slot % 900)],
  ])('%s cost in proportion to the instances that have them', (_, valueAt) => {
    const world = new Modelled();
    const slots = world.instances(2000);
    const before = heap(world);
    const names = world.attributes(3000);
    for (const name of names) {
      for (let k = 0; k < 5; k++) {
        const slot = slots[(name * 7 + k * 331) % 2000] as number;
        world.set(slot, name, valueAt(slot));
      }
    }
    // A column of bytes would take 2,000 each.
    expect((heap(world) - before) / names.length).toBeLessThan(250);
    for (const name of [...names.slice(0, 20), ...names.slice(-20)]) world.expectSame(name, [VALUE_NONE]);
    for (const slot of slots) world.remove(slot);
    for (const name of names.slice(0, 20)) world.expectSame(name, [VALUE_NONE]);
  });

  it('take no more memory when they come and go', () => {
    const world = new Modelled();
    const names = world.attributes(400);
    const slots = world.instances(300);
    const turn = (): number => {
      for (const name of names)
        for (const slot of slots) if ((name + slot) % 5 === 0) world.set(slot, name, 1 + (name % 3));
      for (const name of names) for (const slot of slots) world.set(slot, name, VALUE_MISSING);
      return heap(world);
    };
    turn();
    expect(turn()).toBe(turn());
  });
});

const step = fc.record({
  action: fc.nat(99),
  instance: fc.nat(199),
  attribute: fc.nat(19),
  value: fc.oneof(fc.constantFrom(0, 1, 2), fc.integer({ min: 2, max: 300 }), fc.constantFrom(65_535, 65_536)),
});

describe('any sequence of changes', () => {
  it('leaves what a map holds', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 50, maxLength: 400, size: 'max' }), (steps) => {
        const world = new Modelled();
        const names = world.attributes(20);
        let slots = world.instances(60);
        const sets = [world.valueSet([1, 2, 300]), world.valueSet([255, 256, 65_535, 65_536])];
        for (const { action, instance, attribute, value } of steps) {
          const slot = slots[instance % slots.length] as number;
          const name = names[attribute] as number;
          if (action < 8) slots.push(world.instance());
          else if (action < 12 && slots.length > 20) {
            world.remove(slot);
            slots = slots.filter((other) => other !== slot);
          } else if (action < 14) world.core.spreadOver(name);
          else if (action < 18) for (const other of slots) world.set(other, name, value);
          // Half of the names never get a value.
          else world.set(slot, name, attribute % 2 === 0 ? Math.min(value, 1) : value);
          if (action === 99) world.expectSame(name, [1, 2], sets);
        }
        for (const name of names) world.expectSame(name, [1, 2, 255, 256, 65_536], sets);
        const [a, b, c] = names as [number, number, number];
        const has = (name: number): Set<number> => new Set(world.selected([OP_PRESENT, name, 0]));
        const [inA, inB, inC] = [has(a), has(b), has(c)];
        const code = [OP_PRESENT, a, 0, OP_PRESENT, b, 0, OP_PRESENT, c, 0, OP_NOT, 0, 0, OP_OR, 0, 0, OP_AND, 0, 0];
        expect(world.selected(code)).toEqual(
          slots.sort((x, y) => x - y).filter((slot) => inA.has(slot) && (inB.has(slot) || !inC.has(slot))),
        );
        expect(world.core.check()).toBe(0);
      }),
      { numRuns: 40 },
    );
  });
});
