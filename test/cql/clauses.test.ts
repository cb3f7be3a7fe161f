/** Clauses: the top-level `and` parts in order. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Expression } from '../../src/cql/ast.ts';
import { clauses } from '../../src/cql/clauses.ts';
import { parse } from '../../src/cql/parse.ts';
import { print } from '../../src/cql/print.ts';
import { expression } from '../support/arbitraries/expression.ts';
import { plain } from './plain.ts';
import { refusal } from './refusal.ts';

const texts = (text: string): string[] => clauses(parse(text)).map((clause) => print(clause));
const [A, B, C, D] = ['a', 'b', 'c', 'd'].map((name) => `attribute:${name} exists`) as [string, string, string, string];

describe('clauses', () => {
  it.each([
    [A, [A]],
    [`${A} and ${B} && ${C}`, [A, B, C]],
    [`${A} and (${B} and (${C} and ${D}))`, [A, B, C, D]],
    [`(${A} or ${B}) and ${C}`, [`${A} or ${B}`, C]],
    [`${A} and ${B} or ${C}`, [`${A} and ${B} or ${C}`]],
    [`not(${A} and ${B}) and ${C}`, [`not(${A} and ${B})`, C]],
  ])('of %s', (text, parts) => {
    expect(texts(text)).toEqual(parts);
  });

  it('joined again are the expression, and none is an and', () => {
    fc.assert(
      fc.property(fc.array(expression, { minLength: 1, maxLength: 4 }), (parts) => {
        fc.pre(parts.every((part) => refusal(() => parse(part)) === undefined));
        const found = clauses(parse(parts.map((part) => `(${part})`).join(' and ')));
        expect(found.some(({ kind }) => kind === 'and')).toBe(false);
        expect(found.map(plain)).toEqual(parts.flatMap((part) => clauses(parse(part))).map(plain));
      }),
      { numRuns: 150, seed: 47 },
    );
  });

  it('of the longest chain an expression can hold keep their order', () => {
    const chain = Array.from({ length: 105 }, (_, k) => `attribute:${k}>x`);
    const found: Expression[] = clauses(parse(chain.join('&&')));
    expect(
      found.map((node) => (node.kind === 'compare' && node.subject.kind === 'attribute' ? node.subject.name : '')),
    ).toEqual(chain.map((_, k) => `${k}`));
  });
});
