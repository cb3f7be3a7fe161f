// Backlog of a queue: messages a task, and how many a task may have. Rules on their arguments.

// @ts-ignore: decorator
@inline function roundedUp(dividend: i32, divisor: i32): i32 {
  return <i32>((<i64>dividend + <i64>divisor - 1) / <i64>divisor);
}

/** Without a running task all messages are those of one. */
export function backlogPerTask(messages: i32, running: i32): i32 {
  return roundedUp(messages, max(running, 1));
}

/** Milliseconds that a message may wait, and that it takes; the latter at least 1. */
export function acceptableBacklog(latencyMs: i32, processingMs: i32): i32 {
  return roundedUp(latencyMs, processingMs);
}
