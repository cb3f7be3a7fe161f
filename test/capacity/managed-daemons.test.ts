/** ECS Managed Daemons as stories: first on each instance and last, with room of their own; failing, and going with their instance. */
import { describe, expect, it } from 'vitest';
import type { Members } from '../model/definitions.ts';
import {
  AGENT,
  daemonStates,
  instanceStates,
  launches,
  playDaemon,
  refusals,
  taskStates,
} from '../support/simulation/daemon-scenario.ts';
import { managedStates } from '../support/simulation/managed-scenario.ts';

const app = (cpu: number): Members => ({ containerDefinitions: [{ name: 'app', image: 'app', cpu, memory: 256 }] });

describe('a daemon', () => {
  it('runs before any other task of its instance, and stops after all of them', async () => {
    const result = await playDaemon({
      events: [{ at: 600, call: 'UpdateService', input: { service: 'web', desiredCount: 0 } }],
    });
    expect(taskStates(result)).toEqual([
      '0 web PROVISIONING',
      '90 agent PENDING',
      '95 agent RUNNING',
      '95 web PENDING',
      '100 web RUNNING',
      '600 web STOPPING',
      '601 web STOPPED',
      '901 agent STOPPING',
      '902 agent STOPPED',
    ]);
    expect(instanceStates(result)).toEqual(['90 REGISTERING', '95 ACTIVE', '901 DRAINING', '902 INACTIVE']);
    expect(managedStates(result).at(-1)).toBe('902 terminated m1.large a it ran no tasks');
    // There was no instance to replace.
    expect(daemonStates(result)).toEqual(['0 PENDING', '0 IN_PROGRESS', '0 SUCCESSFUL']);
  });

  it('needs room: a task of a whole vCPU beside it needs another type', async () => {
    expect(launches(await playDaemon({}))).toEqual(['0 pending m1.large a 1 task waits for capacity']);
    expect(launches(await playDaemon({ definition: app(896) }))).toEqual([
      '0 pending m1.small a 1 task waits for capacity',
    ]);
    // Four fit a large one, but for the daemon: three do.
    const eight = await playDaemon({ service: { desiredCount: 8 } });
    expect(launches(eight).map((one) => one.split(' ').slice(2, 5).join(' '))).toEqual([
      'm1.large a 3',
      'm1.large a 1',
      'm1.large b 3',
      'm1.large b 1',
    ]);
  });

  it('that fits no type keeps every task waiting', async () => {
    const more = { daemonTaskDefinitions: [{ ...AGENT, cpu: '8192' }] };
    const result = await playDaemon({ more });
    expect(launches(result)).toEqual([]);
    expect(taskStates(result)).toEqual(['0 web PROVISIONING']);
  });

  it('launches no instance by itself', async () => {
    expect(managedStates(await playDaemon({ service: { desiredCount: 0 } }))).toEqual([]);
  });

  it('that stops takes its instance with it, and tasks without a service', async () => {
    const result = await playDaemon({
      service: { desiredCount: 0 },
      events: [
        {
          at: 0,
          call: 'RunTask',
          input: { taskDefinition: 'web', capacityProviderStrategy: [{ capacityProvider: 'managed' }] },
        },
        { at: 300, fault: 'killTask', task: 'agent[0]' },
      ],
    });
    expect(daemonStates(result).at(-1)).toBe('300 failed Essential container in task exited');
    expect(taskStates(result).slice(-4)).toEqual([
      '300 agent STOPPING',
      '300 web STOPPING',
      '301 agent STOPPED',
      '301 web STOPPED',
    ]);
    expect(managedStates(result).at(-1)).toBe('301 terminated m1.large a a daemon of it stopped');
  });

  it('that stops has the tasks of services replaced before they stop', async () => {
    const result = await playDaemon({ events: [{ at: 300, fault: 'killTask', task: 'agent[0]' }] });
    expect(taskStates(result).slice(5)).toEqual([
      '300 agent STOPPING',
      '300 web PROVISIONING',
      '301 agent STOPPED',
      '390 agent PENDING',
      '395 agent RUNNING',
      '395 web PENDING',
      '400 web RUNNING',
      // Healthy after 40 s.
      '440 web STOPPING',
      '441 web STOPPED',
    ]);
  });

  const healthCheck = { command: ['CMD', 'true'], interval: 30, retries: 1 };
  const containers = [{ name: 'agent', image: 'agent', memory: 128, healthCheck }];
  const patient = { ...containers[0], healthCheck: { ...healthCheck, retries: 3 } };
  const checked = { daemonTaskDefinitions: [{ ...AGENT, containerDefinitions: containers }] };

  it('has to pass its health check before other tasks come', async () => {
    const result = await playDaemon({ more: checked });
    expect(instanceStates(result)).toEqual(['90 REGISTERING', '125 ACTIVE']);
    expect(taskStates(result).slice(-3)).toEqual(['125 agent RUNNING', '125 web PENDING', '130 web RUNNING']);
    // One that never passes it is no good, however long it has run until then.
    const slow = { daemonTaskDefinitions: [{ ...AGENT, containerDefinitions: [patient] }] };
    const never = await playDaemon({ more: slow, behaviour: { agent: { unhealthyAfterSeconds: 0 } } });
    expect(taskStates(never).filter((one) => one.includes('web'))).toEqual(['0 web PROVISIONING']);
    // 185 s after each other, then 10 s, 20 s, 40 s, ... later.
    const times = launches(never).map((one) => Number(one.split(' ')[0]));
    expect(times).toEqual([0, 185, 370, 565, 770, 995, 1260, 1605, 2110, 2935]);
  });

  it('whose health check fails counts as stopped', async () => {
    const result = await playDaemon({
      more: checked,
      behaviour: { agent: { unhealthyAfterSeconds: 200 } },
      duration: 'PT10M',
    });
    expect(daemonStates(result).at(3)).toMatch(/^\d+ failed Task failed container health checks$/);
    expect(managedStates(result).some((one) => one.endsWith('a daemon of it stopped'))).toBe(true);
  });

  it('that cannot start has instances launched at growing intervals', async () => {
    const result = await playDaemon({ behaviour: { agent: { failRate: 1 } }, duration: 'PT10M' });
    // 95 s after each other, then 10 s, 20 s and 40 s later.
    expect(launches(result).map((one) => Number(one.split(' ')[0]))).toEqual([0, 95, 190, 295, 410, 545]);
    expect(taskStates(result).filter((one) => one.includes('web'))).toEqual(['0 web PROVISIONING']);
  });

  it('that fails now and then holds nothing up: what stays ends the row', async () => {
    const fault = 'killTask';
    // Each within a minute of its start, and another instance that stays for an hour after it.
    const events = [100, 3800, 7600, 11_400, 15_200].flatMap((at) => [
      { at: at - 2, fault: 'terminateInstance', containerInstance: 'managed[0]' },
      { at: at + 110, fault, task: 'agent[0]' },
    ]);
    const result = await playDaemon({ events, duration: 'PT6H' });
    const ended = managedStates(result).filter((one) => one.endsWith('a daemon of it stopped'));
    const after = launches(result).filter((_, k) => k > 0 && k % 2 === 0);
    expect(ended).toHaveLength(5);
    // At once: none of them is the third in a row.
    expect(after.map((one) => Number(one.split(' ')[0]))).toEqual([210, 3910, 7710, 11_510, 15_310]);
  });

  it('settles, however fast it fails', async () => {
    const provider = { launchDelaySeconds: 0, joinDelaySeconds: 0 };
    const agent = { runSeconds: 0, startSeconds: 0, stopSeconds: 0 };
    const result = await playDaemon({ provider, behaviour: { agent }, duration: 'PT5M' });
    expect(launches(result)).toHaveLength(7);
  });

  it('that is not critical keeps nobody waiting, and takes nothing with it', async () => {
    const result = await playDaemon({ daemon: { critical: false }, behaviour: { agent: { failRate: 1 } } });
    expect(instanceStates(result)).toEqual(['90 ACTIVE']);
    expect(taskStates(result)).toEqual([
      '0 web PROVISIONING',
      '90 agent PENDING',
      '90 web PENDING',
      '95 agent STOPPING',
      '95 web RUNNING',
      '95 agent STOPPED',
    ]);
    expect(daemonStates(result).at(-1)).toBe('95 failed Essential container in task exited');
  });

  it('goes with its instance: lost, halted, or with its provider', async () => {
    const events = [{ at: 300, fault: 'terminateInstance', containerInstance: 'managed[0]' }];
    const lost = await playDaemon({ events });
    expect(daemonStates(lost)).toHaveLength(3);
    expect(taskStates(lost)).toContain('300 agent STOPPED');
    const halted = await playDaemon({ events: [{ ...events[0], fault: 'stopInstance' }] });
    expect(daemonStates(halted)).toHaveLength(3);
    const gone = await playDaemon({
      service: { desiredCount: 0 },
      events: [
        { at: 0, call: 'UpdateService', input: { service: 'web', desiredCount: 1 } },
        { at: 300, call: 'DeleteService', input: { service: 'web', force: true } },
        { at: 400, call: 'DeleteCapacityProvider', input: { capacityProvider: 'managed' } },
        { at: 500, call: 'DeleteDaemon', input: { daemonArn: 'agent' } },
        { at: 510, call: 'DeleteCapacityProvider', input: { capacityProvider: 'managed' } },
      ],
    });
    expect(refusals(gone)).toEqual([
      'ResourceInUseException: events[2].input.capacityProvider: The specified capacity provider is in use and cannot be removed: it is in daemon agent.',
    ]);
    expect(managedStates(gone).at(-1)).toMatch(/^501 terminated/);
  });

  it('does not start on an instance while its agent says nothing: another one is launched', async () => {
    const lost = { at: 91, fault: 'loseAgent', containerInstance: 'managed[0]' };
    const events = [lost, { at: 200, fault: 'restoreAgent', containerInstance: 'managed[0]' }];
    const result = await playDaemon({ events });
    expect(launches(result).at(-1)).toMatch(/^91 /);
    expect(taskStates(result)).toContain('186 web PENDING');
    // The first one comes too late, and idles.
    expect(taskStates(result)).toContain('200 agent RUNNING');
    expect(managedStates(result).at(-1)).toBe('501 terminated m1.large a it ran no tasks');
    // For ever: nobody waits for it.
    const silent = await playDaemon({ events: [lost] });
    expect(silent.summary.services[0]).toMatchObject({ runningCount: 1, steady: true });
  });

  it('that was told to stop is not missed by tasks: its instance does not come back', async () => {
    const events = [
      { at: 300, call: 'UpdateService', input: { service: 'web', desiredCount: 0 } },
      { at: 601.5, call: 'UpdateService', input: { service: 'web', desiredCount: 1 } },
      {
        at: 601.5,
        call: 'UpdateContainerInstancesState',
        input: { containerInstances: ['managed[0]'], status: 'ACTIVE' },
      },
    ];
    const result = await playDaemon({ events });
    expect(refusals(result)).toEqual([
      expect.stringMatching(
        /^InvalidParameterException: events\[2\]\.input\.containerInstances\[0\]: \w+ has no daemons/,
      ),
    ]);
    expect(taskStates(result).slice(-3)).toEqual(['696.5 agent RUNNING', '696.5 web PENDING', '701.5 web RUNNING']);
    expect(refusals(await playDaemon({ events, daemon: { critical: false } }))).toHaveLength(1);
    // That one had failed long before: nothing is amiss.
    const without = { daemon: { critical: false }, behaviour: { agent: { failRate: 1 } }, scaleInAfter: -1 };
    const drained = { ...events[2], at: 400, input: { containerInstances: ['managed[0]'], status: 'DRAINING' } };
    const back = { ...events[2], at: 400 };
    expect(refusals(await playDaemon({ ...without, events: [drained, back] }))).toEqual([]);
  });

  it('keeps no instance whose agent says nothing', async () => {
    const events = [
      { at: 300, call: 'UpdateService', input: { service: 'web', desiredCount: 0 } },
      { at: 400, fault: 'loseAgent', containerInstance: 'managed[0]' },
    ];
    expect(managedStates(await playDaemon({ events })).at(-1)).toBe('601 terminated m1.large a it ran no tasks');
    // Its agent is lost when the daemon has been told to stop.
    const late = [events[0], { ...events[1], at: 601.5 }] as Members[];
    expect(managedStates(await playDaemon({ events: late })).at(-1)).toBe(
      '601.5 terminated m1.large a it ran no tasks',
    );
  });
});
