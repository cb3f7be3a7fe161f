/** Mixed instances of an Auto Scaling group as the rule takes them: one group, or a table. Validated here for core and twin. */
import { MAX_AMOUNT } from '../../assembly/abi.ts';
import { intColumn } from './column.ts';
import { noTypos } from './known-members.ts';
import { fields, optionalWhole, whole } from './read.ts';

export interface MixedInstancesInput {
  /** Instances that are On-Demand before any other. Default 0. */
  readonly onDemandBaseCapacity?: number | undefined;
  /** Percent of the instances above the base that are On-Demand, 0 to 100. Default 100. */
  readonly onDemandPercentageAboveBaseCapacity?: number | undefined;
  /** Instances of the group. */
  readonly total: number;
}

/** Numbers of instances. */
export interface MixedInstances {
  readonly onDemand: number;
  readonly spot: number;
}

/** An input with its defaults. */
export type InstanceMix = { readonly [Member in keyof MixedInstancesInput]-?: number };

/** Many groups, a column a member, all of one length. */
export interface MixedInstancesTable {
  readonly onDemandBaseCapacity: Int32Array;
  readonly onDemandPercentageAboveBaseCapacity: Int32Array;
  readonly total: Int32Array;
}

const MEMBERS = ['onDemandBaseCapacity', 'onDemandPercentageAboveBaseCapacity', 'total'];

/** @throws InvalidParameterException WRONG_TYPE, OUT_OF_RANGE, UNKNOWN_MEMBER, naming the member. */
export function parseMixedInstances(input: MixedInstancesInput): InstanceMix {
  noTypos(fields(input, ''), '', MEMBERS);
  const { onDemandBaseCapacity: base, onDemandPercentageAboveBaseCapacity: percent } = input;
  return {
    onDemandBaseCapacity: optionalWhole(base, 'onDemandBaseCapacity') ?? 0,
    onDemandPercentageAboveBaseCapacity: optionalWhole(percent, 'onDemandPercentageAboveBaseCapacity', 0, 100) ?? 100,
    total: whole(input.total, 'total'),
  };
}

export function mixedInstancesTable(mix: InstanceMix): MixedInstancesTable {
  return {
    onDemandBaseCapacity: Int32Array.of(mix.onDemandBaseCapacity),
    onDemandPercentageAboveBaseCapacity: Int32Array.of(mix.onDemandPercentageAboveBaseCapacity),
    total: Int32Array.of(mix.total),
  };
}

/** @throws InvalidParameterException WRONG_TYPE, WRONG_LENGTH, OUT_OF_RANGE, naming the column and the index. */
export function checkMixedInstancesTable(table: MixedInstancesTable): void {
  fields(table, '');
  intColumn(table.total, 'total', undefined, 0, MAX_AMOUNT);
  const { length } = table.total;
  intColumn(table.onDemandBaseCapacity, 'onDemandBaseCapacity', length, 0, MAX_AMOUNT);
  intColumn(table.onDemandPercentageAboveBaseCapacity, 'onDemandPercentageAboveBaseCapacity', length, 0, 100);
}
