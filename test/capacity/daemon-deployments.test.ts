/** Deployments of ECS Managed Daemons as stories: step by step, rolled back, replaced, given up. */
import { describe, expect, it } from 'vitest';
import type { Members } from '../model/definitions.ts';
import {
  CREATE,
  daemonStates,
  instanceStates,
  launches,
  playDaemon,
  refusals,
  taskStates,
} from '../support/simulation/daemon-scenario.ts';

const update = (at: number, more: Members = {}): Members => ({
  at,
  call: 'UpdateDaemon',
  input: {
    daemonArn: 'agent',
    daemonTaskDefinitionArn: 'agent:2',
    capacityProviderArns: ['managed'],
    ...more,
  },
});

describe('an update', () => {
  const six = { service: { desiredCount: 6 } };

  it('replaces a share of the instances after the other, and watches each step', async () => {
    const deploymentConfiguration = { drainPercent: 50, bakeTimeInMinutes: 2 };
    const result = await playDaemon({ ...six, daemon: { deploymentConfiguration }, events: [update(600)] });
    expect(daemonStates(result).slice(3)).toEqual(['600 PENDING', '600 IN_PROGRESS', '1029 SUCCESSFUL']);
    expect(instanceStates(result).filter((one) => /DRAINING|INACTIVE/.test(one))).toEqual([
      '600 DRAINING',
      '742 INACTIVE',
      // 120 s later.
      '862 DRAINING',
      '909 INACTIVE',
    ]);
  });

  it('takes one instance at a time where the share is none', async () => {
    const daemon = { deploymentConfiguration: { drainPercent: 0 } };
    const result = await playDaemon({ ...six, daemon, events: [update(600)] });
    expect(instanceStates(result).filter((one) => one === '600 DRAINING')).toHaveLength(1);
    const all = await playDaemon({
      ...six,
      events: [update(600, { deploymentConfiguration: { drainPercent: 100 } })],
    });
    expect(instanceStates(all).filter((one) => one === '600 DRAINING')).toHaveLength(2);
  });

  it('that fails goes back to what was there', async () => {
    const result = await playDaemon({ ...six, behaviour: { 'agent:2': { failRate: 1 } }, events: [update(300)] });
    expect(daemonStates(result).slice(5)).toEqual([
      ...Array(2).fill('395 failed Essential container in task exited'),
      ...Array(2).fill('490 failed Essential container in task exited'),
      '490 ROLLBACK_IN_PROGRESS The deployment circuit breaker detected failures.',
      '490 ROLLBACK_SUCCESSFUL The deployment circuit breaker detected failures.',
    ]);
    expect(result.summary.services[0]).toMatchObject({ runningCount: 6, steady: true });
  });

  it('is rolled back by an alarm that was not in ALARM when it began', async () => {
    const alarms = { alarmNames: ['loud', 'late'], enable: true };
    const set = (at: number, AlarmName: string): Members => ({
      at,
      call: 'SetAlarmState',
      input: { AlarmName, StateValue: 'ALARM', StateReason: 'test' },
    });
    const deploymentConfiguration = { bakeTimeInMinutes: 10, alarms };
    const events = [set(100, 'loud'), update(300, { deploymentConfiguration }), set(700, 'late')];
    const result = await playDaemon({ events, duration: 'PT2H' });
    expect(daemonStates(result).slice(3, 6)).toEqual([
      '300 PENDING',
      '300 IN_PROGRESS',
      '700 ROLLBACK_IN_PROGRESS Alarm late is in ALARM.',
    ]);
    expect(daemonStates(result).at(-1)).toMatch(/ROLLBACK_SUCCESSFUL/);
    const silent = await playDaemon({
      events: [
        update(300, { deploymentConfiguration: { ...deploymentConfiguration, alarms: { ...alarms, enable: false } } }),
        set(700, 'late'),
      ],
      duration: 'PT2H',
    });
    expect(daemonStates(silent).at(-1)).toMatch(/\d SUCCESSFUL$/);
  });

  it('in the middle of another one takes its place', async () => {
    const result = await playDaemon({
      ...six,
      events: [update(300), update(310, { daemonTaskDefinitionArn: 'agent:1' })],
    });
    expect(daemonStates(result).slice(3, 8)).toEqual([
      '300 PENDING',
      '300 IN_PROGRESS',
      '310 STOPPED It was replaced by a new deployment.',
      '310 PENDING',
      '310 IN_PROGRESS',
    ]);
    expect(daemonStates(result).at(-1)).toMatch(/SUCCESSFUL/);
  });

  it('to other capacity providers frees the ones before of the daemon', async () => {
    const first = await playDaemon({
      events: [
        { at: 290, call: 'CreateCapacityProvider', input: { ...OTHER, name: 'other' } },
        update(300, { capacityProviderArns: ['other'] }),
      ],
    });
    expect(daemonStates(first).at(-1)).toMatch(/SUCCESSFUL/);
    expect(
      taskStates(first)
        .filter((one) => one.includes('agent'))
        .at(-1),
    ).toMatch(/agent STOPPED/);
    expect(instanceStates(first)).toContain('390 ACTIVE');
  });
});

