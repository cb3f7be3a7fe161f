/** A scale-in keeps the shares of capacity providers: base and weights of what remains. */
import { describe, expect, it } from 'vitest';
import type { ServiceState, TaskState } from '../../src/cluster/state.ts';
import { chooseFrom } from '../../src/deploy/provider-victims.ts';
import { coreDecisions } from '../../src/scaling/decisions.ts';

const view = { decisions: coreDecisions() };
const task = (number: number, capacityProvider: string, members: Partial<TaskState> = {}) =>
  ({
    number,
    capacityProvider,
    availabilityZone: 'a',
    lastStatus: 'RUNNING',
    desiredStatus: 'RUNNING',
    isHealthy: true,
    ...members,
  }) as TaskState;
const serviceOf = (tasks: readonly TaskState[], strategy: readonly (readonly [string, number, number])[]) =>
  ({
    settings: {
      capacityProviderStrategy: strategy.map(([capacityProvider, base, weight]) => ({
        capacityProvider,
        base,
        weight,
      })),
    },
    deployments: [{ tasks: new Set(tasks) }],
  }) as unknown as ServiceState;
const numbers = (tasks: readonly TaskState[]) => tasks.map(({ number }) => number).sort((a, b) => a - b);

describe('several capacity providers', () => {
  // Two of the base, then one on demand to four on Spot: 12 tasks are 4 and 8.
  const strategy = [
    ['FARGATE', 2, 1],
    ['FARGATE_SPOT', 0, 4],
  ] as const;
  const tasks = Array.from({ length: 12 }, (_, k) => task(k + 1, k < 4 ? 'FARGATE' : 'FARGATE_SPOT'));

  it('keep base and weights of what remains', () => {
    // Seven are 3 and 4; two are the base.
    expect(numbers(chooseFrom(view, serviceOf(tasks, strategy), tasks, 5))).toEqual([4, 9, 10, 11, 12]);
    expect(numbers(chooseFrom(view, serviceOf(tasks, strategy), tasks, 10))).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it('take from another when the one above its share has none to give', () => {
    const spot = tasks.slice(4);
    const most = [...tasks.slice(0, 4), ...Array.from({ length: 6 }, (_, k) => task(20 + k, 'FARGATE')), ...spot];
    // Of 18 tasks 10 are on demand: far too many, but only two may go.
    const open = [...tasks.slice(2, 4), ...spot];
    expect(numbers(chooseFrom(view, serviceOf(most, strategy), open, 3))).toEqual([3, 4, 12]);
  });

  it('count those that go already, and leave a single provider to the rule of victims', () => {
    const [gone] = tasks.slice(3, 4) as [TaskState];
    const rest = tasks.filter((one) => one !== gone);
    expect(numbers(chooseFrom(view, serviceOf(tasks, strategy), rest, 1, [gone]))).toEqual([12]);
    const single = serviceOf(tasks, [['FARGATE', 0, 1]]);
    expect(numbers(chooseFrom(view, single, tasks, 1))).toEqual([12]);
  });
});
