/** Capacity Reservations that are refused: their own members, and Managed Instances that none is for. */
import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/simulate/run.ts';
import { parseScenario } from '../../src/simulate/scenario.ts';
import type { Members } from '../model/definitions.ts';
import {
  LAUNCH_TEMPLATE,
  MANAGED_TYPES,
  type ManagedParts,
  managedRefusal,
  managedScenario,
  reservation,
  reservedParts,
} from '../support/simulation/managed-scenario.ts';

const REQUEST = 'capacityProviders[0].managedInstancesProvider.instanceLaunchTemplate.capacityReservations';
const group = 'arn:aws:resource-groups:us-east-1:123456789012:group/web';
const small = reservation('cr-1', 'm1.small', 'a', 1);
const of = (members: Members) => reservedParts([{ ...small, ...members }]);

describe('a Capacity Reservation is refused for', () => {
  it.each<[string, ManagedParts, string, string]>([
    ['an id that stands twice', reservedParts([small, small]), '[1].CapacityReservationId', 'DUPLICATE'],
    ['an empty id', of({ CapacityReservationId: '' }), '[0].CapacityReservationId', 'EMPTY'],
    ['a zone without subnets', of({ AvailabilityZone: 'us-east-1z' }), '[0].AvailabilityZone', 'UNKNOWN_ZONE'],
    ['no instances', of({ TotalInstanceCount: 0 }), '[0].TotalInstanceCount', 'OUT_OF_RANGE'],
    ['more instances than EC2 reserves', of({ TotalInstanceCount: 1001 }), '[0].TotalInstanceCount', 'OUT_OF_RANGE'],
    ['an unknown type', of({ InstanceType: 'm1.smal' }), '[0].InstanceType', 'UNKNOWN_INSTANCE_TYPE'],
    ['an unknown cluster', of({ cluster: 'x' }), '[0].cluster', 'UNKNOWN_CLUSTER'],
    ['an empty group', of({ groupArn: '' }), '[0].groupArn', 'EMPTY'],
    ['a misspelt member', of({ TotalInstanceCont: 1 }), '[0].TotalInstanceCont', 'UNKNOWN_MEMBER'],
  ])('%s', async (_, parts, path, code) => {
    const error = await managedRefusal(parts);
    expect({ path: error.facts.path, code: error.code }).toEqual({ path: `capacityReservations${path}`, code });
  });
});

describe('a capacity provider is refused for', () => {
  const only = { reservationPreference: 'RESERVATIONS_ONLY' };
  it.each<[string, ManagedParts, string, string]>([
    ['no reservations at all', reservedParts([]), '', 'NO_CAPACITY_RESERVATION'],
    ['reservations of groups alone', of({ groupArn: group }), '', 'NO_CAPACITY_RESERVATION'],
    [
      'reservations in other zones',
      reservedParts([small], undefined, { networkConfiguration: { subnets: ['subnet-b'] } }),
      '',
      'NO_CAPACITY_RESERVATION',
    ],
    [
      'reservations of other types',
      reservedParts([small], only, {
        instanceRequirements: { vCpuCount: { min: 4 }, memoryMiB: { min: 0 } },
      }),
      '',
      'NO_CAPACITY_RESERVATION',
    ],
    [
      'reservations of another cluster',
      {
        ...reservedParts([{ ...small, cluster: 'other' }]),
        more: {
          clusters: [{ clusterName: 'default' }, { clusterName: 'other' }],
          capacityReservations: [{ ...small, cluster: 'other' }],
        },
      },
      '',
      'NO_CAPACITY_RESERVATION',
    ],
    [
      'a group that no reservation is in',
      reservedParts([small], { reservationGroupArn: group, reservationPreference: 'RESERVATIONS_FIRST' }),
      '.reservationGroupArn',
      'RESERVATION_GROUP',
    ],
    [
      'a group that it may not use',
      reservedParts([small], { reservationGroupArn: group, reservationPreference: 'RESERVATIONS_EXCLUDED' }),
      '.reservationGroupArn',
      'RESERVATION_GROUP',
    ],
    ['Spot', reservedParts([small], only, { capacityOptionType: 'SPOT' }), '', 'CAPACITY_OPTION'],
    ['On-Demand', { template: { capacityReservations: only } }, '', 'CAPACITY_OPTION'],
    [
      'an unknown preference',
      reservedParts([small], { reservationPreference: 'RESERVATIONS' }),
      '.reservationPreference',
      'NOT_ALLOWED',
    ],
    ['a misspelt member', reservedParts([small], { preference: 'x' }), '.preference', 'UNKNOWN_MEMBER'],
  ])('%s', async (_, parts, path, code) => {
    const error = await managedRefusal(parts);
    expect({ path: error.facts.path, code: error.code }).toEqual({ path: `${REQUEST}${path}`, code });
  });
});

describe('a call is refused for', () => {
  const update = (instanceLaunchTemplate: Members) => ({
    call: 'UpdateCapacityProvider',
    input: { name: 'managed', managedInstancesProvider: { instanceLaunchTemplate } },
  });
  const role = 'arn:aws:iam::123456789012:role/infrastructure';
  const create = (instanceLaunchTemplate: Members) => ({
    call: 'CreateCapacityProvider',
    input: { name: 'new', managedInstancesProvider: { infrastructureRoleArn: role, instanceLaunchTemplate } },
  });
  it.each<[string, Members, string]>([
    [
      'requirements that no reservation meets',
      update({ instanceRequirements: { vCpuCount: { min: 4 }, memoryMiB: { min: 0 } } }),
      'no open Capacity Reservation matches the instance requirements and zones of managed',
    ],
    [
      'another group',
      update({ capacityReservations: { reservationGroupArn: 'arn:x' } }),
      'no Capacity Reservation is in group arn:x',
    ],
    ['a preference beside Spot', update({ capacityOptionType: 'SPOT', capacityReservations: {} }), 'but it is SPOT'],
    [
      'reservations of nobody',
      create({
        ...LAUNCH_TEMPLATE,
        capacityOptionType: 'RESERVED',
        networkConfiguration: { subnets: ['subnet-b'] },
      }),
      'of new: it could launch nothing',
    ],
  ])('%s, and changes nothing', async (_, call, words) => {
    const parts = reservedParts([small]);
    const play = (events: Members[]) =>
      simulate(parseScenario(managedScenario({ ...parts, events, duration: 'PT10M' })), {
        instanceTypes: MANAGED_TYPES,
      });
    const { events } = await play([{ at: 60, ...call }]);
    expect(events.filter(({ type }) => type === 'Refusal').map(({ error }) => error?.message)).toEqual([
      expect.stringContaining(words),
    ]);
    const isOwn = ({ type }: { type: string }): boolean => type !== 'Refusal' && type !== 'Call';
    const plain = await play([]);
    expect(events.filter(isOwn).map(({ atMs, type }) => [atMs, type])).toEqual(
      plain.events.filter(isOwn).map(({ atMs, type }) => [atMs, type]),
    );
  });
});
