/** Bad input of every kind: exit code 2, one line that names file and place, nothing on standard output. */
import { afterAll, describe, expect, it } from 'vitest';
import { cli, definition, Files, instance } from './run-cli.ts';

const files = new Files();
afterAll(() => files.remove());

const cluster = files.write('cluster.json', { containerInstances: [instance('a')] });
const web = files.write('web.json', definition());
const place = (instances: string, task: string, ...more: string[]) =>
  cli(['place', '--container-instances', instances, '--task-definition', task, ...more]);

/** Bad input: exit code 2, nothing on standard output, one line on standard error. */
async function refusal(run: Promise<{ code: number; out: string; err: string }>): Promise<string> {
  const { code, out, err } = await run;
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err.trimEnd().split('\n')).toHaveLength(1);
  expect(err).not.toMatch(/\bat .*:\d+:\d+\)|unexpected \w*Error/);
  return err.trimEnd();
}

describe('broken files', () => {
  it('are named with line and column', async () => {
    const path = files.write('broken.json', '{\n  "containerInstances": [\n    { "a": 1, }\n  ]\n}\n');
    expect(await refusal(place(path, web))).toBe(
      `error: ${path}:3:15: broken JSON: expected a name in double quotes, but found "}".`,
    );
  });

  it('on standard input too', async () => {
    const run = cli(['place', '--container-instances', '-', '--task-definition', web], { stdin: '' });
    expect(await refusal(run)).toBe('error: standard input:1:1: broken JSON: expected a value, but the file ends.');
  });

  it.each<[string, unknown, string]>([
    ['no list', { services: [] }, 'containerInstances must be a list, but was undefined.'],
    ['null', null, 'containerInstances must be a list, but was null.'],
    ['a text', '"x"', 'containerInstances must be a list, but was "x".'],
    [
      'a wrong type',
      [{ containerInstanceArn: 7 }],
      'containerInstances[0].containerInstanceArn must be a string, but was 7.',
    ],
    [
      'a negative amount',
      [instance('a'), instance('b', { cpu: -1 })],
      'containerInstances[1].registeredResources[0].integerValue must be a whole number from 0 to',
    ],
    ['a huge amount', [instance('a', { memory: 1e300 })], 'integerValue must be a whole number from 0 to'],
    ['a duplicate', [instance('a'), instance('a')], 'is registered already.'],
    [
      'an unknown status',
      [instance('a', { status: 'SLEEPING' })],
      'containerInstances[0].status must be one of ACTIVE',
    ],
  ])('with %s are named with the JSON path', async (_name, content, message) => {
    const path = files.write('wrong.json', content);
    const told = await refusal(place(path, web));
    expect(told).toContain(`error: ${path}: `);
    expect(told).toContain(message);
  });

  it('are refused when two files hold the same instance', async () => {
    const run = cli([
      'place',
      '--container-instances',
      cluster,
      '--container-instances',
      cluster,
      '--task-definition',
      web,
    ]);
    expect(await refusal(run)).toContain('is registered already.');
  });

  it('are refused as task definitions with their path', async () => {
    const path = files.write('td.json', definition({ cpu: 'many' }));
    expect(await refusal(place(cluster, path))).toContain(`error: ${path}: containerDefinitions[0].cpu`);
  });

  it('are refused as tasks, subnets and instance types', async () => {
    const wrong = files.write('list.json', { tasks: 1, subnets: 1, InstanceTypes: 1 });
    expect(await refusal(place(cluster, web, '--tasks', wrong))).toContain(
      `${wrong}: tasks must be a list, but was 1.`,
    );
    expect(await refusal(place(cluster, web, '--subnets', wrong))).toContain(
      `${wrong}: subnets must be a list, but was 1.`,
    );
    expect(await refusal(place(cluster, web, '--instance-types', wrong))).toContain(
      `${wrong}: InstanceTypes must be a list, but was 1.`,
    );
  });

  it('that are not there are named', async () => {
    expect(await refusal(place('nowhere.json', web))).toBe('error: nowhere.json: no such file');
  });
});

