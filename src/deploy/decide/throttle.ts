/** Tasks that fail to start one after another are restarted at growing intervals (start-throttle). A new deployment clears it. */
import { holdMs } from '../../model/start-throttle.ts';
import type { Decision } from '../decision.ts';
import type { Observation } from '../observe.ts';

export function throttle({ service, nowMs }: Observation): readonly Decision[] | undefined {
  const { failedStarts } = service;
  const heldMs = holdMs(failedStarts);
  if (heldMs === 0 || failedStarts <= service.heldForFailures || nowMs < service.startsHeldUntilMs) return undefined;
  return [{ kind: 'command', command: { type: 'HoldStarts', service, untilMs: nowMs + heldMs } }];
}
