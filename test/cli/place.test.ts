/** `bayplan place`: every option and the JSON it answers. */
import { afterAll, describe, expect, it } from 'vitest';
import { arn, cli, definition, Files, instance } from './run-cli.ts';

const files = new Files();
afterAll(() => files.remove());

const cluster = files.write('cluster.json', {
  containerInstances: [instance('a'), instance('b', { zone: 'eu-west-1b' })],
  failures: [],
});
const web = files.write('web.json', definition());

const place = (...more: string[]) =>
  cli(['place', '--container-instances', cluster, '--task-definition', web, ...more]);

async function placedOn(...more: string[]): Promise<string[]> {
  const { out } = await place(...more);
  const { tasks } = JSON.parse(out) as { tasks: { containerInstanceArn: string }[] };
  return tasks.map(({ containerInstanceArn }) => containerInstanceArn.slice(-1));
}

describe('place', () => {
  it("answers in RunTask's shape, in the region, account and cluster of the instances", async () => {
    const { code, out, err } = await place('--count', '2', '--placement-strategy', 'type=binpack,field=memory');
    const answer = JSON.parse(out) as { tasks: Record<string, unknown>[]; failures: unknown[] };
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(Object.keys(answer)).toEqual(['tasks', 'failures']);
    expect(answer.failures).toEqual([]);
    expect(answer.tasks).toHaveLength(2);
    expect(answer.tasks[0]).toMatchObject({
      clusterArn: 'arn:aws:ecs:eu-west-1:210987654321:cluster/dock',
      taskDefinitionArn: 'arn:aws:ecs:eu-west-1:210987654321:task-definition/web:1',
      containerInstanceArn: arn('a'),
      group: 'family:web',
      desiredStatus: 'RUNNING',
    });
    expect(answer.tasks[0]?.taskArn).toMatch(/^arn:aws:ecs:eu-west-1:210987654321:task\/dock\/[0-9a-f]{32}$/);
  });

  it('exits with 1 and lists each instance once when not all fit', async () => {
    const { code, out } = await place('--count', '9');
    const { tasks, failures } = JSON.parse(out) as { tasks: unknown[]; failures: unknown[] };
    expect(code).toBe(1);
    expect(tasks).toHaveLength(8);
    expect(failures).toEqual([
      { arn: arn('a'), reason: 'RESOURCE:CPU', detail: 'needs 256 CPU units, has 0' },
      { arn: arn('b'), reason: 'RESOURCE:CPU', detail: 'needs 256 CPU units, has 0' },
    ]);
  });

  it('takes strategies as shorthand in several arguments, in one, and as JSON', async () => {
    const shorthand = ['type=spread,field=attribute:ecs.availability-zone', 'type=binpack,field=memory'];
    const json = JSON.stringify([
      { type: 'spread', field: 'attribute:ecs.availability-zone' },
      { type: 'binpack', field: 'memory' },
    ]);
    const expected = ['a', 'b', 'a', 'b'];
    expect(await placedOn('--count', '4', '--placement-strategy', ...shorthand)).toEqual(expected);
    expect(await placedOn('--count', '4', '--placement-strategy', shorthand.join(' '))).toEqual(expected);
    expect(await placedOn('--count', '4', '--placement-strategy', json)).toEqual(expected);
    const file = files.write('strategy.json', json);
    expect(await placedOn('--count', '4', '--placement-strategy', `file://${file}`)).toEqual(expected);
  });

  it('takes constraints as shorthand, expressions with commas and all, and as JSON', async () => {
    const inList = 'type=memberOf,expression=attribute:ecs.availability-zone in [eu-west-1b, eu-west-1c]';
    expect(await placedOn('--count', '2', '--placement-constraints', inList)).toEqual(['b', 'b']);
    expect(await placedOn('--count', '2', '--placement-constraints', inList, 'type=distinctInstance')).toEqual(['b']);
    const json = '{"type":"memberOf","expression":"attribute:ecs.availability-zone == eu-west-1a"}';
    expect(await placedOn('--count', '2', '--placement-constraints', json)).toEqual(['a', 'a']);
  });

  it('decides random placement by the seed, any u32, 0 included', async () => {
    const seeds = ['0', '1', '2', '3', '4294967295'];
    const runs = await Promise.all(seeds.map((seed) => placedOn('--count', '8', '--seed', seed)));
    expect(new Set(runs.map((run) => run.join(''))).size).toBeGreaterThan(2);
    expect(await placedOn('--count', '8', '--seed', '0')).toEqual(await placedOn('--count', '8'));
  });

  it('spreads a service over zones and instances without being told', async () => {
    expect(await placedOn('--count', '4', '--group', 'service:web')).toEqual(['a', 'b', 'a', 'b']);
  });

  it('counts the tasks that run already', async () => {
    const tasks = files.write('tasks.json', {
      tasks: [
        {
          taskArn: 'arn:aws:ecs:eu-west-1:210987654321:task/dock/1',
          containerInstanceArn: arn('a'),
          group: 'service:web',
        },
        {
          taskArn: 'arn:aws:ecs:eu-west-1:210987654321:task/dock/2',
          containerInstanceArn: arn('gone'),
          group: 'service:web',
        },
      ],
    });
    const { out, err } = await place('--group', 'service:web', '--tasks', tasks);
    expect(JSON.parse(out).tasks[0].containerInstanceArn).toBe(arn('b'));
    expect(err).toBe(`note: ${tasks}: 1 task on instances that are not in the cluster, not counted\n`);
  });

  it('joins the instances of several files and reads one from standard input', async () => {
    const third = JSON.stringify({ containerInstances: [instance('c', { zone: 'eu-west-1c' })] });
    const args = ['--container-instances', '-', '--count', '3', '--placement-constraints', 'type=distinctInstance'];
    const { code, out } = await cli(['place', '--container-instances', cluster, '--task-definition', web, ...args], {
      stdin: third,
    });
    const { tasks } = JSON.parse(out) as { tasks: { containerInstanceArn: string }[] };
    expect(code).toBe(0);
    expect(tasks.map(({ containerInstanceArn }) => containerInstanceArn.slice(-1)).sort()).toEqual(['a', 'b', 'c']);
  });

  it('says which instances AWS did not know', async () => {
    const path = files.write('failures.json', {
      containerInstances: [instance('a')],
      failures: [{ arn: arn('x'), reason: 'MISSING' }],
    });
    const { err } = await cli(['place', '--container-instances', path, '--task-definition', web]);
    expect(err).toBe(`note: ${path} has 1 failure, not in the cluster: ${arn('x')} (MISSING)\n`);
  });

  it('places by launch type and capacity provider', async () => {
    const path = files.write('mixed.json', [
      instance('a'),
      instance('b', { attributes: [{ name: 'ecs.capability.external' }] }),
      instance('c', { capacityProviderName: 'spot' }),
    ]);
    const on = async (...more: string[]) => {
      const { out } = await cli(['place', '--container-instances', path, '--task-definition', web, ...more]);
      return JSON.parse(out).tasks[0].containerInstanceArn;
    };
    expect(await on('--launch-type', 'EXTERNAL')).toBe(arn('b'));
    expect(await on('--capacity-provider', 'spot')).toBe(arn('c'));
  });

  it('makes batches of a large count without a seam', async () => {
    const path = files.write('large.json', [instance('a', { cpu: 1 << 20, memory: 1 << 20 })]);
    const small = files.write('small.json', definition({ cpu: 1, memory: 6 }));
    const { code, out } = await cli([
      'place',
      '--container-instances',
      path,
      '--task-definition',
      small,
      '--count',
      '2500',
    ]);
    const { tasks } = JSON.parse(out) as { tasks: { taskArn: string }[] };
    expect(code).toBe(0);
    expect(new Set(tasks.map(({ taskArn }) => taskArn)).size).toBe(2500);
  });
});

