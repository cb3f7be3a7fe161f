/** `bayplan why`: the explanation as JSON, for the cluster and for one instance. */
import { afterAll, describe, expect, it } from 'vitest';
import type { Explanation } from '../../src/explain.ts';
import { arn, cli, definition, Files, instance } from './run-cli.ts';

const files = new Files();
afterAll(() => files.remove());

const cluster = files.write('cluster.json', [
  instance('a', { memory: 300, ec2InstanceId: 'i-0a' }),
  instance('b', { cpu: 100, memory: 100, ec2InstanceId: 'i-0b' }),
  instance('c', { status: 'DRAINING' }),
]);
const web = files.write('web.json', definition());
const roomy = files.write('roomy.json', [instance('a'), instance('b', { memory: 100 })]);

const why = (...more: string[]) => cli(['why', '--task-definition', web, ...more]);

describe('why', () => {
  it('tells counts, the closest instance, every gate and the fixes', async () => {
    const { code, out } = await why('--container-instances', cluster);
    const explanation = JSON.parse(out) as Explanation;
    expect(code).toBe(1);
    expect(Object.keys(explanation)).toEqual(['placeable', 'candidates', 'reasons', 'closest', 'instances', 'fixes']);
    expect(explanation).toMatchObject({
      placeable: false,
      candidates: 0,
      reasons: { STATUS: 1, 'RESOURCE:CPU': 1, 'RESOURCE:MEMORY': 1 },
      closest: { containerInstanceArn: arn('a'), reason: 'RESOURCE:MEMORY' },
      fixes: [
        { change: expect.stringMatching(/^ask for \d+ MiB of memory less/), gate: 'RESOURCE:MEMORY' },
        { containerInstanceArn: arn('c'), change: 'set c to ACTIVE', gate: 'STATUS' },
      ],
    });
    expect(explanation.closest?.message).toContain(
      'The closest matching (container-instance a) has insufficient memory available.',
    );
    expect(explanation.instances[1]?.gates.filter(({ passed }) => !passed)).toEqual([
      { gate: 'RESOURCE:CPU', passed: false, need: 256, have: 100 },
      { gate: 'RESOURCE:MEMORY', passed: false, need: 512, have: 100 },
    ]);
  });

  it('exits with 0 when the task fits somewhere', async () => {
    const { code, out } = await why('--container-instances', roomy);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      placeable: true,
      candidates: 1,
      reasons: { 'RESOURCE:MEMORY': 1 },
      fixes: [],
    });
  });

  it('explains the last of --count tasks', async () => {
    expect((await why('--container-instances', roomy, '--count', '4')).code).toBe(0);
    const { code, out } = await why('--container-instances', roomy, '--count', '5');
    expect(code).toBe(1);
    expect(JSON.parse(out).reasons).toEqual({ 'RESOURCE:CPU': 1, 'RESOURCE:MEMORY': 1 });
  });

  it.each(['b', arn('b'), 'i-0b'])('explains one instance by %s', async (name) => {
    const { code, out } = await why('--container-instances', cluster, '--container-instance', name);
    const explanation = JSON.parse(out) as Explanation;
    expect(code).toBe(1);
    expect(explanation.reasons).toEqual({ 'RESOURCE:CPU': 1 });
    expect(explanation.closest?.containerInstanceArn).toBe(arn('b'));
    expect(explanation.instances.map(({ containerInstanceArn }) => containerInstanceArn)).toEqual([arn('b')]);
    expect(explanation.fixes).toHaveLength(1);
    expect(explanation.fixes[0]?.change).toMatch(/156 CPU units.* and .*412 MiB of memory/);
  });

  it('answers for one instance even when others fit', async () => {
    expect((await why('--container-instances', roomy, '--container-instance', 'b')).code).toBe(1);
    expect((await why('--container-instances', roomy, '--container-instance', 'a')).code).toBe(0);
  });

  it.each(['z', 'i-0z', 'i-0b == x'])('refuses an instance it does not know: %s', async (name) => {
    const { code, out, err } = await why('--container-instances', cluster, '--container-instance', name);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(`--container-instance ${name}: no instance of the cluster has this ARN or ID.`);
  });

  it('names the service in the event sentence', async () => {
    const { out } = await why('--container-instances', cluster, '--group', 'service:shop');
    expect(JSON.parse(out).closest.message).toMatch(/^\(service shop\) was unable to place a task because /);
  });

  it('shows the truth of every clause', async () => {
    const expression = 'attribute:ecs.availability-zone == eu-west-1a and attribute:stack == prod';
    const { out } = await why(
      '--container-instances',
      roomy,
      '--placement-constraints',
      `type=memberOf,expression=${expression}`,
    );
    const { instances, fixes } = JSON.parse(out) as Explanation;
    expect(instances[0]?.clauses?.map(({ clause, passed }) => [clause, passed])).toEqual([
      [1, true],
      [2, false],
    ]);
    expect(fixes[0]?.change).toBe('drop clause 2 of the memberOf expression (attribute:stack == prod)');
  });

  it('says that an empty cluster has no instance', async () => {
    const { code, out } = await why('--container-instances', files.write('empty.json', []), '--output', 'table');
    expect(code).toBe(1);
    expect(out).toBe('web:1 does not fit: No Container Instances were found in your cluster.\n');
  });
});
