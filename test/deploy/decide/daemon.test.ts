/** DAEMON: one task an instance, as instances come, go, drain, change their attributes or have no room. */
import { describe, expect, it } from 'vitest';
import { definition, instance, service } from '../../simulate/scenarios.ts';
import { countBy, liveAt, play, story, tasksAt } from '../../support/story.ts';

const daemon = (members = {}) => {
  const { desiredCount: _, ...rest } = service({ schedulingStrategy: 'DAEMON', ...members });
  return rest;
};
const onInstance = (task: { containerInstanceArn?: string }) => task.containerInstanceArn?.slice(-1);

describe('a daemon service', () => {
  it('has one task on each instance, old and new', async () => {
    const events = [{ at: 300, call: 'RegisterContainerInstance', input: instance('c', 'eu-west-1c') }];
    const result = await play({ services: [daemon()], events });
    expect(countBy(liveAt(result, 299), onInstance)).toEqual({ a: 1, b: 1 });
    expect(countBy(liveAt(result), onInstance)).toEqual({ a: 1, b: 1, c: 1 });
    expect(result.summary.services[0]).toMatchObject({ desiredCount: 3, healthyCount: 3, steady: true });
  });

  it('is only where its constraint admits it, and follows an attribute', async () => {
    const placementConstraints = [{ type: 'memberOf', expression: 'attribute:gpu == yes' }];
    const attributes = [{ name: 'gpu', value: 'yes', targetId: 'b', targetType: 'container-instance' }];
    const events = [{ at: 300, call: 'PutAttributes', input: { attributes } }];
    const result = await play({ services: [daemon({ placementConstraints })], events });
    expect(liveAt(result, 299)).toEqual([]);
    expect(result.summary.placementFailures).toBe(0);
    expect(countBy(liveAt(result), onInstance)).toEqual({ b: 1 });
    expect(result.summary.services[0]).toMatchObject({ desiredCount: 1, steady: true });
  });

  it('is not steady with an instance that came while its starts are held back', async () => {
    const events = [
      { at: 300, call: 'RegisterContainerInstance', input: instance('c', 'eu-west-1c') },
      { at: 301, fault: 'terminateInstance', containerInstance: 'a' },
      { at: 301, fault: 'terminateInstance', containerInstance: 'b' },
    ];
    const result = await play({ services: [daemon()], behaviour: { web: { failure: 'start' } }, events });
    expect(story(result, 301).join()).not.toContain('steady');
    expect(tasksAt(result).filter((task) => onInstance(task) === 'c').length).toBeGreaterThan(0);
  });

  it('that has been left without instances is not steady any more once one comes while its starts are held', async () => {
    const events = [
      { at: 300, fault: 'terminateInstance', containerInstance: 'a' },
      { at: 300, fault: 'terminateInstance', containerInstance: 'b' },
      { at: 310, call: 'RegisterContainerInstance', input: instance('c', 'eu-west-1c') },
    ];
    const scenario = { services: [daemon()], behaviour: { web: { failure: 'start' } }, events };
    const before = await play({ ...scenario, duration: 'PT5M5S' });
    expect(before.summary.services[0]?.steady).toBe(true);
    const after = await play({ ...scenario, duration: 'PT5M15S' });
    expect(after.summary.services[0]?.steady).toBe(false);
  });

  it('stops before it starts in an update, as its maximum is 100 %', async () => {
    const events = [{ at: 300, call: 'UpdateService', input: { service: 'web', taskDefinition: 'web:2' } }];
    const result = await play({ services: [daemon()], events });
    expect(story(result, 300)).toEqual([
      '300 has stopped 2 running tasks: (task T1) (task T2).',
      '301 has started 2 tasks: (task T3) (task T4).',
      '346 (deployment D2) deployment completed.',
      '346 has reached a steady state.',
    ]);
  });

  it('with a minimum of 50 % goes half by half', async () => {
    const events = [{ at: 300, call: 'UpdateService', input: { service: 'web', taskDefinition: 'web:2' } }];
    const deploymentConfiguration = { minimumHealthyPercent: 50 };
    const result = await play({ services: [daemon({ deploymentConfiguration })], events });
    expect(story(result, 300)).toEqual([
      '300 has stopped 1 running tasks: (task T1).',
      '301 has started 1 tasks: (task T3).',
      '346 has stopped 1 running tasks: (task T2).',
      '347 has started 1 tasks: (task T4).',
      '392 (deployment D2) deployment completed.',
      '392 has reached a steady state.',
    ]);
  });

  it('is not steady where an instance has no room for it, and comes once there is', async () => {
    const big = definition('big', { memory: 4000 });
    const events = [
      { at: 0, call: 'RunTask', input: { taskDefinition: 'big', group: 'batch' } },
      { at: 600, call: 'UpdateService', input: { service: 'other', desiredCount: 0 } },
    ];
    const result = await play({
      taskDefinitions: [definition(), big],
      services: [
        service({ serviceName: 'other', taskDefinition: 'big:1', desiredCount: 1 }),
        daemon({ serviceName: 'web' }),
      ],
      events,
    });
    const web = result.summary.services.find(({ service }) => service === 'web');
    expect(web?.desiredCount).toBe(2);
    expect(story(result).some((line) => line.includes('was unable to place a task'))).toBe(true);
  });

  it('never counts as done while its tasks fail to start', async () => {
    const result = await play({ services: [daemon()], behaviour: { web: { failure: 'start' } } });
    expect(result.summary.services[0]).toMatchObject({ rolloutState: 'IN_PROGRESS', steady: false });
    expect(story(result).filter((line) => line.includes('steady state'))).toEqual([]);
  });

  it('leaves a terminated instance without a word of replacement', async () => {
    const events = [{ at: 300, fault: 'terminateInstance', containerInstance: 'b' }];
    const result = await play({ services: [daemon()], events });
    expect(countBy(liveAt(result), onInstance)).toEqual({ a: 1 });
    expect(tasksAt(result)).toHaveLength(2);
    expect(result.summary.steady).toBe(true);
  });
});
