/** Attributes as a plain map, beside a debug core that must agree with it. Called by the tests of assembly/table. */
import { expect } from 'vitest';
import { OP_EQUALS, OP_IN, OP_PRESENT, VALUE_MISSING } from '../../assembly/abi.ts';
import { createCore, type InspectedCore, send } from '../support/core.ts';

export class Modelled {
  readonly core: InspectedCore = createCore();
  /** Attribute -> slot -> value id, for the ones there. */
  readonly #values = new Map<number, Map<number, number>>();
  readonly #programs = new Map<string, number>();

  attribute(): number {
    const attribute = this.core.addAttribute();
    this.#values.set(attribute, new Map());
    return attribute;
  }

  attributes(count: number): number[] {
    return Array.from({ length: count }, () => this.attribute());
  }

  instance(): number {
    send(this.core, [1024, 1024, 0, 9, 1024, 1024, 0, 9, 0, 0, 0, 3]);
    return this.core.register(0);
  }

  instances(count: number): number[] {
    return Array.from({ length: count }, () => this.instance());
  }

  remove(slot: number): void {
    this.core.deregister(slot);
    for (const values of this.#values.values()) values.delete(slot);
  }

  set(slot: number, attribute: number, value: number): void {
    this.core.setAttribute(slot, attribute, value);
    const values = this.#of(attribute);
    if (value === VALUE_MISSING) values.delete(slot);
    else values.set(slot, value);
  }

  #of(attribute: number): Map<number, number> {
    return this.#values.get(attribute) as Map<number, number>;
  }

  /** Slots of a bitset of the core. */
  #members(address: number): number[] {
    const count = this.core.slots();
    const words = new Uint32Array(this.core.memory.buffer, address >>> 0, Math.ceil(count / 32));
    return Array.from({ length: count }, (_, slot) => slot).filter(
      (slot) => (((words[slot >>> 5] as number) >>> (slot & 31)) & 1) === 1,
    );
  }

  /** Slots for which the code holds: by a sweep, and by a program kept from earlier, which only catches up. */
  selected(code: readonly number[]): number[] {
    send(this.core, code);
    const swept = this.#members(this.core.evaluateOnce(code.length));
    const key = code.join();
    if (!this.#programs.has(key)) {
      send(this.core, code);
      this.#programs.set(key, this.core.addProgram(code.length, 0));
    }
    expect(this.#members(this.core.evaluate(this.#programs.get(key) as number))).toEqual(swept);
    return swept;
  }

  /** Everything that the core can be asked about an attribute; values and sets of values as given. */
  expectSame(attribute: number, values: readonly number[], sets: readonly (readonly [number, number[]])[] = []): void {
    const model = this.#of(attribute);
    const slots = Array.from({ length: this.core.slots() }, (_, slot) => slot);
    const where = (test: (value: number) => boolean): number[] => slots.filter((slot) => test(model.get(slot) ?? 0));
    expect(slots.map((slot) => this.core.attributeValue(slot, attribute))).toEqual(
      slots.map((slot) => model.get(slot) ?? VALUE_MISSING),
    );
    expect(this.selected([OP_PRESENT, attribute, 0])).toEqual(where((value) => value !== VALUE_MISSING));
    for (const value of values) {
      expect(this.selected([OP_EQUALS, attribute, value])).toEqual(where((here) => here === value));
    }
    for (const [set, members] of sets) {
      expect(this.selected([OP_IN, attribute, set])).toEqual(where((value) => members.includes(value)));
    }
  }

  expectCounts(attribute: number, values: readonly number[]): void {
    const held = [...this.#of(attribute).values()];
    for (const value of values) {
      expect(this.core.instancesWith(attribute, value)).toBe(held.filter((here) => here === value).length);
    }
  }

  /** A value set of the core. */
  valueSet(members: number[]): readonly [number, number[]] {
    const set = this.core.addSet();
    for (const value of members) this.core.setAdd(set, value);
    return [set, members];
  }
}
