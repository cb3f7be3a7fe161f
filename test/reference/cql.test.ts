/**
 * The Cluster Query Language as instances answer it: the documented meaning of each subject and operator, and our own
 * decisions on missing values, groups and versions.
 */
import { describe, expect, it } from 'vitest';
import type { CqlOptions } from '../../src/contract.ts';
import { parse } from '../../src/cql/parse.ts';
import { parseContainerInstance } from '../../src/model/container-instance.ts';
import { secondsOfDate } from '../../src/reference/cql/date.ts';
import { evaluate } from '../../src/reference/cql/evaluate.ts';
import { compareVersions } from '../../src/reference/cql/version.ts';
import { newState } from '../../src/reference/state.ts';
import { addInstance } from '../../src/reference/table/instances.ts';
import { engineKinds } from '../support/engines.ts';
import { arn, cluster, type InstanceShape, instance, numberOf, run } from '../support/shapes.ts';

interface Question {
  readonly shape: InstanceShape;
  readonly yes: readonly string[];
  readonly no: readonly string[];
  readonly cql?: CqlOptions;
}

const stack = (value: string | null): InstanceShape => ({ attributes: { stack: value } });
const agent = (agentVersion: string): InstanceShape => ({ versionInfo: { agentVersion } });

const QUESTIONS: Record<string, Question> = {
  'a missing attribute makes every operator false but !exists': {
    shape: {},
    yes: ['attribute:stack !exists', 'attribute:stack not_exists', 'not(attribute:stack == prod)'],
    no: ['== prod', '!= prod', 'in [prod]', '!in [prod]', '=~ .*', '!~ prod', '< z', '>= a', 'exists'].map(
      (rest) => `attribute:stack ${rest}`,
    ),
  },
  'an attribute without a value is unlike every text': {
    shape: stack(null),
    yes: ['exists', '!= prod', '!in [prod]', '!~ .*'].map((rest) => `attribute:stack ${rest}`),
    no: ['!exists', '== prod', 'in [prod]', '=~ .*', '< z', '>= a'].map((rest) => `attribute:stack ${rest}`),
  },
  'a value is compared whole, in its case': {
    shape: stack('prod'),
    yes: [
      '== prod',
      '!= Prod',
      'in [dev, prod]',
      '!in [dev]',
      '=~ pro.*',
      "matches '(pro|de).*'",
      '!~ pro',
      "=~ '(?i)PROD'",
      '=~ \\Qprod\\E',
    ].map((rest) => `attribute:stack ${rest}`),
    no: ['!= prod', '== pro', 'in [dev]', '!in [prod]', '=~ pro', '=~ rod', '!~ p.*', '=~ PROD'].map(
      (rest) => `attribute:stack ${rest}`,
    ),
  },
  'values are ordered as text, by UTF-16 units': {
    shape: stack('10'),
    yes: [
      'attribute:stack < 9',
      'attribute:stack <= 10',
      'attribute:stack >= 10',
      'attribute:stack < a',
      'attribute:stack > 1',
    ],
    no: ['attribute:stack > 9', 'attribute:stack < 10', 'attribute:stack > 10'],
  },
  'values that are both numbers may be ordered as numbers': {
    shape: stack('10'),
    cql: { numericAttributes: true },
    yes: ['attribute:stack > 9', 'attribute:stack >= 10.0', 'attribute:stack < a', 'attribute:stack < 10.5'],
    no: ['attribute:stack < 9', 'attribute:stack == 10.0', 'attribute:stack > 10.0'],
  },
  'and binds tighter than or, not tighter than and': {
    shape: { attributes: { a: '1' } },
    yes: [
      'attribute:a == 1 or attribute:b == 1 and attribute:c == 1',
      'not attribute:b exists and attribute:a exists',
      '!(attribute:a == 2 || attribute:b == 1) && attribute:a == 1',
    ],
    no: [
      '(attribute:a == 1 or attribute:b == 1) and attribute:c == 1',
      'not (attribute:b exists or attribute:a exists)',
    ],
  },
  'versions are compared by number': {
    shape: agent('1.100.0'),
    yes: [
      'agentVersion > 1.99.9',
      'agentVersion == 1.100',
      'agentVersion != 1.100.1',
      'agentVersion <= 1.100.0.0',
      'agentVersion > 1.100.0-dev',
    ],
    no: ['agentVersion < 1.99.9', 'agentVersion != 1.100.0', 'agentVersion > 1.100.0'],
  },
  'an instance whose version cannot be read is never the one': {
    shape: agent('odd'),
    yes: ['not(agentVersion > 1)'],
    no: ['agentVersion == 1', 'agentVersion != 1', 'agentVersion < 1'],
  },
  'an instance without a version, a date or an EC2 id is never the one': {
    shape: {},
    yes: ['not(ec2InstanceId == i-1)'],
    no: [
      'agentVersion != 1',
      'registeredAt != 2018-02-13',
      'ec2InstanceId != i-1',
      'ec2InstanceId !~ x',
      'ec2InstanceId !in [x]',
    ],
  },
  'dates without a time are midnight, without a zone UTC': {
    shape: { registeredAt: '2018-02-13T00:00:00.900Z' },
    yes: [
      '== 2018-02-13',
      '<= 2018-02-13',
      '== 2018-02-13T01:30:00+01:30',
      '>= 2018-02-13T00:00:00',
      '< 2018-02-13T00:00:01Z',
      '== 2018-02-12T23:00:00-01:00',
    ].map((rest) => `registeredAt ${rest}`),
    no: ['< 2018-02-13', '> 2018-02-13', '!= 2018-02-13T00:00:00Z'].map((rest) => `registeredAt ${rest}`),
  },
  'the agent and the EC2 id are text': {
    shape: { agentConnected: false, ec2InstanceId: 'i-abcd' },
    yes: [
      'agentConnected == false',
      'agentConnected =~ f.*',
      'agentConnected in [false]',
      'agentConnected != true',
      "ec2InstanceId in ['i-abcd', 'i-wxyz']",
      'ec2InstanceId =~ i-a.*',
    ],
    no: ['agentConnected == true', 'agentConnected !~ f.*', 'ec2InstanceId != i-abcd', 'ec2InstanceId =~ i-'],
  },
  'running tasks are counted': {
    shape: { runningTasksCount: 3, pendingTasksCount: 9 },
    yes: ['== 3', '>= 3', '<= 3', '!= 4', '< 4', '> 2', '< 9999999999'].map((rest) => `runningTasksCount ${rest}`),
    no: ['== 9', '> 3', '< 3', '!= 3'].map((rest) => `runningTasksCount ${rest}`),
  },
  'an empty instance has no group, neither this nor another': {
    shape: {},
    yes: ['not(task:group == database)'],
    no: ['task:group == database', 'task:group != database', 'task:group =~ .*', 'task:group !in [x]'],
  },
};

