/** Sets of code points: the predefined classes and the operations that character classes need. */
import type { Ranges } from './ast.ts';

export const LAST_CODE_POINT = 0x10ffff;

function codes(text: string): Ranges {
  return [...text].map((character) => [character.codePointAt(0) ?? 0, character.codePointAt(0) ?? 0] as const);
}

/** Sorted and joined. */
export function normalise(ranges: Ranges): Ranges {
  const joined: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

export function negate(ranges: Ranges): Ranges {
  const gaps: [number, number][] = [];
  let next = 0;
  for (const [from, to] of normalise(ranges)) {
    if (from > next) gaps.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= LAST_CODE_POINT) gaps.push([next, LAST_CODE_POINT]);
  return gaps;
}

export function contains(ranges: Ranges, code: number): boolean {
  return ranges.some(([from, to]) => code >= from && code <= to);
}

const UPPER: Ranges = [[0x41, 0x5a]];
const LOWER: Ranges = [[0x61, 0x7a]];
const DIGIT: Ranges = [[0x30, 0x39]];
const CASE = 0x20;

/** Adds the other case of ASCII letters, as Java's (?i) does without a Unicode flag. */
export function foldCase(ranges: Ranges): Ranges {
  const clip = (low: number, high: number, shift: number): Ranges =>
    ranges
      .filter(([from, to]) => to >= low && from <= high)
      .map(([from, to]) => [Math.max(from, low) + shift, Math.min(to, high) + shift] as const);
  return normalise([...ranges, ...clip(0x41, 0x5a, CASE), ...clip(0x61, 0x7a, -CASE)]);
}

const SPACE = codes(' \t\n\v\f\r');
const WORD: Ranges = [...UPPER, ...LOWER, ...DIGIT, ...codes('_')];

/** Java's `.`: all but line terminators. */
export const DOT: Ranges = negate(codes('\n\r\u0085\u2028\u2029'));

/** `\d` and the like. */
export const ESCAPED_CLASSES: ReadonlyMap<string, Ranges> = new Map([
  ['d', DIGIT],
  ['D', negate(DIGIT)],
  ['s', SPACE],
  ['S', negate(SPACE)],
  ['w', WORD],
  ['W', negate(WORD)],
]);

/** `\p{Lower}` and the like: the ASCII POSIX classes. */
export const POSIX_CLASSES: ReadonlyMap<string, Ranges> = new Map([
  ['Lower', LOWER],
  ['Upper', UPPER],
  ['ASCII', [[0, 0x7f]] as Ranges],
  ['Alpha', [...UPPER, ...LOWER]],
  ['Digit', DIGIT],
  ['Alnum', [...UPPER, ...LOWER, ...DIGIT]],
  [
    'Punct',
    [
      [0x21, 0x2f],
      [0x3a, 0x40],
      [0x5b, 0x60],
      [0x7b, 0x7e],
    ] as Ranges,
  ],
  ['Graph', [[0x21, 0x7e]] as Ranges],
  ['Print', [[0x20, 0x7e]] as Ranges],
  ['Blank', codes(' \t')],
  [
    'Cntrl',
    [
      [0, 0x1f],
      [0x7f, 0x7f],
    ] as Ranges,
  ],
  ['XDigit', [...DIGIT, [0x41, 0x46], [0x61, 0x66]] as Ranges],
  ['Space', SPACE],
]);
