/**
 * `bayplan/scaling`: scaling decisions as pure functions, alone or a table at a time, answered by the WebAssembly core. Named
 * re-exports only.
 */
export type { ErrorFacts, ExceptionName } from '../errors.ts';
export { BayplanError } from '../errors.ts';
export {
  ALARM_STATES,
  type AlarmInput,
  type AlarmState,
  type AlarmTable,
  COMPARISON_OPERATORS,
  type ComparisonOperator,
  MISSING_DATA_TREATMENTS,
  type MissingDataTreatment,
} from '../model/alarm.ts';
export type { AcceptableBacklogInput, BacklogInput } from '../model/backlog.ts';
export {
  type CapacitySplitTable,
  type DistributeCapacityInput,
  SPLIT_RULES,
  type SplitRule,
  type StrategyItem,
} from '../model/capacity-split.ts';
export type { MixedInstances, MixedInstancesInput, MixedInstancesTable } from '../model/mixed-instances.ts';
export type {
  ManagedScalingInput,
  ProvisioningGroup,
  Reservation,
  ReservationInput,
  ReservationInstanceType,
} from '../model/reservation.ts';
export type { AmountColumns, ReservationColumns, ReservationTable } from '../model/reservation-table.ts';
export type { CircuitBreakerInput, RolloutBounds, RolloutBoundsInput, ThresholdType } from '../model/rollout.ts';
export {
  ADJUSTMENT_TYPES,
  type AdjustmentType,
  type StepAdjustment,
  type StepScalingInput,
} from '../model/step-scaling.ts';
export type { StepScalingTable } from '../model/step-table.ts';
export type { TargetTrackingInput, TargetTrackingTable } from '../model/target-tracking.ts';
export type { ZoneBalanceInput, ZoneBalanceTable } from '../model/zone-balance.ts';
export { type FireOptions, nextFireTimes } from '../schedule/next-fire-times.ts';
export { evaluateAlarm, evaluateAlarmBatch } from './alarm.ts';
export { acceptableBacklogPerTask, backlogPerTask } from './backlog.ts';
export { distributeCapacity, distributeCapacityBatch } from './capacity-split.ts';
export { circuitBreakerThreshold, rolloutBounds } from './deployment.ts';
export { mixedInstances, mixedInstancesBatch } from './mixed-instances.ts';
export { capacityProviderReservation, capacityProviderReservationBatch } from './reservation.ts';
export { stepScaling, stepScalingBatch } from './step-scaling.ts';
export { useScalingModule } from './tables.ts';
export { targetTracking, targetTrackingBatch } from './target-tracking.ts';
export { balanceZones, balanceZonesBatch } from './zone-balance.ts';
