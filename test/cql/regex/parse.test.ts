/** The regular expression parser: what Java means otherwise, or we do not support, is refused at its column. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileRegex } from '../../../src/cql/regex/compile.ts';
import { refusal } from '../refusal.ts';

const REFUSED: readonly (readonly [pattern: string, column: number, problem: string])[] = [
  ['a(?=b)', 2, 'groups'],
  ['a(?!b)', 2, 'groups'],
  ['(?<=a)b', 1, 'groups'],
  ['(?<!a)b', 1, 'groups'],
  ['(?<name>a)', 1, 'groups'],
  ['x(?>a)', 2, 'groups'],
  ['a(?i)b', 2, 'groups'],
  ['(?i:a)', 1, 'groups'],
  ['(?s)a', 1, 'groups'],
  ['(?-i)a', 1, 'groups'],
  ['a*+', 3, 'possessive'],
  ['a++', 3, 'possessive'],
  ['a?+', 3, 'possessive'],
  ['a{2}+', 5, 'possessive'],
  ['(a)\\1', 4, 'not supported'],
  ['\\k<name>', 1, 'not supported'],
  ['a\\b', 2, 'not supported'],
  ['\\B', 1, 'not supported'],
  ['\\Aa', 1, 'not supported'],
  ['a\\z', 2, 'not supported'],
  ['a\\Z', 2, 'not supported'],
  ['\\G', 1, 'not supported'],
  ['\\R', 1, 'not supported'],
  ['\\h', 1, 'not supported'],
  ['\\p{L}', 1, 'not supported'],
  ['\\p{IsAlphabetic}', 1, 'not supported'],
  ['\\p{javaLowerCase}', 1, 'not supported'],
  ['\\pL', 1, 'not supported'],
  ['\\0101', 1, 'not supported'],
  ['\\cA', 1, 'not supported'],
  ['\\x{1F600}', 1, 'not supported'],
  ['\\u00', 1, 'not supported'],
  ['[a&&b]', 3, 'intersections'],
  ['[a[b]]', 3, 'classes within classes'],
  ['[\\Qa\\E]', 2, 'not supported'],
  ['a\\E', 2, 'not supported'],
  ['[a-\\d]', 4, 'not supported'],
  ['[b-a]', 2, 'ends before it begins'],
  ['[]', 1, 'empty'],
  ['[^]', 1, 'empty'],
  ['[a', 1, 'no ]'],
  ['(a', 1, 'no )'],
  ['a)', 2, 'unmatched )'],
  ['a\\', 2, 'backslash'],
  ['[a\\', 3, 'backslash'],
  ['*a', 1, 'dangling *'],
  ['a|+', 3, 'dangling +'],
  ['(?:?)', 4, 'dangling ?'],
  ['{2}', 1, 'dangling {'],
  ['a**', 3, 'dangling *'],
  ['a{2}{3}', 5, 'dangling {'],
  ['^*', 2, '^ or $'],
  ['a$+', 3, '^ or $'],
  ['a{', 2, '{n}'],
  ['a{x}', 2, '{n}'],
  ['a{,3}', 2, '{n}'],
  ['a{3,1}', 2, 'ends before it begins'],
  ['a{1001}', 2, '1000'],
  ['a{0,1001}', 2, '1000'],
  ['a{99999999999999999999,}', 2, '1000'],
];

describe('a pattern', () => {
  it.each(REFUSED)('%s is refused at column %i', (pattern, column, problem) => {
    const refused = refusal(() => compileRegex(pattern));
    expect(refused).toMatchObject({ code: 'CQL_REGEX', column });
    expect(refused?.message).toContain(problem);
  });

  it.each([
    'a',
    '',
    '|',
    '()',
    '(|a|)',
    'a{0}',
    'a{1000}',
    'a]b}',
    '[]]x'.slice(1),
    '[a-]',
    '[-a]',
    '[^-]',
    '[.*+?()|^$]',
    '[a^]',
    '\\Q',
    '\\Q\\E',
    'a{2}?',
    'a??',
    '(?i)',
    '\\/',
    '\\-',
    '\\]',
  ])('%j is read', (pattern) => {
    expect(refusal(() => compileRegex(pattern))).toBeUndefined();
  });

  it('of any characters is read or refused within itself', () => {
    const unit = fc.constantFrom(
      ...'ab()[]{}|*+?^$.\\-&,:12=!<>',
      '(?:',
      '(?i)',
      '\\Q',
      '\\E',
      '\\d',
      '\\p{',
      '{1,2}',
      '\u{1f600}',
      '\ud800',
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), (pattern) => {
        const refused = refusal(() => compileRegex(pattern));
        if (refused === undefined) return;
        expect(refused.code).toBe('CQL_REGEX');
        expect(refused.column).toBeGreaterThanOrEqual(1);
        expect(refused.column).toBeLessThanOrEqual(pattern.length + 1);
      }),
      { numRuns: 2000, seed: 53 },
    );
  });

  it('that begins with a quote counts columns like any other', () => {
    expect(refusal(() => compileRegex("'a*+"))?.column).toBe(4);
  });
});
