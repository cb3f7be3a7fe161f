/** Application Auto Scaling: observe -> decide -> act for each target with an alarm whose actions run. Called by control/minute. */
import type { Command } from '../cluster/commands.ts';
import type { ClusterView } from '../cluster/state.ts';
import type { Firing } from '../metrics/watched.ts';
import { act } from './act.ts';
import { decide } from './decide.ts';
import { observe } from './observe.ts';
import { sift } from './sift.ts';

export function tick(view: ClusterView, firings: readonly Firing[]): Command[] {
  if (firings.length === 0) return [];
  const asking = view.sink.isOpen ? firings : sift(view, firings);
  return observe(view, asking).flatMap((one) => act(view, one, decide(view, one)));
}
