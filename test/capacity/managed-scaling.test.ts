/** Capacity providers as stories: waiting tasks, draining, protection, target capacity, steps and warm-up. */
import { describe, expect, it } from 'vitest';
import type { SimulationResult } from '../../src/simulate/result.ts';
import type { Members } from '../model/definitions.ts';
import { capacityScenario, groupActions, instancesAt } from '../support/simulation/capacity.ts';
import { changes, play } from '../support/simulation/scaled.ts';

const ten = { MinSize: 0, MaxSize: 20, DesiredCapacity: 4, instancesAtStart: 4 };

describe('tasks in PROVISIONING', () => {
  it('are limited to 500 a cluster; the others are told of and waited for', async () => {
    const result = await play(
      capacityScenario({ service: { desiredCount: 510 }, group: { MaxSize: 0 }, duration: 'PT3M' }),
    );
    expect(changes(result, 'provisioningTasks')).toEqual([]);
    expect(result.series.find(({ name }) => name === 'provisioningTasks')?.points).toEqual([[0, 500]]);
    expect(result.events.filter(({ message }) => message?.includes('was unable to place a task'))).toHaveLength(1);
  });

  it('stop at once when nobody wants them any more', async () => {
    const result = await play(
      capacityScenario({
        group: { MaxSize: 0 },
        service: { desiredCount: 3 },
        duration: 'PT5M',
        events: [{ at: 30, call: 'UpdateService', input: { service: 'web', desiredCount: 1 } }],
      }),
    );
    expect(changes(result, 'provisioningTasks')).toEqual([[30, 1]]);
  });

  it('follow the constraints that their service is given while they wait', async () => {
    const result = await play(
      capacityScenario({
        group: { MinSize: 0, MaxSize: 1, DesiredCapacity: 1, instancesAtStart: 1 },
        service: { desiredCount: 2, placementConstraints: [{ type: 'distinctInstance' }] },
        duration: 'PT5M',
        events: [{ at: 30, call: 'UpdateService', input: { service: 'web', placementConstraints: [] } }],
      }),
    );
    expect(result.series.find(({ name }) => name === 'provisioningTasks')?.points).toEqual([
      [0, 1],
      [30_000, 0],
    ]);
  });

  it('wait for RunTask too, share by share of its strategy', async () => {
    const result = await play(
      capacityScenario({
        service: { desiredCount: 0 },
        duration: 'PT10M',
        more: {
          autoScalingGroups: ['one', 'two'].map((AutoScalingGroupName) => ({
            AutoScalingGroupName,
            MinSize: 0,
            MaxSize: 5,
            instance: { cpu: 2048, memoryMiB: 3900 },
          })),
          capacityProviders: ['one', 'two'].map((name) => ({
            name: `cp-${name}`,
            autoScalingGroupProvider: { autoScalingGroupArn: name, managedScaling: {} },
          })),
          clusters: [{ clusterName: 'default', capacityProviders: ['cp-one', 'cp-two'] }],
          services: [],
        },
        events: [
          {
            at: 10,
            call: 'RunTask',
            input: {
              taskDefinition: 'web',
              count: 4,
              capacityProviderStrategy: [
                { capacityProvider: 'cp-one', base: 1, weight: 1 },
                { capacityProvider: 'cp-two', weight: 2 },
              ],
            },
          },
        ],
      }),
    );
    const providers = result.events.flatMap(({ type, event }) => {
      const detail = event?.detail as { lastStatus?: string; capacityProviderName?: string } | undefined;
      return type === 'TaskStateChange' && detail?.lastStatus === 'RUNNING' ? [detail.capacityProviderName] : [];
    });
    // One of the base; of the other three one to two.
    expect(providers.sort()).toEqual(['cp-one', 'cp-one', 'cp-two', 'cp-two']);
  });

  const standalone = (group: Members, container: Members = {}) =>
    play(
      capacityScenario({
        group,
        container,
        service: { desiredCount: 1 },
        duration: 'PT40M',
        events: [
          {
            at: 30,
            call: 'RunTask',
            input: {
              taskDefinition: 'web',
              capacityProviderStrategy: [{ capacityProvider: 'cp', weight: 1 }],
              count: 2,
            },
          },
        ],
      }),
    );
  const stopped = ({ events }: SimulationResult): unknown[] =>
    events.flatMap(({ type, atMs, event }) => {
      const { lastStatus, stopCode, stoppedReason } = (event?.detail ?? {}) as Record<string, string>;
      return type === 'TaskStateChange' && lastStatus === 'STOPPED' ? [[atMs / 1000, stopCode, stoppedReason]] : [];
    });

  it('stop after 15 minutes when they are of no service', async () => {
    const result = await standalone({ MaxSize: 0 });
    expect(stopped(result)).toEqual(new Array(2).fill([930, 'TaskFailedToStart', 'EMPTY CAPACITY PROVIDER']));
    // That of the service waits on.
    expect(changes(result, 'provisioningTasks')).toEqual([
      [30, 3],
      [930, 1],
    ]);
    expect(result.summary.failures).toBe(2);
  });

  it('stop with what the closest instance lacks, and not at all when there was room in time', async () => {
    const full = await standalone({ MaxSize: 1, DesiredCapacity: 1, instancesAtStart: 1 }, { cpu: 2048 });
    expect(stopped(full)).toEqual(new Array(2).fill([930, 'TaskFailedToStart', 'RESOURCE:CPU']));
    expect(stopped(await standalone({ MaxSize: 5 }))).toEqual([]);
  });

  it('get their network interface when they are placed', async () => {
    const result = await play(
      capacityScenario({
        service: { networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-a'] } } },
        duration: 'PT10M',
        more: {
          subnets: [{ subnetId: 'subnet-a', availabilityZone: 'us-east-1a', vpcId: 'vpc-1' }],
          taskDefinitions: [
            {
              family: 'web',
              networkMode: 'awsvpc',
              containerDefinitions: [{ name: 'app', image: 'app', cpu: 256, memory: 256 }],
            },
          ],
        },
      }),
    );
    expect(changes(result, 'runningCount')).toEqual([[155, 1]]);
  });
});

describe('managed scaling', () => {
  it('steps by the neediest group of tasks, within its step sizes', async () => {
    const result = await play(
      capacityScenario({
        group: ten,
        provider: { managedScaling: { maximumScalingStepSize: 2 } },
        service: { desiredCount: 18 },
        duration: 'PT5M',
      }),
    );
    // 8 tasks run on 4 instances; 10 wait for 5 more, at most 2 a step.
    expect(changes(result, 'groupDesiredCapacity')).toEqual([[60, 6]]);
    expect(changes(result, 'CapacityProviderReservation')[0]).toEqual([60, 150]);
  });

  it('leaves out tasks that fit on no instance', async () => {
    const result = await play(
      capacityScenario({ group: ten, container: { cpu: 4096 }, service: { desiredCount: 3 }, duration: 'PT10M' }),
    );
    expect(changes(result, 'groupDesiredCapacity')).toEqual([]);
  });

  it('keeps a spare below a target capacity of 100', async () => {
    const nine = { MinSize: 0, MaxSize: 20, DesiredCapacity: 9, instancesAtStart: 9 };
    const result = await play(
      capacityScenario({
        group: nine,
        provider: { managedScaling: { targetCapacity: 90 } },
        service: { desiredCount: 9 },
        duration: 'PT40M',
      }),
    );
    expect(changes(result, 'groupDesiredCapacity')).toEqual([[60, 10]]);
    expect(changes(result, 'CapacityProviderReservation')).toEqual([
      [60, 100],
      [180, 90],
    ]);
  });

  it('never stops a task where termination protection is managed', async () => {
    const result = await play(
      capacityScenario({
        group: { ...ten, NewInstancesProtectedFromScaleIn: true },
        provider: { managedTerminationProtection: 'ENABLED' },
        service: { desiredCount: 1 },
        duration: 'PT30M',
      }),
    );
    // 60 ... 900 are fifteen datapoints of 25; 4 - 1, 3 - 1, 2 - 1.
    expect(groupActions(result)).toEqual(['900 Terminating', '960 Terminating', '1020 Terminating']);
    expect(changes(result, 'runningCount')).toEqual([[5, 1]]);
  });

  it('drains an instance with tasks before it ends', async () => {
    const result = await play(
      capacityScenario({
        group: { ...ten, DesiredCapacity: 2, instancesAtStart: 2 },
        service: { desiredCount: 2 },
        duration: 'PT20M',
        events: [{ at: 300, call: 'SetDesiredCapacity', input: { AutoScalingGroupName: 'asg', DesiredCapacity: 1 } }],
      }),
    );
    // At 300 a replacement starts, healthy at 345; the old task stops in a second, and then the instance goes.
    expect(changes(result, 'runningCount').filter(([second]) => second >= 300)).toEqual([
      [305, 3],
      [345, 2],
    ]);
    expect(changes(result, 'groupTotalInstances')).toEqual([[346, 1]]);
  });

  it('loses the tasks of an instance without managed draining', async () => {
    const result = await play(
      capacityScenario({
        group: { ...ten, DesiredCapacity: 2, instancesAtStart: 2 },
        provider: { managedDraining: 'DISABLED' },
        service: { desiredCount: 2 },
        duration: 'PT20M',
        events: [{ at: 300, call: 'SetDesiredCapacity', input: { AutoScalingGroupName: 'asg', DesiredCapacity: 1 } }],
      }),
    );
    expect(changes(result, 'runningCount').filter(([second]) => second >= 300)).toEqual([
      [300, 1],
      [305, 2],
    ]);
    expect(instancesAt(result, 300)).toHaveLength(1);
  });
});
