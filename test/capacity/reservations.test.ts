/** Capacity Reservations as stories: ECS Managed Instances with RESERVED take their places, wait for them, and leave them. */
import { describe, expect, it } from 'vitest';
import type { SimulationResult } from '../../src/simulate/result.ts';
import type { Members } from '../model/definitions.ts';
import {
  LAUNCH_TEMPLATE,
  managedStates,
  playManaged,
  reservation,
  reservedParts,
} from '../support/simulation/managed-scenario.ts';
import { changes } from '../support/simulation/scaled.ts';

/** `0 m1.small a cr-1`: seconds, types, zones, reservations. */
function launches({ events }: SimulationResult): string[] {
  return events.flatMap(({ atMs, managedInstance: one }) => {
    if (one?.instanceState !== 'pending') return [];
    const { instanceType, availabilityZone, capacityReservationId = 'none' } = one;
    return [`${atMs / 1000} ${instanceType} ${availabilityZone.at(-1)} ${capacityReservationId}`];
  });
}

const GROUP = 'arn:aws:resource-groups:us-east-1:123456789012:group/web';
const a2 = reservation('cr-a', 'm1.small', 'a', 2);
const b1 = reservation('cr-b', 'm1.small', 'b', 1);
const first = { reservationPreference: 'RESERVATIONS_FIRST' };
const at = (second: number, call: string, input: Members) => ({ at: second, call, input });
const scale = (second: number, desiredCount: number) => at(second, 'UpdateService', { service: 'web', desiredCount });
const update = (second: number, instanceLaunchTemplate: Members) =>
  at(second, 'UpdateCapacityProvider', { name: 'managed', managedInstancesProvider: { instanceLaunchTemplate } });

const provider = (name: string, zone: string, template: Members): Members => ({
  name,
  managedInstancesProvider: {
    infrastructureRoleArn: 'arn:aws:iam::123456789012:role/infrastructure',
    instanceLaunchTemplate: {
      ...LAUNCH_TEMPLATE,
      networkConfiguration: { subnets: [`subnet-${zone}`] },
      ...template,
    },
  },
});

