/** Groups and capacity providers that come and go in a run. */
import { describe, expect, it } from 'vitest';
import type { SimulationResult } from '../../src/simulate/result.ts';
import type { Members } from '../model/definitions.ts';
import { capacityScenario, groupActions, groupStates, type Parts, refusals } from '../support/simulation/capacity.ts';
import { managedStates, playManaged } from '../support/simulation/managed-scenario.ts';
import { play } from '../support/simulation/scaled.ts';

const AutoScalingGroupName = 'asg';
const two = { DesiredCapacity: 2, instancesAtStart: 2 };

function call(at: number, name: string, input: Members): Members {
  return { at, call: name, input };
}

const of = (at: number, name: string, input: Members = {}): Members =>
  call(at, name, { AutoScalingGroupName, ...input });

function run(parts: Parts): Promise<SimulationResult> {
  return play(capacityScenario({ service: { desiredCount: 0 }, duration: 'PT30M', ...parts }));
}

describe('groups', () => {
  const made = call(300, 'CreateAutoScalingGroup', {
    AutoScalingGroupName: 'new',
    MinSize: 1,
    MaxSize: 2,
    instance: { cpu: 2048, memoryMiB: 3900 },
    launchDelaySeconds: 10,
  });

  it('are made in a run, with a capacity provider, and used by a service', async () => {
    const result = await run({
      events: [
        made,
        call(300, 'CreateCapacityProvider', {
          name: 'later',
          autoScalingGroupProvider: { autoScalingGroupArn: 'new', managedScaling: {} },
        }),
        call(400, 'UpdateService', {
          service: 'web',
          desiredCount: 4,
          capacityProviderStrategy: [{ capacityProvider: 'later' }],
        }),
      ],
    });
    expect(refusals(result)).toEqual([]);
    // At 310 s the first is in service; its warm-up of 300 s holds managed scaling.
    expect(groupActions(result)).toEqual(['300 Launching', '660 Launching']);
    expect(result.summary.services[0]).toMatchObject({ runningCount: 4, steady: true });
  });

  it('are deleted when they are empty, or by force', async () => {
    const result = await run({
      events: [
        made,
        call(305, 'DeleteAutoScalingGroup', { AutoScalingGroupName: 'new' }),
        call(400, 'DeleteAutoScalingGroup', { AutoScalingGroupName: 'new' }),
        call(500, 'DeleteAutoScalingGroup', { AutoScalingGroupName: 'new', ForceDelete: true }),
        call(600, 'SetDesiredCapacity', { AutoScalingGroupName: 'new', DesiredCapacity: 1 }),
        of(700, 'DeleteAutoScalingGroup', { ForceDelete: true }),
        call(800, 'DeleteCapacityProvider', { capacityProvider: 'cp' }),
        call(850, 'UpdateService', { service: 'web', capacityProviderStrategy: [] }),
        call(900, 'DeleteCapacityProvider', { capacityProvider: 'cp' }),
        of(1000, 'DeleteAutoScalingGroup'),
        of(1100, 'SetDesiredCapacity', { DesiredCapacity: 1 }),
      ],
    });
    expect(refusals(result)).toEqual([
      ['ScalingActivityInProgressFault', expect.stringContaining('scaling activities in progress')],
      ['ResourceInUseFault', expect.stringContaining('instances or pending Spot')],
      ['ValidationException', expect.stringContaining('AutoScalingGroup name not found')],
      ['ResourceInUseFault', expect.stringContaining('capacity provider cp')],
      ['ResourceInUseException', expect.stringContaining('it is in service web')],
      ['ValidationException', expect.stringContaining('AutoScalingGroup name not found')],
    ]);
    expect(groupStates(result).at(-1)).toBe('500 Terminated');
    expect(result.summary).toMatchObject({ instancesJoined: 1, instancesLeft: 1 });
  });

  it('take ids of their own when one before them has gone', async () => {
    const again = { ...made, at: 700, input: { ...(made.input as Members), AutoScalingGroupName: 'again' } };
    const gone = call(600, 'DeleteAutoScalingGroup', { AutoScalingGroupName: 'new', ForceDelete: true });
    const { events } = await run({ events: [made, gone, again] });
    const ids = events.flatMap(({ groupActivity }) =>
      groupActivity?.description.startsWith('Launching') ? [groupActivity.instanceId] : [],
    );
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(2);
  });
});

describe('capacity providers', () => {
  it('that are gone leave their group alone, and nobody may use them', async () => {
    const result = await run({
      group: two,
      events: [
        call(300, 'UpdateService', { service: 'web', capacityProviderStrategy: [] }),
        call(310, 'DeleteCapacityProvider', { capacityProvider: 'cp' }),
        call(400, 'UpdateService', { service: 'web', capacityProviderStrategy: [{ capacityProvider: 'cp' }] }),
        call(500, 'RunTask', { taskDefinition: 'web', capacityProviderStrategy: [{ capacityProvider: 'cp' }] }),
      ],
    });
    // Without its alarms the empty instances stay.
    expect(groupActions(result)).toEqual([]);
    expect(refusals(result)).toEqual([
      ['InvalidParameterException', expect.stringContaining('capacity provider cp was not found')],
      ['InvalidParameterException', expect.stringContaining('capacity provider cp was not found')],
    ]);
  });

  it('are refused where their name or their group is taken, or their group is not there', async () => {
    const create = (at: number, name: string, autoScalingGroupArn: string): Members =>
      call(at, 'CreateCapacityProvider', { name, autoScalingGroupProvider: { autoScalingGroupArn } });
    const result = await run({ events: [create(60, 'cp', 'asg'), create(70, 'x', 'asg'), create(80, 'x', 'none')] });
    expect(refusals(result).map(([, message]) => message)).toEqual([
      expect.stringContaining('already exists'),
      expect.stringContaining('asg has capacity provider cp already'),
      expect.stringContaining('no Auto Scaling group none'),
    ]);
  });

  it('of Managed Instances are drained before they go', async () => {
    const result = await playManaged({
      more: { services: [] },
      events: [
        call(0, 'RunTask', { taskDefinition: 'web', capacityProviderStrategy: [{ capacityProvider: 'managed' }] }),
        call(600, 'DeleteCapacityProvider', { capacityProvider: 'managed' }),
        { at: 900, fault: 'terminateInstance', containerInstance: 'managed[0]' },
        call(1000, 'RunTask', { taskDefinition: 'web', capacityProviderStrategy: [{ capacityProvider: 'managed' }] }),
      ],
    });
    expect(managedStates(result).slice(2)).toEqual(['900 terminated m1.small a it was lost']);
    expect(refusals(result).at(-1)?.[1]).toContain('capacity provider managed was not found');
  });

  it('of Managed Instances are made in a run', async () => {
    const { capacityProviders, ...rest } = (await playManaged({ duration: 'PT1M' })).scenario as {
      capacityProviders: Members[];
    };
    expect(rest).toBeDefined();
    const result = await playManaged({
      more: { services: [], capacityProviders: [] },
      events: [
        call(60, 'CreateCapacityProvider', capacityProviders[0] as Members),
        call(60, 'RunTask', { taskDefinition: 'web', capacityProviderStrategy: [{ capacityProvider: 'managed' }] }),
      ],
    });
    expect(managedStates(result)[0]).toBe('60 pending m1.small a 1 task waits for capacity');
  });
});
