/**
 * ECS Managed Instances: what becomes of the instances of each provider that changed, and what is launched for the tasks that
 * wait. Called by tick, once a round. Pure.
 */
import { DRAINED_AFTER_MS, ENDED_AFTER_MS } from '../cluster/apply/managed-instances.ts';
import type { Command } from '../cluster/commands.ts';
import { lacksDaemon } from '../cluster/daemon-state.ts';
import type { ManagedEnd } from '../cluster/managed-commands.ts';
import { hasWork, type ManagedInstance, type ManagedProviderState } from '../cluster/managed-state.ts';
import type { ClusterView } from '../cluster/state.ts';
import { lostDaemons, runsDaemons } from './decide/daemons.ts';
import { managedPlan } from './decide/managed-plan.ts';
import { Places } from './decide/reserved-places.ts';

export function manageInstances(view: ClusterView): Command[] {
  const { managed, hasRoom, provisioning } = view.capacity;
  if (managed.changed.size === 0) return [];
  // Who waits takes what room there is before anybody launches, or lets go.
  if (hasRoom && provisioning.size > 0) return [];
  const commands: Command[] = [];
  const places = new Places(managed.reservations);
  for (const provider of managed.providers.values())
    if (managed.changed.has(provider)) commands.push(...decide(view, provider, places));
  return commands;
}

function decide(view: ClusterView, provider: ManagedProviderState, places: Places): Command[] {
  const commands: Command[] = [];
  for (const instance of provider.instances) {
    const why = endOf(view, instance);
    if (why !== undefined) commands.push({ type: 'EndManaged', instance, why });
    else commands.push(...withDaemons(view, instance));
  }
  // What ends makes tasks wait: launches come the round after.
  if (commands.length > 0) return commands;
  if (provider.isDeleting) return provider.instances.size === 0 ? [{ type: 'RemoveManaged', provider }] : [];
  if (view.nowMs < provider.launchesHeldUntilMs) return [];
  const launches = managedPlan(view, provider, places);
  return launches.length === 0 ? [] : [{ type: 'LaunchManaged', provider, launches }];
}

/** What becomes of one that stays for now. */
function withDaemons(view: ClusterView, instance: ManagedInstance): Command[] {
  const { containerInstance } = instance;
  if (containerInstance === undefined) return [];
  const lost = lostDaemons(instance);
  if (lost.length > 0) return lost;
  if (containerInstance.status === 'DRAINING') return endsDaemons(instance) ? [{ type: 'EndDaemons', instance }] : [];
  const { isDeleting, settings } = instance.provider;
  if (isOld(view, instance) || isDeleting) return [{ type: 'DrainManaged', instance }];
  if (settings.isRepaired && lacksDaemon(instance)) return [{ type: 'DrainManaged', instance, why: 'DAEMON' }];
  if (settings.isRepaired && containerInstance.isImpaired) return [{ type: 'DrainManaged', instance, why: 'IMPAIRED' }];
  if (isIdle(view, instance)) return [{ type: 'DrainManaged', instance, why: 'IDLE' }];
  return containerInstance.status === 'REGISTERING' && runsDaemons(instance)
    ? [{ type: 'ActivateManaged', instance }]
    : [];
}

/** The last tasks on a draining one are its daemons (ECS developer guide, managed daemons). */
function endsDaemons(instance: ManagedInstance): boolean {
  return !hasWork(instance) && [...instance.daemons.values()].some(({ task }) => task?.desiredStatus === 'RUNNING');
}

/** Tasks leave before it ends, daemons too. */
function endOf({ nowMs }: ClusterView, instance: ManagedInstance): ManagedEnd | undefined {
  const { containerInstance, provider, launchedAtMs, isLost, drainsFor } = instance;
  if (isLost) return 'LOST';
  if (containerInstance === undefined) return provider.isDeleting ? 'DELETED' : undefined;
  if (nowMs >= launchedAtMs + ENDED_AFTER_MS) return 'AGE';
  const { tasks, status, agentConnected } = containerInstance;
  // Nobody hears that its daemons shall stop: they go with it.
  const isEmpty = tasks.size === 0 || (!agentConnected && !hasWork(instance));
  if (status === 'DRAINING' && isEmpty) return drainsFor ?? 'DRAINED';
  if (tasks.size > 0) return undefined;
  return isIdle({ nowMs }, instance) ? 'IDLE' : undefined;
}

function isIdle({ nowMs }: Pick<ClusterView, 'nowMs'>, { idleSinceMs, provider }: ManagedInstance): boolean {
  return idleSinceMs !== undefined && nowMs >= idleSinceMs + provider.settings.scaleInAfterMs;
}

function isOld({ nowMs }: ClusterView, { launchedAtMs }: ManagedInstance): boolean {
  return nowMs >= launchedAtMs + DRAINED_AFTER_MS;
}
