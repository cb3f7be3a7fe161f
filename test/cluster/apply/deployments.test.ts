/** Deployments: ids, what DescribeServices shows of them, and how often a rollback comes. */
import { describe, expect, it } from 'vitest';
import { service } from '../../simulate/scenarios.ts';
import { liveAt, play, story } from '../../support/story.ts';

const update = (at: number, members: object) => ({ at, call: 'UpdateService', input: { service: 'web', ...members } });

describe('a deployment', () => {
  it('has an id of 19 digits, which the seed decides', async () => {
    const ids = async (seed: number) =>
      (await play({ seed })).summary.services[0]?.deployments.map(({ id }) => id) ?? [];
    const [first, again, other] = [await ids(1), await ids(1), await ids(2)];
    expect(first[0]).toMatch(/^ecs-svc\/\d{19}$/);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('shows old and new side by side', async () => {
    const result = await play({
      services: [service({ desiredCount: 4, deploymentConfiguration: { maximumPercent: 150 } })],
      events: [update(300, { taskDefinition: 'web:2' })],
      duration: 'PT5M20S',
    });
    expect(result.services[0]).toMatchObject({
      runningCount: 6,
      pendingCount: 0,
      taskDefinition: expect.stringMatching(/web:2$/),
      deployments: [
        { status: 'PRIMARY', rolloutState: 'IN_PROGRESS', desiredCount: 4, runningCount: 2 },
        { status: 'ACTIVE', rolloutState: 'COMPLETED', desiredCount: 0, runningCount: 4 },
      ],
    });
  });

  it('is made by forceNewDeployment alone, and not by a new count', async () => {
    const result = await play({
      events: [update(300, { desiredCount: 3 }), update(600, { forceNewDeployment: true })],
    });
    expect(result.summary.services[0]?.deployments.map(({ atMs }) => atMs / 1000)).toEqual([0, 600]);
    expect(liveAt(result)).toHaveLength(3);
  });

  it('stopped with a rollback comes back as the last completed one', async () => {
    const stop = { at: 310, call: 'StopServiceDeployment', input: { serviceDeploymentArn: 'web' } };
    const result = await play({ events: [update(300, { taskDefinition: 'web:2' }), stop] });
    expect(story(result, 310).slice(0, 2)).toEqual([
      '310 (deployment D2) deployment failed: Deployment stopped by user.',
      '310 rolling back to (deployment D1).',
    ]);
    expect(liveAt(result).every(({ taskDefinitionArn }) => taskDefinitionArn.endsWith('web:1'))).toBe(true);
    expect(result.services[0]?.taskDefinition).toMatch(/web:1$/);
  });
});

describe('service events', () => {
  it('are kept newest first, a hundred of them', async () => {
    const events = Array.from({ length: 60 }, (_, k) => update(100 + k * 100, { desiredCount: 1 + (k % 2) }));
    const result = await play({ events, duration: 'PT2H' });
    const kept = (result.services[0]?.events ?? []) as { createdAt: string; message: string; id: string }[];
    expect(kept).toHaveLength(100);
    const times = kept.map(({ createdAt }) => createdAt);
    expect(times).toEqual([...times].sort().reverse());
    expect(new Set(kept.map(({ id }) => id)).size).toBe(100);
    expect(kept[0]?.message).toBe('(service web) has reached a steady state.');
  });
});
