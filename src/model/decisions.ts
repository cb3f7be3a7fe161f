/**
 * Who takes the scaling decisions of a run: the core, or the reference that it is checked against. Made by the run, asked by
 * the cluster and its controllers. Invariant: both give the same for the same input.
 */
import type { AlarmInput, AlarmState } from './alarm.ts';
import type { DistributeCapacityInput } from './capacity-split.ts';
import type { MixedInstances, MixedInstancesInput } from './mixed-instances.ts';
import type { Reservation, ReservationInput } from './reservation.ts';
import type { StepScalingInput } from './step-scaling.ts';
import type { TargetTrackingInput, TargetTrackingTable } from './target-tracking.ts';
import type { ZoneBalanceInput } from './zone-balance.ts';

/** An alarm whose datapoints come one after the other; see AlarmInput for its members. */
export type WatchedAlarm = Omit<Required<AlarmInput>, 'datapoints'>;

/**
 * Many alarms that are evaluated again and again: their last datapoints are kept, so that an evaluation takes only the
 * newest one of each. The evaluation range is N + 2 periods.
 */
export interface AlarmFleet {
  /** @returns its row; rows of removed alarms are given again. Its window is empty. */
  add(alarm: WatchedAlarm): number;
  remove(row: number): void;
  /** SetAlarmState: the state of then until the next evaluation. */
  setState(row: number, state: AlarmState): void;
  /** Room for at least `count` values in `rows` and `values`; both stay valid until the next call of reserve. */
  reserve(count: number): void;
  /** The rows of the next evaluation, each once, and their newest datapoints, NaN where one is missing. */
  readonly rows: Int32Array;
  readonly values: Float64Array;
  /**
   * Evaluates the first `count` of `rows`.
   * @returns how many changed their state: their places among `rows` are the first of `changed`, ascending.
   */
  evaluate(count: number): number;
  readonly changed: Int32Array;
  stateOf(row: number): AlarmState;
}

export interface Decisions {
  createFleet(): AlarmFleet;
  targetTracking(input: TargetTrackingInput): number;
  /** As `targetTracking`, a table at a time. */
  targetTrackingBatch(table: TargetTrackingTable): Int32Array;
  stepScaling(input: StepScalingInput): number;
  distributeCapacity(input: DistributeCapacityInput): Record<string, number>;
  capacityProviderReservation(input: ReservationInput): Reservation;
  mixedInstances(input: MixedInstancesInput): MixedInstances;
  balanceZones(input: ZoneBalanceInput): Record<string, number>;
}
