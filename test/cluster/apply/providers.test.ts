/** Base first, then the weights, one task after another: the vectors, and services on FARGATE and FARGATE_SPOT. */
import { describe, expect, it } from 'vitest';
import { shareOut } from '../../../src/cluster/apply/providers.ts';
import type { TaskState } from '../../../src/cluster/state.ts';
import { coreDecisions } from '../../../src/scaling/decisions.ts';
import { definition, service } from '../../simulate/scenarios.ts';
import vectors from '../../simulate/vectors/capacity-provider-distribution.json' with { type: 'json' };
import { countBy, liveAt, play } from '../../support/story.ts';

interface Item {
  readonly cp: string;
  readonly base?: number;
  readonly weight: number;
}

const strategyOf = (items: readonly Item[]) =>
  items.map(({ cp, base = 0, weight }) => ({ capacityProvider: cp, base, weight }));

/** A service of three tasks, with a weight for each of Fargate's capacity providers. */
function onFargate(weight: number, spotWeight: number, base = 0) {
  return {
    containerInstances: [],
    clusters: [{ clusterName: 'dock' }],
    subnets: [{ subnetId: 'subnet-a', availabilityZone: 'eu-west-1a', vpcId: 'vpc-1' }],
    taskDefinitions: [
      definition(
        'web',
        { cpu: undefined, memory: undefined },
        { networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'], cpu: '256', memory: '512' },
      ),
    ],
    services: [
      service({
        desiredCount: 3,
        capacityProviderStrategy: [
          { capacityProvider: 'FARGATE', base, weight },
          { capacityProvider: 'FARGATE_SPOT', weight: spotWeight },
        ],
        networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-a'] } },
      }),
    ],
  };
}

describe('capacity providers', () => {
  it.each(vectors.cases.filter(({ order }) => order !== undefined))('share $count tasks of $strategy', (given) => {
    const tasks: TaskState[] = [];
    const order = Array.from({ length: given.count }, () => {
      const [name] = shareOut(
        { decisions: coreDecisions(), splitRule: 'sequential' },
        strategyOf(given.strategy),
        tasks,
        1,
      )[0] as [string, number];
      tasks.push({ capacityProvider: name, desiredStatus: 'RUNNING' } as TaskState);
      return name;
    });
    expect(order).toEqual(given.order);
  });

  it.each([
    // Of 3 the largest remainders are 5/7 of 3 = 2.14 and twice 0.43: the first of the two.
    ['a new service', [], 3, { a: 2, b: 1 }],
    // Of 7 they have 5, 1 and 1: what is lacking.
    ['one that grows', ['a', 'a', 'b'], 4, { a: 3, c: 1 }],
    // Who has more than its share keeps it, and the first that lack get what there is.
    ['one that was shared otherwise', ['c', 'c', 'c', 'c'], 3, { a: 3 }],
  ])('share by the largest remainders of all tasks: %s', (_, running, count, expected) => {
    const strategy = strategyOf([
      { cp: 'a', weight: 5 },
      { cp: 'b', weight: 1 },
      { cp: 'c', weight: 1 },
    ]);
    const tasks = running.map((capacityProvider) => ({ capacityProvider, desiredStatus: 'RUNNING' }) as TaskState);
    const shares = shareOut({ decisions: coreDecisions(), splitRule: 'largestRemainder' }, strategy, tasks, count);
    expect(Object.fromEntries(shares)).toEqual(expected);
  });

  it('fill the base before any weight, by either rule', () => {
    const strategy = strategyOf([
      { cp: 'spot', weight: 1 },
      { cp: 'base', base: 2, weight: 0 },
    ]);
    const tasks = Array.from(
      { length: 4 },
      () => ({ capacityProvider: 'spot', desiredStatus: 'RUNNING' }) as TaskState,
    );
    for (const splitRule of ['sequential', 'largestRemainder'] as const)
      expect(shareOut({ decisions: coreDecisions(), splitRule }, strategy, tasks, 1)).toEqual([['base', 1]]);
  });

  it('are split as the scenario says', async () => {
    const shares = async (more: object) =>
      countBy(liveAt(await play({ ...onFargate(7, 2), ...more })), (task) => task.capacityProviderName);
    // 3/7 is less than 1/2.
    expect(await shares({})).toEqual({ FARGATE: 3 });
    // 2.33 and 0.67.
    expect(await shares({ capacityProviderSplit: 'largestRemainder' })).toEqual({ FARGATE: 2, FARGATE_SPOT: 1 });
  });

  it('share the tasks of a service, and keep the shares when it scales', async () => {
    const result = await play({
      ...onFargate(1, 4, 2),
      events: [
        { at: 300, call: 'UpdateService', input: { service: 'web', desiredCount: 12 } },
        { at: 600, call: 'UpdateService', input: { service: 'web', desiredCount: 7 } },
      ],
    });
    expect(countBy(liveAt(result, 299), (task) => task.capacityProviderName)).toEqual({ FARGATE: 2, FARGATE_SPOT: 1 });
    expect(countBy(liveAt(result, 599), (task) => task.capacityProviderName)).toEqual({ FARGATE: 4, FARGATE_SPOT: 8 });
    expect(countBy(liveAt(result), (task) => task.capacityProviderName)).toEqual({ FARGATE: 3, FARGATE_SPOT: 4 });
  });
});
