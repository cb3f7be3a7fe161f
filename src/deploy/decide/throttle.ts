/**
 * Tasks that fail to start one after another are restarted at growing intervals (ECS developer guide): from the third on 10 s,
 * 20 s, 40 s, ..., at most 27 minutes. A new deployment clears it.
 */
import type { Decision } from '../decision.ts';
import type { Observation } from '../observe.ts';

const FIRST_FAILURES = 3;
const FIRST_HOLD_MS = 10_000;
const LAST_HOLD_MS = 27 * 60_000;

export function throttle({ service, nowMs }: Observation): readonly Decision[] | undefined {
  const { failedStarts } = service;
  if (failedStarts < FIRST_FAILURES || failedStarts <= service.heldForFailures || nowMs < service.startsHeldUntilMs)
    return undefined;
  const untilMs = nowMs + Math.min(FIRST_HOLD_MS * 2 ** (failedStarts - FIRST_FAILURES), LAST_HOLD_MS);
  return [{ kind: 'command', command: { type: 'HoldStarts', service, untilMs } }];
}
