/** Backlog of a queue: messages a task, and how many a task may have (AWS Copilot, queue_delay of a worker service). */
import type { AcceptableBacklogInput, BacklogInput } from '../../model/backlog.ts';

function roundedUp(dividend: number, divisor: number): number {
  const rest = dividend % divisor;
  return rest === 0 ? dividend / divisor : (dividend - rest) / divisor + 1;
}

export function backlogPerTask({ visibleMessages, runningCount }: BacklogInput): number {
  return roundedUp(visibleMessages, runningCount === 0 ? 1 : runningCount);
}

export function acceptableBacklogPerTask(input: AcceptableBacklogInput): number {
  return roundedUp(input.acceptableLatencyMs, input.processingTimeMs);
}
