/** Auto Scaling groups as stories: who is launched where, who goes first, what holds an instance. Both engines agree. */
import { describe, expect, it } from 'vitest';
import type { SimulationResult } from '../../src/simulate/result.ts';
import type { Members } from '../model/definitions.ts';
import { capacityScenario, groupActions, instancesAt } from '../support/simulation/capacity.ts';
import { changes, play } from '../support/simulation/scaled.ts';

/** A group without a service that needs it: only calls and faults move it. */
function alone(group: Members, events: readonly Members[] = [], duration = 'PT30M'): Promise<SimulationResult> {
  return play(
    capacityScenario({
      group,
      events,
      duration,
      service: { desiredCount: 0 },
      provider: { managedScaling: undefined },
    }),
  );
}

function setDesired(at: number, DesiredCapacity: number, members: Members = {}): Members {
  return { at, call: 'SetDesiredCapacity', input: { AutoScalingGroupName: 'asg', DesiredCapacity, ...members } };
}

function call(at: number, name: string, input: Members): Members {
  return { at, call: name, input: { AutoScalingGroupName: 'asg', ...input } };
}

function zonesOf(result: SimulationResult, second: number): string[] {
  return instancesAt(result, second)
    .map(({ availabilityZone }) => availabilityZone.slice(-1))
    .sort();
}

