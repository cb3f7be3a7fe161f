/** The backlog of a queue as the rules take it: one queue with the tasks that poll it. Validated here for core and twin. */
import { noTypos } from './known-members.ts';
import { fields, whole } from './read.ts';

export interface BacklogInput {
  /** ApproximateNumberOfMessagesVisible. */
  readonly visibleMessages: number;
  /** Tasks that are RUNNING. */
  readonly runningCount: number;
}

export interface AcceptableBacklogInput {
  /** How long a message may wait. */
  readonly acceptableLatencyMs: number;
  /** How long a task takes for one, on average; at least 1. */
  readonly processingTimeMs: number;
}

/** @throws InvalidParameterException WRONG_TYPE, OUT_OF_RANGE, UNKNOWN_MEMBER, naming the member. */
export function checkBacklog(input: BacklogInput): void {
  noTypos(fields(input, ''), '', ['visibleMessages', 'runningCount']);
  whole(input.visibleMessages, 'visibleMessages');
  whole(input.runningCount, 'runningCount');
}

/** @throws InvalidParameterException WRONG_TYPE, OUT_OF_RANGE, UNKNOWN_MEMBER, naming the member. */
export function checkAcceptableBacklog(input: AcceptableBacklogInput): void {
  noTypos(fields(input, ''), '', ['acceptableLatencyMs', 'processingTimeMs']);
  whole(input.acceptableLatencyMs, 'acceptableLatencyMs');
  whole(input.processingTimeMs, 'processingTimeMs', 1);
}
