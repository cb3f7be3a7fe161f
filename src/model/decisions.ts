/**
 * Who takes the scaling decisions of a run: the core, or the reference that it is checked against. Made by the run, asked by
 * the cluster and its controllers. Invariant: both give the same for the same input.
 */
import type { AlarmInput, AlarmState } from './alarm.ts';
import type { DistributeCapacityInput } from './capacity-split.ts';
import type { MixedInstances, MixedInstancesInput } from './mixed-instances.ts';
import type { Reservation, ReservationInput } from './reservation.ts';
import type { StepScalingInput } from './step-scaling.ts';
import type { TargetTrackingInput } from './target-tracking.ts';
import type { ZoneBalanceInput } from './zone-balance.ts';

/** An alarm whose datapoints come one after the other; see AlarmInput for its members. */
export type WatchedAlarm = Omit<Required<AlarmInput>, 'datapoints'>;

/** The target tracking policy that an alarm belongs to. */
export interface TrackedBy {
  readonly isHigh: boolean;
  readonly targetValue: number;
}

/** Tasks of a scaled service, and the bounds of its target. */
export interface Capacity {
  readonly runningCount: number;
  readonly desiredCount: number;
  readonly minCapacity: number;
  readonly maxCapacity: number;
}

/**
 * Many alarms that are evaluated again and again: their last datapoints are kept, so that an evaluation takes only the
 * newest one of each. The evaluation range is N + 2 periods. Alarms of target tracking know the capacity of their service
 * too: an evaluation says which of them ask for another one.
 */
export interface AlarmFleet {
  /** @returns its row; rows of removed alarms are given again. Its window is empty. */
  add(alarm: WatchedAlarm, tracked?: TrackedBy): number;
  remove(row: number): void;
  /** SetAlarmState: the state of then until the next evaluation. */
  setState(row: number, state: AlarmState): void;
  /** Of a row that is tracked. */
  setCapacity(row: number, capacity: Capacity): void;
  /**
   * Room for at least `count` values in `rows` and `values`; both stay valid until the next call of reserve or add, and keep
   * what was written into them while they are the same arrays.
   */
  reserve(count: number): void;
  /** The rows of the next evaluation, each once, and their newest datapoints, NaN where one is missing. */
  readonly rows: Int32Array;
  readonly values: Float64Array;
  /**
   * Evaluates the first `count` of `rows`. The first `fresh` of these have a new datapoint; the others are only looked at
   * for whether they ask.
   * @returns how many changed their state: their places among `rows` are the first of `changed`, ascending.
   */
  evaluate(fresh: number, count: number): number;
  readonly changed: Int32Array;
  /** Places of those in ALARM that ask for another capacity: the first `actingCount` are valid, ascending. */
  readonly acting: Int32Array;
  readonly actingCount: number;
  stateOf(row: number): AlarmState;
}

export interface Decisions {
  createFleet(): AlarmFleet;
  targetTracking(input: TargetTrackingInput): number;
  stepScaling(input: StepScalingInput): number;
  distributeCapacity(input: DistributeCapacityInput): Record<string, number>;
  capacityProviderReservation(input: ReservationInput): Reservation;
  mixedInstances(input: MixedInstancesInput): MixedInstances;
  balanceZones(input: ZoneBalanceInput): Record<string, number>;
}
