/** Tasks that fail to start are started again at growing intervals; a new deployment, or a task that runs, ends it. */
import { describe, expect, it } from 'vitest';
import { definition, service } from '../../simulate/scenarios.ts';
import { play, story } from '../../support/story.ts';

const update = (at: number, taskDefinition: string) => ({
  at,
  call: 'UpdateService',
  input: { service: 'web', taskDefinition },
});
const starts = (lines: readonly string[]) =>
  lines.filter((line) => line.includes('has started')).map((line) => Number(line.split(' ')[0]));

describe('a service whose tasks fail to start', () => {
  it('waits twice as long each time, at most 27 minutes', async () => {
    const result = await play({
      services: [service({ desiredCount: 1 })],
      behaviour: { web: { failure: 'start' } },
      duration: 'PT6H',
    });
    const times = starts(story(result));
    const gaps = times.slice(1).map((time, k) => time - (times[k] as number));
    // Five seconds from the start to the failure, and the wait.
    expect(gaps.slice(0, 8)).toEqual([5, 5, 15, 25, 45, 85, 165, 325]);
    expect(Math.max(...gaps)).toBe(27 * 60 + 5);
    expect(gaps.at(-1)).toBe(27 * 60 + 5);
    const impaired = story(result).filter((line) => line.includes('is unable to consistently start tasks'));
    // Told with each wait: after the third failure and every one since.
    expect(impaired.length).toBe(times.length - 2);
  });

  it('starts at once with a new deployment', async () => {
    const result = await play({
      services: [service({ desiredCount: 1 })],
      behaviour: { 'web:1': { failure: 'start' } },
      events: [update(1000, 'web:2')],
    });
    expect(starts(story(result)).includes(1000)).toBe(true);
    expect(result.summary.steady).toBe(true);
  });

  it('counts from anew once a task has run', async () => {
    const result = await play({
      taskDefinitions: [definition(), definition(), definition()],
      services: [service({ desiredCount: 1 })],
      behaviour: { 'web:2': { failure: 'start' } },
      events: [update(300, 'web:2'), update(340, 'web:1'), update(900, 'web:2')],
      duration: 'PT16M',
    });
    expect(starts(story(result, 900)).slice(0, 4)).toEqual([900, 905, 910, 925]);
  });
});
