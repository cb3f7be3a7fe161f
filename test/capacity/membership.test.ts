/** Instances of groups that are attached, detached and put aside in a run. */
import { describe, expect, it } from 'vitest';
import type { SimulationResult } from '../../src/simulate/result.ts';
import type { Members } from '../model/definitions.ts';
import {
  capacityScenario,
  groupActions,
  groupStates,
  instancesAt,
  type Parts,
  refusals,
} from '../support/simulation/capacity.ts';
import { changes, play } from '../support/simulation/scaled.ts';

const AutoScalingGroupName = 'asg';
const two = { DesiredCapacity: 2, instancesAtStart: 2 };
const idle = { desiredCount: 0 };

function call(at: number, name: string, input: Members): Members {
  return { at, call: name, input };
}

const of = (at: number, name: string, input: Members = {}): Members =>
  call(at, name, { AutoScalingGroupName, ...input });

function run(parts: Parts): Promise<SimulationResult> {
  return play(capacityScenario({ service: idle, duration: 'PT30M', ...parts }));
}

const first = { InstanceIds: ['asg[0]'] };

describe('EnterStandby', () => {
  it('with a decrement: nothing is launched, and the tasks run on', async () => {
    const result = await run({
      group: two,
      service: { desiredCount: 4 },
      events: [of(600, 'EnterStandby', { ...first, ShouldDecrementDesiredCapacity: true })],
    });
    expect(groupActions(result)).toEqual(['600 Moving']);
    expect(changes(result, 'groupDesiredCapacity')).toEqual([[600, 1]]);
    expect(changes(result, 'groupInServiceInstances')).toEqual([[600, 1]]);
    expect(changes(result, 'groupTotalInstances')).toEqual([]);
    expect(result.summary.services[0]).toMatchObject({ runningCount: 4 });
    const [activity] = result.events.flatMap(({ groupActivity }) => groupActivity ?? []);
    expect(activity).toMatchObject({
      description: expect.stringMatching(/^Moving EC2 instance to Standby: i-/),
      cause: expect.stringMatching(
        /^At 2026-01-05T08:10:00Z instance i-\w+ was moved to standby in response to a user request, shrinking the capacity from 2 to 1.$/,
      ),
    });
  });

  it('without: another is launched, and after ExitStandby there is one more', async () => {
    const result = await run({
      group: two,
      events: [
        of(600, 'EnterStandby', { ...first, ShouldDecrementDesiredCapacity: false }),
        of(1200, 'ExitStandby', { InstanceIds: ['asg[0]'] }),
      ],
      provider: { managedScaling: { status: 'DISABLED' } },
    });
    expect(groupActions(result)).toEqual(['600 Moving', '600 Launching', '1200 Moving']);
    expect(changes(result, 'groupDesiredCapacity')).toEqual([[1200, 3]]);
    expect(groupStates(result)).toEqual(['600 Standby', '600 Pending', '660 InService', '1200 InService']);
  });

  it('keeps an instance from scale-in', async () => {
    const result = await run({
      group: two,
      provider: { managedScaling: { status: 'DISABLED' } },
      events: [
        of(600, 'EnterStandby', { ...first, ShouldDecrementDesiredCapacity: true }),
        of(800, 'SetDesiredCapacity', { DesiredCapacity: 0 }),
      ],
    });
    expect(instancesAt(result, 1800)).toHaveLength(1);
  });
});

