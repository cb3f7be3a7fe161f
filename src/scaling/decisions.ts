/** Scaling decisions by the core, for clusters and their controllers. Made by the run. */

import type { Decisions } from '../model/decisions.ts';
import { createAlarmFleet } from './alarm-fleet.ts';
import { distributeCapacity } from './capacity-split.ts';
import { mixedInstances } from './mixed-instances.ts';
import { capacityProviderReservation } from './reservation.ts';
import { stepScaling } from './step-scaling.ts';
import { moduleSource } from './tables.ts';
import { targetTracking } from './target-tracking.ts';
import { balanceZones } from './zone-balance.ts';

export function coreDecisions(): Decisions {
  return {
    createFleet: () => createAlarmFleet(moduleSource()),
    targetTracking,
    stepScaling,
    distributeCapacity,
    capacityProviderReservation,
    mixedInstances,
    balanceZones,
  };
}
