/** RunTask, StartTask, StopTask and task protection in a simulated cluster. */
import { describe, expect, it } from 'vitest';
import { definition } from '../../simulate/scenarios.ts';
import { countBy, liveAt, play, story, tasksAt } from '../../support/story.ts';

const call = (at: number, name: string, input: object) => ({ at, call: name, input });
const onInstance = (task: { containerInstanceArn?: string }) => task.containerInstanceArn?.slice(-1);
type Result = Awaited<ReturnType<typeof play>>;
const refusals = ({ events }: Result) => events.flatMap(({ error }) => error?.message ?? []);

describe('RunTask', () => {
  it('runs tasks of no service, which do their job and stop', async () => {
    const result = await play({
      taskDefinitions: [definition('batch')],
      services: [],
      behaviour: { batch: { runSeconds: 60 } },
      events: [call(100, 'RunTask', { taskDefinition: 'batch', count: 3, startedBy: 'nightly' })],
    });
    expect(liveAt(result, 150)).toHaveLength(3);
    expect(liveAt(result)).toEqual([]);
    expect(tasksAt(result)).toHaveLength(3);
    expect(tasksAt(result)[0]).toMatchObject({
      group: 'family:batch',
      startedBy: 'nightly',
      stopCode: 'EssentialContainerExited',
    });
  });

  it('takes a launch type or a strategy, not both', async () => {
    const capacityProviderStrategy = [{ capacityProvider: 'cp0' }];
    const result = await play({
      services: [],
      events: [call(0, 'RunTask', { taskDefinition: 'web', launchType: 'FARGATE', capacityProviderStrategy })],
    });
    expect(refusals(result)).toEqual([expect.stringContaining('Specifying both a launch type and capacity provider')]);
    expect(tasksAt(result)).toEqual([]);
  });

  it('takes at most ten, and no group of services', async () => {
    const result = await play({
      services: [],
      events: [
        call(0, 'RunTask', { taskDefinition: 'web', count: 11 }),
        call(0, 'RunTask', { taskDefinition: 'web', group: 'service:web' }),
      ],
    });
    expect(refusals(result)).toEqual([expect.stringContaining('10'), 'Invalid namespace for group.']);
    expect(tasksAt(result)).toEqual([]);
  });

  it('needs a subnet where it has a network', async () => {
    const task = { cpu: '256', memory: '512', networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'] };
    const networkConfiguration = { awsvpcConfiguration: { subnets: [] } };
    const result = await play({
      taskDefinitions: [definition('batch', {}, task)],
      services: [],
      events: [call(0, 'RunTask', { taskDefinition: 'batch', launchType: 'FARGATE', networkConfiguration })],
    });
    expect(refusals(result)).toEqual([expect.stringContaining('subnets can not be empty')]);
  });

  it('places what fits', async () => {
    const big = definition('web', { memory: 3000 });
    const result = await play({
      taskDefinitions: [big],
      services: [],
      events: [call(0, 'RunTask', { taskDefinition: 'web', count: 5 })],
    });
    expect(countBy(liveAt(result), onInstance)).toEqual({ a: 1, b: 1 });
  });
});

describe('StartTask', () => {
  it('starts one on each instance that is named', async () => {
    const result = await play({
      services: [],
      events: [call(0, 'StartTask', { taskDefinition: 'web', containerInstances: ['b'] })],
    });
    expect(countBy(liveAt(result), onInstance)).toEqual({ b: 1 });
  });
});

describe('StopTask', () => {
  it('of a service task is answered with another one', async () => {
    const result = await play({ events: [call(300, 'StopTask', { task: 'web[0]', reason: 'looked odd' })] });
    expect(tasksAt(result)[0]).toMatchObject({ stopCode: 'UserInitiated', stoppedReason: 'looked odd' });
    expect(liveAt(result)).toHaveLength(2);
    expect(story(result, 300)[0]).toBe('300 has started 1 tasks: (task T3).');
  });
});

describe('protection', () => {
  const protect = (at: number, members = {}) =>
    call(at, 'UpdateTaskProtection', { tasks: ['web[0]'], protectionEnabled: true, ...members });
  const update = call(300, 'UpdateService', { service: 'web', taskDefinition: 'web:2' });

  it('ends by itself after two hours', async () => {
    const result = await play({ events: [protect(200), update], duration: 'PT3H' });
    expect(story(result, 7000)[0]).toBe('7400 has stopped 1 running tasks: (task T1).');
  });

  it('ends when it is taken away', async () => {
    const result = await play({ events: [protect(200), update, protect(900, { protectionEnabled: false })] });
    expect(story(result, 600)[0]).toBe('900 has stopped 1 running tasks: (task T1).');
    expect(result.summary.steady).toBe(true);
  });

  it('lasts from a minute to two days', async () => {
    const result = await play({
      events: [protect(200, { expiresInMinutes: 0 }), protect(201, { expiresInMinutes: 2881 })],
    });
    expect(refusals(result)).toHaveLength(2);
  });
});
