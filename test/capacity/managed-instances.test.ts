/** ECS Managed Instances as stories: launched for who waits, packed, spread, ended when idle, replaced when old or lost. */
import { describe, expect, it } from 'vitest';
import type { SimulationResult } from '../../src/simulate/result.ts';
import { managedStates, playManaged } from '../support/simulation/managed-scenario.ts';
import { changes } from '../support/simulation/scaled.ts';

const DAY = 86_400;
const NONE = { services: [] };
const ec2 = { capacityProviderStrategy: undefined, launchType: 'EC2' };

function tasksOf({ events }: SimulationResult, second: number) {
  const found = new Map<string, { lastStatus: string; launchType: string; availabilityZone?: string }>();
  for (const { atMs, type, event } of events) {
    if (type !== 'TaskStateChange' || atMs > second * 1000) continue;
    const detail = event?.detail as { taskArn: string; lastStatus: string; launchType: string };
    found.set(detail.taskArn, detail);
  }
  return [...found.values()].filter(({ lastStatus }) => lastStatus !== 'STOPPED');
}

const runTask = (at: number, count: number, more: Record<string, unknown> = {}) => ({
  at,
  call: 'RunTask',
  input: { taskDefinition: 'web', count, capacityProviderStrategy: [{ capacityProvider: 'managed' }], ...more },
});

