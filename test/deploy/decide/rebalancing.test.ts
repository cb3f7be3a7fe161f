/** Zone rebalancing: after a zone came back the tasks spread again, one after another, and then it ends. */
import { describe, expect, it } from 'vitest';
import { instance, service } from '../../simulate/scenarios.ts';
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
});
