/** Scaling decisions by the reference rules, for clusters and their controllers. Made by the run. */
import { parseCapacitySplit } from '../model/capacity-split.ts';
import type { Decisions } from '../model/decisions.ts';
import { parseMixedInstances } from '../model/mixed-instances.ts';
import { parseReservation } from '../model/reservation.ts';
import { parseStepScaling } from '../model/step-scaling.ts';
import { checkTargetTracking } from '../model/target-tracking.ts';
import { parseZoneBalance } from '../model/zone-balance.ts';
import { createAlarmFleet } from './scale/alarm-fleet.ts';
import { splitCapacity } from './scale/capacity-split.ts';
import { mixedInstances } from './scale/mixed-instances.ts';
import { capacityProviderReservation } from './scale/reservation.ts';
import { stepScaling } from './scale/step-scaling.ts';
import { targetTracking } from './scale/target-tracking.ts';
import { balanceZones } from './scale/zone-balance.ts';

export function referenceDecisions(): Decisions {
  return {
    createFleet: createAlarmFleet,
    targetTracking(input) {
      checkTargetTracking(input);
      return targetTracking(input);
    },
    stepScaling: (input) => stepScaling(parseStepScaling(input)),
    distributeCapacity(input) {
      const split = parseCapacitySplit(input);
      const given = splitCapacity(split);
      return Object.fromEntries(split.providers.map(({ capacityProvider }, k) => [capacityProvider, given[k] ?? 0]));
    },
    capacityProviderReservation: (input) => capacityProviderReservation(parseReservation(input)),
    mixedInstances: (input) => mixedInstances(parseMixedInstances(input)),
    balanceZones(input) {
      const balance = parseZoneBalance(input);
      const counts = balanceZones(balance);
      const after = new Map(balance.zones.map(({ name }, k) => [name, counts[k] as number]));
      return Object.fromEntries(Object.keys(input.instanceCounts).map((name) => [name, after.get(name) as number]));
    },
  };
}
