/** What Application Auto Scaling decided about a service: done, or told why not. Called by apply. */
import type { ScalableTargetState, ScalingActivity, ScalingRecord } from '../scaling-state.ts';
import type { ClusterState, ServiceState } from '../state.ts';
import { scaledService, setDesiredCount } from './scaling.ts';

interface Scale {
  readonly target: ScalableTargetState;
  readonly service: ServiceState;
  readonly desiredCount: number;
  readonly direction: 'out' | 'in';
  readonly record: ScalingRecord;
  readonly activity: Omit<ScalingActivity, 'number'> | undefined;
}

/** A scale-out ends the cooldown of a scale-in at once (Application Auto Scaling guide). */
export function scaleService(
  state: ClusterState,
  { target, service, desiredCount, direction, record, activity }: Scale,
): void {
  setDesiredCount(state, service, desiredCount);
  target.toldReason = undefined;
  if (direction === 'out') target.lastOut = record;
  target.lastIn = direction === 'in' ? record : undefined;
  tellActivity(state, target, activity);
}

/** The same reason of the same cause is told once in a row. */
export function noteNotScaled(
  state: ClusterState,
  { target, activity }: { target: ScalableTargetState; activity: Omit<ScalingActivity, 'number'> },
): void {
  if (!state.sink.isOpen) return;
  const told = `${activity.cause} ${activity.notScaledReasons.map(({ Code }) => Code).join(' ')}`;
  if (target.toldReason === told) return;
  target.toldReason = told;
  tellActivity(state, target, activity);
}

/** @param activity may be left out while nobody listens. */
export function tellActivity(
  state: ClusterState,
  target: ScalableTargetState,
  activity: Omit<ScalingActivity, 'number'> | undefined,
): void {
  const number = state.counters.activities++;
  if (!state.sink.isOpen || activity === undefined) return;
  const scaled = scaledService(state, target);
  state.sink.emit({ type: 'ScalingActivity', target, scaled, activity: { ...activity, number } });
}
