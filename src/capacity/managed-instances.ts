/**
 * ECS Managed Instances: what becomes of the instances of each provider that changed, and what is launched for the tasks that
 * wait. Called by tick, once a round. Pure.
 */
import { DRAINED_AFTER_MS, ENDED_AFTER_MS } from '../cluster/apply/managed-instances.ts';
import type { Command } from '../cluster/commands.ts';
import type { ManagedEnd } from '../cluster/managed-commands.ts';
import type { ManagedInstance, ManagedProviderState } from '../cluster/managed-state.ts';
import type { ClusterView } from '../cluster/state.ts';
import { managedPlan } from './decide/managed-plan.ts';

export function manageInstances(view: ClusterView): Command[] {
  const { managed, hasRoom, provisioning } = view.capacity;
  if (managed.changed.size === 0) return [];
  // Who waits takes what room there is before anybody launches, or lets go.
  if (hasRoom && provisioning.size > 0) return [];
  const commands: Command[] = [];
  for (const provider of managed.providers.values())
    if (managed.changed.has(provider)) commands.push(...decide(view, provider));
  return commands;
}

function decide(view: ClusterView, provider: ManagedProviderState): Command[] {
  const commands: Command[] = [];
  for (const instance of provider.instances) {
    const why = endOf(view, instance);
    if (why !== undefined) commands.push({ type: 'EndManaged', instance, why });
    else if (isOld(view, instance) || goesWith(instance)) commands.push({ type: 'DrainManaged', instance });
  }
  // What ends makes tasks wait: launches come the round after.
  if (commands.length > 0) return commands;
  if (provider.isDeleting) return provider.instances.size === 0 ? [{ type: 'RemoveManaged', provider }] : [];
  const launches = managedPlan(view, provider);
  return launches.length === 0 ? [] : [{ type: 'LaunchManaged', provider, launches }];
}

function endOf({ nowMs }: ClusterView, instance: ManagedInstance): ManagedEnd | undefined {
  const { containerInstance, idleSinceMs, provider, launchedAtMs, isLost } = instance;
  if (isLost) return 'LOST';
  if (containerInstance === undefined) return provider.isDeleting ? 'DELETED' : undefined;
  if (nowMs >= launchedAtMs + ENDED_AFTER_MS) return 'AGE';
  if (idleSinceMs === undefined) return undefined;
  if (containerInstance.status === 'DRAINING') return 'DRAINED';
  return nowMs >= idleSinceMs + provider.settings.scaleInAfterMs ? 'IDLE' : undefined;
}

/** What a deleted provider has is drained. */
function goesWith({ containerInstance, provider }: ManagedInstance): boolean {
  return provider.isDeleting && containerInstance?.status === 'ACTIVE';
}

function isOld({ nowMs }: ClusterView, { containerInstance, launchedAtMs }: ManagedInstance): boolean {
  return containerInstance?.status === 'ACTIVE' && nowMs >= launchedAtMs + DRAINED_AFTER_MS;
}
