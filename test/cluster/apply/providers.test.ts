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

describe('capacity providers', () => {
  it.each(vectors.cases.filter(({ order }) => order !== undefined))('share $count tasks of $strategy', (given) => {
    const tasks: TaskState[] = [];
    const order = Array.from({ length: given.count }, () => {
      const [name] = shareOut({ decisions: coreDecisions() }, strategyOf(given.strategy), tasks, 1)[0] as [
        string,
        number,
      ];
      tasks.push({ capacityProvider: name, desiredStatus: 'RUNNING' } as TaskState);
      return name;
    });
    expect(order).toEqual(given.order);
  });

  it('share the tasks of a service, and keep the shares when it scales', async () => {
    const result = await play({
      containerInstances: [],
      clusters: [{ clusterName: 'dock' }],
      subnets: [{ subnetId: 'subnet-a', availabilityZone: 'eu-west-1a', vpcId: 'vpc-1' }],
      taskDefinitions: [
        definition(
          'web',
          { cpu: undefined, memory: undefined },
          {
            networkMode: 'awsvpc',
            requiresCompatibilities: ['FARGATE'],
            cpu: '256',
            memory: '512',
          },
        ),
      ],
      services: [
        service({
          desiredCount: 3,
          capacityProviderStrategy: [
            { capacityProvider: 'FARGATE', base: 2, weight: 1 },
            { capacityProvider: 'FARGATE_SPOT', weight: 4 },
          ],
          networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-a'] } },
        }),
      ],
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
