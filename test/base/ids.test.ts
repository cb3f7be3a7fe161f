/** Task ids: 32 hexadecimal digits that give their running number back, to their own seed only. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { taskId, taskNumber } from '../../src/base/ids.ts';

const seed = fc.integer({ min: 0, max: 0xffffffff });
const number = fc.integer({ min: 0, max: 0x7fffffff });

describe('a task id', () => {
  it('is 32 hexadecimal digits and gives the number back', () => {
    fc.assert(
      fc.property(seed, number, (s, n) => {
        const id = taskId(s, n);
        expect(id).toMatch(/^[0-9a-f]{32}$/);
        expect(taskNumber(s, id)).toBe(n);
      }),
    );
  });

  it.each([0, 1, 0x7fffffff])('gives back the edge %i', (n) => {
    for (const s of [0, 1, 0x80000000, 0xffffffff]) expect(taskNumber(s, taskId(s, n))).toBe(n);
  });

  it('is another for another number or seed', () => {
    const ids = [0, 1, 2, 0xffffffff].flatMap((s) => Array.from({ length: 5000 }, (_, n) => taskId(s, n)));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('means nothing to another seed', () => {
    fc.assert(
      fc.property(seed, seed, number, (s, other, n) => {
        fc.pre(s !== other);
        expect(taskNumber(other, taskId(s, n))).toBe(-1);
      }),
    );
  });

  it('stays what it is: recorded answers and snapshots hold such ids', () => {
    expect([taskId(0, 0), taskId(1, 0), taskId(0, 1)]).toMatchInlineSnapshot(`
      [
        "c32a2186474a9445fe52cc654c20034d",
        "9d90e3339b7c96514749877487293b79",
        "16835c7e8c60bcd81058c06793b7f703",
      ]
    `);
  });
});

describe('what is no task id', () => {
  it('has no number, whatever text it is', () => {
    const texts = fc.oneof(fc.string(), fc.stringMatching(/^[0-9a-f]{32}$/));
    fc.assert(
      fc.property(seed, texts, (s, text) => {
        expect(taskNumber(s, text)).toBe(-1);
      }),
    );
  });

  it('is an id with one digit changed', () => {
    fc.assert(
      fc.property(seed, number, fc.nat(31), fc.integer({ min: 1, max: 15 }), (s, n, at, by) => {
        const id = taskId(s, n);
        const digit = ((Number.parseInt(id.charAt(at), 16) + by) % 16).toString(16);
        expect(taskNumber(s, id.slice(0, at) + digit + id.slice(at + 1))).toBe(-1);
      }),
    );
  });

  it.each(['upper case', 'too long', 'empty'])('is one in %s', (how) => {
    const id = taskId(7, 7);
    expect(taskNumber(7, { 'upper case': id.toUpperCase(), 'too long': `${id}0`, empty: '' }[how] ?? id)).toBe(-1);
  });
});
