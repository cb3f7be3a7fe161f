/** The automaton: the same values as JavaScript's regular expressions, in linear time, within bounds. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileRegex } from '../../../src/cql/regex/compile.ts';
import { MAX_STATES } from '../../../src/cql/regex/program.ts';
import { refusal } from '../refusal.ts';
import { inTime } from './in-time.ts';
import { pair, subjectText } from './pairs.ts';

const matches = (pattern: string, value: string): boolean => compileRegex(pattern).matches(value);

describe('a pattern', () => {
  it.each([
    ['t2.*', 't2.small', true],
    ['t2.*', 'at2.small', false],
    ['pro', 'prod', false],
    ['a|b', 'b', true],
    ['a|', '', true],
    ['a|bc', 'ac', false],
    ['', '', true],
    ['', 'a', false],
    ['^a$', 'a', true],
    ['a^b', 'ab', false],
    ['(^|b)*a', 'bba', true],
    ['^^a$$', 'a', true],
    ['(^a|b)c', 'bc', true],
    ['(a$|b)c', 'ac', false],
    ['^$', '', true],
    ['$^', '', true],
    ['(?:$)(?:^)', 'a', false],
    ['(a*)*', 'aaa', true],
    ['(a*)+b', 'aab', true],
    ['(|a)+', 'aa', true],
    ['a{2,3}', 'a', false],
    ['a{2,3}', 'aaa', true],
    ['a{2,3}', 'aaaa', false],
    ['a{0}', '', true],
    ['a{0}b', 'ab', false],
    ['(a{2}){2}', 'aaaa', true],
    ['a{2,}?', 'aaaaa', true],
    ['a.c', 'a\u{1f600}c', true],
    ['a.c', 'a\nc', false],
    ['a.c', 'a\u0085c', false],
    ['a\\.c', 'abc', false],
    ['[^a]', '\u{1f600}', true],
    ['[a-c\\d_-]+', 'b7_-', true],
    ['\\w+\\W\\d\\D\\s\\S', 'aZ_-1x x', true],
    ['\\s', '\u000b', true],
    ['\\s', '\u00a0', false],
    ['\\d', '\u0663', false],
    ['\\Qa.b*\\E', 'a.b*', true],
    ['\\Qa.b*\\E', 'axbb', false],
    ['\\Qab\\E+', 'abb', true],
    ['\\Qab\\E+', 'abab', false],
    ['x\\Q|(', 'x|(', true],
    ['(?i)proD', 'PrOd', true],
    ['(?i)[a-c]+', 'AbC', true],
    ['(?i)[^a]', 'A', false],
    ['(?i)é', 'É', false],
    ['(?i)k', '\u212a', false],
    ['(?i)\\Qa[\\E', 'A[', true],
    ['\\p{Lower}\\p{Upper}\\p{Digit}', 'aB1', true],
    ['\\P{Alnum}', '-', true],
    ['[\\p{Alpha}_]+', 'a_B', true],
    ['\\p{Punct}+', '!/:@[`{~', true],
    ['\\p{XDigit}+', '0aFg', false],
    ['\\x41\\u0042\\t', 'AB\t', true],
    ['\\ud83d\\ude00', '\u{1f600}', true],
    ['[\\s\\S]', '\ud800', true],
    ['[^\\s\\S]', 'a', false],
    ['.*', '\r', false],
  ])('%j on %j is %s', (pattern, value, matched) => {
    expect(matches(pattern, value)).toBe(matched);
  });

  it('takes what JavaScript takes', () => {
    fc.assert(
      fc.property(pair, fc.array(subjectText, { minLength: 1, maxLength: 8 }), ({ pattern, javascript }, values) => {
        const automaton = compileRegex(pattern);
        const expected = new RegExp(`^(?:${javascript})$`, 'u');
        for (const value of ['', ...values, ...values])
          expect([pattern, value, automaton.matches(value)]).toEqual([pattern, value, expected.test(value)]);
      }),
      { numRuns: 1500, seed: 54 },
    );
  });
});

/** Deterministic text of a and b. */
function noise(length: number): string {
  let state = 1;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state & 0x10000) === 0 ? 'a' : 'b';
  }).join('');
}

describe('a pattern that explodes elsewhere', () => {
  it('is exact though it outgrows the states that are kept', () => {
    const automaton = compileRegex('(a|b)*a(a|b){20}');
    const text = noise(40_000);
    for (let end = 21; end < text.length; end += 997)
      expect(automaton.matches(text.slice(0, end))).toBe(text.charAt(end - 21) === 'a');
  });

  it('takes linear time', () => {
    const wall = 'a'.repeat(50_000);
    for (const pattern of ['(a+)+b', '(a*)*b', '(a|a)*b', '(a|aa)+b', '(.*a){12}b', '(a?){50}a{50}b', '([a-z]+)*\\d'])
      expect([pattern, matches(pattern, wall)]).toEqual([pattern, false]);
  });

  it('is refused when its repetitions unfold too far, and the limit is named', () => {
    for (const pattern of [
      '(a{1000}){1000}',
      '((a{100}){100}){100}',
      '(a{0,1000}){0,1000}',
      '(((a?){99}){99}){99}',
      '(a{1000,}){11}',
    ]) {
      const refused = refusal(() => compileRegex(pattern));
      expect(refused?.code).toBe('CQL_REGEX');
      expect(refused?.message).toContain(String(MAX_STATES));
    }
    expect(refusal(() => compileRegex('a{1000}{1000}'))?.code).toBe('CQL_REGEX');
  });

  it('may be as large as the limit', () => {
    expect(matches('(a{199}){10}', 'a'.repeat(1990))).toBe(true);
    expect(matches('(a{199}){10}', 'a'.repeat(1989))).toBe(false);
  });

  it('may nest 200 groups, not more', () => {
    const nested = (depth: number): string => `${'('.repeat(depth)}a${')'.repeat(depth)}`;
    expect(matches(nested(200), 'a')).toBe(true);
    expect(refusal(() => compileRegex(nested(201)))?.message).toContain('200');
  });

  it.each([
    ['(?:(?:(?:(?:){1000}){1000}){1000}){1000}', ''],
    ['((((a{0}){1000}){1000}){1000}){1000}', ''],
    ['((((\\Q\\E){1000}){1000}){1000}){1000}', ''],
    ['((((^|$){1000}){1000}){1000}){1000}', ''],
    ['(?:.{0,90}a){0,50}', noise(255)],
  ])('is read or refused at once: %s', (pattern, value) => {
    expect(['true', 'false', 'CQL_REGEX']).toContain(inTime(pattern, value));
  });
});
