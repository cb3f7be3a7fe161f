/** Zone rebalancing: after a zone came back the tasks spread again, one after another, and then it ends. */
import { describe, expect, it } from 'vitest';
import { definition, instance, service } from '../../simulate/scenarios.ts';
import { countBy, liveAt, play, story, tasksAt } from '../../support/story.ts';

const zones = (result: Awaited<ReturnType<typeof play>>, second?: number) =>
  countBy(liveAt(result, second), (task) => task.availabilityZone);
const lost = [
  { at: 300, fault: 'loseZone', availabilityZone: 'eu-west-1b' },
  { at: 900, fault: 'restoreZone', availabilityZone: 'eu-west-1b' },
];

describe('a zone that is lost and comes back', () => {
  it('gets its tasks back', async () => {
    const result = await play({ services: [service({ desiredCount: 6 })], events: lost, duration: 'PT2H' });
    expect(zones(result, 299)).toEqual({ 'eu-west-1a': 3, 'eu-west-1b': 3 });
    expect(zones(result, 800)).toEqual({ 'eu-west-1a': 6 });
    expect(zones(result)).toEqual({ 'eu-west-1a': 3, 'eu-west-1b': 3 });
    const told = story(result, 900);
    expect(told[0]).toBe(
      '900 is not AZ balanced with 6 tasks in eu-west-1a, 0 tasks in eu-west-1b. AZ Rebalancing in progress.',
    );
    expect(told.filter((line) => line.includes('is AZ balanced with'))).toHaveLength(1);
    // Three moves and no more.
    expect(tasksAt(result)).toHaveLength(6 + 3 + 3);
    expect(result.summary.services[0]?.belowMinimumMs).toBeLessThan(60_000);
  });

  it('gets none back with rebalancing off', async () => {
    const result = await play({
      services: [service({ desiredCount: 6, availabilityZoneRebalancing: 'DISABLED' })],
      events: lost,
    });
    expect(zones(result)).toEqual({ 'eu-west-1a': 6 });
  });

  it('gets none while it has no room', async () => {
    const result = await play({
      containerInstances: [instance('a')],
      services: [service({ desiredCount: 6 })],
      events: [
        { at: 600, call: 'RegisterContainerInstance', input: { ...instance('b', 'eu-west-1b'), status: 'DRAINING' } },
      ],
    });
    expect(zones(result)).toEqual({ 'eu-west-1a': 6 });
    expect(story(result, 600)).toEqual([]);
  });

  it('gets them when a task that stops makes room there', async () => {
    const result = await play({
      containerInstances: [instance('a'), instance('b', 'eu-west-1b')],
      taskDefinitions: [definition('web'), definition('job', { cpu: 1900, memory: 3000 })],
      services: [service({ desiredCount: 4, availabilityZoneRebalancing: 'ENABLED' })],
      events: [
        { at: 300, fault: 'loseZone', availabilityZone: 'eu-west-1b' },
        { at: 890, fault: 'restoreZone', availabilityZone: 'eu-west-1b' },
        { at: 890, call: 'StartTask', input: { taskDefinition: 'job', containerInstances: ['b'] } },
      ],
      behaviour: { 'job:1': { runSeconds: 600 } },
      duration: 'PT2H',
    });
    expect(zones(result, 1400)).toEqual({ 'eu-west-1a': 4, 'eu-west-1b': 1 });
    expect(zones(result)).toEqual({ 'eu-west-1a': 2, 'eu-west-1b': 2 });
  });

  it('ends on Fargate with two providers, whatever they share', async () => {
    const result = await play({
      containerInstances: [],
      clusters: [{ clusterName: 'dock' }],
      subnets: ['a', 'b', 'c'].map((zone) => ({
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
      services: [
        service({
          desiredCount: 8,
          capacityProviderStrategy: [
            { capacityProvider: 'FARGATE', base: 3, weight: 1 },
            { capacityProvider: 'FARGATE_SPOT', weight: 2 },
          ],
          networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-a', 'subnet-b', 'subnet-c'] } },
        }),
      ],
      events: lost,
      duration: 'PT5H',
    });
    for (const provider of ['FARGATE', 'FARGATE_SPOT']) {
      const own = liveAt(result).filter((task) => task.capacityProviderName === provider);
      const counts = Object.values(countBy(own, (task) => task.availabilityZone));
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThan(2);
      // As DescribeTasks shows it: the launch type beside the provider.
      expect(own.every(({ launchType }) => launchType === 'FARGATE')).toBe(true);
    }
    expect(tasksAt(result).length).toBeLessThan(20);
    expect(story(result, 8000)).toEqual([]);
  });
});
