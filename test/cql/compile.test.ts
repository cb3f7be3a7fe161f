/** What compiled expressions select: the documented ones, missing and valueless subjects, options, and the shape of steps. */
import { describe, expect, it } from 'vitest';
import type { Expression } from '../../src/cql/ast.ts';
import { compile } from '../../src/cql/compile.ts';
import { parse } from '../../src/cql/parse.ts';
import { type Facts, facts, run, selects } from '../support/evaluate-steps.ts';

const at = (text: string): number => Date.parse(text) / 1000;
const having = (attributes: Record<string, string | null>): Partial<Facts> => ({ attributes });
const type = (name: string, zone = 'us-east-1a'): Partial<Facts> =>
  having({ 'ecs.instance-type': name, 'ecs.availability-zone': zone });

/** The developer guide's own expressions, with an instance each selects and one it does not. */
const DOCUMENTED: readonly (readonly [expression: string, selected: Partial<Facts>, other: Partial<Facts>])[] = [
  ['attribute:ecs.instance-type == t2.small', type('t2.small'), type('t2.smaller')],
  ['attribute:ecs.availability-zone in [us-east-1a, us-east-1b]', type('x', 'us-east-1b'), type('x', 'us-east-1d')],
  [
    'attribute:ecs.instance-type =~ g2.* and attribute:ecs.availability-zone != us-east-1d',
    type('g2.2xlarge'),
    type('g2.2xlarge', 'us-east-1d'),
  ],
  ['task:group == service:production', { groups: ['a', 'service:production'] }, { groups: ['service:product'] }],
  ['not(task:group == database)', { groups: ['web'] }, { groups: ['web', 'database'] }],
  ['runningTasksCount == 1', { runningTasksCount: 1 }, { runningTasksCount: 2 }],
  ['agentVersion < 1.14.5', { agentVersion: '1.9.10' }, { agentVersion: '1.14.5' }],
  [
    'registeredAt < 2018-02-13',
    { registeredAt: at('2018-02-12T23:59:59Z') },
    { registeredAt: at('2018-02-13T00:00:00Z') },
  ],
  ["ec2InstanceId in ['i-abcd1234', 'i-wxyx7890']", { ec2InstanceId: 'i-wxyx7890' }, { ec2InstanceId: 'i-1' }],
  ['attribute:ecs.instance-type =~ t2.*', type('t2.micro'), type('m5.t2.micro')],
  ['task:group == databases', { groups: ['databases'] }, { groups: [] }],
  ['task:group == service:daemon-service', { groups: ['service:daemon-service'] }, { groups: ['daemon-service'] }],
  ['attribute:stack == prod', having({ stack: 'prod' }), having({ stack: 'Prod' })],
  ['attribute:stack != prod', having({ stack: 'dev' }), having({})],
  ['attribute:ecs.instance-type in [t2.small, t2.medium]', type('t2.medium'), type('t2.large')],
  [
    'attribute:ecs.instance-type =~ t2.* and attribute:ecs.availability-zone == us-east-1a',
    type('t2.nano'),
    type('t2.nano', 'us-east-1b'),
  ],
  [
    'attribute:ecs.os-family == WINDOWS_SERVER_2019_FULL',
    having({ 'ecs.os-family': 'WINDOWS_SERVER_2019_FULL' }),
    having({ 'ecs.os-family': 'LINUX' }),
  ],
  ['attribute:ecs.instance-type == g4dn.xlarge', type('g4dn.xlarge'), type('g4dnxxlarge')],
  [
    '(attribute:a == 1 or attribute:b == 2) and attribute:c == 3',
    having({ b: '2', c: '3' }),
    having({ a: '1', b: '2' }),
  ],
  [
    'attribute:ecs.subnet-id in [subnet-a]',
    having({ 'ecs.subnet-id': 'subnet-a' }),
    having({ 'ecs.subnet-id': 'subnet-b' }),
  ],
  ['not(task:group == task:consulServer)', { groups: [] }, { groups: ['task:consulServer'] }],
  ['attribute:ecs.os-type == linux', having({ 'ecs.os-type': 'linux' }), having({ 'ecs.os-type': 'Linux' })],
  ['agentConnected == true', { agentConnected: true }, { agentConnected: false }],
  ['agentConnected =~ f.*', { agentConnected: false }, { agentConnected: true }],
  ['agentConnected !in [false, no]', { agentConnected: true }, { agentConnected: false }],
];

