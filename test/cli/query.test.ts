/** `bayplan query`: answers, table, and the caret under a broken expression. */
import { afterAll, describe, expect, it } from 'vitest';
import { arn, cli, Files, instance } from './run-cli.ts';

const files = new Files();
afterAll(() => files.remove());

const cluster = files.write('cluster.json', [
  instance('a'),
  instance('b', { zone: 'eu-west-1b', agentConnected: false }),
  instance('c', { zone: 'eu-west-1b', status: 'DRAINING' }),
]);
const query = (filter: string, ...more: string[]) => cli(['query', '--container-instances', cluster, filter, ...more]);

describe('query', () => {
  it("answers in ListContainerInstances' shape", async () => {
    const { code, out, err } = await query('attribute:ecs.availability-zone == eu-west-1b');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toEqual({ containerInstanceArns: [arn('b'), arn('c')] });
  });

  it('exits with 1 when nothing matches', async () => {
    const { code, out } = await query('attribute:stack exists');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({ containerInstanceArns: [] });
  });

  it('sees the groups of tasks that run already', async () => {
    const tasks = files.write('tasks.json', {
      tasks: [{ taskArn: 'x/1', containerInstanceArn: arn('a'), group: 'service:db' }],
    });
    expect(JSON.parse((await query('task:group == service:db', '--tasks', tasks)).out)).toEqual({
      containerInstanceArns: [arn('a')],
    });
  });

  it('shows a table to people', async () => {
    const { out } = await query('attribute:ecs.availability-zone == eu-west-1b', '--output', 'table');
    expect(out).toBe(
      [
        '2 of 3 instances match.',
        '',
        'INSTANCE  TYPE      ZONE        STATUS              TASKS        CPU LEFT        MIB LEFT',
        'b         m5.large  eu-west-1b  ACTIVE, agent lost      0  1,024 of 1,024  2,048 of 2,048',
        'c         m5.large  eu-west-1b  DRAINING                0  1,024 of 1,024  2,048 of 2,048',
        '',
      ].join('\n'),
    );
  });

  it('points at what is wrong in an expression', async () => {
    const { code, out, err } = await query('attribute:stack = prod');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    const [message, expression, pointer] = err.split('\n');
    expect(message).toMatch(/^error: .*column 17/);
    expect(expression).toBe('  attribute:stack = prod');
    expect(pointer).toBe(`  ${' '.repeat(16)}^`);
  });

  it('refuses an expression that is too long', async () => {
    const { code, err } = await query(`attribute:stack == ${'x'.repeat(2000)}`);
    expect(code).toBe(2);
    expect(err).toMatch(/2,?000 characters/);
  });
});
