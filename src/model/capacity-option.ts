/**
 * capacityOptionType and capacityReservations of ECS Managed Instances (ECS API, CapacityReservationRequest): On-Demand, Spot
 * or Capacity Reservations, and which of these. Called by managed-instances and by whoever launches.
 */
import { whatThereIs } from '../base/nearest.ts';
import type { CapacityReservation } from './capacity-reservation.ts';
import { onlyMembers } from './known-members.ts';
import { type Fields, fields, nonEmptyText, optionalOneOf, refuse } from './read.ts';

const PREFERENCES = ['RESERVATIONS_ONLY', 'RESERVATIONS_FIRST', 'RESERVATIONS_EXCLUDED'] as const;
export type ReservationPreference = (typeof PREFERENCES)[number];

export interface ReservedCapacity {
  readonly preference: ReservationPreference;
  /** Undefined: open reservations. */
  readonly groupArn: string | undefined;
}

export interface CapacityOption {
  readonly isSpot: boolean;
  /** Of RESERVED. */
  readonly reserved: ReservedCapacity | undefined;
}

const OPTIONS = ['ON_DEMAND', 'SPOT', 'RESERVED'] as const;

/** Ours: AWS does not say what holds without a preference. */
const DEFAULT: ReservedCapacity = { preference: 'RESERVATIONS_ONLY', groupArn: undefined };

function parseReserved(input: unknown, path: string): ReservedCapacity {
  const given = fields(input, path);
  onlyMembers(given, path, ['reservationGroupArn', 'reservationPreference']);
  const at = `${path}.reservationGroupArn`;
  const groupArn = given.reservationGroupArn === undefined ? undefined : nonEmptyText(given.reservationGroupArn, at);
  const preference =
    optionalOneOf(given.reservationPreference, `${path}.reservationPreference`, PREFERENCES) ?? DEFAULT.preference;
  if (groupArn !== undefined && preference === 'RESERVATIONS_EXCLUDED')
    refuse('RESERVATION_GROUP', `${at}: with RESERVATIONS_EXCLUDED there is no use for a group of reservations.`, {
      path: at,
      value: groupArn,
    });
  return { preference, groupArn };
}

function optionOf({ isSpot, reserved }: CapacityOption): (typeof OPTIONS)[number] {
  if (reserved !== undefined) return 'RESERVED';
  return isSpot ? 'SPOT' : 'ON_DEMAND';
}

/**
 * @param given the launch template. @param before of an update: what is absent stays.
 * @throws InvalidParameterException naming the member.
 */
export function parseCapacityOption(given: Fields, path: string, before?: CapacityOption): CapacityOption {
  const named = optionalOneOf(given.capacityOptionType, `${path}.capacityOptionType`, OPTIONS);
  const option = named ?? (before === undefined ? 'ON_DEMAND' : optionOf(before));
  const at = `${path}.capacityReservations`;
  const { capacityReservations } = given;
  if (option === 'RESERVED')
    return {
      isSpot: false,
      reserved:
        capacityReservations === undefined ? (before?.reserved ?? DEFAULT) : parseReserved(capacityReservations, at),
    };
  if (capacityReservations !== undefined)
    refuse('CAPACITY_OPTION', `${at} needs capacityOptionType RESERVED, but it is ${option}.`, {
      path: at,
      value: option,
      expected: ['RESERVED'],
    });
  return { isSpot: option === 'SPOT', reserved: undefined };
}

/** Whether its instances may go into a reservation, type and zone aside: an open one, or one of the named group. */
export function mayUse({ preference, groupArn }: ReservedCapacity, reservation: CapacityReservation): boolean {
  return preference !== 'RESERVATIONS_EXCLUDED' && reservation.groupArn === groupArn;
}

/** What decides whether a reservation is of use to a capacity provider. */
export interface Reserving {
  readonly name: string;
  readonly reserved: ReservedCapacity | undefined;
  readonly zones: readonly string[];
}

/**
 * @param reservations of its cluster. @param types that it may launch; undefined: not known yet.
 * @param path of the input of CreateCapacityProvider or UpdateCapacityProvider.
 * @throws InvalidParameterException for a group without reservations, and where nothing could ever be launched.
 */
export function checkReserved(
  { name, reserved, zones }: Reserving,
  reservations: readonly CapacityReservation[],
  types: readonly string[] | undefined,
  path: string,
): void {
  if (reserved === undefined) return;
  const at = `${path}.managedInstancesProvider.instanceLaunchTemplate.capacityReservations`;
  checkGroup(reserved, reservations, `${at}.reservationGroupArn`);
  if (reserved.preference !== 'RESERVATIONS_ONLY') return;
  const usable = reservations.some(
    (one) => mayUse(reserved, one) && zones.includes(one.zone) && (types?.includes(one.instanceType) ?? true),
  );
  if (usable) return;
  const what = types === undefined ? 'zones' : 'instance requirements and zones';
  const which = reserved.groupArn === undefined ? 'open Capacity Reservation' : 'Capacity Reservation of its group';
  refuse('NO_CAPACITY_RESERVATION', `${at}: no ${which} matches the ${what} of ${name}: it could launch nothing.`, {
    path: at,
    value: reserved.preference,
    expected: reservations.map(({ id }) => id),
  });
}

function checkGroup({ groupArn }: ReservedCapacity, reservations: readonly CapacityReservation[], path: string): void {
  if (groupArn === undefined) return;
  const groups = [...new Set(reservations.flatMap((one) => one.groupArn ?? []))];
  if (groups.includes(groupArn)) return;
  refuse(
    'RESERVATION_GROUP',
    `${path}: no Capacity Reservation is in group ${groupArn}.${whatThereIs(groupArn, groups)}`,
    { path, value: groupArn, expected: groups },
  );
}