describe('a documented expression', () => {
  it.each(DOCUMENTED)('%s', (expression, selected, other) => {
    expect(selects(expression, selected)).toBe(true);
    expect(selects(expression, other)).toBe(false);
  });
});

const EMPTY = {};
const VECTORS: readonly (readonly [expression: string, instance: Partial<Facts>, selected: boolean])[] = [
  ['attribute:stack == prod', EMPTY, false],
  ['attribute:stack != prod', EMPTY, false],
  ['attribute:stack !in [prod]', EMPTY, false],
  ['attribute:stack !~ prod', EMPTY, false],
  ['attribute:stack < prod', EMPTY, false],
  ['attribute:stack >= prod', EMPTY, false],
  ['attribute:stack !exists', EMPTY, true],
  ['not(attribute:stack == prod)', EMPTY, true],
  ['attribute:stack exists && !(attribute:stack in [dev, test])', having({ stack: 'prod' }), true],
  ['attribute:stack =~ pro', having({ stack: 'prod' }), false],
  ['attribute:stack =~ pro.*', having({ stack: 'prod' }), true],
  ["attribute:stack matches '(pro|de).*'", having({ stack: 'prod' }), true],
  ['attribute:gpu exists', having({ gpu: null }), true],
  ['attribute:gpu == x', having({ gpu: null }), false],
  ['attribute:gpu in [x]', having({ gpu: null }), false],
  ['attribute:gpu =~ .*', having({ gpu: null }), false],
  ['attribute:gpu < x', having({ gpu: null }), false],
  ['attribute:gpu >= x', having({ gpu: null }), false],
  ['attribute:gpu != x', having({ gpu: null }), true],
  ['attribute:gpu !in [x]', having({ gpu: null }), true],
  ['attribute:gpu !~ .*', having({ gpu: null }), true],
  ["attribute:gpu == ''", having({ gpu: null }), false],
  ['agentVersion > 1.99.9', { agentVersion: '1.100.0' }, true],
  ['agentVersion == 1.14', { agentVersion: '1.14.0' }, true],
  ['agentVersion < 1.14.5', { agentVersion: '1.14.5-dev' }, true],
  ['agentVersion != 1.14.5', { agentVersion: 'unknown' }, false],
  ['agentVersion != 1.14.5', EMPTY, false],
  [
    'attribute:ecs.instance-type == t2.small or attribute:ecs.instance-type == m5.large and attribute:zone == x',
    type('t2.small'),
    true,
  ],
  ['task:group == family:a', { groups: ['family:a'] }, true],
  ['not(task:group == database)', { groups: ['family:a'] }, true],
  ['task:group != database', { groups: ['family:a'] }, true],
  ['task:group != database', { groups: ['family:a', 'database'] }, true],
  ['task:group !in [database, family:a]', { groups: ['family:a', 'database'] }, false],
  ['not(task:group == database)', EMPTY, true],
  ['task:group != database', EMPTY, false],
  ['registeredAt < 2018-02-13', { registeredAt: at('2018-02-13T00:00:00Z') }, false],
  ['registeredAt <= 2018-02-13', { registeredAt: at('2018-02-13T00:00:00Z') }, true],
  ['registeredAt == 2018-02-13T01:00:00+01:00', { registeredAt: at('2018-02-13T00:00:00Z') }, true],
  ['registeredAt != 2018-02-13', EMPTY, false],
  ['ec2InstanceId != i-1', EMPTY, false],
  ['attribute:n < 9', having({ n: '10' }), true],
  ['attribute:n > Z', having({ n: 'a' }), true],
  ['attribute:n == 1.0', having({ n: '1' }), false],
  // Object members are no attributes.
  ['attribute:constructor exists', EMPTY, false],
  ['attribute:__proto__ !exists', EMPTY, true],
];

