/** What people see: tables, colours, help. */
import { afterAll, describe, expect, it } from 'vitest';
import { cli, definition, Files, instance } from '../run-cli.ts';

const files = new Files();
afterAll(() => files.remove());

const cluster = files.write('cluster.json', [
  instance('a'),
  instance('b', { zone: 'eu-west-1b', memory: 1024 }),
  instance('c', { zone: 'eu-west-1b', agentConnected: false }),
]);
const web = files.write('web.json', definition());
const spread = ['--placement-strategy', 'type=spread,field=attribute:ecs.availability-zone'];
const place = ['place', '--container-instances', cluster, '--task-definition', web, ...spread];
const why = ['why', '--container-instances', cluster, '--task-definition', web];

const lines = (...texts: string[]) => `${texts.join('\n')}\n`;
const ESCAPE = '\u001b[';

describe('the table of place', () => {
  it('sums up, then shows zones and instances', async () => {
    const { out } = await cli([...place, '--count', '3', '--output', 'table']);
    expect(out).toBe(
      lines(
        'Placed 3 tasks of web:1 on 2 of 3 instances.',
        '',
        'ZONE        TASKS                            INSTANCES  CPU LEFT  MIB LEFT',
        'eu-west-1a      2  ████████████████████████     1 of 1       512     1,024',
        'eu-west-1b      1  ████████████                 1 of 2     1,792     2,560',
        '',
        'INSTANCE  TYPE      ZONE        TASKS      CPU LEFT        MIB LEFT',
        'a         m5.large  eu-west-1a      2  512 of 1,024  1,024 of 2,048',
        'b         m5.large  eu-west-1b      1  768 of 1,024    512 of 1,024',
      ),
    );
  });

  it('says what did not fit and why', async () => {
    const { out } = await cli([...place, '--count', '9', '--output', 'table']);
    expect(out.split('\n')[0]).toBe('Placed 6 of 9 tasks of web:1 on 2 of 3 instances; 3 did not fit.');
    expect(out.slice(out.indexOf('Why not'))).toBe(
      lines(
        'Why not one more, by the first check that fails:',
        'REASON           INSTANCES  DETAIL',
        'RESOURCE:CPU             1  needs 256 CPU units, has 0',
        'RESOURCE:MEMORY          1  needs 512 MiB, has 0',
        'AGENT                    1  agent is disconnected',
        '',
        '(group family:web) was unable to place a task because no container instance met all of its requirements. The closest matching (container-instance b) has insufficient memory available. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.',
        '',
        'Any of these 2 changes would make it fit:',
        '  free 512 MiB of memory on b',
        '  reconnect the agent of c',
      ),
    );
  });

  it('says when nothing fits at all', async () => {
    const large = files.write('large.json', definition({ cpu: 4096 }));
    const args = ['place', '--container-instances', cluster, '--task-definition', large, '--output', 'table'];
    expect((await cli(args)).out).toMatch(/^Could not place 1 task of web:1 on 3 instances\.\n/);
    expect((await cli([...args, '--count', '2'])).out).toMatch(/^Could not place any of 2 tasks of web:1 /);
  });

  it('cuts a long list of instances and says where the rest is', async () => {
    const many = files.write(
      'many.json',
      Array.from({ length: 30 }, (_, k) => instance(`i${k}`)),
    );
    const args = ['--container-instances', many, '--task-definition', web, '--count', '30', '--output', 'table'];
    const { out } = await cli(['place', ...args, '--placement-constraints', 'type=distinctInstance']);
    expect(out).toContain('\nand 10 more instances; --output json lists all\n');
    expect(out.split('\n')).toHaveLength(28);
  });
});