describe('a group', () => {
  it('launches after its delays, in the emptiest zone first', async () => {
    const result = await alone({ DesiredCapacity: 3, launchDelaySeconds: 20, joinDelaySeconds: 7 });
    expect(changes(result, 'groupInServiceInstances')).toEqual([[20, 3]]);
    expect(changes(result, 'registeredInstances')).toEqual([[27, 3]]);
    expect(zonesOf(result, 100)).toEqual(['a', 'a', 'b']);
  });

  it('tells why in the words of AWS', async () => {
    const result = await alone({ DesiredCapacity: 1 }, [setDesired(120, 0)]);
    const causes = result.events.flatMap(({ groupActivity }) => groupActivity?.cause ?? []);
    expect(causes[0]).toBe(
      'At 2026-01-05T08:00:00Z a user request created an AutoScalingGroup changing the desired capacity from 0 to 1. At 2026-01-05T08:00:00Z an instance was started in response to a difference between desired and actual capacity, increasing the capacity from 0 to 1.',
    );
    expect(causes[1]).toMatch(
      /^At 2026-01-05T08:02:00Z a user request explicitly set group desired capacity changing the desired capacity from 1 to 0\. At 2026-01-05T08:02:00Z an instance was taken out of service in response to a difference between desired and actual capacity, shrinking the capacity from 1 to 0\. At 2026-01-05T08:02:00Z instance i-[0-9a-f]{17} was selected for termination\.$/,
    );
  });

  it('refuses a desired capacity outside its sizes', async () => {
    const result = await alone({ MaxSize: 2, DesiredCapacity: 1 }, [setDesired(60, 3)]);
    expect(result.events.find(({ type }) => type === 'Refusal')?.error).toMatchObject({ name: 'ValidationException' });
    expect(changes(result, 'groupDesiredCapacity')).toEqual([]);
  });

  it('takes from the zone with the most, where one is without protection', async () => {
    const result = await alone({ DesiredCapacity: 4, instancesAtStart: 4 }, [
      call(60, 'SetInstanceProtection', { InstanceIds: ['asg[0]'], ProtectedFromScaleIn: true }),
      setDesired(120, 1),
    ]);
    const [oldest] = instancesAt(result, 60);
    expect(instancesAt(result, 121)).toEqual([oldest]);
  });

  it('keeps more than it wants when all are protected', async () => {
    const result = await alone({ DesiredCapacity: 2, instancesAtStart: 2, NewInstancesProtectedFromScaleIn: true }, [
      setDesired(120, 0),
      call(300, 'SetInstanceProtection', { InstanceIds: ['asg[1]'], ProtectedFromScaleIn: false }),
    ]);
    expect(changes(result, 'groupTotalInstances')).toEqual([[300, 1]]);
    expect(changes(result, 'groupDesiredCapacity')).toEqual([[120, 0]]);
  });

  it.each([
    ['OldestInstance', 0],
    ['NewestInstance', 1],
  ])('ends the one that %s names', async (policy, index) => {
    const zone = { AvailabilityZones: ['us-east-1a'], TerminationPolicies: [policy] };
    const result = await alone({ ...zone, DesiredCapacity: 1 }, [setDesired(120, 2), setDesired(400, 1)]);
    const before = instancesAt(result, 399);
    expect(instancesAt(result, 401)).toEqual([before[1 - index]]);
  });

  it('replaces an instance that EC2 stopped', async () => {
    const result = await alone({ DesiredCapacity: 1, instancesAtStart: 1 }, [
      { at: 90, fault: 'stopInstance', containerInstance: 'asg[0]' },
    ]);
    expect(groupActions(result)).toEqual(['90 Terminating', '90 Launching']);
    expect(changes(result, 'registeredInstances')).toEqual([
      [90, 0],
      [180, 1],
    ]);
  });

  const graced = { DesiredCapacity: 1, HealthCheckGracePeriod: 300 };
  const setHealth = (at: number, members: Members = {}): Members =>
    call(at, 'SetInstanceHealth', { InstanceId: 'asg[0]', HealthStatus: 'Unhealthy', ...members });

  it('keeps one that is called unhealthy for its grace period, from when it is in service', async () => {
    expect(groupActions(await alone(graced, [setHealth(120)]))).toEqual([
      '0 Launching',
      '360 Terminating',
      '360 Launching',
    ]);
    const now = await alone(graced, [setHealth(120, { ShouldRespectGracePeriod: false })]);
    expect(groupActions(now)).toEqual(['0 Launching', '120 Terminating', '120 Launching']);
    expect(
      now.events.find(({ groupActivity }) => groupActivity?.description.startsWith('Term'))?.groupActivity?.cause,
    ).toBe('At 2026-01-05T08:02:00Z an instance was taken out of service in response to a user health-check.');
  });

  it('takes it back when it is called healthy in time', async () => {
    const back = await alone(graced, [setHealth(120), setHealth(200, { HealthStatus: 'Healthy' })]);
    expect(groupActions(back)).toEqual(['0 Launching']);
  });

  it('replaces one that EC2 stopped within the grace period too', async () => {
    const result = await alone(graced, [{ at: 100, fault: 'stopInstance', containerInstance: 'asg[0]' }]);
    expect(groupActions(result)).toEqual(['0 Launching', '100 Terminating', '100 Launching']);
  });

  it('leaves it while ReplaceUnhealthy is suspended', async () => {
    const result = await alone({ DesiredCapacity: 1, instancesAtStart: 1, SuspendedProcesses: ['ReplaceUnhealthy'] }, [
      { at: 90, fault: 'terminateInstance', containerInstance: 'asg[0]' },
      call(600, 'ResumeProcesses', { ScalingProcesses: ['ReplaceUnhealthy'] }),
    ]);
    expect(groupActions(result)).toEqual(['600 Terminating', '600 Launching']);
  });

  it('launches nothing while Launch is suspended, and ends nothing while Terminate is', async () => {
    const result = await alone(
      { DesiredCapacity: 2, instancesAtStart: 2, SuspendedProcesses: ['Launch', 'Terminate'] },
      [setDesired(60, 4), setDesired(120, 1), call(180, 'ResumeProcesses', {})],
    );
    expect(groupActions(result)).toEqual(['180 Terminating']);
  });

  it('loses with a zone what has not registered yet, and what its hook holds', async () => {
    const starting = {
      LifecycleHookName: 'starting',
      LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
      result: 'CONTINUE',
      afterSeconds: 20,
    };
    const zones = { AvailabilityZones: ['us-east-1b'], DesiredCapacity: 1 };
    const lost = [{ at: 70, fault: 'loseZone', availabilityZone: 'us-east-1b' }];
    const joining = await alone(zones, lost);
    expect(changes(joining, 'registeredInstances')).toEqual([]);
    const held = await alone({ ...zones, LifecycleHookSpecificationList: [starting] }, lost);
    expect(changes(held, 'groupInServiceInstances')).toEqual([]);
    expect(groupActions(held)).toEqual(['0 Launching', '70 Terminating']);
  });

  it('that may not replace them has them back with the zone', async () => {
    const group = { AvailabilityZones: ['us-east-1b'], DesiredCapacity: 1, SuspendedProcesses: ['ReplaceUnhealthy'] };
    const restored = (from: number, to: number): Members[] => [
      { at: from, fault: 'loseZone', availabilityZone: 'us-east-1b' },
      { at: to, fault: 'restoreZone', availabilityZone: 'us-east-1b' },
    ];
    const registered = async (from: number, to: number) =>
      changes(await alone(group, restored(from, to)), 'registeredInstances');
    expect(await registered(30, 200)).toEqual([[230, 1]]);
    expect(await registered(70, 80)).toEqual([[90, 1]]);
    expect(await registered(70, 200)).toEqual([[200, 1]]);
  });

  it('launches again once one of its zones is back after all were down', async () => {
    const result = await alone({ AvailabilityZones: ['us-east-1b'], DesiredCapacity: 1, instancesAtStart: 1 }, [
      { at: 60, fault: 'loseZone', availabilityZone: 'us-east-1b' },
      { at: 600, fault: 'restoreZone', availabilityZone: 'us-east-1b' },
    ]);
    expect(groupActions(result)).toEqual(['60 Terminating', '600 Launching']);
  });

  it('balances from whichever of the fullest zones has one without protection', async () => {
    const zones = ['us-east-1a', 'us-east-1b', 'us-east-1c'];
    const result = await alone(
      { AvailabilityZones: zones, DesiredCapacity: 4, MaxSize: 6, SuspendedProcesses: ['AZRebalance'] },
      [
        { at: 1, fault: 'loseZone', availabilityZone: 'us-east-1c' },
        { at: 600, fault: 'restoreZone', availabilityZone: 'us-east-1c' },
        call(610, 'SetInstanceProtection', { InstanceIds: ['asg[0]', 'asg[2]'], ProtectedFromScaleIn: true }),
        call(620, 'ResumeProcesses', { ScalingProcesses: ['AZRebalance'] }),
      ],
    );
    expect(zonesOf(result, 600)).toEqual(['a', 'a', 'b', 'b']);
    expect(zonesOf(result, 900)).toEqual(['a', 'a', 'b', 'c']);
  });

  it('goes to the other zone while one is down, and balances when it is back', async () => {
    const result = await alone({ DesiredCapacity: 4, instancesAtStart: 4 }, [
      { at: 60, fault: 'loseZone', availabilityZone: 'us-east-1b' },
      { at: 600, fault: 'restoreZone', availabilityZone: 'us-east-1b' },
      setDesired(660, 5),
    ]);
    expect(zonesOf(result, 500)).toEqual(['a', 'a', 'a', 'a']);
    // Balanced as soon as b is back; the fifth goes there at 660, and the one of a that is too many once it serves.
    expect(groupActions(result).slice(-3)).toEqual(['600 Launching', '660 Launching', '720 Terminating']);
    expect(zonesOf(result, 1000)).toEqual(['a', 'a', 'a', 'b', 'b']);
  });
});

