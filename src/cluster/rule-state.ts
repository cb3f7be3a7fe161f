/** Rules of EventBridge as the cluster keeps them, and events that no rule has seen yet. Only apply writes them. */
import type { EventPattern } from '../event-pattern/parse.ts';
import type { EventRule, EventTarget } from '../model/event-rule.ts';
import type { Schedule } from '../schedule/parse.ts';
import type { Command } from './commands.ts';
import type { QueueState } from './queue-state.ts';

export interface RuleState {
  readonly settings: EventRule;
  readonly arn: string;
  readonly pattern: EventPattern | undefined;
  readonly schedule: Schedule | undefined;
  /** A rate counts from there. */
  readonly createdAtMs: number;
  isEnabled: boolean;
  /** By id, in the order they were put. */
  readonly targets: Map<string, EventTarget>;
  /** How often it ran within the last millisecond in which it did. */
  runs: { atMs: number; count: number };
}

export type EventJson = Readonly<Record<string, unknown>>;

export interface BusEvent {
  readonly busName: string;
  readonly json: EventJson;
}

/** One target of a rule that runs. */
export interface Invocation {
  readonly rule: RuleState;
  readonly target: EventTarget;
  readonly event: EventJson;
  /** How often it has been retried, and since when it is tried. */
  readonly retries?: number;
  readonly sinceMs?: number;
}

/** Codes of EventBridge's dead letters (EventBridge user guide, dead-letter queues). */
export type ErrorCode = 'THROTTLING' | 'NO_RESOURCE' | 'INVALID_PARAMETER' | 'ERROR_FROM_TARGET';

/** Message attributes of a dead letter. */
export interface DeadLetter {
  readonly errorCode: ErrorCode;
  readonly errorMessage: string;
  readonly retryAttempts: number;
  /** Undefined: it was not retried. */
  readonly exhausted: 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds' | undefined;
}

/** For another cluster of the run. */
export interface Parcel {
  /** One of both. */
  readonly cluster?: string;
  /** The cluster that has it; without one the sender. */
  readonly queue?: string;
  readonly command: Command;
}

/** What a cluster has of EventBridge and SQS. */
export interface EventState {
  /** By name. */
  readonly rules: Map<string, RuleState>;
  /** What happened that the rules have not seen. */
  readonly busEvents: BusEvent[];
  readonly parcels: Parcel[];
  /** Schedules fire in one cluster of a run only. */
  readonly firesSchedules: boolean;
  /** By name. */
  readonly queues: Map<string, QueueState>;
  /** RunTask is throttled until then: a fault. */
  throttledUntilMs: number;
}