describe('DetachInstances', () => {
  it('leaves the instance registered and running; another takes its place', async () => {
    const result = await run({
      group: two,
      service: { desiredCount: 4 },
      provider: { managedScaling: { status: 'DISABLED' } },
      events: [of(600, 'DetachInstances', { ...first, ShouldDecrementDesiredCapacity: false })],
    });
    expect(groupStates(result)).toEqual(['600 Detached', '600 Pending', '660 InService']);
    expect(result.summary).toMatchObject({ instancesJoined: 1, instancesLeft: 0 });
    expect(result.summary.services[0]).toMatchObject({ runningCount: 4 });
    // Two for the whole half hour, one from 660 s on.
    expect(result.summary.cost.bySource.EC2?.instanceSeconds).toBe(2 * 1800 + 1140);
  });

  it('and AttachInstances bring it into another group, on one bill', async () => {
    const result = await run({
      group: two,
      provider: { managedScaling: { status: 'DISABLED' } },
      more: {
        autoScalingGroups: ['asg', 'other'].map((name) => ({
          AutoScalingGroupName: name,
          MinSize: 0,
          MaxSize: 2,
          AvailabilityZones: ['us-east-1a'],
          instance: { cpu: 2048, memoryMiB: 3900 },
          ...(name === 'asg' ? two : {}),
        })),
        containerInstances: [
          {
            containerInstanceArn: 'arn:aws:ecs:us-east-1:123456789012:container-instance/default/own',
            ec2InstanceId: 'i-own',
            registeredResources: [
              { name: 'CPU', type: 'INTEGER', integerValue: 1024 },
              { name: 'MEMORY', type: 'INTEGER', integerValue: 1024 },
            ],
            attributes: [{ name: 'ecs.availability-zone', value: 'us-east-1a' }],
          },
        ],
      },
      events: [
        call(300, 'AttachInstances', { AutoScalingGroupName: 'other', InstanceIds: ['i-own'] }),
        call(900, 'DetachInstances', {
          AutoScalingGroupName: 'other',
          InstanceIds: ['other[0]'],
          ShouldDecrementDesiredCapacity: true,
        }),
        of(1000, 'SetDesiredCapacity', { DesiredCapacity: 1 }),
        of(1200, 'AttachInstances', { InstanceIds: ['i-own'] }),
      ],
    });
    expect(refusals(result)).toEqual([]);
    expect(groupActions(result)).toEqual(['300 Attaching', '900 Detaching', '1000 Terminating', '1200 Attaching']);
    const desired = result.series.filter(({ name }) => name === 'groupDesiredCapacity').map(({ points }) => points);
    expect(desired).toEqual([
      [
        [0, 2],
        [1_000_000, 1],
        [1_200_000, 2],
      ],
      [
        [0, 0],
        [300_000, 1],
        [900_000, 0],
      ],
    ]);
    expect(result.summary.cost.bySource.EC2?.instanceSeconds).toBe(1800 + 1800 + 1000);
  });

  it('of one that has not registered: it registers all the same', async () => {
    const result = await run({
      events: [
        of(0, 'SetDesiredCapacity', { DesiredCapacity: 1 }),
        of(70, 'DetachInstances', { ...first, ShouldDecrementDesiredCapacity: true }),
      ],
    });
    expect(result.summary).toMatchObject({ instancesJoined: 1, instancesLeft: 0 });
    expect(result.summary.cost.bySource.EC2?.instanceSeconds).toBe(1740);
  });
});

describe('is refused', () => {
  it.each<[string, Members, string]>([
    [
      'below the minimum',
      of(60, 'EnterStandby', { ...first, ShouldDecrementDesiredCapacity: true }),
      'min size constraint',
    ],
    [
      'without saying what is wanted',
      of(60, 'DetachInstances', first),
      'ShouldDecrementDesiredCapacity must be true or false',
    ],
    ['from another state', of(60, 'ExitStandby', first), 'is not in Standby state: it is InService'],
    ['above the maximum', of(60, 'AttachInstances', { InstanceIds: ['i-own'] }), 'is above max value 2'],
    ['of a group already', of(60, 'AttachInstances', first), 'is already part of asg'],
    [
      'nobody',
      of(60, 'DetachInstances', { InstanceIds: [], ShouldDecrementDesiredCapacity: false }),
      'must hold 1 to 20',
    ],
    [
      'twice',
      of(60, 'EnterStandby', { InstanceIds: ['asg[0]', 'asg[0]'], ShouldDecrementDesiredCapacity: false }),
      'stands twice',
    ],
    [
      'what is not modelled',
      of(60, 'CreateAutoScalingGroup', { MinSize: 0, MaxSize: 1, TargetGroupARNs: [] }),
      'TargetGroupARNs is not modelled',
    ],
    [
      'a name that is taken',
      of(60, 'CreateAutoScalingGroup', { MinSize: 0, MaxSize: 1, instance: { cpu: 1, memoryMiB: 1 } }),
      'already exists',
    ],
    ['Fargate', call(60, 'DeleteCapacityProvider', { capacityProvider: 'FARGATE' }), 'reserved and cannot be deleted'],
    ['who is not there', call(60, 'DeleteCapacityProvider', { capacityProvider: 'x' }), 'x was not found'],
  ])('%s', async (_, event, words) => {
    const result = await run({
      group: { MinSize: 2, MaxSize: 2, instancesAtStart: 2 },
      more: {
        containerInstances: [
          {
            containerInstanceArn: 'arn:aws:ecs:us-east-1:123456789012:container-instance/default/own',
            ec2InstanceId: 'i-own',
            registeredResources: [],
            attributes: [{ name: 'ecs.availability-zone', value: 'us-east-1a' }],
          },
        ],
      },
      events: [event],
      duration: 'PT5M',
    });
    expect(refusals(result).map(([, message]) => message)).toEqual([expect.stringContaining(words)]);
    expect(groupActions(result)).toEqual([]);
  });
});
