/** Rolling: scale-out, scale-in, updates during updates, unhealthy tasks; told as services tell it. */
import { describe, expect, it } from 'vitest';
import { definition, instance, service } from '../../simulate/scenarios.ts';
import { countBy, liveAt, play, story, tasksAt, withHealthChecks } from '../../support/story.ts';

const update = (at: number, input: object) => ({ at, call: 'UpdateService', input: { service: 'web', ...input } });
const three = [instance('a'), instance('b', 'eu-west-1b'), instance('c', 'eu-west-1c')];
const revisionOf = ({ taskDefinitionArn }: { taskDefinitionArn: string }) => taskDefinitionArn.slice(-5);

describe('a service', () => {
  it('scales out and in, by one message each', async () => {
    const result = await play({ events: [update(300, { desiredCount: 5 }), update(600, { desiredCount: 1 })] });
    expect(story(result, 300)).toMatchInlineSnapshot(`
      [
        "300 has started 3 tasks: (task T3) (task T4) (task T5).",
        "345 has reached a steady state.",
        "600 has stopped 4 running tasks: (task T5) (task T4) (task T3) (task T2).",
        "601 has reached a steady state.",
      ]
    `);
    expect(liveAt(result)).toHaveLength(1);
  });

  it('keeps its tasks spread when it scales in', async () => {
    const result = await play({
      containerInstances: three,
      services: [service({ desiredCount: 7 })],
      events: [update(300, { desiredCount: 3 })],
    });
    expect(countBy(liveAt(result, 299), (task) => task.availabilityZone)).toEqual({
      'eu-west-1a': 3,
      'eu-west-1b': 2,
      'eu-west-1c': 2,
    });
    expect(Object.values(countBy(liveAt(result), (task) => task.availabilityZone))).toEqual([1, 1, 1]);
  });

  it('packed by memory scales in from the instance that is emptier', async () => {
    const placementStrategy = [{ type: 'binpack', field: 'memory' }];
    const result = await play({
      services: [service({ desiredCount: 10, placementStrategy })],
      events: [update(300, { desiredCount: 8 })],
    });
    expect(Object.values(countBy(liveAt(result, 299), (task) => task.containerInstanceArn)).sort()).toEqual([2, 8]);
    expect(Object.values(countBy(liveAt(result), (task) => task.containerInstanceArn))).toEqual([8]);
  });

  it('scales to nothing and is steady', async () => {
    const result = await play({ events: [update(300, { desiredCount: 0 })] });
    expect(story(result, 300)).toEqual([
      '300 has stopped 2 running tasks: (task T1) (task T2).',
      '301 has reached a steady state.',
    ]);
    expect(result.summary.steady).toBe(true);
  });

  it('goes straight to the third revision when it comes during the update to the second', async () => {
    const result = await play({
      taskDefinitions: [definition(), definition(), definition()],
      services: [service({ desiredCount: 4, deploymentConfiguration: { maximumPercent: 150 } })],
      events: [update(300, { taskDefinition: 'web:2' }), update(302, { taskDefinition: 'web:3' })],
    });
    expect(countBy(tasksAt(result), revisionOf)).toEqual({ 'web:1': 4, 'web:2': 2, 'web:3': 4 });
    expect(countBy(liveAt(result), revisionOf)).toEqual({ 'web:3': 4 });
    const [deployments] = result.summary.services.map((one) => one.deployments);
    expect(deployments?.map(({ rolloutState }) => rolloutState)).toEqual(['COMPLETED', 'IN_PROGRESS', 'COMPLETED']);
    expect(result.services[0]?.deployments).toHaveLength(1);
  });

  it('back to the first revision during an update keeps no task of the second', async () => {
    const result = await play({
      services: [service({ desiredCount: 4, deploymentConfiguration: { maximumPercent: 150 } })],
      events: [update(300, { taskDefinition: 'web:2' }), update(302, { taskDefinition: 'web:1' })],
    });
    expect(countBy(liveAt(result), revisionOf)).toEqual({ 'web:1': 4 });
    expect(result.summary.steady).toBe(true);
  });

  it('takes the new count while it is updated', async () => {
    const result = await play({
      events: [update(300, { taskDefinition: 'web:2' }), update(303, { desiredCount: 6 })],
    });
    expect(countBy(liveAt(result), revisionOf)).toEqual({ 'web:2': 6 });
    expect(result.summary.services[0]).toMatchObject({ desiredCount: 6, healthyCount: 6, steady: true });
  });

  it('without room for one more stops first, where the percentages allow it', async () => {
    const result = await play({
      containerInstances: [instance('a')],
      services: [service({ desiredCount: 8, deploymentConfiguration: { minimumHealthyPercent: 50 } })],
      events: [update(300, { taskDefinition: 'web:2' })],
    });
    expect(
      story(result, 300)
        .slice(0, 3)
        .map((line) => line.slice(0, 40)),
    ).toEqual([
      '300 was unable to place a task because n',
      '300 has stopped 4 running tasks: (task T',
      '301 has started 4 tasks: (task T9) (task',
    ]);
    expect(countBy(liveAt(result), revisionOf)).toEqual({ 'web:2': 8 });
  });
});

describe('tasks that fail their health checks', () => {
  const healthCheck = { command: ['CMD', 'true'], interval: 10, retries: 2 };
  const ailing = (maximumPercent: number) =>
    play({
      containerInstances: [withHealthChecks(instance('a'))],
      taskDefinitions: [definition('web', { healthCheck })],
      services: [service({ desiredCount: 4, deploymentConfiguration: { maximumPercent } })],
      behaviour: { web: { unhealthyAfterSeconds: 300 } },
      duration: 'PT9M',
    });
  const told = (lines: readonly string[]) => lines.map((line) => line.replace(/ (running )?tasks: .*/, ''));

  it('stay until their replacements are healthy, under a maximum of 200 %', async () => {
    const result = await ailing(200);
    expect(told(story(result, 300))).toEqual([
      '315 has started 4',
      '330 has stopped 4',
      '331 has reached a steady state.',
    ]);
    expect(tasksAt(result)[0]).toMatchObject({
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: 'Task failed container health checks',
    });
  });

  it('make room where the maximum leaves none', async () => {
    expect(told(story(await ailing(100), 300))).toEqual([
      '315 has stopped 4',
      '316 has started 4',
      '331 has reached a steady state.',
    ]);
  });
});
