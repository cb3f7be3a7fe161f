/** Arbitraries of what happens to Auto Scaling groups and capacity providers in a scenario: their calls, and faults. */
import fc from 'fast-check';
import { among, chance, sometimes } from '../arbitraries/names.ts';
import { GROUPS, HOOKS, managedScaling, PROVIDERS, processes, scheduledSizes, sizes } from './groups.ts';
import { instanceIds } from './harbour.ts';

type Json = Record<string, unknown>;

const AutoScalingGroupName = among(GROUPS);
const flag = fc.boolean();

/** The nth of a group that counts. */
export const member = fc.tuple(AutoScalingGroupName, fc.nat(4)).map(([group, k]) => `${group}[${k}]`);

function present(json: Json): Json {
  return Object.fromEntries(Object.entries(json).filter(([, value]) => value !== undefined));
}

/** Of one group, all its members in the input. */
function ofGroup(name: string, input: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  return fc.tuple(AutoScalingGroupName, input).map(([group, rest]) => ({
    call: name,
    input: { AutoScalingGroupName: group, ...present(rest) },
  }));
}

const update = fc
  .tuple(sizes, chance(3), sometimes(2, flag), sometimes(2, among([['NewestInstance'], ['Default']])))
  .map(([{ MinSize, MaxSize, DesiredCapacity }, isAll, isProtected, TerminationPolicies]) => ({
    MinSize,
    MaxSize,
    DesiredCapacity: isAll ? DesiredCapacity : undefined,
    NewInstancesProtectedFromScaleIn: isProtected,
    TerminationPolicies,
  }));

const protection = fc.tuple(AutoScalingGroupName, fc.array(fc.nat(5), { minLength: 1, maxLength: 3 }), flag).map(
  ([group, indexes, ProtectedFromScaleIn]): Json => ({
    call: 'SetInstanceProtection',
    input: {
      AutoScalingGroupName: group,
      InstanceIds: indexes.map((k) => `${group}[${k}]`),
      ProtectedFromScaleIn,
    },
  }),
);

const termination = fc.tuple(member, flag).map(
  ([InstanceId, ShouldDecrementDesiredCapacity]): Json => ({
    call: 'TerminateInstanceInAutoScalingGroup',
    input: { InstanceId, ShouldDecrementDesiredCapacity },
  }),
);

const answer = fc.tuple(AutoScalingGroupName, fc.nat(3), among(HOOKS), among(['CONTINUE', 'ABANDON'])).map(
  ([group, k, LifecycleHookName, LifecycleActionResult]): Json => ({
    call: 'CompleteLifecycleAction',
    input: { AutoScalingGroupName: group, InstanceId: `${group}[${k}]`, LifecycleHookName, LifecycleActionResult },
  }),
);

const providerUpdate = fc
  .record({
    name: among(PROVIDERS),
    managedScaling: sometimes(6, managedScaling),
    managedDraining: sometimes(3, among(['ENABLED', 'DISABLED'])),
    managedTerminationProtection: sometimes(2, among(['ENABLED', 'DISABLED'])),
  })
  .map(
    ({ name, ...rest }): Json => ({
      call: 'UpdateCapacityProvider',
      input: { name, autoScalingGroupProvider: present(rest) },
    }),
  );

const clusterProviders = fc.tuple(fc.subarray([...PROVIDERS, 'FARGATE']), sometimes(3, among(PROVIDERS))).map(
  ([capacityProviders, only]): Json => ({
    call: 'PutClusterCapacityProviders',
    input: {
      capacityProviders,
      defaultCapacityProviderStrategy: only === undefined ? [] : [{ capacityProvider: only, weight: 1 }],
    },
  }),
);

/** By hand: into the group and out of it, and aside. */
const membership = fc
  .tuple(AutoScalingGroupName, among(['DetachInstances', 'EnterStandby', 'ExitStandby']), fc.nat(3), flag)
  .map(
    ([group, call, k, ShouldDecrementDesiredCapacity]): Json => ({
      call,
      input: {
        AutoScalingGroupName: group,
        InstanceIds: [`${group}[${k}]`],
        ...(call === 'ExitStandby' ? {} : { ShouldDecrementDesiredCapacity }),
      },
    }),
  );

const attachment = ofGroup(
  'AttachInstances',
  fc.uniqueArray(among(instanceIds), { minLength: 1, maxLength: 2 }).map((InstanceIds) => ({ InstanceIds })),
);

/** One more, and one that there is already now and then. */
const creation = fc.tuple(among([...GROUPS, 'asg9']), sizes, among([0, 20])).map(
  ([group, own, launchDelaySeconds]): Json => ({
    call: 'CreateAutoScalingGroup',
    input: {
      AutoScalingGroupName: group,
      ...own,
      instance: { cpu: 1024, memoryMiB: 2048 },
      AvailabilityZones: ['us-east-1a'],
      launchDelaySeconds,
    },
  }),
);

const deletion = ofGroup('DeleteAutoScalingGroup', fc.record({ ForceDelete: sometimes(6, flag) }));

const providerDeletion = among([...PROVIDERS, 'mi0', 'cp9']).map(
  (capacityProvider): Json => ({ call: 'DeleteCapacityProvider', input: { capacityProvider } }),
);

const providerCreation = fc.tuple(among([...PROVIDERS, 'cp9']), AutoScalingGroupName, sometimes(6, managedScaling)).map(
  ([name, autoScalingGroupArn, scaling]): Json => ({
    call: 'CreateCapacityProvider',
    input: { name, autoScalingGroupProvider: present({ autoScalingGroupArn, managedScaling: scaling }) },
  }),
);

function fault(name: string, input: Json = {}): fc.Arbitrary<Json> {
  return member.map((containerInstance) => ({ fault: name, containerInstance, ...input }));
}

/** With their weights beside the other events of a scenario. */
export const GROUP_EVENTS: readonly (readonly [weight: number, event: fc.Arbitrary<Json>])[] = [
  [4, ofGroup('SetDesiredCapacity', fc.record({ DesiredCapacity: fc.nat(8), HonorCooldown: sometimes(2, flag) }))],
  [3, ofGroup('UpdateAutoScalingGroup', update)],
  [3, protection],
  [2, termination],
  [2, ofGroup('SuspendProcesses', fc.record({ ScalingProcesses: sometimes(7, processes) }))],
  [3, ofGroup('ResumeProcesses', fc.record({ ScalingProcesses: sometimes(2, processes) }))],
  [
    1,
    ofGroup(
      'PutScheduledUpdateGroupAction',
      scheduledSizes.map((own) => ({
        ...own,
        ScheduledActionName: 'soon',
        StartTime: '2026-01-05T00:21:00Z',
      })),
    ),
  ],
  [1, ofGroup('DeletePolicy', fc.constant({ PolicyName: 'own' }))],
  [2, answer],
  [4, membership],
  [1, attachment],
  [1, creation],
  [1, deletion],
  [1, providerCreation],
  [1, providerDeletion],
  [2, providerUpdate],
  [1, clusterProviders],
  [2, fault('terminateInstance')],
  [1, fault('stopInstance')],
  [1, fault('startInstance')],
  [2, fault('spotInterruption', { noticeSeconds: 30, draining: true })],
  [1, fault('spotInterruption')],
  [1, fault('loseAgent')],
  [1, fault('restoreAgent')],
  [
    2,
    fc.tuple(fc.array(member, { minLength: 1, maxLength: 3 }), among(['DRAINING', 'ACTIVE'])).map(
      ([containerInstances, status]): Json => ({
        call: 'UpdateContainerInstancesState',
        input: { containerInstances, status },
      }),
    ),
  ],
];
