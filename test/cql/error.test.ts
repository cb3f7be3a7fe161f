/** The caret picture of an error. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caret } from '../../src/cql/error.ts';
import { parse } from '../../src/cql/parse.ts';
import { BayplanError } from '../../src/errors.ts';

function errorOf(text: string): BayplanError {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof BayplanError) return error;
    throw error;
  }
  throw new Error(`${text} was read`);
}

describe('caret', () => {
  it('stands under the column', () => {
    expect(caret(errorOf('attribute:a = b'))).toBe('attribute:a = b\n            ^');
  });

  it('stands one past the end when more was expected', () => {
    expect(caret(errorOf('attribute:a'))).toBe('attribute:a\n           ^');
  });

  it('is empty for an error of another kind', () => {
    expect(caret(new BayplanError('ClientException', 'OTHER', 'other'))).toBe('');
    expect(caret(new BayplanError('ClientException', 'OTHER', 'other', { column: 3 }))).toBe('');
  });

  it('keeps a long expression on one line, with the wrong character above it', () => {
    fc.assert(
      fc.property(fc.nat(1700), fc.nat(200), (before, after) => {
        const text = `attribute:a == ${'x'.repeat(before)}#${'y'.repeat(after)}`;
        const [line = '', mark = ''] = caret(errorOf(text)).split('\n');
        expect(line.length).toBeLessThanOrEqual(80);
        expect(mark).toMatch(/^ *\^$/);
        expect(line.charAt(mark.length - 1)).toBe('#');
      }),
      { numRuns: 200, seed: 48 },
    );
  });

  it('makes one line of an expression with line ends', () => {
    expect(caret(errorOf('attribute:a ==\n\tb\r\n#'))).toBe('attribute:a ==  b  #\n                   ^');
  });
});
