/** Many capacity providers at once: a column a member. Made and checked here, answered by the core. */
import { MAX_AMOUNT, RESERVE_EMPTY_AT_100 } from '../../assembly/abi.ts';
import { boundColumns, endColumn, intColumn } from './column.ts';
import { fields, refuse } from './read.ts';
import type { Dimensions, ReservationCase } from './reservation.ts';

const MOST_STEP = 10_000;

/** Amounts by group of tasks, or by instance type. */
export interface AmountColumns {
  /** CPU units. */
  readonly cpu: Int32Array;
  /** MiB. */
  readonly memory: Int32Array;
  readonly networkInterfaces: Int32Array;
  readonly gpus: Int32Array;
}

/** The first columns have a value for each capacity provider; groups and types those of one after those of the other. */
export interface ReservationTable {
  readonly instances: Int32Array;
  readonly busyInstances: Int32Array;
  readonly targetCapacity: Int32Array;
  readonly minimumScalingStepSize: Int32Array;
  readonly maximumScalingStepSize: Int32Array;
  readonly minSize: Int32Array;
  readonly maxSize: Int32Array;
  /** 1 for a group as it was once, else 0. */
  readonly legacyEmptyGroup: Int32Array;
  /** Where each provider's groups end. */
  readonly groupsEnd: Int32Array;
  /** Where each provider's instance types end. */
  readonly typesEnd: Int32Array;
  readonly groups: AmountColumns & { readonly count: Int32Array /** 1 or 0. */; readonly distinctInstance: Int32Array };
  readonly types: AmountColumns;
}

/** Numbers by capacity provider. */
export interface ReservationColumns {
  readonly m: Int32Array;
  readonly metricValue: Float64Array;
  readonly desiredCapacity: Int32Array;
}

function amounts(rows: readonly Dimensions[]): AmountColumns {
  const column = (dimension: 0 | 1 | 2 | 3): Int32Array => Int32Array.from(rows, (row) => row[dimension]);
  return { cpu: column(0), memory: column(1), networkInterfaces: column(2), gpus: column(3) };
}

export function reservationTable(one: ReservationCase): ReservationTable {
  return {
    instances: Int32Array.of(one.instances),
    busyInstances: Int32Array.of(one.busyInstances),
    targetCapacity: Int32Array.of(one.targetCapacity),
    minimumScalingStepSize: Int32Array.of(one.minimumStep),
    maximumScalingStepSize: Int32Array.of(one.maximumStep),
    minSize: Int32Array.of(one.minSize),
    maxSize: Int32Array.of(one.maxSize),
    legacyEmptyGroup: Int32Array.of(one.legacyEmptyGroup ? RESERVE_EMPTY_AT_100 : 0),
    groupsEnd: Int32Array.of(one.groups.length),
    typesEnd: Int32Array.of(one.types.length),
    groups: {
      ...amounts(one.groups.map(({ needs }) => needs)),
      count: Int32Array.from(one.groups, ({ count }) => count),
      distinctInstance: Int32Array.from(one.groups, ({ distinctInstance }) => (distinctInstance ? 1 : 0)),
    },
    types: amounts(one.types),
  };
}

function checkAmounts(columns: AmountColumns, path: string, length: number): void {
  intColumn(columns.cpu, `${path}.cpu`, length, 0, MAX_AMOUNT);
  intColumn(columns.memory, `${path}.memory`, length, 0, MAX_AMOUNT);
  intColumn(columns.networkInterfaces, `${path}.networkInterfaces`, length, 0, MAX_AMOUNT);
  intColumn(columns.gpus, `${path}.gpus`, length, 0, MAX_AMOUNT);
}

/** @throws InvalidParameterException WRONG_TYPE, WRONG_LENGTH, OUT_OF_RANGE, EMPTY, naming the column and the index. */
export function checkReservationTable(table: ReservationTable): void {
  fields(table, '');
  intColumn(table.instances, 'instances', undefined, 0, MAX_AMOUNT);
  const { length } = table.instances;
  intColumn(table.busyInstances, 'busyInstances', length, 0, MAX_AMOUNT);
  boundColumns(table.busyInstances, table.instances, 'instances', MAX_AMOUNT);
  intColumn(table.targetCapacity, 'targetCapacity', length, 1, 100);
  intColumn(table.minimumScalingStepSize, 'minimumScalingStepSize', length, 1, MOST_STEP);
  intColumn(table.maximumScalingStepSize, 'maximumScalingStepSize', length, 1, MOST_STEP);
  boundColumns(table.minimumScalingStepSize, table.maximumScalingStepSize, 'maximumScalingStepSize', MOST_STEP);
  intColumn(table.minSize, 'minSize', length, 0, MAX_AMOUNT);
  intColumn(table.maxSize, 'maxSize', length, 0, MAX_AMOUNT);
  boundColumns(table.minSize, table.maxSize, 'maxSize', MAX_AMOUNT);
  intColumn(table.legacyEmptyGroup, 'legacyEmptyGroup', length, 0, 1);
  fields(table.groups, 'groups');
  fields(table.types, 'types');
  intColumn(table.groups.count, 'groups.count', undefined, 0, MAX_AMOUNT);
  const groups = table.groups.count.length;
  intColumn(table.groups.distinctInstance, 'groups.distinctInstance', groups, 0, 1);
  checkAmounts(table.groups, 'groups', groups);
  intColumn(table.types.cpu, 'types.cpu', undefined, 0, MAX_AMOUNT);
  checkAmounts(table.types, 'types', table.types.cpu.length);
  endColumn(table.groupsEnd, 'groupsEnd', length, groups);
  endColumn(table.typesEnd, 'typesEnd', length, table.types.cpu.length);
  checkTypesThere(table);
}

/** A provider for which tasks wait has an instance type. */
function checkTypesThere({ groupsEnd, typesEnd, groups }: ReservationTable): void {
  groupsEnd.forEach((end, k) => {
    const waits = groups.count.subarray(k === 0 ? 0 : groupsEnd[k - 1], end).some((count) => count > 0);
    if (!waits || (typesEnd[k] as number) > (k === 0 ? 0 : (typesEnd[k - 1] as number))) return;
    const path = `typesEnd[${k}]`;
    refuse('EMPTY', `${path}: a capacity provider for which tasks wait must have an instance type.`, {
      path,
      value: typesEnd[k],
    });
  });
}
