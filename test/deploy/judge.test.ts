/** What counts as healthy, and when: without a check, with a grace period, and across a draining instance. */
import { describe, expect, it } from 'vitest';
import { definition, instance, service } from '../simulate/scenarios.ts';
import { liveAt, play, pointsOf, story, withHealthChecks } from '../support/story.ts';

const state = (at: number, status: string) => ({
  at,
  call: 'UpdateContainerInstancesState',
  input: { containerInstances: ['a'], status },
});

describe('a task without any check', () => {
  it('counts as healthy 40 seconds after RUNNING', async () => {
    const result = await play();
    expect(pointsOf(result, 'runningCount')).toEqual([
      [0, 0],
      [5000, 2],
    ]);
    expect(pointsOf(result, 'healthyCount')).toEqual([
      [0, 0],
      [45_000, 2],
    ]);
  });

  it('is replaced although its instance began to drain before those were over', async () => {
    const result = await play({ services: [service({ desiredCount: 4 })], events: [state(20, 'DRAINING')] });
    expect(new Set(liveAt(result).map((task) => task.containerInstanceArn?.slice(-1)))).toEqual(new Set(['b']));
    expect(result.summary.steady).toBe(true);
  });
});

describe('the grace period', () => {
  const healthCheck = { command: ['CMD', 'true'], interval: 10, retries: 2 };
  const slow = (healthCheckGracePeriodSeconds?: number) =>
    play({
      containerInstances: [withHealthChecks(instance('a'))],
      taskDefinitions: [definition('web', { healthCheck, portMappings: [{ containerPort: 80 }] })],
      targetGroups: [{ name: 'web', protocol: 'HTTP', port: 80, targetType: 'instance' }],
      services: [
        service({
          desiredCount: 1,
          loadBalancers: [
            {
              targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:210987654321:targetgroup/web/0000000000000000',
              containerName: 'app',
              containerPort: 80,
            },
          ],
          ...(healthCheckGracePeriodSeconds === undefined ? {} : { healthCheckGracePeriodSeconds }),
        }),
      ],
      behaviour: { web: { healthyAfterSeconds: 60 } },
      duration: 'PT10M',
    });

  it('keeps a slow task from being replaced', async () => {
    // After its start it takes a minute to answer, and five answers in a row for a target that was unhealthy.
    const lines = story(await slow(240));
    expect(lines.filter((line) => line.includes('has started'))).toHaveLength(1);
    expect(lines.at(-1)).toContain('has reached a steady state.');
  });

  it('that ends before the target is healthy again does not', async () => {
    const lines = story(await slow(120));
    expect(lines.filter((line) => line.includes('has started')).length).toBeGreaterThan(1);
  });

  it('is none by default: a slow task is replaced again and again', async () => {
    const lines = story(await slow());
    expect(lines.filter((line) => line.includes('has started')).length).toBeGreaterThan(1);
  });
});
