/** CapacityProviderReservation, for one capacity provider or many a call. */
import { parseReservation, type Reservation, type ReservationInput } from '../model/reservation.ts';
import {
  checkReservationTable,
  type ReservationColumns,
  type ReservationTable,
  reservationTable,
} from '../model/reservation-table.ts';
import { answer } from './tables.ts';

/**
 * CapacityProviderReservation of a capacity provider with managed scaling, M / N x 100, and the size that it gives the Auto
 * Scaling group: ceil(N x metric / targetCapacity), within minSize and maxSize (ECS developer guide, cluster-auto-scaling).
 *
 * - No task waits: M is the busy instances. An empty group has the target capacity as its metric: nothing happens.
 * - Tasks wait: M is N and the instances of the largest type that the neediest group wants, within the step sizes. Groups that
 *   do not fit on the smallest type are left out. An empty group goes to 200 % first, two instances.
 *
 * The size is computed from whole numbers (100 M / targetCapacity): a metric such as 33.3 % is not rounded on the way.
 * When the alarms fire, warmup and how fast instances end are the caller's.
 * @throws InvalidParameterException WRONG_TYPE, OUT_OF_RANGE, EMPTY, naming the member.
 */
export function capacityProviderReservation(input: ReservationInput): Reservation {
  const one = parseReservation(input);
  const { m, metricValue, desiredCapacity } = reserve(reservationTable(one));
  return {
    m: m[0] as number,
    n: one.instances,
    metricValue: metricValue[0] as number,
    desiredCapacity: desiredCapacity[0] as number,
  };
}

/**
 * As `capacityProviderReservation`, for a table of capacity providers.
 * @throws InvalidParameterException WRONG_TYPE, WRONG_LENGTH, OUT_OF_RANGE, EMPTY, naming the column and the index.
 */
export function capacityProviderReservationBatch(table: ReservationTable): ReservationColumns {
  checkReservationTable(table);
  return reserve(table);
}

function reserve(table: ReservationTable): ReservationColumns {
  const { groups, types, instances } = table;
  const ints = [
    instances,
    table.busyInstances,
    table.targetCapacity,
    table.minimumScalingStepSize,
    table.maximumScalingStepSize,
    table.minSize,
    table.maxSize,
    table.legacyEmptyGroup,
    table.groupsEnd,
    table.typesEnd,
    groups.count,
    groups.distinctInstance,
    groups.cpu,
    groups.memory,
    groups.networkInterfaces,
    groups.gpus,
    types.cpu,
    types.memory,
    types.networkInterfaces,
    types.gpus,
  ];
  const answers = answer([new Float64Array(instances.length)], ints, (core) =>
    core.reserveCapacity(instances.length, groups.count.length, types.cpu.length),
  );
  return { m: answers.ints(1), metricValue: answers.doubles(0), desiredCapacity: answers.ints(3) };
}
