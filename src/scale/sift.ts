/**
 * Leaves out alarms of target tracking that ask for nothing, a table in one call of the core: most of a large run's alarms
 * stay in ALARM while there is nothing to do. Called by tick, when nobody listens to reasons. Invariant: what it leaves out
 * changes no decision.
 */
import type { ClusterView } from '../cluster/state.ts';
import type { Firing } from '../metrics/watched.ts';
import type { TargetTracking } from '../model/scaling-policy.ts';
import { policyOf } from './observe.ts';

class Columns {
  runningCount = new Int32Array(0);
  desiredCount = new Int32Array(0);
  minCapacity = new Int32Array(0);
  maxCapacity = new Int32Array(0);
  metricValue = new Float64Array(0);
  targetValue = new Float64Array(0);
  readonly firings: Firing[] = [];
  isHigh = new Uint8Array(0);

  /** Room for so many rows, none of them used. */
  clear(rows: number): void {
    this.firings.length = 0;
    if (this.runningCount.length >= rows) return;
    this.runningCount = new Int32Array(2 * rows);
    this.desiredCount = new Int32Array(2 * rows);
    this.minCapacity = new Int32Array(2 * rows);
    this.maxCapacity = new Int32Array(2 * rows);
    this.metricValue = new Float64Array(2 * rows);
    this.targetValue = new Float64Array(2 * rows);
    this.isHigh = new Uint8Array(2 * rows);
  }
}

/** Filled anew by every call; nothing stays in it. */
const columns = new Columns();

/** @returns whether the firing is one of target tracking, and nothing else; then it stands in the columns. */
function enter(view: ClusterView, firing: Firing): boolean {
  const { alarm, actions, metricValue } = firing;
  const [arn] = actions;
  if (arn === undefined || actions.length > 1 || metricValue === undefined || alarm.stateValue !== 'ALARM')
    return false;
  const found = policyOf(view, arn);
  if (found?.policy.settings.configuration.type !== 'TargetTrackingScaling') return false;
  const { target, policy } = found;
  const service = view.services.get(target.serviceName);
  if (service === undefined) return false;
  let running = 0;
  for (const one of service.deployments) running += one.running;
  const at = columns.firings.length;
  columns.runningCount[at] = running;
  columns.desiredCount[at] = service.desiredCount;
  columns.minCapacity[at] = target.minCapacity;
  columns.maxCapacity[at] = target.maxCapacity;
  columns.metricValue[at] = metricValue;
  columns.targetValue[at] = (policy.settings.configuration as TargetTracking).targetValue;
  columns.isHigh[at] = alarm.settings.alarmName === policy.alarmHigh ? 1 : 0;
  columns.firings.push(firing);
  return true;
}

export function sift(view: ClusterView, firings: readonly Firing[]): readonly Firing[] {
  columns.clear(firings.length);
  const kept = firings.filter((firing) => !enter(view, firing));
  const { length } = columns.firings;
  const capacities = view.decisions.targetTrackingBatch({
    runningCount: columns.runningCount.subarray(0, length),
    metricValue: columns.metricValue.subarray(0, length),
    targetValue: columns.targetValue.subarray(0, length),
    minCapacity: columns.minCapacity.subarray(0, length),
    maxCapacity: columns.maxCapacity.subarray(0, length),
  });
  columns.firings.forEach((firing, k) => {
    const capacity = capacities[k] as number;
    const desired = columns.desiredCount[k] as number;
    if (columns.isHigh[k] === 1 ? capacity > desired : capacity < desired) kept.push(firing);
  });
  return kept;
}
