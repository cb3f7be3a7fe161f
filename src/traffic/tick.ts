/**
 * The controller of load balancers and target groups. Called by control once a round. Looks only at the tasks that
 * changed and is silent once their targets are as they should be.
 */
import type { Command } from '../cluster/commands.ts';
import type { ClusterView } from '../cluster/state.ts';
import { act } from './act.ts';
import { decide } from './decide.ts';
import { observe } from './observe.ts';

export function tick(view: ClusterView): Command[] {
  return view.changedTargets.size === 0 ? [] : act(decide(observe(view)));
}
