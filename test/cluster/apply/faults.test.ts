/** Faults: instances and zones lost, Spot notices, killed tasks; and what is refused. */
import { describe, expect, it } from 'vitest';
import { definition, instance, service } from '../../simulate/scenarios.ts';
import { countBy, liveAt, play, story, tasksAt } from '../../support/story.ts';

const onInstance = (task: { containerInstanceArn?: string }) => task.containerInstanceArn?.slice(-1);
const network = { networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-a', 'subnet-b'] } } };
const fargate = {
  containerInstances: [],
  clusters: [{ clusterName: 'dock' }],
  subnets: ['a', 'b'].map((zone) => ({
    subnetId: `subnet-${zone}`,
    availabilityZone: `eu-west-1${zone}`,
    vpcId: 'vpc-1',
  })),
  taskDefinitions: [
    definition(
      'web',
      { cpu: undefined, memory: undefined },
      {
        networkMode: 'awsvpc',
        requiresCompatibilities: ['FARGATE'],
        cpu: '256',
        memory: '512',
      },
    ),
  ],
};

describe('faults', () => {
  it('a terminated instance takes its tasks with it', async () => {
    const result = await play({ events: [{ at: 300, fault: 'terminateInstance', containerInstance: 'i-a' }] });
    expect(tasksAt(result, 300)[0]).toMatchObject({
      lastStatus: 'STOPPED',
      stopCode: 'InfrastructureHealth',
      stoppedReason: 'Host EC2 (instance i-a) terminated.',
    });
    expect(story(result, 300)[0]).toBe('300 has started 1 tasks: (task T3).');
    expect(countBy(liveAt(result), onInstance)).toEqual({ b: 2 });
  });

  it('a Spot notice without draining runs out with the tasks still there', async () => {
    const result = await play({ events: [{ at: 300, fault: 'spotInterruption', containerInstance: 'a' }] });
    expect(countBy(liveAt(result, 419), onInstance)).toEqual({ a: 1, b: 1 });
    expect(story(result, 300)[0]).toBe('420 has started 1 tasks: (task T3).');
  });

  it('a Spot notice with draining moves the tasks in time', async () => {
    const notice = { at: 300, fault: 'spotInterruption', containerInstance: 'a', draining: true };
    const result = await play({ events: [notice] });
    expect(result.summary.services[0]).toMatchObject({ failed: 0, belowMinimumMs: 0, steady: true });
    expect(countBy(liveAt(result, 419), onInstance)).toEqual({ b: 2 });
  });

  it('a killed task ends with its exit code and is replaced', async () => {
    const kill = { at: 300, fault: 'killTask', task: 'web[1]', exitCode: 3 };
    const result = await play({ events: [kill] });
    expect(tasksAt(result)[1]).toMatchObject({
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      containers: [{ name: 'app', exitCode: 3 }],
    });
    expect(liveAt(result)).toHaveLength(2);
  });

  it('a lost zone takes Fargate tasks too, and they come up in another', async () => {
    const result = await play({
      ...fargate,
      services: [service({ desiredCount: 4, launchType: 'FARGATE', ...network })],
      events: [{ at: 300, fault: 'loseZone', availabilityZone: 'eu-west-1b' }],
    });
    expect(countBy(liveAt(result, 299), (task) => task.availabilityZone)).toEqual({ 'eu-west-1a': 2, 'eu-west-1b': 2 });
    expect(countBy(liveAt(result), (task) => task.availabilityZone)).toEqual({ 'eu-west-1a': 4 });
  });

  it('with every zone lost a service waits, and says so', async () => {
    const events = ['a', 'b'].map((zone) => ({ at: 300, fault: 'loseZone', availabilityZone: `eu-west-1${zone}` }));
    const back = { at: 600, fault: 'restoreZone', availabilityZone: 'eu-west-1a' };
    const result = await play({
      ...fargate,
      services: [service({ launchType: 'FARGATE', ...network })],
      events: [...events, back],
    });
    expect(story(result, 300).slice(0, 2)).toEqual([
      '300 was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone.',
      '600 has started 2 tasks: (task T3) (task T4).',
    ]);
  });

  it('a task on FARGATE_SPOT is interrupted, one on FARGATE cannot be', async () => {
    const capacityProviderStrategy = [
      { capacityProvider: 'FARGATE', base: 1, weight: 0 },
      { capacityProvider: 'FARGATE_SPOT', weight: 1 },
    ];
    const interrupt = (at: number, task: string) => ({ at, fault: 'spotInterruption', task });
    const result = await play({
      ...fargate,
      services: [service({ capacityProviderStrategy, ...network })],
      events: [interrupt(300, 'web[0]'), interrupt(400, 'web[1]')],
    });
    const refusals = result.events.flatMap(({ error }) => error?.message ?? []);
    expect(refusals).toEqual([expect.stringContaining('does not run on FARGATE_SPOT.')]);
    expect(tasksAt(result)[1]).toMatchObject({
      stopCode: 'SpotInterruption',
      stoppedReason: 'Your Spot Task was interrupted.',
    });
    expect(countBy(liveAt(result), (task) => task.capacityProviderName)).toEqual({ FARGATE: 1, FARGATE_SPOT: 1 });
  });

  it('strike the oldest task of a service, or the one at an index', async () => {
    const kill = (at: number, members: object) => ({ at, fault: 'killTask', service: 'web', ...members });
    const result = await play({ events: [kill(300, {}), kill(300, { index: 0, exitCode: 3 })] });
    expect(result.summary).toMatchObject({ refused: 0, tasksStarted: 4 });
    expect(tasksAt(result).map(({ containers }) => containers[0]?.exitCode)).toEqual([137, 3, undefined, undefined]);
  });

  it.each([
    [{}, 'events[0]: the fault needs a task, or a service.'],
    [{ service: 'wbe' }, 'events[0].service wbe is no service of the cluster. Did you mean web?'],
    [{ service: 'web', task: 'web[0]' }, 'events[0] names a task and a service: one of them is enough.'],
    [{ service: 'web', index: -1 }, 'events[0].index must be a whole number from 0'],
    [{ service: 'web', index: 9 }, 'events[0].index "web[9]" is no task of the cluster.'],
  ])('say what is wrong with %j', async (members, message) => {
    const { events } = await play({ events: [{ at: 300, fault: 'killTask', ...members }] });
    expect(events.find(({ error }) => error !== undefined)?.error?.message).toContain(message);
  });

  it('that name nothing of the cluster are refused, and change nothing', async () => {
    const result = await play({
      events: [
        { at: 300, fault: 'terminateInstance', containerInstance: 'nowhere' },
        { at: 300, fault: 'killTask', task: 'web[7]' },
      ],
    });
    expect(result.summary.refused).toBe(2);
    expect(liveAt(result)).toHaveLength(2);
  });
});

describe('an instance of another zone', () => {
  it('is not touched by the loss of the first', async () => {
    const result = await play({
      containerInstances: [instance('a'), instance('b', 'eu-west-1b')],
      events: [{ at: 300, fault: 'loseZone', availabilityZone: 'eu-west-1a' }],
    });
    expect(countBy(liveAt(result), onInstance)).toEqual({ b: 2 });
  });
});