describe('a lifecycle hook', () => {
  const hook = (LifecycleTransition: string, members: Members): Members => ({
    LifecycleHookName: 'hook',
    LifecycleTransition: `autoscaling:EC2_INSTANCE_${LifecycleTransition}`,
    ...members,
  });

  it('holds a launch until it continues', async () => {
    const hooks = [hook('LAUNCHING', { result: 'CONTINUE', afterSeconds: 45 })];
    const result = await alone({ DesiredCapacity: 1, LifecycleHookSpecificationList: hooks });
    expect(changes(result, 'groupInServiceInstances')).toEqual([[105, 1]]);
  });

  it('abandons a launch when its heartbeat runs out, and tries again a minute later', async () => {
    const hooks = [hook('LAUNCHING', { HeartbeatTimeout: 30 })];
    const result = await alone({ DesiredCapacity: 1, LifecycleHookSpecificationList: hooks }, [], 'PT4M');
    expect(groupActions(result)).toEqual(['0 Launching', '90 Terminating', '150 Launching', '240 Terminating']);
  });

  it('that gives every launch up at once does not stop time', async () => {
    const hooks = [hook('LAUNCHING', { result: 'ABANDON' })];
    const group = { DesiredCapacity: 1, launchDelaySeconds: 0, LifecycleHookSpecificationList: hooks };
    const result = await alone(group, [], 'PT1M30S');
    expect(groupActions(result)).toEqual(['0 Launching', '0 Terminating', '60 Launching', '60 Terminating']);
  });

  it('holds a termination until a call completes it', async () => {
    const hooks = [hook('TERMINATING', {})];
    const result = await alone(
      { DesiredCapacity: 1, instancesAtStart: 1, LifecycleHookSpecificationList: hooks },
      [setDesired(60, 0)],
      'PT2H',
    );
    expect(changes(result, 'groupTotalInstances')).toEqual([[3660, 0]]);
    const [{ instanceId } = { instanceId: '' }] = instancesAt(result, 10);
    const completed = await alone({ DesiredCapacity: 1, instancesAtStart: 1, LifecycleHookSpecificationList: hooks }, [
      setDesired(60, 0),
      call(100, 'CompleteLifecycleAction', {
        LifecycleHookName: 'hook',
        InstanceId: instanceId,
        LifecycleActionResult: 'CONTINUE',
      }),
    ]);
    expect(changes(completed, 'groupTotalInstances')).toEqual([[100, 0]]);
  });
});

