/** Broken and hostile expressions: refused with the column and with what was expected, never with another error. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../../src/cql/parse.ts';
import { expression } from '../support/arbitraries/expression.ts';
import { refusal } from './refusal.ts';

describe('a broken expression', () => {
  it.each([
    ['', 1, 'a subject'],
    ['   ', 4, 'a subject'],
    ['stack == prod', 1, 'a subject'],
    ['attribute: == prod', 1, 'attribute: and 1 to 128'],
    ['attribute:a:b == c', 1, 'attribute: and 1 to 128'],
    ['attribute:a', 12, '=='],
    ['attribute:a = b', 13, '=='],
    ['attribute:a === b', 15, 'a value'],
    ['attribute:a == ', 16, 'a value'],
    ['attribute:a == b*', 17, 'the end'],
    ['attribute:a == a b', 18, 'and'],
    ['attribute:a == [b]', 16, 'a value'],
    ['attribute:a in b', 16, '['],
    ['attribute:a in []', 17, 'a value'],
    ['attribute:a in [b,]', 19, 'a value'],
    ['attribute:a in [,b]', 17, 'a value'],
    ['attribute:a in [b c]', 19, ']'],
    ['attribute:a in [b', 18, ']'],
    ['attribute:a ! in [b]', 13, '!in'],
    ['attribute:a not in [b]', 13, '!in'],
    ['attribute:a not exists', 13, '!exists'],
    ['attribute:a exists and', 23, 'a subject'],
    ['attribute:a exists & attribute:b exists', 20, 'and'],
    ['attribute:a exists | attribute:b exists', 20, 'or'],
    ['attribute:a exists attribute:b exists', 20, 'and'],
    ['and attribute:a exists', 1, 'a subject'],
    ['not', 4, 'a subject'],
    ['()', 2, 'a subject'],
    ['(attribute:a exists', 20, ')'],
    ['attribute:a exists)', 19, 'the end'],
    ['notattribute:a exists', 1, 'a subject'],
    ['attribute:a existsand attribute:b exists', 13, 'exists'],
    ['attribute:a\u00a0== b', 12, '=='],
    ['attribute:a == é', 16, 'a value'],
  ])('%j is refused at column %i, where %s is expected', (text, column, wanted) => {
    const refused = refusal(() => parse(text));
    expect(refused).toMatchObject({ code: 'CQL_SYNTAX', column });
    expect(refused?.expected.some((one) => one.startsWith(wanted))).toBe(true);
    expect(refused?.message).toContain(`column ${column}`);
    expect(refused?.message).toContain(wanted);
  });

  it('shows whole characters of what was found', () => {
    expect(refusal(() => parse('\u{1f600}'))?.message).toContain('\u{1f600}');
  });

  it('names the character of a pattern, after quotes inside it too', () => {
    expect(refusal(() => parse("attribute:a =~ 'ab*+'"))).toMatchObject({ code: 'CQL_REGEX', column: 20 });
    expect(refusal(() => parse('attribute:a =~ ab*+'))).toMatchObject({ code: 'CQL_REGEX', column: 19 });
    expect(refusal(() => parse(String.raw`attribute:a =~ 'a\'b*+'`))).toMatchObject({ code: 'CQL_REGEX', column: 22 });
  });
});

describe('a hostile expression', () => {
  it.each([
    '(',
    '!',
    'not ',
    'not(',
    '[',
    ')',
    "'",
    '"',
    '\\',
    '&&',
    '||',
    'and ',
    '!(',
    '(!',
    '\u0000',
    '\ud800',
    '\u{1f600}',
  ])('of 2,000 characters %j is refused', (part) => {
    const text = part.repeat(2000).slice(0, 2000);
    expect(refusal(() => parse(text))?.code).toBe('CQL_SYNTAX');
  });

  it.each(['(', '[', '^', '*', '\\', '(?:', 'a|', '{', '[^', 'a{1000}', '(a*', '()', '.*'])(
    'with a pattern of 1,900 characters %j is read or refused',
    (part) => {
      const text = `attribute:a =~ '${part.repeat(2000).slice(0, 1900)}'`;
      expect([undefined, 'CQL_REGEX', 'CQL_SYNTAX']).toContain(refusal(() => parse(text))?.code);
    },
  );

  const columnIsWithin = (text: string): void => {
    const refused = refusal(() => parse(text));
    if (refused === undefined) return;
    expect(refused.column).toBeGreaterThanOrEqual(1);
    expect(refused.column).toBeLessThanOrEqual(text.length + 1);
  };

  it('of any text is refused within the text, if at all', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), columnIsWithin), { numRuns: 500, seed: 42 });
  });

  it('of any tokens is refused within the text, if at all', () => {
    const token = fc.constantFrom(
      'attribute:a',
      'task:group',
      'runningTasksCount',
      '==',
      '!',
      'in',
      '!in',
      '=~',
      '[',
      ']',
      ',',
      '(',
      ')',
      'and',
      '||',
      'not',
      "'",
      '"',
      '\\',
      'x',
      '1',
      '*',
      'exists',
      '(?i)',
      '{2}',
    );
    const text = fc.array(token, { maxLength: 14 }).map((tokens) => tokens.join(' '));
    fc.assert(fc.property(text, columnIsWithin), { numRuns: 1500, seed: 43 });
  });

  it('made by changing one character of a good one is refused within the text, if at all', () => {
    fc.assert(
      fc.property(expression, fc.nat(200), fc.constantFrom('', ...'()[]!=~<>\'"\\ a1.*,|&'), (text, at, character) => {
        const cut = at % (text.length + 1);
        columnIsWithin(text.slice(0, cut) + character + text.slice(cut + 1));
      }),
      { numRuns: 1000, seed: 44 },
    );
  });
});
