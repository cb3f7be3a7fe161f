/** A service with target tracking: its alarms, and its tasks and bounds as they were last. Made by Metrics. */
import type { ScalableTargetState } from '../cluster/scaling-state.ts';
import type { ServiceState } from '../cluster/state.ts';
import type { Capacity } from '../model/decisions.ts';
import type { WatchedByMetrics } from './watched.ts';

export class Tracked implements Capacity {
  readonly alarms: WatchedByMetrics[] = [];
  #target: ScalableTargetState | undefined;
  runningCount = 0;
  desiredCount = 0;
  minCapacity = 0;
  maxCapacity = 0;

  add(watched: WatchedByMetrics): void {
    this.alarms.push(watched);
    this.#target = this.alarms[0]?.alarm.tracked?.target;
  }

  drop(watched: WatchedByMetrics): void {
    const place = this.alarms.indexOf(watched);
    if (place >= 0) this.alarms.splice(place, 1);
    this.#target = this.alarms[0]?.alarm.tracked?.target;
  }

  /** @returns whether anything differs from what it saw before. */
  sees({ deployments, desiredCount }: ServiceState): boolean {
    let runningCount = 0;
    for (let k = 0; k < deployments.length; k++) runningCount += deployments[k]?.running ?? 0;
    const { minCapacity = 0, maxCapacity = 0 } = this.#target ?? {};
    const isSame =
      runningCount === this.runningCount &&
      desiredCount === this.desiredCount &&
      minCapacity === this.minCapacity &&
      maxCapacity === this.maxCapacity;
    if (isSame) return false;
    this.runningCount = runningCount;
    this.desiredCount = desiredCount;
    this.minCapacity = minCapacity;
    this.maxCapacity = maxCapacity;
    return true;
  }
}
