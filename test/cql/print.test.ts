/** Canonical text: one spelling, quotes only where they are needed, and read again it is the same tree. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Comparison, Expression } from '../../src/cql/ast.ts';
import { parse } from '../../src/cql/parse.ts';
import { print } from '../../src/cql/print.ts';
import { expression } from '../support/arbitraries/expression.ts';
import { plain } from './plain.ts';
import { refusal } from './refusal.ts';

const SPAN = { start: 0, end: 0 };
const NAME = /[A-Za-z0-9_./\\-]/;

describe('print', () => {
  it.each([
    ['attribute:stack equals prod&&!attribute:a not_exists', 'attribute:stack == prod and not(attribute:a !exists)'],
    ["attribute:stack in ['a','b c']", "attribute:stack in [a, 'b c']"],
    ['task:group=="service:production"', 'task:group == service:production'],
    ["attribute:ecs.instance-type matches '(t2|t3).*'", "attribute:ecs.instance-type =~ '(t2|t3).*'"],
    ["attribute:a =~ 't2.*'", 'attribute:a =~ t2.*'],
    ["attribute:a =~ 'a||b'", "attribute:a =~ 'a||b'"],
    ["attribute:a =~ ''", "attribute:a =~ ''"],
    ["attribute:a == ''", "attribute:a == ''"],
    [`attribute:a == "it's"`, String.raw`attribute:a == 'it\'s'`],
    [
      '((attribute:a exists) or (attribute:b exists)) and attribute:c exists',
      '(attribute:a exists or attribute:b exists) and attribute:c exists',
    ],
    [
      'attribute:a exists or (attribute:b exists and attribute:c exists)',
      'attribute:a exists or attribute:b exists and attribute:c exists',
    ],
    [
      'attribute:a exists and (attribute:b exists and attribute:c exists)',
      'attribute:a exists and (attribute:b exists and attribute:c exists)',
    ],
    ['registeredAt less_than 2018-02-13', 'registeredAt < 2018-02-13'],
  ])('writes %s as %s', (text, canonical) => {
    expect(print(parse(text))).toBe(canonical);
  });

  it('leaves its own text as it is', () => {
    fc.assert(
      fc.property(expression, (text) => {
        fc.pre(refusal(() => parse(text)) === undefined);
        const once = print(parse(text));
        expect(print(parse(once))).toBe(once);
      }),
      { numRuns: 300, seed: 45 },
    );
  });
});

/** Quoted text cannot end in a backslash, since that would escape the quote; bare text can. */
const value = fc
  .oneof(
    fc.string({ maxLength: 6 }),
    fc.string({ unit: fc.constantFrom(...'ab \\\'"()[],|&!=~'), maxLength: 6 }),
    fc.constantFrom('and', 'not', 'a\\'),
  )
  .filter((text) => !text.endsWith('\\') || /^[\w\\]+$/.test(text));
const pattern = fc
  .string({
    unit: fc.constantFrom(...'ab .|&\'",!', '\\(', '\\\\', '[)]', '(a)', '\\Q*\\E'),
    maxLength: 8,
  })
  .filter((text) => !text.endsWith('\\') || /^[\w\\]+$/.test(text));
const subject = fc
  .string({ unit: fc.constantFrom(...'aZ0_./\\-'), minLength: 1, maxLength: 5 })
  .map((name) => ({ kind: 'attribute' as const, name }));

const comparison: fc.Arbitrary<Comparison> = fc.oneof(
  fc.record({
    kind: fc.constant('compare' as const),
    subject,
    operator: fc.constantFrom('==' as const, '!=' as const, '<' as const, '>=' as const),
    value,
    span: fc.constant(SPAN),
  }),
  fc.record({
    kind: fc.constant('in' as const),
    subject,
    operator: fc.constantFrom('in' as const, '!in' as const),
    values: fc.array(value, { minLength: 1, maxLength: 3 }),
    span: fc.constant(SPAN),
  }),
  fc.record({
    kind: fc.constant('match' as const),
    subject,
    operator: fc.constantFrom('=~' as const, '!~' as const),
    pattern,
    span: fc.constant(SPAN),
  }),
  fc.record({
    kind: fc.constant('exists' as const),
    subject,
    operator: fc.constantFrom('exists' as const, '!exists' as const),
    span: fc.constant(SPAN),
  }),
);

const { tree } = fc.letrec<{ tree: Expression }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    comparison,
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      left: tie('tree'),
      right: tie('tree'),
      span: fc.constant(SPAN),
    }),
    fc.record({ kind: fc.constant('not' as const), operand: tie('tree'), span: fc.constant(SPAN) }),
  ),
}));

describe('what print wrote', () => {
  it('reads as the same tree', () => {
    fc.assert(
      fc.property(tree, (node) => {
        const text = print(node);
        fc.pre(text.length <= 2000);
        expect(plain(parse(text))).toEqual(plain(node));
      }),
      { numRuns: 1000, seed: 46 },
    );
  });

  it('reads as the same tree for any attribute name', () => {
    const names = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).filter((one) => NAME.test(one));
    for (const name of names) {
      const node = parse(`attribute:${name} exists`);
      expect(plain(parse(print(node)))).toEqual(plain(node));
    }
  });

  it.each([10, 100, 200, 240, 260, 300])('reads as the same tree under %i negations', (count) => {
    const node = parse(`${'!'.repeat(count)}attribute:a exists`);
    expect(print(node).length).toBeLessThanOrEqual(2000);
    expect(refusal(() => parse(print(node)))).toBeUndefined();
    expect(plain(parse(print(node)))).toEqual(plain(node));
  });
});