const ALL = Object.entries(QUESTIONS).flatMap(([title, { shape, yes, no, cql }]) => [
  ...yes.map((expression) => ({ title, shape, cql, expression, expected: true })),
  ...no.map((expression) => ({ title, shape, cql, expression, expected: false })),
]);

describe.each(engineKinds)('$name', (kind) => {
  it.each(ALL)('$title: $expression', async ({ shape, cql, expression, expected }) => {
    const engine = await cluster(kind, [instance(0, shape)], undefined, { cql });
    expect(engine.listContainerInstances({ filter: expression }).containerInstanceArns).toEqual(
      expected ? [arn(0)] : [],
    );
  });

  it('asks of groups whether some active task is of one that satisfies the operator', async () => {
    const engine = await cluster(kind, [instance(0), instance(1), instance(2)]);
    const on = (number: number, group: string) =>
      engine.startTask({ taskDefinition: 'web', containerInstances: [arn(number)], group });
    on(0, 'database');
    on(0, 'family:a');
    on(1, 'database');
    const { tasks } = on(2, 'database');
    const listed = (filter: string): number[] =>
      engine.listContainerInstances({ filter }).containerInstanceArns.map(numberOf);
    expect(listed('task:group == database')).toEqual([0, 1, 2]);
    expect(listed('task:group != database')).toEqual([0]);
    expect(listed('not(task:group == database)')).toEqual([]);
    expect(listed('task:group =~ family:.* and task:group in [database]')).toEqual([0]);
    engine.stopTask({ task: tasks[0]?.taskArn ?? '' });
    expect(listed('not(task:group == database)')).toEqual([2]);
  });

  it('may ask by != that no task is of the group', async () => {
    const engine = await cluster(kind, [instance(0), instance(1), instance(2)], undefined, {
      cql: { taskGroupNegation: 'none' },
    });
    for (const [number, group] of [
      [0, 'database'],
      [0, 'other'],
      [1, 'other'],
    ] as const) {
      engine.startTask({ taskDefinition: 'web', containerInstances: [arn(number)], group });
    }
    const listed = (filter: string): number[] =>
      engine.listContainerInstances({ filter }).containerInstanceArns.map(numberOf);
    expect(listed('task:group != database')).toEqual([1, 2]);
    expect(listed('task:group !~ other')).toEqual([2]);
    expect(listed('task:group !in [database]')).toEqual([1, 2]);
    expect(listed('task:group == other')).toEqual([0, 1]);
  });

  it('sees in running tasks what was placed since', async () => {
    const engine = await cluster(kind, [instance(0, { runningTasksCount: 1 })]);
    run(engine, { count: 2 });
    expect(engine.listContainerInstances({ filter: 'runningTasksCount == 3' }).containerInstanceArns).toEqual([arn(0)]);
  });

  it('takes keywords in any case where that is asked for', async () => {
    const loose = await cluster(kind, [instance(0)], undefined, { cql: { caseInsensitiveKeywords: true } });
    const filter = 'NOT(attribute:a Exists) AND agentConnected EQUALS true';
    expect(loose.listContainerInstances({ filter }).containerInstanceArns).toEqual([arn(0)]);
    const strict = await cluster(kind, [instance(0)]);
    expect(() => strict.listContainerInstances({ filter })).toThrow();
  });
});