describe('the table of why', () => {
  it('marks every check of every instance', async () => {
    const { code, out } = await cli([...why, '--output', 'table']);
    expect(code).toBe(0);
    expect(out).toBe(
      lines(
        'web:1 fits on 2 of 3 instances.',
        '',
        'REASON  INSTANCES  DETAIL',
        'AGENT           1  agent is disconnected',
        '',
        'INSTANCE  STATUS  LAUNCH  AGENT  ATTR  CPU  MEM  FIRST LACKING',
        'a         ✓       ✓       ✓      ✓     ✓    ✓',
        'b         ✓       ✓       ✓      ✓     ✓    ✓',
        'c         ✓       ✓       ✗      ✓     ✓    ✓    agent is disconnected',
      ),
    );
  });

  it('lists need and have of one instance, and its clauses', async () => {
    const expression =
      'type=memberOf,expression=attribute:ecs.availability-zone == eu-west-1b and attribute:stack exists';
    const { out } = await cli([
      ...why,
      '--output',
      'table',
      '--container-instance',
      'b',
      '--placement-constraints',
      expression,
    ]);
    const [summary, , message, , fix, change, , ...tables] = out.split('\n');
    expect(summary).toBe('web:1 does not fit on b.');
    expect(message).toContain('(container-instance b) encountered error "MemberOf placement constraint unsatisfied.".');
    expect([fix, change]).toEqual([
      'This would make it fit:',
      '  drop clause 2 of the memberOf expression (attribute:stack exists)',
    ]);
    expect(tables.join('\n')).toContain('✓  RESOURCE:MEMORY                             512');
    expect(tables.join('\n')).toContain('✗  MemberOf placement constraint unsatisfied.');
    expect(tables.slice(-4)).toEqual([
      '   CONSTRAINT  CLAUSE  EXPRESSION',
      '✓           1       1  attribute:ecs.availability-zone == eu-west-1b',
      '✗           1       2  attribute:stack exists',
      '',
    ]);
  });

  it('says how many tasks were placed before', async () => {
    const { code, out } = await cli([...why, '--count', '50', '--output', 'table']);
    expect(code).toBe(1);
    expect(out).toMatch(/^After 6 tasks placed, one more web:1 does not fit on any of 3 instances\.\n/);
  });
});

describe('the format', () => {
  it('is a table on a terminal and JSON when piped', async () => {
    expect((await cli(place, { isTerminal: true })).out).toContain('Placed 1 task of web:1');
    expect(JSON.parse((await cli(place)).out)).toHaveProperty('tasks');
    expect(JSON.parse((await cli([...place, '--output', 'json'], { isTerminal: true })).out)).toHaveProperty('tasks');
  });

  it('has colours on a terminal only, and never with NO_COLOR', async () => {
    const table = [...place, '--count', '9', '--output', 'table'];
    const colored = (await cli(table, { isTerminal: true })).out;
    expect(colored).toContain(ESCAPE);
    const plain = (await cli(table)).out;
    expect(plain).not.toContain(ESCAPE);
    expect((await cli(table, { isTerminal: true, env: { NO_COLOR: '1' } })).out).toBe(plain);
    expect((await cli(table, { isTerminal: true, env: { NO_COLOR: '' } })).out).toBe(colored);
    expect((await cli(table, { isTerminal: true, env: { TERM: 'dumb' } })).out).toBe(plain);
  });
});

describe('help', () => {
  it.each([
    [['--help'], ['Usage: bayplan', 'place', 'why', 'query', 'Exit codes: 0 done, 1 negative answer, 2 bad input.']],
    [
      ['place', '--help'],
      [
        '--container-instances',
        '--task-definition',
        '--tasks',
        '--count',
        '--group',
        '--launch-type',
        '--capacity-provider',
        '--network-configuration',
        '--subnets',
        '--placement-strategy',
        '--placement-constraints',
        '--instance-types',
        '--seed',
        '--output',
      ],
    ],
    [
      ['why', '--help'],
      ['--container-instance <id>', 'last of N', '--count'],
    ],
    [
      ['query', '--help'],
      ['<filter>', '--tasks', 'no instance matches'],
    ],
  ])('of %j names every option', async (args, words) => {
    const { code, out, err } = await cli(args);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const word of words) expect(out).toContain(word);
  });

  it('is shown, as an error, when no command is given', async () => {
    const { code, out, err } = await cli([]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('Usage: bayplan');
  });

  it('goes with a version', async () => {
    const { code, out } = await cli(['--version']);
    expect(code).toBe(0);
    expect(out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
