/** What the log shows. */
import { describe, expect, it } from 'vitest';
import { filterEvents, nearestAtOrBefore } from '../../../src/report/page/filter.ts';
import { rollout } from '../../support/report/stories.ts';
import { sceneOf } from './scene.ts';

describe('filtering', () => {
  const result = rollout();
  const { data, descriptions } = sceneOf(result);
  const shown = (filter: { text?: string; group?: number; type?: string }) =>
    filterEvents(data, descriptions, { text: '', group: -1, type: '', ...filter });

  it('shows everything without a filter', () => {
    expect(shown({})).toEqual(result.events.map((_, k) => k));
  });

  it('keeps the events of a service, of a type, those that went wrong', () => {
    const api = result.events.flatMap(({ service }, k) => (service === 'api' ? [k] : []));
    expect(shown({ group: 1 })).toEqual(api);
    expect(shown({ type: 'Fault' }).map((k) => result.events[k]?.fault)).toEqual(['terminateInstance']);
    expect(shown({ type: '!' })).toHaveLength(2);
    expect(shown({ type: 'TaskStateChange', group: 1 }).length).toBeLessThan(api.length);
  });

  it('wants every word of the search, in any case, also from the input of a call', () => {
    expect(shown({ text: 'STEADY  web' }).map((k) => result.events[k]?.message)).toEqual([
      '(service web) has reached a steady state.',
      '(service web) has reached a steady state.',
    ]);
    expect(shown({ text: 'worker:99' })).toHaveLength(1);
    const { arn = '' } = data.tasks[4] ?? {};
    const own = result.events.flatMap(({ event }, k) =>
      (event?.detail as { taskArn?: string })?.taskArn === arn ? [k] : [],
    );
    expect(shown({ text: arn })).toEqual(own);
    expect(shown({ text: data.instances[6]?.ec2InstanceId ?? '' })).toHaveLength(1);
    expect(shown({ text: 'no such words' })).toEqual([]);
  });
});

describe('the event of a moment in a filtered list', () => {
  it('is the last at or before it', () => {
    expect([-1, 0, 3, 4, 9, 99].map((event) => nearestAtOrBefore([3, 5, 9], event))).toEqual([-1, -1, 0, 0, 2, 2]);
    expect(nearestAtOrBefore([], 4)).toBe(-1);
  });
});