describe('a mixed group', () => {
  const mixed = (InstancesDistribution: Members): Members => ({
    instance: { cpu: 2048, memoryMiB: 4000 },
    MixedInstancesPolicy: {
      InstancesDistribution,
      LaunchTemplate: { Overrides: [{ InstanceType: 'big' }, { InstanceType: 'small' }] },
    },
  });

  it('is on demand up to its base, then by its percentage, and shrinks the same way', async () => {
    const result = await alone(
      { ...mixed({ OnDemandBaseCapacity: 2, OnDemandPercentageAboveBaseCapacity: 50 }), DesiredCapacity: 7 },
      [setDesired(300, 3)],
    );
    const spots = (second: number): number =>
      instancesAt(result, second).filter(({ lifecycle }) => lifecycle === 'spot').length;
    // 2 + ceil(5 / 2) = 5 on demand of 7; 2 + ceil(1 / 2) = 3 of 3.
    expect([instancesAt(result, 200).length, spots(200)]).toEqual([7, 2]);
    expect([instancesAt(result, 400).length, spots(400)]).toEqual([3, 0]);
  });

  it('leaves the pool that was interrupted where its strategy goes by capacity', async () => {
    const result = await alone(
      {
        ...mixed({ OnDemandPercentageAboveBaseCapacity: 0, SpotAllocationStrategy: 'capacity-optimized' }),
        AvailabilityZones: ['us-east-1a'],
        DesiredCapacity: 2,
        instancesAtStart: 2,
      },
      [{ at: 60, fault: 'spotInterruption', containerInstance: 'asg[0]' }],
    );
    const types = (second: number): unknown[] => instancesAt(result, second).map(({ instanceType }) => instanceType);
    expect([types(60), types(300)]).toEqual([
      ['big', 'big'],
      ['big', 'small'],
    ]);
  });
});
