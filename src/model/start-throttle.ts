/**
 * What fails to start again and again is tried at growing intervals (ECS developer guide, service throttling): from the third
 * failure in a row on 10 s, 20 s, 40 s, ..., at most 27 minutes. Called for services, and for instances of daemons.
 */
const FIRST_FAILURES = 3;
const FIRST_HOLD_MS = 10_000;
const LAST_HOLD_MS = 27 * 60_000;

/** @param failures in a row. @returns how long nothing is started, 0 while there are few. */
export function holdMs(failures: number): number {
  return failures < FIRST_FAILURES ? 0 : Math.min(FIRST_HOLD_MS * 2 ** (failures - FIRST_FAILURES), LAST_HOLD_MS);
}