describe('an expression', () => {
  it.each(VECTORS)('%s on %j is %s', (expression, instance, selected) => {
    expect(selects(expression, instance)).toBe(selected);
  });
});

describe('numericAttributes', () => {
  const numeric = (expression: string, n: string): boolean =>
    selects(expression, having({ n }), { numericAttributes: true });

  it('orders numbers as numbers', () => {
    expect(numeric('attribute:n < 9', '10')).toBe(false);
    expect(numeric('attribute:n >= 9.5', '10')).toBe(true);
    expect(numeric('attribute:n <= -2', '-10')).toBe(true);
  });

  it('orders other text as text and leaves equality alone', () => {
    expect(numeric('attribute:n < 9a', '10')).toBe(true);
    expect(numeric('attribute:n < 9', '1e1')).toBe(true);
    expect(numeric('attribute:n == 1.0', '1')).toBe(false);
  });
});

describe('taskGroupNegation none', () => {
  const none = (expression: string, groups: readonly string[]): boolean =>
    selects(expression, { groups }, { taskGroupNegation: 'none' });

  it.each(['task:group != a', 'task:group !in [a]', 'task:group !~ a'])(
    'makes %s ask that no task is of the group',
    (expression) => {
      expect(none(expression, [])).toBe(true);
      expect(none(expression, ['b'])).toBe(true);
      expect(none(expression, ['b', 'a'])).toBe(false);
    },
  );

  it('leaves the positive operators alone', () => {
    expect(none('task:group == a', ['b', 'a'])).toBe(true);
    expect(none('task:group in [a]', [])).toBe(false);
  });
});

const SPAN = { start: 0, end: 0 };
const leaf = (k: number): Expression => ({
  kind: 'compare',
  subject: { kind: 'attribute', name: 'n' },
  operator: '==',
  value: `${k}`,
  span: SPAN,
});
const or = (left: Expression, right: Expression): Expression => ({ kind: 'or', left, right, span: SPAN });
const and = (left: Expression, right: Expression): Expression => ({ kind: 'and', left, right, span: SPAN });

describe('the stack', () => {
  const leaves = Array.from({ length: 301 }, (_, k) => leaf(k));

  it.each([
    ['to the left', leaves.reduce((left, right) => or(left, right))],
    ['to the right', leaves.reduceRight((right, left) => or(left, right))],
  ])('stays low for 300 ors nested %s', (_, node) => {
    const program = compile(node);
    expect(run(program, facts(having({ n: '300' })))).toEqual({ selects: true, depth: 2 });
    expect(run(program, facts(having({ n: '301' }))).selects).toBe(false);
  });

  it('stays below 64 for a full tree of 4,096 comparisons', () => {
    let row = Array.from({ length: 4096 }, (_, k) => leaf(k));
    for (let level = 0; row.length > 1; level++) {
      const join = level % 2 === 0 ? or : and;
      row = row.flatMap((left, k) => (k % 2 === 0 ? [join(left, row[k + 1] as Expression)] : []));
    }
    expect(run(compile(row[0] as Expression), facts()).depth).toBeLessThanOrEqual(13);
  });

  it('stays low for 490 negations and parentheses', () => {
    const program = compile(parse(`${'!'.repeat(245)}${'('.repeat(245)}attribute:a exists${')'.repeat(245)}`));
    expect(run(program, facts())).toEqual({ selects: true, depth: 1 });
  });
});

describe('dynamic', () => {
  it.each([
    ['attribute:a == b and agentVersion < 1 or registeredAt > 2018-01-01', false],
    ['ec2InstanceId == i-1 and agentConnected == true', false],
    ['attribute:a == b or not(task:group == x)', true],
    ['attribute:a == b and runningTasksCount < 3', true],
  ])('of %s is %s', (expression, dynamic) => {
    expect(compile(parse(expression)).dynamic).toBe(dynamic);
  });
});
