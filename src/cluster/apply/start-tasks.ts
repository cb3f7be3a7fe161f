/** StartTasks and StartDaemons: finds places, makes the records, tells of both. Called by apply. */
import { lastSegment } from '../../base/arn.ts';
import type { PlacementInput, Placer } from '../../contract.ts';
import { eventMessage, findClosest } from '../../explain/closest.ts';
import type { ClusterState, DeploymentState, InstanceState, ServiceState, TaskState } from '../state.ts';
import { noteCounts } from './life.ts';
import { makeTask, type Origin } from './make-task.ts';
import { askedBy, originOf, placementOf, runsOnFargate } from './placement.ts';
import { shareOut } from './providers.ts';
import { isManaged, waitForCapacity } from './provisioning.ts';
import { act, tellTasks, tellWhole } from './tell.ts';
import { countByZone, emptiest, zonesOf } from './zones.ts';

const NO_CAPACITY =
  'was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone.';
const NO_INSTANCES = 'Reason: No Container Instances were found in your cluster.';
/** The same failure is told again after so long (ECS developer guide). */
const RETELL_MS = 6 * 3_600_000;

const STARTED = (count: number): string => `has started ${count} tasks`;

let slots = new Int32Array(64);

/** Starts up to `count` tasks of the deployment; those without a place are told and waited for. */
export function startTasks(state: ClusterState, deployment: DeploymentState, count: number): void {
  const { service } = deployment;
  const started: TaskState[] = [];
  let refused: string | undefined;
  for (const [provider, share] of shares(state, deployment, count)) {
    const made = startShare(state, deployment, provider, share);
    for (const task of made) started.push(task);
    if (made.length < share) refused ??= provider ?? '';
  }
  noteLaunches(state, service, started.length);
  tellStarted(state, service, started);
  if (refused === undefined) service.placementFailure = undefined;
  else tellRefused(state, deployment, refused === '' ? undefined : refused);
}

/** How many go to each provider; `undefined` is the launch type. */
function shares(
  state: ClusterState,
  { service }: DeploymentState,
  count: number,
): [provider: string | undefined, count: number][] {
  // The strategy of today: changing it starts no deployment.
  const strategy = service.settings.capacityProviderStrategy;
  return strategy.length === 0 ? [[undefined, count]] : shareOut(state, strategy, serviceTasks(service), count);
}

function startShare(
  state: ClusterState,
  deployment: DeploymentState,
  provider: string | undefined,
  count: number,
): TaskState[] {
  if (runsOnFargate(deployment, provider))
    return startOnFargate(state, originOf(deployment, provider), count, serviceTasks(deployment.service));
  const { origin, placement, placer } = askedBy(state, deployment, provider);
  return placeOrWait(state, origin, provider, { placement, placer, count });
}

/** Tasks of a capacity provider with managed scaling wait in PROVISIONING for the room they lack. Also for RunTask. */
export function placeOrWait(
  state: ClusterState,
  origin: Origin,
  provider: string | undefined,
  wish: { readonly placement: PlacementInput; readonly placer: Placer; readonly count: number },
): TaskState[] {
  const made = placeOnInstances(state, origin, wish.placer, wish.count);
  const rest = wish.count - made.length;
  if (rest > 0 && isManaged(state, provider)) made.push(...waitForCapacity(state, origin, { ...wish, count: rest }));
  return made;
}

function serviceTasks(service: ServiceState): TaskState[] {
  return service.deployments.flatMap((one) => [...one.tasks]);
}

/** Also for RunTask. */
export function placeOnInstances(state: ClusterState, origin: Origin, placer: Placer, count: number): TaskState[] {
  if (slots.length < count) slots = new Int32Array(count);
  const placed = placer.place(count, slots);
  const made: TaskState[] = [];
  for (let k = 0; k < placed; k++) {
    const instance = state.slots[slots[k] as number] as InstanceState;
    made.push(makeTask(state, origin, { instance, placer }));
  }
  return made;
}

/** Also for RunTask. */
export function startOnFargate(
  state: ClusterState,
  origin: Origin,
  count: number,
  others: Iterable<TaskState>,
): TaskState[] {
  const zones = zonesOf(state, origin.network?.subnets ?? []);
  const counts = countByZone(zones, others, origin);
  const made: TaskState[] = [];
  for (let k = 0; k < count; k++) {
    const zone = emptiest(counts);
    if (zone === undefined) break;
    counts.set(zone, (counts.get(zone) as number) + 1);
    made.push(makeTask(state, origin, { zone }));
  }
  return made;
}

