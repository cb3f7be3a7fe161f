/** Alarm fleet: every alarm with the list of its last datapoints, evaluated one by one. */
import { createListFleet } from '../../model/alarm-fleet.ts';
import type { AlarmFleet } from '../../model/decisions.ts';
import { evaluateAlarm } from './alarm.ts';
import { targetTracking } from './target-tracking.ts';

export function createAlarmFleet(): AlarmFleet {
  return createListFleet({ evaluateAlarm, targetTracking });
}