describe('place with awsvpc', () => {
  const vpc = files.write(
    'vpc.json',
    ['a', 'b'].map((id) =>
      instance(id, {
        zone: `eu-west-1${id}`,
        attributes: [
          { name: 'ecs.vpc-id', value: 'vpc-1' },
          { name: 'ecs.capability.task-eni' },
          { name: 'com.amazonaws.ecs.capability.docker-remote-api.1.18' },
        ],
      }),
    ),
  );
  const awsvpc = files.write('awsvpc.json', definition({}, { networkMode: 'awsvpc' }));
  const subnets = files.write('subnets.json', {
    Subnets: [{ SubnetId: 'subnet-1', AvailabilityZone: 'eu-west-1b', VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24' }],
  });
  const run = (...more: string[]) => cli(['place', '--container-instances', vpc, '--task-definition', awsvpc, ...more]);

  it('says that VPC and zone are not checked without a network configuration', async () => {
    const { code, err } = await run();
    expect(code).toBe(0);
    expect(err).toBe('note: awsvpc without --network-configuration: VPC and Availability Zone are not checked\n');
  });

  it.each([
    'awsvpcConfiguration={subnets=[subnet-1],assignPublicIp=DISABLED}',
    '{"awsvpcConfiguration":{"subnets":["subnet-1"]}}',
  ])('keeps to the zones of the subnets: %s', async (value) => {
    const { out, err } = await run('--network-configuration', value, '--subnets', subnets, '--count', '3');
    const { tasks, failures } = JSON.parse(out) as { tasks: { containerInstanceArn: string }[]; failures: unknown[] };
    expect(err).toBe('');
    expect(tasks.map(({ containerInstanceArn }) => containerInstanceArn)).toEqual([arn('b'), arn('b')]);
    expect(failures).toEqual([
      { arn: arn('a'), reason: 'LOCATION', detail: 'is in eu-west-1a, not in eu-west-1b' },
      { arn: arn('b'), reason: 'RESOURCE:ENI', detail: 'has no network interface left' },
    ]);
  });

  it("takes the ENI limit from the user's own describe-instance-types output", async () => {
    const types = files.write('types.json', {
      InstanceTypes: [{ InstanceType: 'm5.large', NetworkInfo: { MaximumNetworkInterfaces: 2 } }],
    });
    const { code, out } = await run('--count', '3', '--instance-types', types);
    expect(code).toBe(1);
    expect(JSON.parse(out).tasks).toHaveLength(2);
  });
});
