/** Laws of the bitset loops, against sets of numbers. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCore, type InspectedCore } from '../support/core.ts';

const WORDS = 8;
const BITS = WORDS * 64;
const subset = fc.uniqueArray(fc.integer({ min: 0, max: BITS - 1 }), { maxLength: 80 });

function write(core: InspectedCore, members: readonly number[]): number {
  const address = core.allocateBytes(BITS / 8);
  const bytes = new Uint8Array(core.memory.buffer, address, BITS / 8);
  bytes.fill(0);
  for (const member of members) bytes[member >> 3] = (bytes[member >> 3] as number) | (1 << (member & 7));
  return address;
}

function read(core: InspectedCore, address: number): number[] {
  const bytes = new Uint8Array(core.memory.buffer, address, BITS / 8);
  return Array.from({ length: BITS }, (_, k) => k).filter((k) => (((bytes[k >> 3] as number) >> (k & 7)) & 1) === 1);
}

const ascending = (members: readonly number[]): number[] => [...members].sort((a, b) => a - b);

describe('bitset words', () => {
  it('and and andNot are intersection and difference', () => {
    const core = createCore();
    fc.assert(
      fc.property(subset, subset, (a, b) => {
        const [both, left, right] = [write(core, a), write(core, a), write(core, b)];
        core.bitsAnd(both, right, WORDS);
        core.bitsAndNot(left, right, WORDS);
        expect(read(core, both)).toEqual(ascending(a.filter((k) => b.includes(k))));
        expect(read(core, left)).toEqual(ascending(a.filter((k) => !b.includes(k))));
        for (const block of [both, left, right]) core.giveBackBytes(block, BITS / 8);
      }),
    );
  });

  it('or and not are union and complement', () => {
    const core = createCore();
    fc.assert(
      fc.property(subset, subset, (a, b) => {
        const [either, none, right] = [write(core, a), write(core, a), write(core, b)];
        core.bitsOr(either, right, WORDS);
        core.bitsNot(none, WORDS);
        expect(read(core, either)).toEqual(ascending([...new Set([...a, ...b])]));
        expect(read(core, none)).toEqual(Array.from({ length: BITS }, (_, k) => k).filter((k) => !a.includes(k)));
        for (const block of [either, none, right]) core.giveBackBytes(block, BITS / 8);
      }),
    );
  });

  it('count, first and nth agree with the sorted members', () => {
    const core = createCore();
    fc.assert(
      fc.property(subset, (members) => {
        const bits = write(core, members);
        expect(core.bitsCount(bits, WORDS)).toBe(members.length);
        expect(core.bitsFirst(bits, WORDS)).toBe(ascending(members)[0] ?? -1);
        ascending(members).forEach((member, k) => {
          expect(core.bitsNth(bits, WORDS, k)).toBe(member);
        });
        core.giveBackBytes(bits, BITS / 8);
      }),
    );
  });

  it('keepLeast keeps exactly the members with the smallest key', () => {
    const core = createCore();
    const keys = core.allocateBytes(BITS * 4);
    fc.assert(
      fc.property(
        subset,
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: BITS, maxLength: BITS }),
        (members, values) => {
          const bits = write(core, members);
          new Int32Array(core.memory.buffer, keys, BITS).set(values);
          core.bitsKeepLeast(bits, keys, WORDS);
          const least = Math.min(...members.map((k) => values[k] as number));
          expect(read(core, bits)).toEqual(ascending(members.filter((k) => values[k] === least)));
          core.giveBackBytes(bits, BITS / 8);
        },
      ),
    );
  });
});