/** One task on each of the instances that admits it. */
export function startDaemons(
  state: ClusterState,
  deployment: DeploymentState,
  instances: readonly InstanceState[],
): void {
  const { service } = deployment;
  const { origin, placer } = askedBy(state, deployment, undefined);
  const started: TaskState[] = [];
  for (const instance of instances) {
    // It may have left in this very round.
    if (instance.slot < 0) continue;
    if (!placer.placeAt(instance.slot)) {
      service.refusedInstances.add(instance);
      continue;
    }
    started.push(makeTask(state, origin, { instance, placer }));
    service.vacantInstances.delete(instance);
  }
  noteLaunches(state, service, started.length);
  tellStarted(state, service, started);
  if (noteRefused(state, deployment)) tellRefused(state, deployment, undefined);
  else service.placementFailure = undefined;
  noteCounts(state, service);
}

/** Of the instances that refused a daemon it belongs on those that lack room, and no attribute. @returns whether any does. */
function noteRefused(state: ClusterState, deployment: DeploymentState): boolean {
  const { refusedInstances, vacantInstances } = deployment.service;
  if (refusedInstances.size === 0) return false;
  let lacksRoom = false;
  for (const { containerInstanceArn, gates } of state.engine.explain(placementOf(deployment, undefined)).instances) {
    const instance = instanceAt(state, containerInstanceArn);
    if (!refusedInstances.has(instance)) continue;
    const belongs = gates.every(({ passed, gate }) => passed || gate.startsWith('RESOURCE:'));
    if (belongs) vacantInstances.add(instance);
    else vacantInstances.delete(instance);
    lacksRoom ||= belongs;
  }
  return lacksRoom;
}

function instanceAt(state: ClusterState, arn: string): InstanceState {
  return state.instances.get(lastSegment(arn)) as InstanceState;
}

function noteLaunches(state: ClusterState, service: ServiceState, count: number): void {
  const minute = Math.floor(state.nowMs / 60_000);
  if (service.launches.minute !== minute) service.launches = { minute, count: 0 };
  service.launches.count += count;
}

function tellStarted(state: ClusterState, service: ServiceState, tasks: readonly TaskState[]): void {
  if (tasks.length === 0) return;
  service.isSteady = false;
  tellTasks(state, service, tasks, STARTED);
}

function tellRefused(state: ClusterState, deployment: DeploymentState, provider: string | undefined): void {
  const { service } = deployment;
  state.waitingServices.add(service);
  service.isSteady = false;
  const [message, reason] = refusal(state, deployment, provider);
  const before = service.placementFailure;
  if (before?.reason === reason && state.nowMs < before.toldAtMs + RETELL_MS) return;
  // Without room a rollout may free some by stopping first: it is looked at once more.
  if (before === undefined) state.changedServices.add(service);
  service.placementFailure = { reason, toldAtMs: state.nowMs };
  tellWhole(state, service, message);
  act(state, service, 'ERROR', 'SERVICE_TASK_PLACEMENT_FAILURE', reason);
}

/** ECS's sentence and the reason of the event. */
function refusal(
  state: ClusterState,
  deployment: DeploymentState,
  provider: string | undefined,
): readonly [message: string, reason: string] {
  const { name } = deployment.service;
  if (runsOnFargate(deployment, provider)) return [`(service ${name}) ${NO_CAPACITY}`, 'RESOURCE:FARGATE'];
  const group = `service:${name}`;
  if (state.instances.size === 0) return [eventMessage(group, NO_INSTANCES), 'EMPTY'];
  const { instances } = state.engine.explain(placementOf(deployment, provider));
  const { refusedInstances } = deployment.service;
  // Of a daemon only those that refused it: others may have one.
  const trace = instances
    .filter((one) => refusedInstances.size === 0 || refusedInstances.has(instanceAt(state, one.containerInstanceArn)))
    .map((one) => ({ clauses: [], ...one }));
  const closest = findClosest(trace, group);
  if (closest === undefined) return [eventMessage(group, NO_INSTANCES), 'EMPTY'];
  return [closest.message, closest.reason];
}
