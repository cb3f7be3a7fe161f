/** Where broken JSON breaks: the place and the words, and agreement with JSON.parse on what is JSON. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../src/cli/input/json.ts';
import { findSyntaxProblem, positionAt } from '../../../src/cli/input/json-syntax.ts';

describe('findSyntaxProblem', () => {
  it.each([
    ['{"a": 1,}', 8, 'expected a name in double quotes, but found "}"'],
    ['{"a": 1 "b": 2}', 8, 'expected a comma or }, but found "\\""'],
    ['[1 2]', 3, 'expected a comma or ], but found "2"'],
    ['[1,]', 3, 'expected a value, but found "]"'],
    ["{'a': 1}", 1, 'expected a name in double quotes or }, but found "\'"'],
    ['{"a" 1}', 5, 'expected a colon, but found "1"'],
    ['{"a": "x}', 6, 'this text has no closing quote'],
    [
      '["a\nb"]',
      3,
      'expected a closing quote (line breaks and tabs inside a text are written \\n and \\t), but found "\\n"',
    ],
    ['["\\x"]', 2, 'expected one of \\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX, but found "\\\\"'],
    ['[01]', 1, 'expected a value or ], but found "0"'],
    ['[nul]', 1, 'expected a value or ], but found "n"'],
    ['{"a": [1', 8, 'expected a comma or ], but the file ends'],
    ['', 0, 'expected a value, but the file ends'],
    ['{} {}', 3, 'expected the end of the file, but found "{"'],
    ['// no comments\n{}', 0, 'expected a value, but found "/"'],
  ])('finds the place in %j', (text, offset, problem) => {
    expect(findSyntaxProblem(text)).toEqual({ offset, problem });
  });

  it('agrees with JSON.parse on what is JSON', () => {
    const isJson = (text: string): boolean => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    };
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '}', ']', '\\', ' ', '0', 'e', '-', '.', '\n', ':'))
      .map(([text, at, extra]) => {
        const k = at % (text.length + 1);
        return text.slice(0, k) + extra + text.slice(k + (extra === '' ? 1 : 0));
      });
    fc.assert(
      fc.property(fc.oneof(fc.json(), broken, fc.string()), (text) => {
        expect(findSyntaxProblem(text) === undefined).toBe(isJson(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('is not stopped by deep nesting', () => {
    const depth = 200_000;
    expect(findSyntaxProblem('['.repeat(depth))).toMatchObject({ offset: depth });
  });
});

describe('positionAt', () => {
  it('counts lines and columns from 1', () => {
    const text = 'ab\ncd\r\n\nx';
    const positions = [0, 1, 2, 3, 5, 7, 8].map((offset) => Object.values(positionAt(text, offset)).join(':'));
    expect(positions).toEqual(['1:1', '1:2', '1:3', '2:1', '2:3', '3:1', '4:1']);
  });
});

describe('parseJson', () => {
  it('throws with file, line and column', () => {
    expect(() => parseJson('{\n  "a": tru\n}', 'x.json')).toThrow(
      expect.objectContaining({ code: 'JSON_SYNTAX', facts: { file: 'x.json', line: 2, column: 8 } }),
    );
  });
});
