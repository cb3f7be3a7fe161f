/** `bayplan plan`: exit codes, JSON and table, and what is said about bad input. */
import { afterAll, describe, expect, it } from 'vitest';
import type { PlanResult } from '../../src/plan/result.ts';
import { definitionOf, type Scene, sceneJson } from '../plan/scenes.ts';
import rollouts from '../scale/vectors/rolling-update.json' with { type: 'json' };
import { cli, Files } from './run-cli.ts';

const files = new Files();
afterAll(() => files.remove());

let written = 0;
const scenarioFile = (scene: Scene = {}) => files.write(`scenario-${written++}.json`, sceneJson(scene));
const run = (scene: Scene, ...more: string[]) =>
  cli(['plan', '--scenario', scenarioFile(scene), '--service', 'web', ...more]);

describe('bayplan plan', () => {
  it('answers in JSON and with 0 when it finishes', async () => {
    const { code, out, err } = await run({ maximum: 150 });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const { finishes, steps, explored } = JSON.parse(out) as PlanResult;
    expect({ finishes, explored }).toEqual({ finishes: true, explored: 'all' });
    expect(steps[0]).toEqual({ atMs: 0, action: 'start', count: 2 });
  });

  it('answers with 1 when it sticks, and with fixes', async () => {
    const { code, out } = await run({ maximum: 100 });
    const { finishes, stuck } = JSON.parse(out) as PlanResult;
    expect({ code, finishes }).toEqual({ code: 1, finishes: false });
    expect(stuck?.fixes.map(({ change }) => change)).toEqual([
      'raise maximumPercent from 100 to 125',
      'lower minimumHealthyPercent from 100 to 75',
    ]);
  });

  it.each(rollouts.cases)(
    'of $desired tasks with $minimumHealthyPercent/$maximumPercent says whether the vector is stuck',
    async ({ desired, minimumHealthyPercent, maximumPercent, min, max, stuck }) => {
      const bounds = { minimum: minimumHealthyPercent, maximum: maximumPercent };
      const { code, out } = await run({ ...bounds, desiredCount: desired, instances: [4096, 4096] });
      const { finishes, update, explored } = JSON.parse(out) as PlanResult;
      expect({ code, finishes, explored }).toEqual({ code: stuck ? 1 : 0, finishes: !stuck, explored: 'all' });
      expect(update).toMatchObject({ minimum: min, maximum: max });
    },
  );

  it('shows the steps as a table', async () => {
    const { out } = await run({ maximum: 150 }, '--output', 'table');
    expect(out).toMatchInlineSnapshot(`
      "Finishes: web to web:2, 4 tasks, after 1 min 32 s.
      Every order was looked at: 35 states, 1 end, none sticks.

      TIME      TASKS  STEP
      00:00:00      2  start
      00:00:45      2  stop
      00:00:46      2  start
      00:01:31      2  stop
      "
    `);
  });

  it('shows what sticks and what would help', async () => {
    const { out } = await run(
      { instances: [896, 1024], desiredCount: 3, oldCpu: 384, newCpu: 512, maximum: 134 },
      '--output',
      'table',
    );
    expect(out).toMatchInlineSnapshot(`
      "May not finish: web to web:2, 3 tasks: it depends on the order.
      Every order was looked at: 22 states, 2 ends, 1 of them stuck.

      One order that finishes, after 2 min 18 s:
      TIME      TASKS  STEP
      00:00:00      1  start
      00:00:45      1  stop
      00:00:46      1  start
      00:01:31      1  stop
      00:01:32      1  start
      00:02:17      1  stop

      Sticks with 1 old, 2 new:
        (service web) was unable to place a task because no container instance met all of its requirements. The closest matching (container-instance i0) has insufficient CPU units available. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.
      The order that leads there:
        start 1 on i1
        1 healthy on i1
        stop 1 on i0
        1 stopped on i0
        start 1 on i0
        1 healthy on i0
        stop 1 on i0
        1 stopped on i0
      Each of these alone would let it finish:
        lower minimumHealthyPercent from 100 to 66
        add one more instance like i0
      "
    `);
  });

  it('shows a deployment that fails', async () => {
    const configuration = { deploymentCircuitBreaker: { enable: true, rollback: true } };
    const { code, out } = await run({ behaviour: { 'web:2': { failRate: 1 } }, configuration }, '--output', 'table');
    expect(code).toBe(1);
    expect(out).toMatchInlineSnapshot(`
      "Fails: web to web:2, 4 tasks.
      Every order was looked at: 70 states, 1 end, none sticks if only the tasks would run.

      TIME      TASKS  STEP
      00:00:00      4  start
      00:00:05      4  end by themselves
      00:00:05      4  start

      Fails with 4 old, 0 new, 4 starting:
        ECS deployment circuit breaker: task failed to start.
      "
    `);
  });

  it('takes a task definition and a count', async () => {
    const file = files.write('web-2.json', { taskDefinition: { ...definitionOf(512), revision: 3 } });
    const { code, out } = await run({}, '--task-definition', file, '--desired-count', '5');
    expect(code).toBe(0);
    expect((JSON.parse(out) as PlanResult).update).toMatchObject({ desiredCount: 5, minimum: 5, maximum: 10 });
  });

  it('takes one of its files from standard input', async () => {
    const stdin = JSON.stringify(sceneJson());
    expect((await cli(['plan', '--scenario', '-', '--service', 'web'], { stdin })).code).toBe(0);
  });

  it('draws orders from the seed', async () => {
    expect((await run({}, '--seed', '5')).code).toBe(0);
    expect(await run({}, '--seed', '4294967296')).toMatchObject({ code: 2 });
  });
});

describe('bayplan plan refuses', () => {
  it.each<[what: string, scene: Scene, args: string[], message: RegExp]>([
    ['an update that nobody describes', { members: { events: [] } }, [], /^error: nothing to plan: .*--desired-count/],
    [
      'a count for a daemon',
      { service: { schedulingStrategy: 'DAEMON', desiredCount: undefined }, maximum: 100 },
      ['--desired-count', '3'],
      /daemon scheduling strategy does not support a desired count/,
    ],
    ['a negative count', {}, ['--desired-count', '-1'], /--desired-count/],
  ])('%s', async (_, scene, args, message) => {
    const { code, out, err } = await run(scene, ...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
  });

  it('a service that is not there, and says which are', async () => {
    const { code, err } = await cli(['plan', '--scenario', scenarioFile(), '--service', 'wed']);
    expect({ code, err }).toEqual({
      code: 2,
      err: 'error: the scenario has no service wed. Did you mean web? (ServiceNotFoundException)\n',
    });
  });

  it('a broken task definition, naming its file', async () => {
    const file = files.write('broken.json', { family: 'web', containerDefinitions: [] });
    const { code, err } = await run({}, '--task-definition', file);
    expect(code).toBe(2);
    expect(err).toContain(`${file}: containerDefinitions must hold 1 to 10 containers`);
  });

  it('two files from standard input', async () => {
    const args = ['plan', '--scenario', '-', '--service', 'web', '--task-definition', '-'];
    expect(await cli(args, { stdin: JSON.stringify(sceneJson()) })).toMatchObject({ code: 2 });
  });
});
