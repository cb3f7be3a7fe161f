// Rollout: how many tasks a service may have while it is deployed, and how many to start or stop at one tick. Whole numbers
// only, no table: a rule on its arguments.

/** Tasks that must stay healthy: `percent` of the desired count, rounded up. */
export function rolloutMinimum(desired: i32, percent: i32): i32 {
  return <i32>((<i64>desired * <i64>percent + 99) / 100);
}

/** Tasks that may be RUNNING or PENDING together: `percent` of the desired count, rounded down. */
export function rolloutMaximum(desired: i32, percent: i32): i32 {
  return <i32>((<i64>desired * <i64>percent) / 100);
}

/**
 * Above 0 tasks to start, below 0 tasks to stop, 0 when neither is possible. What stops are new tasks while there are more
 * than desired, else old ones. Healthy tasks stop down to the minimum; those not healthy never lower it.
 */
export function rolloutStep(
  desired: i32, minimum: i32, maximum: i32, newTasks: i32, newHealthy: i32, oldTasks: i32, oldHealthy: i32,
  oldUnhealthy: i32, stopping: i32, stopFirst: i32,
): i32 {
  const start = max(0, min(desired - newTasks, maximum - newTasks - oldTasks - stopping));
  const spare = max(0, newHealthy + oldHealthy - minimum);
  const stop = newTasks > desired
    ? min(newTasks - desired, newTasks - newHealthy + min(newHealthy, spare))
    : oldUnhealthy + min(oldHealthy, spare);
  const stops = stop > 0 && (stopFirst != 0 || start == 0);
  return stops ? -stop : start;
}
