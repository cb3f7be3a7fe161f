/**
 * Cluster Query Language expressions over the common names: every subject, operator spelling, boolean form and quoting,
 * so that most are read and many select some but not all instances. A few cannot be read.
 */
import fc from 'fast-check';
import { ATTRIBUTES, among, GROUPS, instanceArn, STACKS, TYPES, ZONES } from './names.ts';

const quote = (value: string): string => (/^[A-Za-z0-9_./\\:@+-]+$/.test(value) ? value : `'${value}'`);
const EQUALITY = ['==', 'equals', '!=', 'not_equals'] as const;
const ORDERING = ['<', 'less_than', '<=', 'less_than_equal', '>', 'greater_than', '>=', 'greater_than_equal'] as const;
const MEMBERSHIP = ['in', '!in', 'not_in'] as const;
const MATCHING = ['=~', 'matches', '!~', 'not_matches'] as const;
const EXISTENCE = ['exists', '!exists', 'not_exists'] as const;
const VALUES = [...ZONES, ...TYPES, ...STACKS, 'r1', 'r2', 'absent'];
const PATTERNS = [
  't2.*',
  'us-east-1[ab]',
  'prod',
  '.*',
  "'(prod|dev)'",
  'p.o?d+',
  '[0-9]{1,2}',
  "'(?i)prod'",
  '\\d+',
  'm5\\..*',
  'x|y',
];

const list = (values: readonly string[]): fc.Arbitrary<string> =>
  fc.array(among(values), { minLength: 1, maxLength: 3 }).map((items) => `[${items.map(quote).join(', ')}]`);

const equalTo = (subject: string, values: readonly string[]): fc.Arbitrary<string> =>
  fc.tuple(among([...EQUALITY]), among(values)).map(([operator, value]) => `${subject} ${operator} ${quote(value)}`);
const ordered = (subject: string, values: readonly string[]): fc.Arbitrary<string> =>
  fc.tuple(among([...ORDERING]), among(values)).map(([operator, value]) => `${subject} ${operator} ${quote(value)}`);
const memberOf = (subject: string, values: readonly string[]): fc.Arbitrary<string> =>
  fc.tuple(among(MEMBERSHIP), list(values)).map(([operator, items]) => `${subject} ${operator} ${items}`);
const matching = (subject: string, patterns: readonly string[]): fc.Arbitrary<string> =>
  fc.tuple(among(MATCHING), among(patterns)).map(([operator, pattern]) => `${subject} ${operator} ${pattern}`);

const attribute = among(ATTRIBUTES).chain((name) => {
  const subject = `attribute:${name}`;
  return fc.oneof(
    equalTo(subject, VALUES),
    memberOf(subject, VALUES),
    matching(subject, PATTERNS),
    ordered(subject, VALUES),
    among(EXISTENCE).map((operator) => `${subject} ${operator}`),
  );
});
const group = fc.oneof(
  equalTo('task:group', [...GROUPS, 'family:api']),
  memberOf('task:group', GROUPS),
  matching('task:group', ['family:.*', '.*', 's.*p', 'databases']),
);
const AGENTS = ['1.14.5', '1.99.9', '1.9', '1.14.5-dev', '2'];
const DATES = ['2018-02-13', '2018-02-12', '2018-02-13T00:00:00Z', '2018-02-13T00:00:01', '2030-01-01'];
const others = fc.oneof(
  fc.oneof(equalTo('agentVersion', AGENTS), ordered('agentVersion', AGENTS)),
  fc.oneof(equalTo('registeredAt', DATES), ordered('registeredAt', DATES)),
  fc.oneof(equalTo('runningTasksCount', ['0', '1', '3']), ordered('runningTasksCount', ['0', '1', '2'])),
  equalTo('agentConnected', ['true', 'false']),
  fc.oneof(equalTo('ec2InstanceId', ['i-00000001', 'i-0000000a']), matching('ec2InstanceId', ['i-0000000[0-7]'])),
);

const { node } = fc.letrec<{ node: string; leaf: string }>((tie) => ({
  leaf: fc.oneof(
    { arbitrary: attribute, weight: 5 },
    { arbitrary: group, weight: 3 },
    { arbitrary: others, weight: 3 },
  ),
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { arbitrary: tie('leaf'), weight: 5 },
    {
      arbitrary: fc.tuple(tie('node'), among([' and ', ' && ']), tie('node')).map((parts) => parts.join('')),
      weight: 2,
    },
    {
      arbitrary: fc.tuple(tie('node'), among([' or ', ' || ']), tie('node')).map((parts) => parts.join('')),
      weight: 2,
    },
    {
      arbitrary: fc.tuple(among(['not(', '!(', '(']), tie('node')).map(([open, inner]) => `${open}${inner})`),
      weight: 2,
    },
  ),
}));

const BROKEN = [
  'attribute:stack ==',
  'stack == prod',
  'attribute:stack == prod and',
  '(a',
  'attribute:x =~ (',
  'attribute:x =~ a*+',
  instanceArn(1),
];

/** An expression that can be read, mostly. */
export const expression: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: node, weight: 30 },
  { arbitrary: among(BROKEN), weight: 1 },
);
