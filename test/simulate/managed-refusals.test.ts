/** ECS Managed Instances that are refused: before the run, or as calls of it, with AWS's names. */
import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/simulate/run.ts';
import { parseScenario } from '../../src/simulate/scenario.ts';
import {
  LAUNCH_TEMPLATE,
  MANAGED_TYPES,
  type ManagedParts,
  managedRefusal,
  managedScenario,
} from '../support/simulation/managed-scenario.ts';

const PROVIDER = 'capacityProviders[0].managedInstancesProvider';
const TEMPLATE = `${PROVIDER}.instanceLaunchTemplate`;
const role = { infrastructureRoleArn: 'arn:aws:iam::123456789012:role/r', instanceLaunchTemplate: LAUNCH_TEMPLATE };
const group = {
  autoScalingGroups: [
    { AutoScalingGroupName: 'asg', MinSize: 0, MaxSize: 1, instance: { cpu: 1024, memoryMiB: 1024 } },
  ],
};
const asg = { name: 'cp', autoScalingGroupProvider: { autoScalingGroupArn: 'asg' } };
const managed = { name: 'managed', managedInstancesProvider: role };

describe('a scenario is refused for', () => {
  it.each<[string, ManagedParts, string, string]>([
    [
      'an unknown subnet',
      { template: { networkConfiguration: { subnets: ['x'] } } },
      `${TEMPLATE}.networkConfiguration.subnets[0]`,
      'SUBNET_NOT_FOUND',
    ],
    ['no profile', { template: { ec2InstanceProfileArn: '' } }, `${TEMPLATE}.ec2InstanceProfileArn`, 'EMPTY'],
    [
      'an hour and a second of idling',
      { scaleInAfter: 3601 },
      `${PROVIDER}.infrastructureOptimization.scaleInAfter`,
      'OUT_OF_RANGE',
    ],
    ['a name of AWS', { provider: { name: 'ecs-managed' } }, 'capacityProviders[0].name', 'CAPACITY_PROVIDER_NAME'],
    ['an unknown cluster', { provider: { cluster: 'x' } }, 'capacityProviders[0].cluster', 'UNKNOWN_CLUSTER'],
    [
      'two kinds at once',
      { provider: { autoScalingGroupProvider: { autoScalingGroupArn: 'asg' } } },
      'capacityProviders[0].autoScalingGroupProvider',
      'PROVIDER_KIND',
    ],
    [
      'requirements that no type meets',
      { template: { instanceRequirements: { vCpuCount: { min: 999 }, memoryMiB: { min: 0 } } } },
      `${TEMPLATE}.instanceRequirements`,
      'NO_INSTANCE_TYPE',
    ],
    [
      'a placement strategy',
      { service: { placementStrategy: [{ type: 'random' }] } },
      'services[0].placementStrategy',
      'MANAGED_STRATEGIES',
    ],
    [
      'an attribute of another kind',
      { service: { placementConstraints: [{ type: 'memberOf', expression: 'attribute:stack == blue' }] } },
      'services[0].placementConstraints[0].expression',
      'MANAGED_ATTRIBUTE',
    ],
    [
      'a count of tasks in a definition',
      { definition: { placementConstraints: [{ type: 'memberOf', expression: 'runningTasksCount < 2' }] } },
      'services[0].taskDefinition: placementConstraints[0].expression',
      'MANAGED_ATTRIBUTE',
    ],
    ['network mode bridge', { definition: { networkMode: 'bridge' } }, 'services[0].taskDefinition', 'MANAGED_NETWORK'],
    [
      'an unknown provider',
      { service: { capacityProviderStrategy: [{ capacityProvider: 'mangaed' }] } },
      'services[0].capacityProviderStrategy[0].capacityProvider',
      'CAPACITY_PROVIDER_NOT_FOUND',
    ],
    [
      'a strategy that mixes kinds',
      {
        service: {
          capacityProviderStrategy: [
            { capacityProvider: 'managed', weight: 1 },
            { capacityProvider: 'cp', weight: 1 },
          ],
        },
        more: { ...group, capacityProviders: [managed, asg] },
      },
      'services[0].capacityProviderStrategy[1].capacityProvider',
      'CAPACITY_PROVIDER_MIX',
    ],
    [
      'a default strategy that mixes kinds',
      {
        more: {
          ...group,
          capacityProviders: [managed, asg],
          clusters: [
            {
              clusterName: 'default',
              defaultCapacityProviderStrategy: [
                { capacityProvider: 'cp', weight: 1 },
                { capacityProvider: 'managed', weight: 1 },
              ],
            },
          ],
        },
      },
      'clusters[0].defaultCapacityProviderStrategy[1].capacityProvider',
      'CAPACITY_PROVIDER_MIX',
    ],
  ])('%s', async (_, parts, path, code) => {
    const error = await managedRefusal(parts);
    expect({ path: error.facts.path, code: error.code }).toEqual({ path, code });
  });
});

describe('a call is refused for', () => {
  const strategy = [{ capacityProvider: 'managed' }];
  it.each<[string, string, Record<string, unknown>, string]>([
    [
      'a strategy',
      'UpdateService',
      { service: 'web', placementStrategy: [{ type: 'random' }] },
      'placement strategies are not supported with Managed Instances',
    ],
    [
      'an attribute',
      'RunTask',
      {
        taskDefinition: 'web',
        capacityProviderStrategy: strategy,
        placementConstraints: [{ type: 'memberOf', expression: 'attribute:x exists' }],
      },
      'Managed Instances have no attribute:x for constraints',
    ],
    [
      'a strategy of RunTask',
      'RunTask',
      { taskDefinition: 'web', capacityProviderStrategy: strategy, placementStrategy: [{ type: 'random' }] },
      'placement strategies are not supported',
    ],
    [
      'another kind of provider',
      'UpdateCapacityProvider',
      { name: 'managed', autoScalingGroupProvider: {} },
      'there is no member autoScalingGroupProvider',
    ],
  ])('%s', async (_, call, input, words) => {
    const json = managedScenario({ events: [{ at: 60, call, input }], duration: 'PT10M' });
    const { events } = await simulate(parseScenario(json), { instanceTypes: MANAGED_TYPES });
    expect(events.filter(({ type }) => type === 'Refusal').map(({ error }) => error?.message)).toEqual([
      expect.stringContaining(words),
    ]);
  });
});
