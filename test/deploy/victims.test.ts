/** Which tasks go first: on Fargate from the fullest zone, the newest there; on instances as the engine says. */
import { describe, expect, it } from 'vitest';
import type { TaskState } from '../../src/cluster/state.ts';
import { chooseVictims } from '../../src/deploy/victims.ts';
import { service } from '../simulate/scenarios.ts';
import { liveAt, play } from '../support/story.ts';

const task = (number: number, availabilityZone: string, members: Partial<TaskState> = {}) =>
  ({ number, availabilityZone, lastStatus: 'RUNNING', isHealthy: true, ...members }) as TaskState;
const numbers = (tasks: readonly TaskState[]) => tasks.map(({ number }) => number);

describe('on Fargate', () => {
  const tasks = [task(1, 'a'), task(2, 'a'), task(3, 'b'), task(4, 'a'), task(5, 'b')];

  it('the newest of the fullest zone goes, zone after zone', () => {
    expect(numbers(chooseVictims(tasks, 1))).toEqual([4]);
    expect(numbers(chooseVictims(tasks, 3))).toEqual([4, 5, 2]);
  });

  it('those that do not run yet go first, then the unhealthy', () => {
    const mixed = [task(1, 'a'), task(2, 'b', { isHealthy: false }), task(3, 'b', { lastStatus: 'PENDING' })];
    expect(numbers(chooseVictims(mixed, 2))).toEqual([3, 2]);
  });

  it('all, or none', () => {
    expect(numbers(chooseVictims(tasks, 9))).toEqual([1, 2, 3, 4, 5]);
    expect(chooseVictims(tasks, 0)).toEqual([]);
  });
});

describe('a protected task', () => {
  it('is not chosen when the service scales in', async () => {
    const protect = { tasks: ['web[3]'], protectionEnabled: true };
    const result = await play({
      services: [service({ desiredCount: 4 })],
      events: [
        { at: 200, call: 'UpdateTaskProtection', input: protect },
        { at: 300, call: 'UpdateService', input: { service: 'web', desiredCount: 1 } },
      ],
    });
    const [kept] = liveAt(result, 299).slice(3);
    expect(liveAt(result).map(({ taskArn }) => taskArn)).toEqual([kept?.taskArn]);
  });
});
