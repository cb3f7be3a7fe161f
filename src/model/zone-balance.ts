/** Instances of Auto Scaling groups by zone, as the rule takes them. Validated here for core and twin. */
import { endColumn, intColumn } from './column.ts';
import { noTypos } from './known-members.ts';
import { type Fields, fields, refuse, whole } from './read.ts';

/** Instances of one group, far more than there are. */
const MAX_COUNT = 10_000_000;

export interface ZoneBalanceInput {
  /** Instances by enabled Availability Zone. */
  readonly instanceCounts: Readonly<Record<string, number>>;
  /** Instances to launch, or, below 0, to terminate. */
  readonly change: number;
  /** Of these instances, those protected from scale-in. Default none. */
  readonly protectedCounts?: Readonly<Record<string, number>> | undefined;
}

export interface ZoneCount {
  instances: number;
  readonly protectedInstances: number;
}

export interface ZoneBalance {
  /** By name. */
  readonly zones: readonly (ZoneCount & { readonly name: string })[];
  readonly change: number;
}

/** Many groups; the last two columns have a value for each zone of each group in turn. Ties: the first zone. */
export interface ZoneBalanceTable {
  readonly change: Int32Array;
  /** Where each group's zones end; each has one at least. */
  readonly zonesEnd: Int32Array;
  readonly protectedCount: Int32Array;
  readonly instanceCount: Int32Array;
}

function ownMember(counts: Fields, name: string): unknown {
  return Object.hasOwn(counts, name) ? counts[name] : 0;
}

/** @throws InvalidParameterException WRONG_TYPE, OUT_OF_RANGE, EMPTY, UNKNOWN_MEMBER, naming the member. */
export function parseZoneBalance(input: ZoneBalanceInput): ZoneBalance {
  noTypos(fields(input, ''), '', ['instanceCounts', 'change', 'protectedCounts']);
  const counts = fields(input.instanceCounts, 'instanceCounts');
  const kept = input.protectedCounts === undefined ? {} : fields(input.protectedCounts, 'protectedCounts');
  const names = Object.keys(counts).sort();
  if (names.length === 0)
    refuse('EMPTY', 'instanceCounts must hold a zone.', { path: 'instanceCounts', value: counts });
  return {
    zones: names.map((name) => {
      const instances = whole(counts[name], `instanceCounts.${name}`, 0, MAX_COUNT);
      const protectedInstances = whole(ownMember(kept, name), `protectedCounts.${name}`, 0, instances);
      return { name, instances, protectedInstances };
    }),
    change: whole(input.change, 'change', -MAX_COUNT, MAX_COUNT),
  };
}

export function zoneBalanceTable({ zones, change }: ZoneBalance): ZoneBalanceTable {
  return {
    change: Int32Array.of(change),
    zonesEnd: Int32Array.of(zones.length),
    protectedCount: Int32Array.from(zones, ({ protectedInstances }) => protectedInstances),
    instanceCount: Int32Array.from(zones, ({ instances }) => instances),
  };
}

/** @throws InvalidParameterException WRONG_TYPE, WRONG_LENGTH, OUT_OF_RANGE, EMPTY, naming the column and the index. */
export function checkZoneBalanceTable(table: ZoneBalanceTable): void {
  fields(table, '');
  intColumn(table.change, 'change', undefined, -MAX_COUNT, MAX_COUNT);
  intColumn(table.instanceCount, 'instanceCount', undefined, 0, MAX_COUNT);
  intColumn(table.protectedCount, 'protectedCount', table.instanceCount.length, 0, MAX_COUNT);
  endColumn(table.zonesEnd, 'zonesEnd', table.change.length, table.instanceCount.length);
  const empty = table.zonesEnd.findIndex((end, k) => end === (k === 0 ? 0 : table.zonesEnd[k - 1]));
  if (empty < 0) return;
  refuse('EMPTY', `zonesEnd[${empty}]: a group must have a zone.`, {
    path: `zonesEnd[${empty}]`,
    value: table.zonesEnd[empty],
  });
}
