/** Translation to JavaScript: the same values, with nothing left that only Java reads. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileRegex } from '../../../src/cql/regex/compile.ts';
import { toJavaScript } from '../../../src/cql/regex/javascript.ts';
import { refusal } from '../refusal.ts';
import { pair, subjectText } from './pairs.ts';

const translated = (pattern: string): RegExp => new RegExp(toJavaScript(pattern), 'u');

describe('toJavaScript', () => {
  it.each([
    ['\\Qa.b\\E', 'a.b', 'axb'],
    ['(?i)prod', 'PROD', 'pro'],
    ['\\p{Upper}+', 'AB', 'Ab'],
    ['a|b', 'b', 'ab'],
    ['[^\\W\\d]', 'a', '1'],
    ['[\\]\\\\^-]+', ']\\^-', 'a'],
    ['\\/\\-', '/-', '/'],
    ['\u{1f600}{2}', '\u{1f600}\u{1f600}', '\u{1f600}'],
    ['', '', 'a'],
    ['.', '\u{10ffff}', '\u0085'],
  ])('of %j takes %j and not %j', (pattern, taken, other) => {
    expect(translated(pattern).test(taken)).toBe(true);
    expect(translated(pattern).test(other)).toBe(false);
  });

  it('refuses what the matcher refuses', () => {
    for (const pattern of ['(?=a)', 'a*+', '\\1', '[a&&b]', '(', 'a{1001}'])
      expect(refusal(() => toJavaScript(pattern))?.code).toBe('CQL_REGEX');
  });

  it('takes what the automaton takes', () => {
    fc.assert(
      fc.property(pair, fc.array(subjectText, { maxLength: 8 }), ({ pattern }, values) => {
        const [automaton, expected] = [compileRegex(pattern), translated(pattern)];
        for (const value of ['', ...values])
          expect([pattern, value, automaton.matches(value)]).toEqual([pattern, value, expected.test(value)]);
      }),
      { numRuns: 800, seed: 55 },
    );
  });
});
