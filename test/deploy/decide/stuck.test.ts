/** What cannot go on says so once, and goes on when it can. */
import { describe, expect, it } from 'vitest';
import { service } from '../../simulate/scenarios.ts';
import { play, story } from '../../support/story.ts';

const fixed = { minimumHealthyPercent: 100, maximumPercent: 100 };

describe('an update with minimum and maximum at 100 %', () => {
  it('is stuck until the percentages change', async () => {
    const result = await play({
      services: [service({ deploymentConfiguration: fixed })],
      events: [
        { at: 300, call: 'UpdateService', input: { service: 'web', taskDefinition: 'web:2' } },
        {
          at: 900,
          call: 'UpdateService',
          input: { service: 'web', deploymentConfiguration: { maximumPercent: 200 } },
        },
      ],
    });
    expect(story(result, 300).map((line) => line.slice(0, 70))).toEqual([
      '300 was unable to stop or start tasks during a deployment because of t',
      '900 has started 2 tasks: (task T3) (task T4).',
      '945 has stopped 2 running tasks: (task T1) (task T2).',
      '946 (deployment D2) deployment completed.',
      '946 has reached a steady state.',
    ]);
  });

  it('ends when a task stops by itself', async () => {
    const result = await play({
      services: [service({ deploymentConfiguration: fixed })],
      events: [
        { at: 300, call: 'UpdateService', input: { service: 'web', taskDefinition: 'web:2' } },
        { at: 400, fault: 'killTask', task: 'web[0]' },
        { at: 500, fault: 'killTask', task: 'web[0]' },
      ],
    });
    expect(result.summary.steady).toBe(true);
    expect(story(result, 400).filter((line) => line.includes('has started'))).toEqual([
      '401 has started 1 tasks: (task T3).',
      '501 has started 1 tasks: (task T4).',
    ]);
  });
});
