/** The circuit breaker: failures count until the threshold, the last completed revision comes back, and only once. */
import { describe, expect, it } from 'vitest';
import { definition, service } from '../../simulate/scenarios.ts';
import { countBy, liveAt, play, story, tasksAt } from '../../support/story.ts';

const update = (at: number, members: object) => ({ at, call: 'UpdateService', input: { service: 'web', ...members } });
const breaker = (rollback: boolean, members = {}) => ({
  deploymentCircuitBreaker: { enable: true, rollback },
  ...members,
});
const revisionOf = ({ taskDefinitionArn }: { taskDefinitionArn: string }) => taskDefinitionArn.slice(-5);

describe('the circuit breaker', () => {
  it('without rollback leaves the old revision, and starts nothing more', async () => {
    const result = await play({
      services: [service({ deploymentConfiguration: breaker(false) })],
      behaviour: { 'web:2': { failure: 'start' } },
      events: [update(300, { taskDefinition: 'web:2' })],
      duration: 'PT3H',
    });
    expect(countBy(liveAt(result), revisionOf)).toEqual({ 'web:1': 2 });
    // Two start at a time, the third failure is the threshold.
    expect(countBy(tasksAt(result), revisionOf)).toEqual({ 'web:1': 2, 'web:2': 4 });
    expect(result.services[0]?.deployments).toMatchObject([
      { status: 'PRIMARY', rolloutState: 'FAILED', failedTasks: 4 },
      { status: 'ACTIVE', rolloutState: 'COMPLETED' },
    ]);
    expect(result.summary.steady).toBe(false);
  });

  it('a first deployment has nothing to go back to', async () => {
    const result = await play({
      services: [service({ deploymentConfiguration: breaker(true) })],
      behaviour: { web: { failure: 'start' } },
      duration: 'PT3H',
    });
    expect(result.services[0]?.deployments).toMatchObject([{ rolloutState: 'FAILED' }]);
    expect(story(result).some((line) => line.includes('rolling back'))).toBe(false);
  });

  it('a rollback that fails too is not rolled back', async () => {
    const result = await play({
      taskDefinitions: [definition(), definition()],
      services: [
        service({ deploymentConfiguration: breaker(true, { minimumHealthyPercent: 0, maximumPercent: 100 }) }),
      ],
      behaviour: { 'web:1': { failRate: 0.5, failure: 'start' }, 'web:2': { failure: 'start' } },
      events: [update(600, { taskDefinition: 'web:2' })],
      duration: 'PT3H',
    });
    expect(story(result).filter((line) => line.includes('rolling back')).length).toBeLessThanOrEqual(1);
  });

  it('a later update works again', async () => {
    const result = await play({
      taskDefinitions: [definition(), definition(), definition()],
      services: [service({ deploymentConfiguration: breaker(true) })],
      behaviour: { 'web:2': { failure: 'start' } },
      events: [update(300, { taskDefinition: 'web:2' }), update(900, { taskDefinition: 'web:3' })],
    });
    expect(countBy(liveAt(result), revisionOf)).toEqual({ 'web:3': 2 });
    const states = result.summary.services[0]?.deployments.map(({ rolloutState }) => rolloutState);
    expect(states).toEqual(['COMPLETED', 'FAILED', 'COMPLETED', 'COMPLETED']);
  });

  it('is silent when it is not enabled: the service tries for ever', async () => {
    const result = await play({
      behaviour: { 'web:2': { failure: 'start' } },
      events: [update(300, { taskDefinition: 'web:2' })],
      duration: 'PT3H',
    });
    expect(result.services[0]?.deployments).toMatchObject([{ rolloutState: 'IN_PROGRESS' }, {}]);
    expect(countBy(liveAt(result), revisionOf)['web:1']).toBe(2);
  });
});
