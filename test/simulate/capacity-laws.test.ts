/**
 * Groups and capacity providers in hostile scenarios written by hand: every law of random scenarios holds in them, after
 * every millisecond, and they end as the rules say. Random ones are in laws.
 */
import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/simulate/run.ts';
import { parseScenario } from '../../src/simulate/scenario.ts';
import type { Members } from '../model/definitions.ts';
import { capacityScenario, type Parts } from '../support/simulation/capacity.ts';
import { checkScenario } from '../support/simulation/check.ts';

const AutoScalingGroupName = 'asg';
const call = (at: number, name: string, input: Members): Members => ({ at, call: name, input });
const fault = (at: number, name: string, zone: string): Members => ({ at, fault: name, availabilityZone: zone });
const managed = (members: Members): Members => ({ managedScaling: members });

/** Tasks that run at the end, of those that are wanted, and how large the group wants to be. */
type End = readonly [running: number, desiredCount: number, capacity: number];

const CASES: readonly (readonly [what: string, parts: Parts, end: End])[] = [
  ['no instance allowed: all wait', { group: { MaxSize: 0 }, service: { desiredCount: 5 } }, [0, 5, 0]],
  [
    'a target of 1 %: a hundred times the need, up to the maximum',
    { provider: managed({ targetCapacity: 1 }), service: { desiredCount: 3 }, duration: 'PT2H' },
    [3, 3, 10],
  ],
  ['at the maximum the rest waits', { group: { MaxSize: 2 }, service: { desiredCount: 600 } }, [4, 600, 2]],
  [
    'no instance is large enough: none is launched',
    { container: { cpu: 9999 }, service: { desiredCount: 3 } },
    [0, 3, 0],
  ],
  [
    'a base beyond the count',
    { service: { desiredCount: 2, capacityProviderStrategy: [{ capacityProvider: 'cp', base: 100_000, weight: 0 }] } },
    [2, 2, 2],
  ],
  [
    'one instance a step',
    {
      group: { MaxSize: 30 },
      provider: managed({ maximumScalingStepSize: 1, instanceWarmupPeriod: 0 }),
      service: { desiredCount: 8 },
    },
    [8, 8, 4],
  ],
  [
    'a least step beyond the maximum size',
    { group: { MaxSize: 3 }, provider: managed({ minimumScalingStepSize: 10_000 }), service: { desiredCount: 5 } },
    [5, 5, 3],
  ],
  [
    'managed scaling is off while there is room to grow',
    {
      group: { MaxSize: 1 },
      service: { desiredCount: 6 },
      events: [
        call(300, 'UpdateCapacityProvider', {
          name: 'cp',
          autoScalingGroupProvider: managed({ status: 'DISABLED' }),
        }),
        call(400, 'UpdateAutoScalingGroup', { AutoScalingGroupName, MaxSize: 9 }),
        call(1800, 'UpdateCapacityProvider', { name: 'cp', autoScalingGroupProvider: managed({ status: 'ENABLED' }) }),
      ],
    },
    [6, 6, 3],
  ],
  [
    'the provider leaves the cluster while services use it',
    {
      service: { desiredCount: 3 },
      events: [
        call(600, 'PutClusterCapacityProviders', { capacityProviders: [], defaultCapacityProviderStrategy: [] }),
        call(700, 'UpdateService', { service: 'web', desiredCount: 9 }),
      ],
    },
    [9, 9, 5],
  ],
  [
    'the service goes while its tasks wait',
    {
      group: { MaxSize: 0 },
      service: { desiredCount: 6 },
      events: [call(300, 'DeleteService', { service: 'web', force: true })],
    },
    [0, 0, 0],
  ],
  [
    'every zone goes down, and they come back one by one',
    {
      group: { DesiredCapacity: 3, instancesAtStart: 3 },
      service: { desiredCount: 4 },
      events: [
        fault(300, 'loseZone', 'us-east-1a'),
        fault(300, 'loseZone', 'us-east-1b'),
        fault(900, 'restoreZone', 'us-east-1b'),
        fault(2400, 'restoreZone', 'us-east-1a'),
      ],
    },
    [4, 4, 3],
  ],
  [
    'a schedule puts both bounds below what it desires',
    {
      service: { desiredCount: 0 },
      duration: 'PT15M',
      more: {
        scheduledActions: [
          {
            AutoScalingGroupName,
            ScheduledActionName: 'soon',
            StartTime: '2026-01-05T08:05:00Z',
            MinSize: 3,
            MaxSize: 3,
            DesiredCapacity: 99,
          },
          {
            AutoScalingGroupName,
            ScheduledActionName: 'past',
            StartTime: '2020-01-05T08:05:00Z',
            DesiredCapacity: 1,
          },
        ],
      },
    },
    [0, 0, 3],
  ],
];

describe('a hostile scenario keeps every law', () => {
  it.each(CASES)('%s', { timeout: 60_000 }, async (_what, parts, end) => {
    const scenario = parseScenario(capacityScenario(parts));
    await checkScenario(scenario);
    const { summary, series } = await simulate(scenario);
    const capacity = series.find(({ name }) => name === 'groupDesiredCapacity')?.points.at(-1)?.[1];
    const [web] = summary.services;
    expect([web?.runningCount, web?.desiredCount, capacity]).toEqual(end);
  });
});