describe('the reference', () => {
  it.each([
    ['1.2.3', '1.2.3', 0],
    ['1.2', '1.2.0', 0],
    ['01.2', '1.02', 0],
    ['1.10', '1.9', 1],
    ['1.0.0-rc1', '1.0.0', -1],
    ['1.0.0-rc2', '1.0.0-rc1', 1],
    ['1', '99999999999999999999', -1],
    ['99999999999999999998', '99999999999999999999', -1],
  ])('orders version %s and %s as %i', (a, b, expected) => {
    expect(Math.sign(compareVersions(a, b))).toBe(expected);
    expect(Math.sign(compareVersions(b, a))).toBe(expected === 0 ? 0 : -expected);
  });

  it.each(['', 'x', '1..2', '1.x', 'v1'])('reads no version in %j', (text) => {
    expect(compareVersions(text, '1')).toBeNaN();
    expect(compareVersions('1', text)).toBeNaN();
  });

  it.each([
    ['1970-01-02', 86_400],
    ['1970-01-01T00:01:00', 60],
    ['1970-01-01T00:01:00Z', 60],
    ['1970-01-01T00:01:00+00:01', 0],
    ['1969-12-31T23:00:00-02:00', 3600],
  ])('reads %s as %i seconds', (text, seconds) => {
    expect(secondsOfDate(text)).toBe(seconds);
  });

  it('evaluates the tree itself: double negation, De Morgan and lists hold for every answer', () => {
    const state = newState({});
    for (const [k, { shape }] of Object.values(QUESTIONS).entries())
      addInstance(state, parseContainerInstance(instance(k, shape), ''));
    const ask = (expression: string): boolean[] => state.instances.map((one) => evaluate(parse(expression), one, {}));
    const [a, b] = ['attribute:stack == prod', 'attribute:stack != 10'];
    expect(ask(`not(not(${a}))`)).toEqual(ask(a));
    expect(ask(`not(${a} and ${b})`)).toEqual(ask(`not(${a}) or not(${b})`));
    expect(ask('attribute:stack in [prod, 10]')).toEqual(ask('attribute:stack == prod or attribute:stack == 10'));
    expect(ask('attribute:stack !in [prod]')).toEqual(ask('attribute:stack exists and not(attribute:stack in [prod])'));
    expect(new Set(ask(a)).size).toBe(2);
  });
});
