/**
 * Inputs of the counting rules of deployments: how many tasks there may be, how many start or stop, how many failures end
 * it. Validated here for both engines; the limits keep every product of a count and a percentage exact.
 */
import { MAX_AMOUNT } from '../../assembly/abi.ts';
import { noTypos } from './known-members.ts';
import { fields, oneOf, optionalFlag, whole } from './read.ts';

/** Tasks that one service may have, far more than ECS allows. */
const MAX_COUNT = 10_000_000;
const MAX_PERCENT = 10_000;

export interface RolloutBoundsInput {
  readonly desiredCount: number;
  /** Percent of desiredCount, rounded up. */
  readonly minimumHealthyPercent: number;
  /** Percent of desiredCount, rounded down. */
  readonly maximumPercent: number;
}

/** Numbers of tasks. */
export interface RolloutBounds {
  /** Healthy tasks there must be. */
  readonly minimum: number;
  /** RUNNING and PENDING tasks there may be. */
  readonly maximum: number;
}

/** One service at one tick; all but the flag are numbers of tasks. */
export interface RolloutInput {
  readonly desiredCount: number;
  /** As of `rolloutBounds`. */
  readonly minimum: number;
  readonly maximum: number;
  /** RUNNING and PENDING tasks of the PRIMARY deployment that shall run. */
  readonly newTasks: number;
  /** Of these, healthy. */
  readonly newHealthy: number;
  /** RUNNING and PENDING tasks of all other deployments that shall run. */
  readonly oldTasks: number;
  /** Of these, healthy. */
  readonly oldHealthy: number;
  /** Of the old tasks, those that may stop because they are not healthy. Some may be neither, in their grace period. */
  readonly oldUnhealthy: number;
  /** Tasks that shall stop and have not: they hold their place under the maximum. */
  readonly stopping: number;
  /** Stop where both are possible. Default false: start. */
  readonly stopFirst?: boolean | undefined;
}

/** Numbers of tasks; at most one of them is not 0. */
export interface RolloutStep {
  /** Tasks of the PRIMARY deployment to start. */
  readonly start: number;
  /** Tasks to stop: of the PRIMARY deployment while it has more than desired, else of the others, unhealthy ones first. */
  readonly stop: number;
}

const THRESHOLD_TYPES = ['BOUNDED_PERCENT', 'UNBOUNDED_PERCENT', 'COUNT'] as const;

export type ThresholdType = (typeof THRESHOLD_TYPES)[number];

/** thresholdConfiguration of a deployment circuit breaker, and what it is a percentage of. */
export interface CircuitBreakerInput {
  readonly desiredCount: number;
  readonly type: ThresholdType;
  /** Percent of desiredCount, or failures for COUNT; at least 1. */
  readonly value: number;
  /** The smallest bounded threshold is 10, as the guide of 2023 has it. Default false: 3. */
  readonly legacyMinimum?: boolean | undefined;
}

/** @throws InvalidParameterException WRONG_TYPE, OUT_OF_RANGE, naming the member. */
export function checkRolloutBounds(input: RolloutBoundsInput): void {
  fields(input, '');
  whole(input.desiredCount, 'desiredCount', 0, MAX_COUNT);
  whole(input.minimumHealthyPercent, 'minimumHealthyPercent', 0, MAX_PERCENT);
  whole(input.maximumPercent, 'maximumPercent', 0, MAX_PERCENT);
}

/** @throws InvalidParameterException WRONG_TYPE, OUT_OF_RANGE, naming the member; for more healthy tasks than tasks too. */
export function checkRolloutStep(input: RolloutInput): void {
  fields(input, '');
  whole(input.desiredCount, 'desiredCount', 0, MAX_COUNT);
  whole(input.minimum, 'minimum', 0, MAX_AMOUNT);
  whole(input.maximum, 'maximum', 0, MAX_AMOUNT);
  whole(input.newTasks, 'newTasks', 0, MAX_COUNT);
  whole(input.newHealthy, 'newHealthy', 0, input.newTasks);
  whole(input.oldTasks, 'oldTasks', 0, MAX_COUNT);
  whole(input.oldHealthy, 'oldHealthy', 0, input.oldTasks);
  whole(input.oldUnhealthy, 'oldUnhealthy', 0, input.oldTasks - input.oldHealthy);
  whole(input.stopping, 'stopping', 0, MAX_COUNT);
  optionalFlag(input.stopFirst, 'stopFirst');
}

/** @throws InvalidParameterException WRONG_TYPE, NOT_ALLOWED, OUT_OF_RANGE, UNKNOWN_MEMBER, naming the member. */
export function checkCircuitBreaker(input: CircuitBreakerInput): void {
  noTypos(fields(input, ''), '', ['desiredCount', 'type', 'value', 'legacyMinimum']);
  whole(input.desiredCount, 'desiredCount', 0, MAX_COUNT);
  const type = oneOf(input.type, 'type', THRESHOLD_TYPES);
  whole(input.value, 'value', 1, type === 'COUNT' ? MAX_AMOUNT : MAX_PERCENT);
  optionalFlag(input.legacyMinimum, 'legacyMinimum');
}
