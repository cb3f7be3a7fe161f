/** Auto repair of ECS Managed Instances as stories: who is IMPAIRED is drained and replaced, unless the provider says otherwise. */
import { describe, expect, it } from 'vitest';
import type { Members } from '../model/definitions.ts';
import { daemonStates, instanceStates, playDaemon } from '../support/simulation/daemon-scenario.ts';
import { LAUNCH_TEMPLATE, managedStates, playManaged } from '../support/simulation/managed-scenario.ts';

const IMPAIR: Members = { at: 300, fault: 'impairInstance', containerInstance: 'managed[0]' };

function provider(actionsStatus: string): Members {
  return {
    managedInstancesProvider: {
      infrastructureRoleArn: 'arn:aws:iam::123456789012:role/infrastructure',
      instanceLaunchTemplate: { ...LAUNCH_TEMPLATE, localStorageConfiguration: { useLocalStorage: true } },
      autoRepairConfiguration: { actionsStatus },
    },
  };
}

describe('an impaired instance', () => {
  it('is replaced before it ends', async () => {
    for (const own of [{}, provider('ENABLED')])
      expect(managedStates(await playManaged({ provider: own, events: [IMPAIR] }))).toEqual([
        '0 pending m1.small a 1 task waits for capacity',
        '60 running m1.small a',
        '300 pending m1.small b 1 task waits for capacity',
        '360 running m1.small b',
        // 395 s running, 435 s healthy, then the old task takes a second to stop.
        '436 terminated m1.small a it was impaired',
      ]);
  });

  it('stays where nobody repairs it, until somebody does', async () => {
    const disabled = provider('DISABLED');
    expect(managedStates(await playManaged({ provider: disabled, events: [IMPAIR] }))).toHaveLength(2);
    const enable = {
      at: 600,
      call: 'UpdateCapacityProvider',
      input: { name: 'managed', managedInstancesProvider: { autoRepairConfiguration: { actionsStatus: 'ENABLED' } } },
    };
    const later = await playManaged({ provider: disabled, events: [IMPAIR, enable] });
    expect(managedStates(later).at(-1)).toBe('736 terminated m1.small a it was impaired');
    const other = { ...enable, input: { ...enable.input, managedInstancesProvider: { propagateTags: 'NONE' } } };
    expect(managedStates(await playManaged({ provider: disabled, events: [IMPAIR, other] }))).toHaveLength(2);
  });

  it('is also one whose critical daemon stops', async () => {
    const kill = { at: 300, fault: 'killTask', task: 'agent[0]' };
    const kept = await playDaemon({ provider: provider('DISABLED'), events: [kill] });
    expect(daemonStates(kept).at(-1)).toBe('300 failed Essential container in task exited');
    expect(instanceStates(kept).at(-1)).toBe('300 ACTIVE');
    expect(managedStates(kept)).toHaveLength(2);
    // One that never registered is of no use to anybody.
    const never = await playDaemon({
      provider: provider('DISABLED'),
      behaviour: { agent: { failRate: 1 } },
      duration: 'PT3M',
    });
    expect(managedStates(never)).toContain('95 terminated m1.large a a daemon of it stopped');
  });
});
