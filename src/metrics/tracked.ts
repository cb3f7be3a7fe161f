/** A service with target tracking: its alarms, and its tasks as they were last. Made by Metrics. */
import type { ScalableTargetState } from '../cluster/scaling-state.ts';
import type { ServiceState } from '../cluster/state.ts';
import type { Capacity } from '../model/decisions.ts';
import type { WatchedByMetrics } from './watched.ts';

export class Tracked {
  readonly alarms: WatchedByMetrics[] = [];
  runningCount = 0;
  desiredCount = 0;
  #minCapacity = 0;
  #maxCapacity = 0;

  /** @returns whether anything differs from what it saw before. */
  sees({ deployments, desiredCount }: ServiceState): boolean {
    let runningCount = 0;
    for (const one of deployments) runningCount += one.running;
    const target = this.alarms[0]?.alarm.tracked?.target;
    const { minCapacity = 0, maxCapacity = 0 } = target ?? {};
    const isSame =
      runningCount === this.runningCount &&
      desiredCount === this.desiredCount &&
      minCapacity === this.#minCapacity &&
      maxCapacity === this.#maxCapacity;
    if (isSame) return false;
    this.runningCount = runningCount;
    this.desiredCount = desiredCount;
    this.#minCapacity = minCapacity;
    this.#maxCapacity = maxCapacity;
    return true;
  }
}

export function capacityOf(
  { minCapacity, maxCapacity }: ScalableTargetState,
  { runningCount, desiredCount }: Tracked,
): Capacity {
  return { runningCount, desiredCount, minCapacity, maxCapacity };
}
