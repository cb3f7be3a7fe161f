/** Berths: one thing in one place at one time, no more places than were ever needed. */
import { describe, expect, it } from 'vitest';
import { busy, fargate, rollout } from '../../support/report/stories.ts';
import { sceneOf } from './scene.ts';

describe.each([
  ['a rollout', rollout()],
  ['Fargate', fargate()],
  ['a busy cluster', busy(900, 12)],
])('the berths of %s', (_, result) => {
  const { data, timeline, conditions, berths } = sceneOf(result);

  it('hold one each, at any time', () => {
    for (let event = -1; event < timeline.length; event++) {
      timeline.seek(event);
      const taken: string[] = [];
      timeline.instanceRow.forEach((row, instance) => {
        if (conditions.isPresent(row)) taken.push(`${berths.instanceQuay[instance]}:${berths.instanceBerth[row]}`);
      });
      timeline.taskRow.forEach((row) => {
        const isLoose = conditions.phase(row) !== 'gone' && (data.taskRows.instance[row] as number) < 0;
        if (isLoose) taken.push(`${berths.taskQuay[row]}:${berths.taskBerth[row]}`);
      });
      expect(new Set(taken).size).toBe(taken.length);
      expect(taken.filter((place) => place.includes('-1'))).toEqual([]);
    }
  });
});

describe('a quay', () => {
  it('is as long as the most that lay there at once', () => {
    const { berths } = sceneOf(rollout());
    // The instance that joins zone c takes the berth of the lost one.
    expect(berths.quays.map(({ zone, kind, size }) => [zone, kind, size])).toEqual([
      ['us-east-1a', 'instances', 2],
      ['us-east-1b', 'instances', 2],
      ['us-east-1c', 'instances', 2],
    ]);
  });

  it('stands for each zone of Fargate', () => {
    const { berths } = sceneOf(fargate());
    expect(berths.quays.map(({ zone, kind, size }) => [zone, kind, size])).toEqual([
      ['us-east-1a', 'fargate', 5],
      ['us-east-1b', 'fargate', 5],
      ['us-east-1c', 'fargate', 4],
    ]);
  });
});
