/** Laws of the language over compiled steps: any two readable expressions, any instance. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clauses } from '../../src/cql/clauses.ts';
import { compile } from '../../src/cql/compile.ts';
import { parse } from '../../src/cql/parse.ts';
import { print } from '../../src/cql/print.ts';
import { expression } from '../support/arbitraries/expression.ts';
import { ATTRIBUTES, among, GROUPS, STACKS, TYPES, ZONES } from '../support/arbitraries/names.ts';
import { type Facts, run, selects } from '../support/evaluate-steps.ts';
import { refusal } from './refusal.ts';

const text = among([...STACKS, ...ZONES, ...TYPES, 'r1', '']);
const instance: fc.Arbitrary<Facts> = fc.record({
  attributes: fc.dictionary(
    among(ATTRIBUTES),
    fc.oneof({ arbitrary: text, weight: 5 }, { arbitrary: fc.constant(null), weight: 1 }),
  ),
  agentConnected: fc.boolean(),
  agentVersion: fc.option(among(['1.14.5', '1.14.5-dev', '1.100.0', '2', 'none']), { nil: undefined }),
  ec2InstanceId: fc.option(among(['i-00000001', 'i-0000000a']), { nil: undefined }),
  registeredAt: fc.option(fc.integer({ min: 1518480000 - 86400, max: 1518480000 + 86400 }), { nil: undefined }),
  runningTasksCount: fc.nat(3),
  groups: fc.uniqueArray(among([...GROUPS, 'family:api'])),
});
const readable = expression.filter((one) => refusal(() => parse(one)) === undefined);
const RUNS = { numRuns: 300, seed: 49 };

const BOOLEAN: Record<string, (a: string, b: string, c: string) => [string, string]> = {
  'not not a is a': (a) => [`not(not(${a}))`, a],
  'De Morgan for and': (a, b) => [`not((${a}) and (${b}))`, `!(${a}) or !(${b})`],
  'De Morgan for or': (a, b) => [`not((${a}) or (${b}))`, `!(${a}) && !(${b})`],
  'and does not care for order': (a, b) => [`(${a}) and (${b})`, `(${b}) and (${a})`],
  'or does not care for order': (a, b) => [`(${a}) or (${b})`, `(${b}) or (${a})`],
  'and spreads over or': (a, b, c) => [`(${a}) and ((${b}) or (${c}))`, `(${a}) and (${b}) or (${a}) and (${c})`],
  'or absorbs and': (a, b) => [`(${a}) or (${a}) and (${b})`, a],
};

describe('of any expressions', () => {
  it.each(Object.entries(BOOLEAN))('%s', (_, law) => {
    fc.assert(
      fc.property(readable, readable, readable, instance, (a, b, c, one) => {
        const [left, right] = law(a, b, c);
        expect(selects(left, one)).toBe(selects(right, one));
      }),
      RUNS,
    );
  });

  it('printed ones select the same', () => {
    fc.assert(
      fc.property(readable, instance, (a, one) => {
        expect(selects(print(parse(a)), one)).toBe(selects(a, one));
      }),
      RUNS,
    );
  });

  it('an expression selects what all its clauses select', () => {
    fc.assert(
      fc.property(readable, readable, instance, (a, b, one) => {
        const whole = parse(`(${a}) and (${b})`);
        const parts = clauses(whole).map((clause) => run(compile(clause), one).selects);
        expect(parts.every(Boolean)).toBe(run(compile(whole), one).selects);
      }),
      RUNS,
    );
  });
});

const quoted = text.map((value) => `'${value}'`);
const attribute = among(ATTRIBUTES).map((name) => `attribute:${name}`);
const withText = fc.oneof(attribute, among(['ec2InstanceId', 'agentConnected', 'task:group']));

describe('of a subject', () => {
  const holds = (of: fc.Arbitrary<string>, law: (of: string, x: string, y: string) => [string, string]): void =>
    fc.assert(
      fc.property(of, quoted, quoted, instance, (subject, x, y, one) => {
        const [left, right] = law(subject, x, y);
        expect(selects(left, one)).toBe(selects(right, one));
      }),
      RUNS,
    );

  it('in is or of ==', () => {
    holds(withText, (of, x, y) => [`${of} in [${x}, ${y}, ${x}]`, `${of} == ${x} or ${of} == ${y}`]);
  });

  it('!in of one is !=', () => {
    holds(withText, (of, x) => [`${of} !in [${x}]`, `${of} != ${x}`]);
  });

  it('!in is exists and not in', () => {
    holds(attribute, (of, x, y) => [`${of} !in [${x}, ${y}]`, `${of} exists and not(${of} in [${x}, ${y}])`]);
  });

  it('!= is exists and not ==', () => {
    holds(attribute, (of, x) => [`${of} != ${x}`, `${of} exists and not(${of} == ${x})`]);
  });

  it('!~ is exists and not =~', () => {
    holds(attribute, (of, x) => [`${of} !~ ${x}`, `${of} exists and not(${of} =~ ${x})`]);
  });

  it('!exists is not exists', () => {
    holds(attribute, (of) => [`${of} !exists`, `not(${of} exists)`]);
  });

  it('a quoted pattern (\\Q..\\E) is ==', () => {
    holds(withText, (of, x) => [`${of} =~ '\\Q${x.slice(1, -1)}\\E'`, `${of} == ${x}`]);
  });

  it('< or == or > is having a value', () => {
    holds(attribute, (of, x) => [`${of} < ${x} or ${of} == ${x} or ${of} > ${x}`, `${of} =~ .*`]);
  });

  it('<= is not >, where there is a value', () => {
    holds(attribute, (of, x) => [`${of} <= ${x}`, `${of} =~ .* and not(${of} > ${x})`]);
  });
});
