/** Arbitraries of Capacity Reservations, and of what Managed Instances ask of them. Used by managed. */
import fc from 'fast-check';
import { among, ZONES } from '../arbitraries/names.ts';
import { SUBNETS } from './harbour.ts';

type Json = Record<string, unknown>;

const GROUP = 'arn:aws:resource-groups:us-east-1:123456789012:group/reserved';

const TYPE_NAMES = ['t2.small', 'm5.large', 'm5.xlarge', 'm6g.large'] as const;

const place = fc.record({
  InstanceType: among(TYPE_NAMES),
  AvailabilityZone: among(ZONES),
  TotalInstanceCount: among([1, 1, 2, 5]),
  groupArn: among([undefined, undefined, GROUP]),
});

/** capacityReservations of a launch template. */
export const reservationRequest: fc.Arbitrary<Json> = fc
  .record({
    reservationPreference: among([
      undefined,
      'RESERVATIONS_ONLY',
      'RESERVATIONS_ONLY',
      'RESERVATIONS_FIRST',
      'RESERVATIONS_FIRST',
      'RESERVATIONS_EXCLUDED',
    ]),
    isGrouped: among([false, false, true]),
  })
  .map(({ reservationPreference, isGrouped }) => ({
    ...(reservationPreference === undefined ? {} : { reservationPreference }),
    ...(isGrouped && reservationPreference !== 'RESERVATIONS_EXCLUDED' ? { reservationGroupArn: GROUP } : {}),
  }));

const places = fc.array(place, { maxLength: 4 });

/** Whatever the capacity provider requires, in one of its zones there is a reservation of its group for it. */
export function reservationsFor(subnets: readonly string[], request: Json): fc.Arbitrary<Json[]> {
  const zone = ZONES[Math.max(0, SUBNETS.indexOf(subnets[0] as (typeof SUBNETS)[number]))];
  const groupArn = request.reservationGroupArn as string | undefined;
  const own = (['t2.small', 'm5.large'] as const).map((InstanceType) =>
    among([1, 2]).map((TotalInstanceCount) => ({
      InstanceType,
      AvailabilityZone: zone,
      TotalInstanceCount,
      groupArn,
    })),
  );
  return fc.tuple(places, ...own).map(([others, ...mine]) =>
    [...others, ...mine].map(({ groupArn: group, ...one }, k) => ({
      CapacityReservationId: `cr-${k}`,
      ...one,
      ...(group === undefined ? {} : { groupArn: group }),
    })),
  );
}
