/** Auto Scaling groups and capacity providers that are refused: before the run, or as calls of it, with AWS's names. */
import { describe, expect, it } from 'vitest';
import { BayplanError } from '../../src/errors.ts';
import { simulate } from '../../src/simulate/run.ts';
import { parseScenario } from '../../src/simulate/scenario.ts';
import type { Members } from '../model/definitions.ts';
import { capacityScenario, type Parts } from '../support/simulation/capacity.ts';

async function refusal(parts: Parts): Promise<BayplanError> {
  try {
    await simulate(parseScenario(capacityScenario(parts)));
  } catch (error) {
    if (error instanceof BayplanError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

const GROUP = 'autoScalingGroups[0]';
const PROVIDER = 'capacityProviders[0].autoScalingGroupProvider';

describe('a scenario is refused for', () => {
  it.each<[string, Parts, string, string, string]>([
    [
      'a minimum above the maximum',
      { group: { MinSize: 3, MaxSize: 2 } },
      `${GROUP}.MinSize`,
      'OUT_OF_RANGE',
      'ValidationException',
    ],
    [
      'a desired capacity above the maximum',
      { group: { DesiredCapacity: 11 } },
      `${GROUP}.DesiredCapacity`,
      'OUT_OF_RANGE',
      'ValidationException',
    ],
    ['instances of no kind', { group: { instance: undefined } }, GROUP, 'INSTANCE_MISSING', 'ValidationException'],
    [
      'an instance type that nobody knows',
      { group: { instance: undefined, instanceType: 'z9.huge' } },
      `${GROUP}.instanceType`,
      'UNKNOWN_INSTANCE_TYPE',
      'ValidationException',
    ],
    [
      'an override of a mixed group that nobody knows',
      {
        group: {
          instance: undefined,
          MixedInstancesPolicy: { LaunchTemplate: { Overrides: [{ InstanceType: 'z9.huge' }] } },
        },
      },
      `${GROUP}.MixedInstancesPolicy.LaunchTemplate.Overrides`,
      'UNKNOWN_INSTANCE_TYPE',
      'ValidationException',
    ],
    [
      'Default before other termination policies',
      { group: { TerminationPolicies: ['Default', 'OldestInstance'] } },
      `${GROUP}.TerminationPolicies[0]`,
      'TERMINATION_POLICY',
      'ValidationException',
    ],
    [
      'a member that groups do not have',
      { group: { launchDelaySecond: 1 } },
      `${GROUP}.launchDelaySecond`,
      'UNKNOWN_MEMBER',
      'ValidationException',
    ],
    [
      'a subnet that is not there',
      { group: { VPCZoneIdentifier: 'subnet-x' } },
      `${GROUP}.VPCZoneIdentifier`,
      'SUBNET_NOT_FOUND',
      'ValidationException',
    ],
    [
      'a group that is not there',
      { provider: { autoScalingGroupArn: 'agg' } },
      `${PROVIDER}.autoScalingGroupArn`,
      'GROUP_NOT_FOUND',
      'InvalidParameterException',
    ],
    [
      'a target capacity of 0',
      { provider: { managedScaling: { targetCapacity: 0 } } },
      `${PROVIDER}.managedScaling.targetCapacity`,
      'OUT_OF_RANGE',
      'InvalidParameterException',
    ],
    [
      'termination protection of a group without',
      { provider: { managedTerminationProtection: 'ENABLED' } },
      `${PROVIDER}.managedTerminationProtection`,
      'TERMINATION_PROTECTION',
      'InvalidParameterException',
    ],
    [
      'termination protection without managed scaling',
      { provider: { managedScaling: { status: 'DISABLED' }, managedTerminationProtection: 'ENABLED' } },
      `${PROVIDER}.managedTerminationProtection`,
      'TERMINATION_PROTECTION',
      'InvalidParameterException',
    ],
    [
      'a strategy of an unknown provider',
      { service: { capacityProviderStrategy: [{ capacityProvider: 'cq' }] } },
      'services[0].capacityProviderStrategy[0].capacityProvider',
      'CAPACITY_PROVIDER_NOT_FOUND',
      'InvalidParameterException',
    ],
    [
      'a policy of an unknown group',
      {
        more: {
          scalingPolicies: [
            { AutoScalingGroupName: 'agg', PolicyName: 'p', AdjustmentType: 'ChangeInCapacity', ScalingAdjustment: 1 },
          ],
        },
      },
      'scalingPolicies[0].AutoScalingGroupName',
      'GROUP_NOT_FOUND',
      'ValidationException',
    ],
    [
      'a schedule whose minimum is above its maximum',
      {
        more: {
          scheduledActions: [
            {
              AutoScalingGroupName: 'asg',
              ScheduledActionName: 'a',
              Recurrence: '0 9 * * *',
              MinSize: 3,
              MaxSize: 2,
            },
          ],
        },
      },
      'scheduledActions[0].MinSize',
      'CAPACITY_RANGE',
      'ValidationException',
    ],
    [
      'a scheduled action that changes nothing',
      {
        more: {
          scheduledActions: [{ AutoScalingGroupName: 'asg', ScheduledActionName: 'a', Recurrence: '0 9 * * *' }],
        },
      },
      'scheduledActions[0]',
      'CAPACITY_MISSING',
      'ValidationException',
    ],
  ])('%s', async (_name, parts, path, code, name) => {
    const error = await refusal(parts);
    expect({ path: error.facts.path, code: error.code, name: error.name }).toEqual({ path, code, name });
  });

  it('a recurrence that never runs', async () => {
    const scheduledActions = [
      { AutoScalingGroupName: 'asg', ScheduledActionName: 'a', Recurrence: '61 9 * * *', MinSize: 1 },
    ];
    const path = 'scheduledActions[0].Recurrence';
    expect(await refusal({ more: { scheduledActions } })).toMatchObject({ code: 'SCHEDULE_VALUE', facts: { path } });
  });
});

describe('a call is refused and changes nothing', () => {
  it.each<[string, Members]>([
    ['SetDesiredCapacity', { AutoScalingGroupName: 'agg', DesiredCapacity: 1 }],
    ['SetDesiredCapacity', { AutoScalingGroupName: 'asg', DesiredCapacity: 99 }],
    ['UpdateAutoScalingGroup', { AutoScalingGroupName: 'asg', MinSize: 11 }],
    ['TerminateInstanceInAutoScalingGroup', { InstanceId: 'i-none' }],
    ['SuspendProcesses', { AutoScalingGroupName: 'asg', ScalingProcesses: ['Lunch'] }],
    [
      'CompleteLifecycleAction',
      { AutoScalingGroupName: 'asg', InstanceId: 'asg[0]', LifecycleHookName: 'h', LifecycleActionResult: 'CONTINUE' },
    ],
    ['DeletePolicy', { AutoScalingGroupName: 'asg', PolicyName: 'none' }],
    ['UpdateCapacityProvider', { name: 'none', autoScalingGroupProvider: {} }],
    ['PutClusterCapacityProviders', { capacityProviders: ['none'], defaultCapacityProviderStrategy: [] }],
  ])('%s %j', async (call, input) => {
    const quiet = capacityScenario({ group: { DesiredCapacity: 1, instancesAtStart: 1 }, duration: 'PT10M' });
    const result = await simulate(parseScenario({ ...quiet, events: [{ at: 60, call, input }] }));
    expect(result.events.find(({ type }) => type === 'Refusal')?.call).toBe(call);
    const before = await simulate(parseScenario(quiet));
    expect(result.series).toEqual(before.series);
  });

  it('SetInstanceProtection of an instance of another group', async () => {
    const scenario = capacityScenario({ group: { DesiredCapacity: 1, instancesAtStart: 1 } });
    const [group] = scenario.autoScalingGroups as Members[];
    const others = [group as Members, { ...group, AutoScalingGroupName: 'other' }];
    const input = { AutoScalingGroupName: 'asg', InstanceIds: ['other[0]'], ProtectedFromScaleIn: true };
    const events = [{ at: 60, call: 'SetInstanceProtection', input }];
    const result = await simulate(parseScenario({ ...scenario, autoScalingGroups: others, events }));
    const refused = result.events.find(({ type }) => type === 'Refusal')?.error;
    expect(refused?.message).toMatch(/is not part of Auto Scaling group asg\.$/);
  });
});
