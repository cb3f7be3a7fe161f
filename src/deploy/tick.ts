/** One tick of the service scheduler: observe -> decide -> act, for each service that changed. Called by control/reconcile. */
import type { Command } from '../cluster/commands.ts';
import type { ClusterView } from '../cluster/state.ts';
import { act } from './act.ts';
import { decide } from './decide.ts';
import { inOrder, observe } from './observe.ts';

export function tick(view: ClusterView): Command[] {
  const commands: Command[] = [];
  if (view.changedServices.size === 0) return commands;
  for (const service of inOrder(view.changedServices)) {
    const decisions = decide(view, observe(view, service));
    if (decisions.length > 0) commands.push(...act(view, service, decisions));
  }
  return commands;
}
