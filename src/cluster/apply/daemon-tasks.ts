/**
 * Tasks of ECS Managed Daemons on an instance: started when it registers, before any other task, and ended after all others
 * (ECS developer guide, managed daemons). Called by managed-instances and by apply.
 */
import type { PlacementInput } from '../../contract.ts';
import { holdMs } from '../../model/start-throttle.ts';
import { type DaemonMember, type DaemonRevision, type DaemonState, isUnderWay, revisionFor } from '../daemon-state.ts';
import type { DaemonCommand } from '../managed-commands.ts';
import type { ManagedInstance, ManagedProviderState } from '../managed-state.ts';
import type { ClusterState, InstanceState } from '../state.ts';
import { drain, impair } from './instances.ts';
import { stopTask } from './life.ts';
import { makeTask } from './make-task.ts';
import { noteManaged } from './managed-members.ts';
import { placerOf } from './placement.ts';

/** Ours: one that runs for so long was no failed start. */
const STAYED_MS = 60_000;

/** How a daemon is placed. */
export function daemonPlacement(
  daemon: DaemonState,
  revision: DaemonRevision,
  capacityProvider: string,
): PlacementInput {
  const { taskDefinitionArn = '' } = revision.definition;
  return { taskDefinition: taskDefinitionArn, group: `daemon:${daemon.settings.name}`, capacityProvider };
}

/** Only critical ones keep an instance from taking tasks until they run (ECS API, CreateDaemon). */
export function waitsForDaemons({ capacity }: ClusterState, { settings: { name } }: ManagedProviderState): boolean {
  return [...capacity.managed.daemons.values()].some((daemon) => revisionFor(daemon, name)?.isCritical);
}

/** All that belong on it, in order of creation. */
export function startOn(state: ClusterState, instance: ManagedInstance, registered: InstanceState): void {
  const provider = instance.provider.settings.name;
  for (const daemon of state.capacity.managed.daemons.values()) {
    const revision = revisionFor(daemon, provider);
    if (revision !== undefined) instance.daemons.set(daemon, start(state, daemon, revision, provider, registered));
  }
}

function start(
  state: ClusterState,
  daemon: DaemonState,
  revision: DaemonRevision,
  capacityProvider: string,
  instance: InstanceState,
): DaemonMember {
  const placement = daemonPlacement(daemon, revision, capacityProvider);
  const placer = placerOf(state, placement);
  if (!placer.placeAt(instance.slot)) return { revision, task: undefined, isEnded: false };
  const origin = {
    definition: revision.definition,
    group: placement.group ?? '',
    startedBy: daemon.deployment.arn.slice(daemon.deployment.arn.lastIndexOf('/') + 1),
    launchType: 'MANAGED_INSTANCES' as const,
    capacityProvider,
    daemon,
  };
  return { revision, task: makeTask(state, origin, { instance, placer }), isEnded: false };
}

type Lost = Extract<DaemonCommand, { readonly type: 'LoseDaemon' }>;

/** A critical one takes the instance and its tasks with it; without another the instance goes on (ECS API, CreateDaemon). */
export function loseDaemon(state: ClusterState, { instance, daemon, reason }: Lost): void {
  const member = instance.daemons.get(daemon);
  if (member === undefined || member.isEnded) return;
  member.isEnded = true;
  const { deployment } = daemon;
  if (member.revision === daemon.target && isUnderWay(deployment)) deployment.failures += 1;
  if (state.sink.isOpen) state.sink.emit({ type: 'DaemonTaskFailed', daemon, instance, reason });
  if (member.revision.isCritical) giveUp(state, instance, daemon, member);
  else if (member.task !== undefined) stopTask(state, member.task, 'ServiceSchedulerInitiated', reason);
  noteManaged(state, instance.provider);
}

/** One that does not even register is never kept; later only repair replaces it (ECS API, AutoRepairConfiguration). */
function giveUp(state: ClusterState, instance: ManagedInstance, daemon: DaemonState, { task }: DaemonMember): void {
  const { containerInstance, provider } = instance;
  if (containerInstance !== undefined) impair(state, containerInstance);
  if (containerInstance?.status === 'ACTIVE' && !provider.settings.isRepaired) return;
  const startedAtMs = task?.startedAtMs ?? Number.POSITIVE_INFINITY;
  const stayed = containerInstance?.status !== 'REGISTERING' && state.nowMs >= startedAtMs + STAYED_MS;
  provider.failedJoins = stayed ? 0 : provider.failedJoins + 1;
  holdLaunches(state, provider);
  if (containerInstance === undefined) return;
  instance.drainsFor = 'DAEMON';
  drain(state, containerInstance);
  for (const one of containerInstance.tasks)
    if (one.service === undefined && one.daemon === undefined)
      stopTask(state, one, 'InfrastructureHealth', `Daemon ${daemon.settings.name} of its container instance stopped.`);
}

/** Ours, as services are throttled. */
function holdLaunches(state: ClusterState, provider: ManagedProviderState): void {
  const heldMs = holdMs(provider.failedJoins);
  if (heldMs === 0) return;
  const untilMs = state.nowMs + heldMs;
  provider.launchesHeldUntilMs = untilMs;
  state.timers.set(untilMs, { type: 'WakeManaged', provider });
}

/** Once its daemons have stayed, the failures before it were no row. */
export function watchStay(state: ClusterState, instance: ManagedInstance): void {
  if (instance.provider.failedJoins > 0) state.timers.set(state.nowMs + STAYED_MS, { type: 'NoteStay', instance });
}

export function noteStay({ provider, state, daemons }: ManagedInstance): void {
  const hasStayed = [...daemons.values()].every(({ revision, isEnded }) => !revision.isCritical || !isEnded);
  if (state === 'running' && hasStayed) provider.failedJoins = 0;
}

/** Another revision comes: what failed before says nothing about it. */
export function forgetFailures({ capacity }: ClusterState): void {
  for (const provider of capacity.managed.providers.values()) {
    provider.failedJoins = 0;
    provider.launchesHeldUntilMs = 0;
  }
}

/** The last ones on a draining instance. */
export function endDaemons(state: ClusterState, instance: ManagedInstance): void {
  instance.hasEndedDaemons = true;
  for (const [daemon, member] of instance.daemons) {
    member.isEnded = true;
    if (member.task !== undefined)
      stopTask(
        state,
        member.task,
        'ServiceSchedulerInitiated',
        `Container instance of daemon ${daemon.settings.name} is drained.`,
      );
  }
  noteManaged(state, instance.provider);
}
