/**
 * Auto Scaling groups and tasks in PROVISIONING: observe -> decide -> act for each group that changed; then Managed Instances
 * and their daemons. Called by control/reconcile, once a round.
 */
import type { GroupState } from '../cluster/capacity-state.ts';
import type { Command } from '../cluster/commands.ts';
import type { ClusterView } from '../cluster/state.ts';
import { act } from './act.ts';
import { deployDaemons } from './daemon-deployments.ts';
import { decide } from './decide.ts';
import { manageInstances } from './managed-instances.ts';
import { observe } from './observe.ts';

export function tick(view: ClusterView): Command[] {
  const { capacity } = view;
  const commands: Command[] = [];
  // Who waits takes the room before new tasks do.
  if (capacity.hasRoom && capacity.provisioning.size > 0) commands.push({ type: 'PlaceProvisioning' });
  for (const group of inOrder(view)) commands.push(...act(decide(view, observe(view, group))));
  commands.push(...manageInstances(view), ...deployDaemons(view));
  return commands;
}

/** By creation: the order does not depend on what changed first. */
function inOrder({ capacity }: ClusterView): GroupState[] {
  if (capacity.changedGroups.size === 0) return [];
  return [...capacity.groups.values()].filter((group) => capacity.changedGroups.has(group));
}