const setStatus = (at: number, status: 'ACTIVE' | 'DRAINING'): Members => ({
  at,
  call: 'UpdateContainerInstancesState',
  input: { containerInstances: ['managed[0]'], status },
});

describe('an instance with another revision', () => {
  it('that somebody makes ACTIVE again in the middle of a step is drained anew', async () => {
    const result = await playDaemon({ events: [update(300), setStatus(310, 'ACTIVE')] });
    expect(instanceStates(result).slice(2, 5)).toEqual(['300 DRAINING', '310 ACTIVE', '310 DRAINING']);
    expect(daemonStates(result).at(-1)).toMatch(/\d SUCCESSFUL$/);
  });

  it('that somebody else drains is waited for, and does not come back with what it runs', async () => {
    const task = { taskDefinition: 'web', capacityProviderStrategy: [{ capacityProvider: 'managed' }] };
    const events = [
      { at: 100, call: 'RunTask', input: task },
      setStatus(290, 'DRAINING'),
      update(300),
      setStatus(400, 'ACTIVE'),
      { at: 500, fault: 'terminateInstance', containerInstance: 'managed[0]' },
    ];
    const result = await playDaemon({ events });
    expect(instanceStates(result)).toContain('400 DRAINING');
    expect(daemonStates(result).slice(3)).toEqual(['300 PENDING', '300 IN_PROGRESS', '500 SUCCESSFUL']);
  });
});

describe('without the capacity provider', () => {
  const gone = [
    { at: 250, call: 'DeleteService', input: { service: 'web', force: true } },
    { at: 260, call: 'DeleteDaemon', input: { daemonArn: 'agent' } },
    { at: 260, call: 'DeleteCapacityProvider', input: { capacityProvider: 'managed' } },
  ];

  it('a deployment ends too', async () => {
    const daemon = { deploymentConfiguration: { bakeTimeInMinutes: 2 } };
    expect(daemonStates(await playDaemon({ daemon, events: gone })).at(-1)).toBe('261 SUCCESSFUL');
    // Its last instance goes when it has been deleted.
    const events = gone.map((one, k) => (k === 2 ? { ...one, at: 260.5 } : one));
    expect(daemonStates(await playDaemon({ daemon, events })).at(-1)).toBe('381 SUCCESSFUL');
  });

  it('a daemon that was given up can be deleted', async () => {
    const [service, , provider] = gone;
    const result = await playDaemon({
      more: { daemons: [] },
      behaviour: { agent: { failRate: 1 } },
      duration: 'PT2H',
      events: [
        { at: 200, call: 'CreateDaemon', input: CREATE },
        { ...service, at: 1500 },
        { ...provider, at: 1900 },
        { at: 4000, call: 'DeleteDaemon', input: { daemonArn: 'agent' } },
      ],
    });
    expect(daemonStates(result).at(-1)).toBe('4000 SUCCESSFUL');
  });
});

const OTHER: Members = {
  managedInstancesProvider: {
    infrastructureRoleArn: 'arn:aws:iam::123456789012:role/infrastructure',
    instanceLaunchTemplate: {
      ec2InstanceProfileArn: 'arn:aws:iam::123456789012:instance-profile/managed',
      networkConfiguration: { subnets: ['subnet-a'] },
    },
  },
};

describe('a new daemon', () => {
  it('is deployed where there is nothing else', async () => {
    const states = daemonStates(await playDaemon({ more: { services: [] } }));
    expect(states).toEqual(['0 PENDING', '0 IN_PROGRESS', '0 SUCCESSFUL']);
  });

  it('comes onto instances that are there by their replacement', async () => {
    const events = [{ at: 300, call: 'CreateDaemon', input: CREATE }];
    const result = await playDaemon({ more: { daemons: [] }, events });
    expect(daemonStates(result)).toEqual(['300 PENDING', '300 IN_PROGRESS', '441 SUCCESSFUL']);
    expect(launches(result)).toEqual([
      '0 pending m1.small a 1 task waits for capacity',
      '300 pending m1.large b 1 task waits for capacity',
    ]);
  });

  it('that fails everywhere is given up: nothing was there before it', async () => {
    const result = await playDaemon({
      more: { daemons: [] },
      behaviour: { agent: { failRate: 1 } },
      events: [{ at: 300, call: 'CreateDaemon', input: CREATE }],
    });
    expect(daemonStates(result).at(-1)).toMatch(/STOPPED The deployment circuit breaker/);
    expect(result.summary.services[0]).toMatchObject({ runningCount: 1, steady: true });
  });

  it('goes again by the replacement of its instances', async () => {
    const events = [{ at: 300, call: 'DeleteDaemon', input: { daemonArn: 'agent' } }, update(310)];
    const result = await playDaemon({ events });
    expect(daemonStates(result).slice(3)).toEqual(['300 PENDING', '300 IN_PROGRESS', '437 SUCCESSFUL']);
    expect(launches(result).at(-1)).toBe('300 pending m1.small b 1 task waits for capacity');
    expect(refusals(result)).toEqual([
      'DaemonNotActiveException: events[1].input.daemonArn: daemon agent is being deleted.',
    ]);
  });
});