describe('with RESERVATIONS_ONLY', () => {
  it('instances go into the reservations of their zones, and what finds no place waits', async () => {
    const result = await playManaged({ ...reservedParts([a2, b1]), service: { desiredCount: 5 } });
    // A large one would be cheaper: nobody has reserved any. Zone b has one place, so that a takes what it cannot.
    expect(launches(result)).toEqual(['0 m1.small a cr-a', '0 m1.small a cr-a', '0 m1.small b cr-b']);
    expect(changes(result, 'provisioningTasks').at(-1)).toEqual([90, 2]);
    expect(result.summary.services[0]).toMatchObject({ runningCount: 3, steady: false });
  });

  it('is what holds without a preference', async () => {
    const { template = {}, ...parts } = reservedParts([b1], { reservationPreference: 'RESERVATIONS_ONLY' });
    const service = { desiredCount: 3 };
    const named = await playManaged({ template, ...parts, service });
    const unnamed = await playManaged({ ...reservedParts([b1]), service });
    const empty = await playManaged({ ...reservedParts([b1], {}), service });
    expect(launches(named)).toEqual(['0 m1.small b cr-b']);
    for (const one of [unnamed, empty]) expect(one.events).toEqual(named.events);
  });

  it('the next in line is launched for when a place becomes free', async () => {
    const result = await playManaged({
      ...reservedParts([b1]),
      service: { desiredCount: 2 },
      events: [{ at: 600, fault: 'terminateInstance', containerInstance: 'managed[0]' }],
    });
    expect(managedStates(result)).toEqual([
      '0 pending m1.small b 1 task waits for capacity',
      '60 running m1.small b',
      '600 terminated m1.small b it was lost',
      '600 pending m1.small b 1 task waits for capacity',
      '660 running m1.small b',
    ]);
    expect(launches(result)).toEqual(['0 m1.small b cr-b', '600 m1.small b cr-b']);
  });

  it('an idle instance holds its place until it has ended, also against another capacity provider', async () => {
    const { template = {}, more } = reservedParts([b1]);
    const task = at(300, 'RunTask', {
      taskDefinition: 'web',
      capacityProviderStrategy: [{ capacityProvider: 'other' }],
    });
    const result = await playManaged({
      events: [task, scale(600, 0)],
      more: {
        ...more,
        capacityProviders: [provider('managed', 'b', template), provider('other', 'b', template)],
        behaviour: { web: { stopSeconds: 0 } },
      },
    });
    const told = result.events.flatMap(({ atMs, managedInstance: one }) =>
      one === undefined ? [] : [`${atMs / 1000} ${one.capacityProviderName} ${one.instanceState}`],
    );
    expect(told).toEqual([
      '0 managed pending',
      '60 managed running',
      '900 managed terminated',
      '900 other pending',
      '960 other running',
    ]);
  });

  it('two capacity providers share one reservation at the same time', async () => {
    const { template = {}, more } = reservedParts([a2]);
    const service = (serviceName: string, capacityProvider: string) => ({
      serviceName,
      taskDefinition: 'web',
      desiredCount: 2,
      capacityProviderStrategy: [{ capacityProvider }],
    });
    const result = await playManaged({
      more: {
        ...more,
        capacityProviders: [provider('managed', 'a', template), provider('other', 'a', template)],
        services: [service('one', 'other'), service('two', 'managed')],
      },
    });
    expect(launches(result)).toEqual(['0 m1.small a cr-a', '0 m1.small a cr-a']);
    expect(changes(result, 'provisioningTasks').at(-1)).toEqual([90, 2]);
  });

  it('a large place takes several tasks, the cheapest for all of them first', async () => {
    const large = reservation('cr-l', 'm1.large', 'a', 1);
    const result = await playManaged({ ...reservedParts([a2, large]), service: { desiredCount: 5 } });
    expect(launches(result)).toEqual(['0 m1.large a cr-l', '0 m1.small a cr-a']);
    expect(result.summary.services[0]).toMatchObject({ runningCount: 5, steady: true });
  });

  it('reservations of one type and zone are filled in the order of the scenario', async () => {
    const more = reservation('cr-2', 'm1.small', 'b', 2);
    const result = await playManaged({ ...reservedParts([b1, more]), service: { desiredCount: 3 } });
    expect(launches(result).map((one) => one.split(' ').at(-1))).toEqual(['cr-b', 'cr-2', 'cr-2']);
  });

  it('a place in a zone that is down is of no use, and free once its instance is lost', async () => {
    const result = await playManaged({
      ...reservedParts([a2, b1]),
      service: { desiredCount: 1 },
      events: [
        { at: 600, fault: 'loseZone', availabilityZone: 'us-east-1a' },
        { at: 1200, fault: 'restoreZone', availabilityZone: 'us-east-1a' },
        scale(1800, 3),
      ],
    });
    expect(launches(result)).toEqual([
      '0 m1.small a cr-a',
      '600 m1.small b cr-b',
      '1800 m1.small a cr-a',
      '1800 m1.small a cr-a',
    ]);
  });
});

describe('with RESERVATIONS_FIRST', () => {
  it('the others of a zone are On-Demand, of any type', async () => {
    const result = await playManaged({ ...reservedParts([a2, b1], first), service: { desiredCount: 8 } });
    expect(launches(result)).toEqual([
      '0 m1.small a cr-a',
      '0 m1.small a cr-a',
      '0 m1.large a none',
      '0 m1.small b cr-b',
      '0 m1.large b none',
    ]);
    const lifecycles = result.events.flatMap(({ managedInstance }) => managedInstance?.lifecycle ?? []);
    expect(new Set(lifecycles)).toEqual(new Set(['on-demand']));
    expect(result.summary.services[0]).toMatchObject({ runningCount: 8, steady: true });
  });

  it('all of them are, where no reservation is there for it', async () => {
    const plain = await playManaged({ service: { desiredCount: 6 } });
    for (const reservations of [[], [{ ...a2, groupArn: GROUP }], [reservation('cr', 'm1g.small', 'a', 3)]]) {
      const result = await playManaged({ ...reservedParts(reservations, first), service: { desiredCount: 6 } });
      expect(result.events).toEqual(plain.events);
      expect(result.summary).toEqual(plain.summary);
    }
  });
});

