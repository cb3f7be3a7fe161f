/** Application Auto Scaling: observe -> decide -> act for each target with an alarm whose actions run. Called by control/minute. */
import type { Command } from '../cluster/commands.ts';
import type { ClusterView } from '../cluster/state.ts';
import type { Firing } from '../metrics/watched.ts';
import { act } from './act.ts';
import { inCooldown } from './decide/cooldown.ts';
import { decide } from './decide.ts';
import { observe } from './observe.ts';

export function tick(view: ClusterView, firings: readonly Firing[]): Command[] {
  if (firings.length === 0) return [];
  const free = view.sink.isOpen ? firings : firings.filter((firing) => !isHeld(view, firing));
  return observe(view, free).flatMap((one) => act(view, one, decide(view, one)));
}

/**
 * A low alarm within a cooldown: nothing would come of it, and nobody listens to reasons. Many stay so for five minutes
 * after each scaling.
 */
function isHeld({ nowMs }: ClusterView, { alarm }: Firing): boolean {
  const { tracked } = alarm;
  if (tracked === undefined || tracked.isHigh) return false;
  return inCooldown(tracked.target.lastIn, nowMs) || inCooldown(tracked.target.lastOut, nowMs);
}
