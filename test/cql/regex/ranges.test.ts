/** Sets of code points: the operations against plain membership, the classes against their definitions. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  contains,
  DOT,
  ESCAPED_CLASSES,
  foldCase,
  negate,
  normalise,
  POSIX_CLASSES,
} from '../../../src/cql/regex/ranges.ts';

const range = fc.tuple(fc.nat(130), fc.nat(20)).map(([from, length]) => [from, from + length] as const);
const ranges = fc.array(range, { maxLength: 5 });
const CODES = Array.from({ length: 260 }, (_, code) => code);
const members = (set: Parameters<typeof contains>[0]): number[] => CODES.filter((code) => contains(set, code));

describe('ranges', () => {
  it('normalised hold the same, sorted and apart', () => {
    fc.assert(
      fc.property(ranges, (set) => {
        const normal = normalise(set);
        expect(members(normal)).toEqual(members(set));
        normal.slice(1).forEach(([from], k) => {
          expect(from).toBeGreaterThan((normal[k] as readonly [number, number])[1] + 1);
        });
      }),
      { numRuns: 300, seed: 56 },
    );
  });

  it('negated hold the others, up to the last code point', () => {
    fc.assert(
      fc.property(ranges, (set) => {
        expect(members(negate(set))).toEqual(CODES.filter((code) => !contains(set, code)));
        expect(contains(negate(set), 0x10ffff)).toBe(true);
        expect(normalise(negate(negate(set)))).toEqual(normalise(set));
      }),
      { numRuns: 300, seed: 57 },
    );
    expect(negate([[0, 0x10ffff]])).toEqual([]);
    expect(negate([])).toEqual([[0, 0x10ffff]]);
  });

  it('folded hold both cases of ASCII letters and nothing else new', () => {
    const other = (code: number): number => {
      const character = String.fromCharCode(code);
      return /[a-z]/.test(character) ? code - 32 : /[A-Z]/.test(character) ? code + 32 : code;
    };
    fc.assert(
      fc.property(ranges, (set) => {
        expect(members(foldCase(set))).toEqual(
          CODES.filter((code) => contains(set, code) || contains(set, other(code))),
        );
      }),
      { numRuns: 300, seed: 58 },
    );
  });
});

/** The definitions of java.util.regex.Pattern, in JavaScript's spelling. */
const DEFINITIONS: Record<string, RegExp> = {
  Lower: /^[a-z]$/,
  Upper: /^[A-Z]$/,
  ASCII: /^[\x20-\x7e]$|^[^\x20-\u{10ffff}]$|^\x7f$/u,
  Alpha: /^[a-zA-Z]$/,
  Digit: /^[0-9]$/,
  Alnum: /^[a-zA-Z0-9]$/,
  Punct: /^[!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]$/,
  Graph: /^[!-~]$/,
  Print: /^[ -~]$/,
  Blank: /^[ \t]$/,
  Cntrl: /^[^\x20-\u{10ffff}]$|^\x7f$/u,
  XDigit: /^[0-9a-fA-F]$/,
  Space: /^[ \t\n\v\f\r]$/,
};

describe('the POSIX class', () => {
  it('is one of those that are defined', () => {
    expect([...POSIX_CLASSES.keys()].sort()).toEqual(Object.keys(DEFINITIONS).sort());
  });

  it.each(Object.entries(DEFINITIONS))('%s holds what Java says', (name, definition) => {
    expect(members(POSIX_CLASSES.get(name) ?? [])).toEqual(
      CODES.filter((code) => definition.test(String.fromCharCode(code))),
    );
  });
});

describe('the escapes', () => {
  it.each([
    ['d', /^[0-9]$/],
    ['w', /^[a-zA-Z_0-9]$/],
    ['s', /^[ \t\n\v\f\r]$/],
  ])('\\%s and its capital share all characters between them', (letter, definition) => {
    const own = members(ESCAPED_CLASSES.get(letter) ?? []);
    expect(own).toEqual(CODES.filter((code) => definition.test(String.fromCharCode(code))));
    expect(members(ESCAPED_CLASSES.get(letter.toUpperCase()) ?? [])).toEqual(
      CODES.filter((code) => !own.includes(code)),
    );
  });

  it('the dot holds all but line ends', () => {
    expect(CODES.filter((code) => !contains(DOT, code))).toEqual([0x0a, 0x0d, 0x85]);
    expect([0x2028, 0x2029, 0x1f600].map((code) => contains(DOT, code))).toEqual([false, false, true]);
  });
});