describe('instances', () => {
  it('are launched for who waits, 60 s and 30 s long, and end after 300 s without tasks', async () => {
    const events = [{ at: 600, call: 'UpdateService', input: { service: 'web', desiredCount: 0 } }];
    const result = await playManaged({ events });
    expect(managedStates(result)).toEqual([
      '0 pending m1.small a 1 task waits for capacity',
      '60 running m1.small a',
      // The task takes a second to stop.
      '901 terminated m1.small a it ran no tasks',
    ]);
    expect(changes(result, 'provisioningTasks')).toEqual([[90, 0]]);
    expect(changes(result, 'managedInstances')).toEqual([[901, 0]]);
    expect(changes(result, 'managedRegisteredInstances')).toEqual([
      [90, 1],
      [901, 0],
    ]);
    expect(tasksOf(result, 500)).toMatchObject([{ lastStatus: 'RUNNING', launchType: 'MANAGED_INSTANCES' }]);
  });

  it('are paid for from when EC2 runs them, with the fee', async () => {
    const { summary } = await playManaged({ duration: 'PT1H1M' });
    // An hour of a small one: $0.05 and 12 %.
    expect(summary.cost.bySource).toEqual({ MANAGED_INSTANCES: { microCents: 5_600_000, instanceSeconds: 3600 } });
    expect(summary).toMatchObject({ instancesJoined: 1, instancesLeft: 0 });
    const spot = await playManaged({
      template: { capacityOptionType: 'SPOT' },
      duration: 'PT1H1M',
      more: { pricing: { spotPercent: 50, managedInstancesFeePercent: 10 } },
    });
    expect(spot.summary.cost.bySource.MANAGED_INSTANCES_SPOT?.microCents).toBe(3_000_000);
  });

  it('take several tasks each, the cheapest type for all of them, spread over zones', async () => {
    const result = await playManaged({ service: { desiredCount: 6 } });
    expect(managedStates(result).slice(0, 2)).toEqual([
      '0 pending m1.large a 3 tasks wait for capacity',
      '0 pending m1.large b 3 tasks wait for capacity',
    ]);
    const zones = tasksOf(result, 3600).map(({ availabilityZone }) => availabilityZone);
    expect(zones.sort()).toEqual([...Array(3).fill('us-east-1a'), ...Array(3).fill('us-east-1b')]);
    expect(result.summary.instancesJoined).toBe(2);
  });

  it('on their way take what comes meanwhile', async () => {
    const events = [{ at: 30, call: 'UpdateService', input: { service: 'web', desiredCount: 8 } }];
    const result = await playManaged({ service: { desiredCount: 6 }, events });
    expect(managedStates(result).filter((one) => one.includes('pending'))).toHaveLength(2);
    expect(tasksOf(result, 100)).toHaveLength(8);
  });

  it('have the architecture of the tasks, x86_64 unless these say otherwise', async () => {
    const arm = await playManaged({ definition: { runtimePlatform: { cpuArchitecture: 'ARM64' } } });
    expect(managedStates(arm)[0]).toContain('m1g.small');
    const both = await playManaged({
      more: {
        taskDefinitions: ['web', 'arm'].map((family) => ({
          family,
          networkMode: 'host',
          containerDefinitions: [{ name: 'app', image: 'app', cpu: 64, memory: 64 }],
          ...(family === 'arm' ? { runtimePlatform: { cpuArchitecture: 'ARM64' } } : {}),
        })),
      },
      events: [runTask(300, 1, { taskDefinition: 'arm' })],
    });
    // The room beside the first task is not for it.
    expect(managedStates(both).filter((one) => one.includes('pending'))).toEqual([
      '0 pending m1.small a 1 task waits for capacity',
      '300 pending m1g.small a 1 task waits for capacity',
    ]);
  });

  it('are such as constraints ask for; for what none satisfies nothing is launched', async () => {
    const of = (expression: string) => ({ placementConstraints: [{ type: 'memberOf', expression }] });
    const large = await playManaged({ service: of('attribute:ecs.instance-type =~ m1.l.*') });
    expect(managedStates(large)[0]).toContain('m1.large a');
    const zone = await playManaged({ service: of('attribute:ecs.subnet-id == subnet-b') });
    expect(managedStates(zone)[0]).toContain('m1.small b');
    const never = await playManaged({ service: of('attribute:ecs.availability-zone == us-east-1z') });
    expect(managedStates(never)).toEqual([]);
    const distinct = await playManaged({
      service: { desiredCount: 3, placementConstraints: [{ type: 'distinctInstance' }] },
    });
    expect(distinct.summary.instancesJoined).toBe(3);
  });

  it('hold as many tasks with interfaces of their own as their type has', async () => {
    const result = await playManaged({
      definition: {
        networkMode: 'awsvpc',
        containerDefinitions: [{ name: 'app', image: 'app', cpu: 64, memory: 64 }],
      },
      service: { desiredCount: 4, networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-b'] } } },
    });
    expect(managedStates(result).filter((one) => one.includes('pending'))).toEqual([
      // Two small ones, not a large one, though its room would do.
      '0 pending m1.small b 2 tasks wait for capacity',
      '0 pending m1.small b 2 tasks wait for capacity',
    ]);
  });

  it('are nothing to tasks of launch types, and to daemons', async () => {
    const result = await playManaged({
      events: [
        {
          at: 300,
          call: 'CreateService',
          input: { serviceName: 'old', taskDefinition: 'web', desiredCount: 1, ...ec2 },
        },
        {
          at: 300,
          call: 'CreateService',
          input: { serviceName: 'd', taskDefinition: 'web', schedulingStrategy: 'DAEMON' },
        },
        { at: 310, call: 'RunTask', input: { taskDefinition: 'web' } },
      ],
    });
    expect(tasksOf(result, 3600)).toHaveLength(1);
    const messages = result.events.flatMap(({ service, message }) =>
      service === 'old' && message !== undefined ? [message] : [],
    );
    expect(messages[0]).toContain('No Container Instances were found in your cluster.');
  });
});

describe('idle instances', () => {
  it.each([
    [0, 600],
    [45, 645],
  ])('end after %i s', async (scaleInAfter, atSecond) => {
    const events = [{ at: 600, call: 'UpdateService', input: { service: 'web', desiredCount: 0 } }];
    const result = await playManaged({ scaleInAfter, events, more: { behaviour: { web: { stopSeconds: 0 } } } });
    expect(managedStates(result).at(-1)).toBe(`${atSecond} terminated m1.small a it ran no tasks`);
  });

  it('stay with -1, and as long as an update says', async () => {
    const none = { at: 600, call: 'UpdateService', input: { service: 'web', desiredCount: 0 } };
    const update = {
      at: 1200,
      call: 'UpdateCapacityProvider',
      input: { name: 'managed', managedInstancesProvider: { infrastructureOptimization: { scaleInAfter: 900 } } },
    };
    expect(managedStates(await playManaged({ scaleInAfter: -1, events: [none] }))).toHaveLength(2);
    const result = await playManaged({
      scaleInAfter: -1,
      events: [none, update],
      more: { behaviour: { web: { stopSeconds: 0 } } },
    });
    expect(managedStates(result).at(-1)).toBe('1500 terminated m1.small a it ran no tasks');
  });

  it('take new tasks before they end', async () => {
    const events = [600, 800].map((at, k) => ({
      at,
      call: 'UpdateService',
      input: { service: 'web', desiredCount: k },
    }));
    const result = await playManaged({ events });
    expect(managedStates(result)).toHaveLength(2);
    expect(tasksOf(result, 1001)).toHaveLength(1);
  });
});

describe('at 14 days', () => {
  it('an instance is drained and replaced', async () => {
    const result = await playManaged({ duration: 'P15D' });
    const at = 14 * DAY;
    expect(managedStates(result)).toEqual([
      '0 pending m1.small a 1 task waits for capacity',
      '60 running m1.small a',
      // The new task comes first: there is nothing in zone b.
      `${at} pending m1.small b 1 task waits for capacity`,
      `${at + 60} running m1.small b`,
      `${at + 136} terminated m1.small a it was drained`,
    ]);
    expect(result.summary.services[0]).toMatchObject({ belowMinimumMs: 0, steady: true });
  });

  it('tasks of no service stay until its end at 21 days', async () => {
    const result = await playManaged({ duration: 'P22D', more: NONE, events: [runTask(0, 1)] });
    expect(managedStates(result).at(-1)).toBe(`${21 * DAY} terminated m1.small a it was as old as an instance may be`);
    expect(tasksOf(result, 20 * DAY)).toHaveLength(1);
    expect(tasksOf(result, 22 * DAY)).toHaveLength(0);
  });
});

describe('what goes wrong', () => {
  it.each([
    ['terminateInstance', { fault: 'terminateInstance', containerInstance: 'managed[0]' }],
    ['stopInstance', { fault: 'stopInstance', containerInstance: 'managed[0]' }],
    [
      'DeregisterContainerInstance',
      { call: 'DeregisterContainerInstance', input: { containerInstance: 'managed[0]', force: true } },
    ],
  ])('%s: the instance is given up, and another launched for its tasks', async (_, what) => {
    const result = await playManaged({ events: [{ at: 600, ...what }] });
    expect(managedStates(result).slice(2)).toEqual([
      '600 terminated m1.small a it was lost',
      '600 pending m1.small a 1 task waits for capacity',
      '660 running m1.small a',
    ]);
    expect(tasksOf(result, 3600)).toHaveLength(1);
  });

  it.each([30, 75])('a zone goes down %i s after the launch: another zone gets it', async (at) => {
    const result = await playManaged({ events: [{ at, fault: 'loseZone', availabilityZone: 'us-east-1a' }] });
    const states = managedStates(result);
    expect(states).toContain(`${at} terminated m1.small a it was lost`);
    expect(states).toContain(`${at} pending m1.small b 1 task waits for capacity`);
    expect(tasksOf(result, 3600)).toHaveLength(1);
  });

  it('all zones are down: nothing is launched until one is back', async () => {
    const zones = ['us-east-1a', 'us-east-1b'];
    const result = await playManaged({
      events: [
        ...zones.map((availabilityZone) => ({ at: 30, fault: 'loseZone', availabilityZone })),
        { at: 600, fault: 'restoreZone', availabilityZone: 'us-east-1b' },
      ],
    });
    expect(managedStates(result).filter((one) => one.includes('pending'))).toEqual([
      '0 pending m1.small a 1 task waits for capacity',
      '600 pending m1.small b 1 task waits for capacity',
    ]);
  });

  it('Spot takes it back: drained with the notice, gone after it', async () => {
    const events = [{ at: 600, fault: 'spotInterruption', containerInstance: 'managed[0]', draining: true }];
    const result = await playManaged({ template: { capacityOptionType: 'SPOT' }, events });
    expect(managedStates(result).slice(2)).toEqual([
      '600 pending m1.small b 1 task waits for capacity',
      '660 running m1.small b',
      '720 terminated m1.small a it was lost',
    ]);
  });

  it('an instance that is drained by hand ends when it is empty', async () => {
    const input = { containerInstances: ['managed[0]'], status: 'DRAINING' };
    const result = await playManaged({ events: [{ at: 600, call: 'UpdateContainerInstancesState', input }] });
    expect(managedStates(result).at(-1)).toBe('736 terminated m1.small a it was drained');
  });

  it('a standalone task that nothing fits stops after 15 minutes', async () => {
    const result = await playManaged({
      definition: { containerDefinitions: [{ name: 'app', image: 'app', cpu: 9000, memory: 64 }] },
      more: NONE,
      events: [runTask(0, 1)],
    });
    expect(managedStates(result)).toEqual([]);
    expect(tasksOf(result, 899)).toHaveLength(1);
    expect(tasksOf(result, 900)).toHaveLength(0);
  });
});
