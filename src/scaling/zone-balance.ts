/** Instances of Auto Scaling groups by Availability Zone, for one group or many a call. */
import {
  checkZoneBalanceTable,
  parseZoneBalance,
  type ZoneBalanceInput,
  type ZoneBalanceTable,
  zoneBalanceTable,
} from '../model/zone-balance.ts';
import { answer } from './tables.ts';

/**
 * Instances by zone after a group has launched or terminated some: each launch goes to the zone with the fewest, each
 * termination to the zone with the most that has one without protection (Amazon EC2 Auto Scaling guide, Auto Scaling benefits
 * and instance termination). Among equals the first by name: AWS does not say. When all that are left are protected, no more
 * end.
 * @throws InvalidParameterException WRONG_TYPE, OUT_OF_RANGE, EMPTY, naming the member.
 */
export function balanceZones(input: ZoneBalanceInput): Record<string, number> {
  const balance = parseZoneBalance(input);
  const counts = instanceCounts(zoneBalanceTable(balance));
  const after = new Map(balance.zones.map(({ name }, k) => [name, counts[k] as number]));
  return Object.fromEntries(Object.keys(input.instanceCounts).map((name) => [name, after.get(name) as number]));
}

/**
 * As `balanceZones`, for a table of groups; answers the instances of each zone of each group.
 * @throws InvalidParameterException WRONG_TYPE, WRONG_LENGTH, OUT_OF_RANGE, EMPTY, naming the column and the index.
 */
export function balanceZonesBatch(table: ZoneBalanceTable): Int32Array {
  checkZoneBalanceTable(table);
  return instanceCounts(table);
}

function instanceCounts(table: ZoneBalanceTable): Int32Array {
  const ints = [table.change, table.zonesEnd, table.protectedCount, table.instanceCount];
  return answer([], ints, (core) => core.balanceZones(table.change.length, table.instanceCount.length)).ints(3);
}
