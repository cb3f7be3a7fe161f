/** Container instances: draining and back, deregistration, agents that are silent, stop and start. */
import { describe, expect, it } from 'vitest';
import { definition, instance, service } from '../../simulate/scenarios.ts';
import { countBy, liveAt, play, story, tasksAt } from '../../support/story.ts';

const state = (at: number, status: string, id = 'a') => ({
  at,
  call: 'UpdateContainerInstancesState',
  input: { containerInstances: [id], status },
});
const fault = (at: number, name: string, id = 'a') => ({ at, fault: name, containerInstance: id });
const onInstance = (task: { containerInstanceArn?: string }) => task.containerInstanceArn?.slice(-1);
type Result = Awaited<ReturnType<typeof play>>;
const refusals = ({ events }: Result) => events.flatMap(({ error }) => error?.message ?? []);

describe('draining', () => {
  it('stops PENDING tasks of services at once, and moves the others', async () => {
    const result = await play({ services: [service({ desiredCount: 4 })], events: [state(3, 'DRAINING')] });
    expect(story(result, 3).slice(0, 1)).toEqual(['3 has started 2 tasks: (task T5) (task T6).']);
    expect(countBy(liveAt(result), onInstance)).toEqual({ b: 4 });
    expect(tasksAt(result, 60).filter(({ desiredStatus }) => desiredStatus === 'STOPPED')).toHaveLength(2);
  });

  it('leaves tasks without a service alone', async () => {
    const run = { at: 0, call: 'RunTask', input: { taskDefinition: 'web', count: 2 } };
    const result = await play({ services: [], events: [run, state(100, 'DRAINING'), state(100, 'DRAINING', 'b')] });
    expect(liveAt(result)).toHaveLength(2);
  });

  it('taken back before a replacement came keeps the tasks', async () => {
    const deploymentConfiguration = { minimumHealthyPercent: 100, maximumPercent: 100 };
    const events = [state(300, 'DRAINING'), state(400, 'ACTIVE')];
    const result = await play({ services: [service({ deploymentConfiguration })], events });
    expect(tasksAt(result)).toHaveLength(2);
    expect(result.summary.steady).toBe(true);
  });
});

describe('deregistration', () => {
  const deregister = (at: number, members = {}) => ({
    at,
    call: 'DeregisterContainerInstance',
    input: { containerInstance: 'a', ...members },
  });

  it('is refused while tasks run there, unless it is forced', async () => {
    const result = await play({ events: [deregister(300), deregister(600, { force: true })] });
    expect(refusals(result)).toEqual(['Found running tasks on the instance.']);
    expect(countBy(liveAt(result, 599), onInstance)).toEqual({ a: 1, b: 1 });
    expect(countBy(liveAt(result), onInstance)).toEqual({ b: 2 });
  });

  it('leaves a place that the next instance takes', async () => {
    const events = [
      deregister(300, { force: true }),
      { at: 600, call: 'RegisterContainerInstance', input: instance('c') },
      { at: 700, call: 'UpdateService', input: { service: 'web', desiredCount: 8 } },
    ];
    const result = await play({ events });
    expect(countBy(liveAt(result), onInstance)).toEqual({ b: 4, c: 4 });
  });
});

describe('an agent that is silent', () => {
  it('gets no new tasks, and its own go on', async () => {
    const scale = { at: 400, call: 'UpdateService', input: { service: 'web', desiredCount: 4 } };
    const result = await play({ events: [fault(300, 'loseAgent'), scale] });
    expect(countBy(liveAt(result), onInstance)).toEqual({ a: 1, b: 3 });
  });

  it('reports what happened once it is back', async () => {
    const events = [fault(2, 'loseAgent'), fault(200, 'restoreAgent')];
    const result = await play({ services: [service({ desiredCount: 2 })], events });
    const running = (second: number) => tasksAt(result, second).filter(({ lastStatus }) => lastStatus === 'RUNNING');
    expect(running(199)).toHaveLength(1);
    expect(running(200)).toHaveLength(2);
    expect(result.summary.steady).toBe(true);
  });

  it('stops a task only when it hears of it', async () => {
    const stop = { at: 310, call: 'StopTask', input: { task: 'web[0]' } };
    const result = await play({ events: [fault(300, 'loseAgent'), stop, fault(600, 'restoreAgent')] });
    const [first] = tasksAt(result, 599);
    expect(first).toMatchObject({ desiredStatus: 'STOPPED', lastStatus: 'STOPPING' });
    expect(tasksAt(result)[0]).toMatchObject({ lastStatus: 'STOPPED', stopCode: 'UserInitiated' });
  });
});

describe('an EC2 instance that is stopped and started', () => {
  it('stops its containers, and takes tasks again once its agent is back', async () => {
    const result = await play({
      containerInstances: [instance('a')],
      events: [fault(300, 'stopInstance'), fault(600, 'startInstance')],
    });
    expect(liveAt(result, 599)).toEqual([]);
    expect(tasksAt(result)[0]).toMatchObject({
      lastStatus: 'STOPPED',
      stopCode: 'InfrastructureHealth',
      stoppedReason: 'Host EC2 (instance i-a) stopped.',
    });
    expect(countBy(liveAt(result), onInstance)).toEqual({ a: 2 });
    expect(story(result, 600)[0]).toBe('600 has started 2 tasks: (task T3) (task T4).');
    expect(result.summary.services[0]?.belowMinimumMs).toBe(345_000);
  });
});

describe('a host port', () => {
  it('is free again for the next task on the instance', async () => {
    const result = await play({
      containerInstances: [instance('a')],
      taskDefinitions: [definition('web', { portMappings: [{ containerPort: 80, hostPort: 80 }] })],
      services: [service({ desiredCount: 1, deploymentConfiguration: { minimumHealthyPercent: 0 } })],
      events: [
        { at: 300, call: 'UpdateService', input: { service: 'web', forceNewDeployment: true } },
        { at: 600, fault: 'killTask', task: 'web[0]' },
      ],
    });
    expect(tasksAt(result)).toHaveLength(3);
    expect(liveAt(result)[0]?.containers[0]?.networkBindings).toMatchObject([{ hostPort: 80 }]);
    expect(result.summary.steady).toBe(true);
  });
});
