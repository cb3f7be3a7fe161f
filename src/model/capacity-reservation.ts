/**
 * Capacity Reservations of EC2, as DescribeCapacityReservations has them: so many instances of one type in one zone. Called by
 * parseScenario. Ours: `groupArn`, the resource group that a reservation is in, and the cluster that launches into it.
 */
import { whatThereIs } from '../base/nearest.ts';
import { fields, nonEmptyText, optionalText, refuse, whole } from './read.ts';
import type { Surroundings } from './subnet.ts';

export interface CapacityReservation {
  readonly id: string;
  readonly instanceType: string;
  readonly zone: string;
  /** Instances, one at least. */
  readonly count: number;
  /** Undefined: it is open. Else only who names the group launches into it (ours: EC2 keeps both apart). */
  readonly groupArn: string | undefined;
  /** Name or ARN; undefined: the first. */
  readonly cluster: string | undefined;
}

/** EC2 API, CreateCapacityReservation, InstanceCount. */
const MOST_INSTANCES = 1000;

/** Zones are known from subnets; without any subnet every zone is taken. */
function parseZone(value: unknown, path: string, { subnets }: Pick<Surroundings, 'subnets'>): string {
  const zone = nonEmptyText(value, path);
  const known = [...new Set(subnets.map(({ availabilityZone }) => availabilityZone))].sort();
  if (known.length === 0 || known.includes(zone)) return zone;
  return refuse('UNKNOWN_ZONE', `${path}: no subnet is in Availability Zone ${zone}.${whatThereIs(zone, known)}`, {
    path,
    value: zone,
    expected: known,
  });
}

/** @throws InvalidParameterException naming the member; also for an id that stands twice. */
export function parseCapacityReservations(
  input: readonly unknown[],
  path: string,
  around: Pick<Surroundings, 'subnets'>,
): CapacityReservation[] {
  const seen = new Set<string>();
  return input.map((entry, k) => {
    const at = `${path}[${k}]`;
    const given = fields(entry, at);
    const idPath = `${at}.CapacityReservationId`;
    const id = nonEmptyText(given.CapacityReservationId, idPath);
    if (seen.has(id)) refuse('DUPLICATE', `${idPath} ${id} stands twice.`, { path: idPath, value: id });
    seen.add(id);
    return {
      id,
      instanceType: nonEmptyText(given.InstanceType, `${at}.InstanceType`),
      zone: parseZone(given.AvailabilityZone, `${at}.AvailabilityZone`, around),
      count: whole(given.TotalInstanceCount, `${at}.TotalInstanceCount`, 1, MOST_INSTANCES),
      groupArn: given.groupArn === undefined ? undefined : nonEmptyText(given.groupArn, `${at}.groupArn`),
      cluster: optionalText(given.cluster, `${at}.cluster`),
    };
  });
}
