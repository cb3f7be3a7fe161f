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
}

/** For another cluster of the run. */
export interface Parcel {
  readonly cluster: string;
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
}