describe('wrong requests', () => {
  const item = (k: number) => `type=memberOf,expression=runningTasksCount < ${k}`;
  it.each<[string, string[], string]>([
    ['six strategies', ['--placement-strategy', ...Array<string>(6).fill('type=random')], 'at most 5'],
    ['eleven constraints', ['--placement-constraints', ...Array.from({ length: 11 }, (_, k) => item(k))], 'at most 10'],
    [
      'an unknown strategy',
      ['--placement-strategy', 'type=pack'],
      'placementStrategy[0].type must be one of random, spread, binpack',
    ],
    ['a wrong field', ['--placement-strategy', 'type=binpack,field=disk'], 'must be cpu or memory, but was "disk"'],
    [
      'distinctInstance with an expression',
      ['--placement-constraints', 'type=distinctInstance,expression='],
      'distinctInstance expression should not be specified. (InvalidParameterException)',
    ],
    [
      'a long expression',
      ['--placement-constraints', `type=memberOf,expression=${'x'.repeat(2001)}`],
      'at most 2000 characters',
    ],
    [
      'broken shorthand',
      ['--placement-strategy', 'spread'],
      '--placement-strategy: column 1 of "spread": expected name=value',
    ],
    [
      'broken JSON in an option',
      ['--placement-strategy', '[{"type":}]'],
      'error: --placement-strategy:1:10: broken JSON: expected a value',
    ],
    [
      'subnets that are not given',
      ['--network-configuration', 'awsvpcConfiguration={subnets=[s-1]}'],
      '--network-configuration needs --subnets FILE',
    ],
    ['FARGATE', ['--launch-type', 'FARGATE'], 'a Fargate task runs on no container instance'],
    ['an unknown launch type', ['--launch-type', 'MOON'], 'launchType must be one of EC2, EXTERNAL, FARGATE'],
    [
      'launch type and provider',
      ['--launch-type', 'EC2', '--capacity-provider', 'p'],
      'Specifying both a launch type and capacity provider',
    ],
    ['an empty group', ['--group', ''], 'group must be 1 to 255 characters long'],
  ])('with %s are refused', async (_name, more, message) => {
    expect(await refusal(place(cluster, web, ...more))).toContain(message);
  });

  it('show a broken constraint with a caret', async () => {
    const { code, err } = await place(
      cluster,
      web,
      '--placement-constraints',
      'type=memberOf,expression=attribute:a = b',
    );
    expect(code).toBe(2);
    expect(err).toMatch(/^error: .*column 13.*\n {2}attribute:a = b\n {14}\^\n$/);
  });

  it.each([
    ['--count', '0'],
    ['--count', '-1'],
    ['--count', '1.5'],
    ['--count', '1e3'],
    ['--count', 'many'],
    ['--seed', '4294967296'],
    ['--seed', '-1'],
    ['--output', 'xml'],
  ])('with %s %s are refused', async (option, value) => {
    const { code, out, err } = await place(cluster, web, option, value);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(`'${option} <`);
    expect(err).toContain('is invalid');
  });

  it.each([
    [['place', '--task-definition', web], "required option '--container-instances <file>' not specified"],
    [['place', '--container-instances', cluster], "required option '--task-definition <file>' not specified"],
    [['query', '--container-instances', cluster], "missing required argument 'filter'"],
    [['plaice'], "unknown command 'plaice'\n(Did you mean place?)"],
    [
      ['place', '--container-instances', cluster, '--task-definition', web, '--cout', '1'],
      "unknown option '--cout'\n(Did you mean --count?)",
    ],
    [['query', '--container-instances', cluster, 'agentConnected == true', 'more'], 'too many arguments'],
  ])('%j are refused', async (args, message) => {
    const { code, out, err } = await cli(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });
});

describe('clusters without room', () => {
  it('that are empty are refused', async () => {
    const empty = files.write('empty.json', { containerInstances: [] });
    expect(await refusal(place(empty, web))).toBe(
      'error: No Container Instances were found in your cluster. (InvalidParameterException)',
    );
  });

  it('whose instances are all out of service say so', async () => {
    const idle = files.write('idle.json', [
      instance('a', { status: 'DRAINING' }),
      instance('b', { status: 'DRAINING' }),
    ]);
    expect(await refusal(place(idle, web))).toBe(
      'error: No Container Instances were found in your cluster. Of those given: 2 DRAINING. (InvalidParameterException)',
    );
  });
});
