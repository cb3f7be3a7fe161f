/** The parser: grammar, spellings, which operators and values each subject takes, and what it refuses at which column. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_EXPRESSION_LENGTH, parse } from '../../src/cql/parse.ts';
import { print } from '../../src/cql/print.ts';
import { expression } from '../support/arbitraries/expression.ts';
import { nodes, plain } from './plain.ts';
import { refusal } from './refusal.ts';

const same = (left: string, right: string): void => expect(plain(parse(left))).toEqual(plain(parse(right)));

describe('the grammar', () => {
  it.each([
    [
      'attribute:a == b or attribute:c == d and attribute:e == f',
      'attribute:a == b or (attribute:c == d and attribute:e == f)',
    ],
    [
      'attribute:a == b and attribute:c == d or attribute:e == f',
      '(attribute:a == b and attribute:c == d) or attribute:e == f',
    ],
    ['not attribute:a == b and attribute:c == d', '(not(attribute:a == b)) and attribute:c == d'],
    ['!attribute:a exists || attribute:c exists', '(not(attribute:a exists)) or attribute:c exists'],
    [
      'attribute:a exists or attribute:b exists or attribute:c exists',
      '(attribute:a exists or attribute:b exists) or attribute:c exists',
    ],
    ['((attribute:a == b))', 'attribute:a == b'],
    ['!!attribute:a exists', 'not(not(attribute:a exists))'],
    ['! not !attribute:a exists', 'not(not(not(attribute:a exists)))'],
    ['(attribute:a exists)and(attribute:b exists)', 'attribute:a exists and attribute:b exists'],
    [
      'attribute:a exists&&attribute:b !exists||attribute:c exists',
      'attribute:a exists and attribute:b !exists or attribute:c exists',
    ],
  ])('reads %s as %s', same);

  it.each([
    ['attribute:stack==prod', 'attribute:stack == prod'],
    ['attribute:stack!=prod', 'attribute:stack != prod'],
    ['attribute:stack=~p.*', 'attribute:stack =~ p.*'],
    ['attribute:stack!~p.*', 'attribute:stack !~ p.*'],
    ['attribute:stack in[a,b]', 'attribute:stack in [a, b]'],
    ['attribute:stack!in[a,b]', 'attribute:stack !in [a, b]'],
    ['attribute:stack!exists', 'attribute:stack !exists'],
    ['attribute:stack>=prod', 'attribute:stack >= prod'],
    ['runningTasksCount<=1', 'runningTasksCount <= 1'],
    ['\t\n attribute:stack\r\n==\fprod\v ', 'attribute:stack == prod'],
  ])('needs no or any white space: %j', same);

  it.each([
    ['equals', '=='],
    ['not_equals', '!='],
    ['greater_than', '>'],
    ['greater_than_equal', '>='],
    ['less_than', '<'],
    ['less_than_equal', '<='],
    ['matches', '=~'],
    ['not_matches', '!~'],
  ])('reads %s as %s', (word, symbol) => same(`attribute:a ${word} b`, `attribute:a ${symbol} b`));

  it('reads not_in and not_exists as their symbols', () => {
    same('attribute:a not_in [b]', 'attribute:a !in [b]');
    same('attribute:a not_exists', 'attribute:a !exists');
  });

  it.each(['equals5', 'not_equals5', 'less_than5', 'greater_than_equal5', 'matches5.*', 'not_matches5'])(
    'takes no word operator that runs into its value: %s',
    (tail) => {
      expect(refusal(() => parse(`attribute:a ${tail}`))).toMatchObject({ code: 'CQL_SYNTAX', column: 13 });
    },
  );

  it('takes words as values and names where they cannot be operators', () => {
    same(
      "attribute:and == or and attribute:not in [in, 'exists']",
      "attribute:and == 'or' and attribute:not in ['in', exists]",
    );
  });
});

describe('quotes', () => {
  const value = (text: string): unknown => {
    const node = parse(`attribute:a == ${text}`);
    return node.kind === 'compare' ? node.value : undefined;
  };

  it.each([
    ["'a b'", 'a b'],
    ['"a b"', 'a b'],
    ["''", ''],
    [`'say "hi"'`, 'say "hi"'],
    [`"it's"`, "it's"],
    [String.raw`'it\'s'`, "it's"],
    [String.raw`"a\"b"`, 'a"b'],
    [String.raw`'a\"b'`, String.raw`a\"b`],
    [String.raw`'a\\b'`, String.raw`a\\b`],
    [String.raw`'\d+\.x'`, String.raw`\d+\.x`],
    ["'(and) || [x]'", '(and) || [x]'],
    ['service:web', 'service:web'],
    [String.raw`a\b/c@d+e`, String.raw`a\b/c@d+e`],
  ])('%s holds %s', (text, held) => {
    expect(value(text)).toBe(held);
  });

  it('end, or the column of their beginning is named', () => {
    expect(refusal(() => parse("attribute:a == 'b"))).toMatchObject({
      code: 'CQL_SYNTAX',
      column: 16,
      expected: ["'"],
    });
    expect(refusal(() => parse(String.raw`attribute:a == "b\"`))).toMatchObject({ code: 'CQL_SYNTAX', column: 16 });
  });
});

describe('patterns without quotes', () => {
  it.each([
    ['attribute:a =~ t2.*||attribute:b exists', 'attribute:a =~ "t2.*" or attribute:b exists'],
    ['attribute:a =~ a|b&&attribute:b exists', 'attribute:a =~ "a|b" and attribute:b exists'],
    ['(attribute:a =~ t2.*)', "attribute:a =~ 't2.*'"],
    ['attribute:a =~ [a,b]{1,2}$', "attribute:a =~ '[a,b]{1,2}$'"],
    ["attribute:a =~ o'clock", `attribute:a =~ "o'clock"`],
    ['attribute:a =~ !x', "attribute:a =~ '!x'"],
  ])('%s', same);

  it.each([
    ['attribute:a =~ (b)', 16],
    ['attribute:a =~ b(c)', 17],
    ['attribute:a =~ b c', 18],
    ['attribute:a =~ a|||b', 19],
    ['attribute:a =~', 15],
    ['attribute:a =~~ t2.*', 17],
  ])('%s is refused at column %i', (text, column) => {
    expect(refusal(() => parse(text))).toMatchObject({ code: 'CQL_SYNTAX', column });
  });
});

const ORDERED = ['==', '!=', '>', '>=', '<', '<='];
const TEXTUAL = ['==', '!=', 'in', '!in', '=~', '!~'];
const ALL = [...new Set([...ORDERED, ...TEXTUAL, 'exists', '!exists'])];
const TAKEN: Record<string, readonly [operators: readonly string[], value: string]> = {
  agentConnected: [TEXTUAL, 'true'],
  agentVersion: [ORDERED, '1.14.5'],
  'attribute:a': [ALL, 'x'],
  ec2InstanceId: [TEXTUAL, 'i-1'],
  registeredAt: [ORDERED, '2018-06-18'],
  runningTasksCount: [ORDERED, '1'],
  'task:group': [TEXTUAL, 'family:a'],
};

describe.each(Object.entries(TAKEN))('%s', (subject, [taken, value]) => {
  it.each(ALL)('with %s', (operator) => {
    const argument = operator.endsWith('exists') ? '' : operator.endsWith('in') ? ` [${value}]` : ` ${value}`;
    const refused = refusal(() => parse(`${subject} ${operator}${argument}`));
    if (taken.includes(operator)) expect(refused).toBeUndefined();
    else expect(refused).toMatchObject({ code: 'CQL_OPERATOR', column: subject.length + 2 });
    if (refused !== undefined) expect([...refused.expected].sort()).toEqual([...taken].sort());
  });
});

describe('values with a form of their own', () => {
  it.each([
    ['runningTasksCount == one', 22],
    ['runningTasksCount == -1', 22],
    ['runningTasksCount == 1.5', 22],
    ["runningTasksCount == ''", 22],
    ['agentVersion < latest', 16],
    ['agentVersion < v1.2', 16],
    ['agentVersion < 1..2', 16],
    ["agentVersion < ''", 16],
    ['registeredAt < 2018', 16],
    ['registeredAt < 2018-02-30', 16],
    ['registeredAt < 2018-13-01', 16],
    ['registeredAt < 2018-01-01T25:00:00', 16],
    ['registeredAt < 2018-01-01T00:00:00+99:99', 16],
    ['registeredAt < yesterday', 16],
  ])('%s is refused at column %i', (text, column) => {
    expect(refusal(() => parse(text))).toMatchObject({ code: 'CQL_VALUE', column });
  });
});

describe('spans', () => {
  it('hold a text that reads as the node', () => {
    fc.assert(
      fc.property(expression, (text) => {
        fc.pre(refusal(() => parse(text)) === undefined);
        for (const node of nodes(parse(text)))
          expect(plain(parse(text.slice(node.span.start, node.span.end)))).toEqual(plain(node));
      }),
      { numRuns: 200, seed: 41 },
    );
  });

  it('of a comparison run from its subject to its value', () => {
    const text = "  attribute:a  ==  'b c'  and task:group =~ x.*  ";
    const spans = nodes(parse(text)).map(({ span }) => text.slice(span.start, span.end));
    expect(spans).toEqual([
      "attribute:a  ==  'b c'  and task:group =~ x.*",
      "attribute:a  ==  'b c'",
      'task:group =~ x.*',
    ]);
  });
});

describe('keywords in capitals', () => {
  const CAPITALS = 'NOT attribute:a Equals b AND attribute:c IN [d] Or attribute:e !EXISTS';

  it('are refused', () => {
    expect(refusal(() => parse(CAPITALS))).toMatchObject({ code: 'CQL_SYNTAX', column: 1 });
    expect(refusal(() => parse('attribute:a exists AND attribute:b exists'))).toMatchObject({ column: 20 });
  });

  it('are read when the option says so, values and names untouched', () => {
    const read = parse(CAPITALS, { caseInsensitiveKeywords: true });
    expect(print(read)).toBe('not(attribute:a == b) and attribute:c in [d] or attribute:e !exists');
    expect(print(parse('attribute:A == B', { caseInsensitiveKeywords: true }))).toBe('attribute:A == B');
  });
});

describe('length', () => {
  const padded = (length: number): string => 'attribute:a exists'.padEnd(length);

  it(`is at most ${MAX_EXPRESSION_LENGTH}`, () => {
    expect(MAX_EXPRESSION_LENGTH).toBe(2000);
    expect(refusal(() => parse(padded(2000)))).toBeUndefined();
    expect(refusal(() => parse(padded(2001)))).toMatchObject({ code: 'CQL_LENGTH' });
  });

  it('of an attribute name is at most 128', () => {
    expect(refusal(() => parse(`attribute:${'a'.repeat(128)} exists`))).toBeUndefined();
    expect(refusal(() => parse(`attribute:${'a'.repeat(129)} exists`))).toMatchObject({
      code: 'CQL_SYNTAX',
      column: 1,
    });
  });
});