describe('with RESERVATIONS_EXCLUDED', () => {
  it('everything is On-Demand', async () => {
    const request = { reservationPreference: 'RESERVATIONS_EXCLUDED' };
    const result = await playManaged({ ...reservedParts([a2, b1], request), service: { desiredCount: 6 } });
    expect(result.events).toEqual((await playManaged({ service: { desiredCount: 6 } })).events);
  });
});

describe('a group of reservations', () => {
  const grouped = { ...b1, CapacityReservationId: 'cr-g', groupArn: GROUP };

  it('is for who names it, and open reservations are not', async () => {
    const named = await playManaged({
      ...reservedParts([a2, grouped], { reservationGroupArn: GROUP }),
      service: { desiredCount: 2 },
    });
    expect(launches(named)).toEqual(['0 m1.small b cr-g']);
    const open = await playManaged({ ...reservedParts([grouped, a2]), service: { desiredCount: 2 } });
    expect(launches(open)).toEqual(['0 m1.small a cr-a', '0 m1.small a cr-a']);
  });
});

describe('UpdateCapacityProvider', () => {
  it('lets those go On-Demand that wait, or go on waiting', async () => {
    const result = await playManaged({
      ...reservedParts([b1]),
      service: { desiredCount: 2 },
      events: [
        update(600, { instanceRequirements: { vCpuCount: { min: 1, max: 1 }, memoryMiB: { min: 0 } } }),
        update(900, { capacityReservations: first }),
        update(1200, { capacityReservations: {} }),
        scale(1500, 3),
      ],
    });
    // What is there stays, and the last one waits.
    expect(launches(result)).toEqual(['0 m1.small b cr-b', '900 m1.small a none']);
    expect(changes(result, 'provisioningTasks').at(-1)).toEqual([1500, 1]);
  });

  it('takes to reservations, and leaves them', async () => {
    const result = await playManaged({
      more: { capacityReservations: [a2] },
      events: [
        update(600, { capacityOptionType: 'RESERVED' }),
        scale(900, 2),
        update(1200, { capacityOptionType: 'SPOT' }),
        scale(1500, 3),
      ],
    });
    expect(launches(result)).toEqual(['0 m1.small a none', '900 m1.small a cr-a', '1500 m1.small b none']);
    const last = result.events.flatMap(({ managedInstance }) => managedInstance ?? []).at(-1);
    expect(last?.lifecycle).toBe('spot');
  });
});

describe('the bill', () => {
  it('is that of On-Demand, with the fee, and nothing for places that nobody takes', async () => {
    const one = await playManaged({ ...reservedParts([a2, b1]), duration: 'PT1H1M' });
    expect(one.summary.cost.bySource).toEqual({ MANAGED_INSTANCES: { microCents: 5_600_000, instanceSeconds: 3600 } });
  });
});

describe('clusters', () => {
  it('have reservations of their own', async () => {
    const { template = {}, more } = reservedParts([a2, { ...b1, cluster: 'second' }]);
    const service = (cluster: string, capacityProvider: string) => ({
      cluster,
      serviceName: 'web',
      taskDefinition: 'web',
      desiredCount: 3,
      capacityProviderStrategy: [{ capacityProvider }],
    });
    const result = await playManaged({
      more: {
        ...more,
        clusters: [{ clusterName: 'default' }, { clusterName: 'second' }],
        capacityProviders: [provider('one', 'a', template), { ...provider('two', 'b', template), cluster: 'second' }],
        services: [service('default', 'one'), service('second', 'two')],
      },
    });
    expect(launches(result)).toEqual(['0 m1.small a cr-a', '0 m1.small a cr-a', '0 m1.small b cr-b']);
  });
});
