/** Queues: the backlog of a task, and the target to track it by. */
import {
  type AcceptableBacklogInput,
  type BacklogInput,
  checkAcceptableBacklog,
  checkBacklog,
} from '../model/backlog.ts';
import { ask } from './tables.ts';

/**
 * Messages a task: ceil(visible messages / running tasks), with no running task as with one (AWS Copilot, backlog per task). The
 * metric of a target tracking policy for a service that polls a queue.
 * @throws InvalidParameterException WRONG_TYPE, OUT_OF_RANGE, UNKNOWN_MEMBER, naming the member.
 */
export function backlogPerTask(input: BacklogInput): number {
  checkBacklog(input);
  return ask((core) => core.backlogPerTask(input.visibleMessages, input.runningCount));
}

/**
 * The target value for `backlogPerTask`: messages that a task may have so that none waits longer than it may,
 * ceil(latency / processing time) (AWS Copilot, queue_delay; Amazon EC2 Auto Scaling guide, scaling based on Amazon SQS).
 * @throws InvalidParameterException WRONG_TYPE, OUT_OF_RANGE, UNKNOWN_MEMBER, naming the member.
 */
export function acceptableBacklogPerTask(input: AcceptableBacklogInput): number {
  checkAcceptableBacklog(input);
  return ask((core) => core.acceptableBacklog(input.acceptableLatencyMs, input.processingTimeMs));
}
