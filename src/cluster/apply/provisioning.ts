/**
 * Tasks in PROVISIONING: without room, they wait for the capacity that managed scaling brings (ECS developer guide, cluster
 * auto scaling). Called by whoever starts tasks, and by apply when room has appeared. Invariant: at most 500 in a cluster.
 */
import { NONE } from '../../../assembly/abi.ts';
import type { PlacementInput, Placer } from '../../contract.ts';
import { findClosest } from '../../explain/closest.ts';
import type { TaskDefinition } from '../../model/task-definition.ts';
import { demandOf } from '../../wasm/encode/demand.ts';
import type { CapacityCommand } from '../capacity-commands.ts';
import type { Provision } from '../capacity-state.ts';
import type { ClusterState, InstanceState, ServiceState, TaskState } from '../state.ts';
import { noteOccupancy } from './group-members.ts';
import { attachInterface } from './interfaces.ts';
import { countZone, moveTask, noteTask, stopTask } from './life.ts';
import { makeWaiting, type Origin, takePorts } from './make-task.ts';
import { noteNamed, noteTried } from './managed-members.ts';
import { askedBy } from './placement.ts';

/** Tasks in PROVISIONING a cluster (ECS service quotas). */
const MOST_WAITING = 500;
/** Tasks of services wait on: nobody else would start them again. AWS says 10 to 15 minutes; ours is the longest. */
const STANDALONE_MS = 15 * 60_000;
/** Seen in public threads. */
const EMPTY = 'EMPTY CAPACITY PROVIDER';

const slot = new Int32Array(1);

/** Whether tasks without room wait for this capacity provider. */
export function isManaged({ capacity }: ClusterState, provider: string | undefined): boolean {
  if (provider === undefined) return false;
  const managed = capacity.managed.providers.get(provider);
  if (managed !== undefined) return !managed.isDeleting;
  return capacity.providers.get(provider)?.settings.managedScaling.isEnabled ?? false;
}

/** As many as the quota leaves; the others find no room. */
export function waitForCapacity(
  state: ClusterState,
  origin: Origin,
  { placement, placer, count }: { placement: PlacementInput; placer: Placer; count: number },
): TaskState[] {
  const { provisioning } = state.capacity;
  const made: TaskState[] = [];
  const provision = provisionOf(origin, placement, placer);
  while (made.length < count && provisioning.size < MOST_WAITING) {
    const task = makeWaiting(state, origin);
    provisioning.set(task, provision);
    if (task.service === undefined)
      state.timers.set(state.nowMs + STANDALONE_MS, { type: 'EndProvisioning', task, placement });
    made.push(task);
  }
  if (made.length > 0) state.capacity.version += 1;
  if (made.length > 0) noteNamed(state, origin.capacityProvider);
  return made;
}

function provisionOf(origin: Origin, placement: PlacementInput, placer: Placer): Provision {
  return {
    placer,
    network: origin.network,
    needs: needsOf(origin.definition, placement),
    placement,
    key: JSON.stringify([placement.taskDefinition, placement.placementConstraints, placement.overrides]),
  };
}

/** Constraints and strategy are the service's of today, also for those of its tasks that wait already (ours: AWS is silent). */
export function askAnew(state: ClusterState, service: ServiceState): void {
  const { capacity } = state;
  for (const task of capacity.provisioning.keys()) {
    if (task.deployment === undefined || task.service !== service) continue;
    const { origin, placement, placer } = askedBy(state, task.deployment, task.capacityProvider);
    capacity.provisioning.set(task, provisionOf(origin, placement, placer));
    capacity.hasRoom = true;
    capacity.version += 1;
  }
}

/** A standalone task has waited too long; one that was placed or stopped since then is left alone. */
export function endProvisioning(
  state: ClusterState,
  { task, placement }: Extract<CapacityCommand, { readonly type: 'EndProvisioning' }>,
): void {
  if (!state.capacity.provisioning.has(task)) return;
  const { instances } = state.engine.explain(placement);
  const closest = findClosest(
    instances.map((one) => ({ clauses: [], ...one })),
    task.group,
  );
  // As the stopped reason has it: a constraint without its full stop.
  stopTask(state, task, 'TaskFailedToStart', closest?.reason.replace(/\.$/, '') ?? EMPTY);
}

/** What the step size of managed scaling looks at; a fixed host port is on an instance once, as is distinctInstance. */
function needsOf(definition: TaskDefinition, { placementConstraints = [] }: PlacementInput): Provision['needs'] {
  const { cpu, memoryMiB, gpus, enis, portKeys } = demandOf(definition);
  return {
    cpu,
    memory: memoryMiB,
    networkInterfaces: enis,
    gpus: gpus === NONE ? 1 : gpus,
    distinctInstance: portKeys.length > 0 || placementConstraints.some(({ type }) => type === 'distinctInstance'),
  };
}

/** Each is tried once, the oldest first; alike ones only until one of them finds no room. */
export function placeProvisioning(state: ClusterState): void {
  const { capacity } = state;
  capacity.hasRoom = false;
  const full = new Set<Placer>();
  for (const [task, provision] of [...capacity.provisioning]) {
    const { placer } = provision;
    if (full.has(placer)) continue;
    if (placer.place(1, slot) === 0) full.add(placer);
    else settle(state, task, provision, state.slots[slot[0] as number] as InstanceState);
  }
  noteTried(state);
}

function settle(state: ClusterState, task: TaskState, { placer, network }: Provision, instance: InstanceState): void {
  state.capacity.provisioning.delete(task);
  state.capacity.version += 1;
  const origin = { definition: task.definition, ...(network === undefined ? {} : { network }) };
  const address = attachInterface(state, origin, { instance });
  const ports = takePorts(origin, instance);
  Object.assign(task, ports, address);
  task.placer = placer;
  task.instance = instance;
  task.availabilityZone = instance.availabilityZone;
  countZone(task, 1);
  task.placedAtMs = state.nowMs;
  instance.tasks.add(task);
  noteOccupancy(state, instance);
  state.changedTasks.add(task);
  if (task.definition.networkMode === 'awsvpc') noteTask(state, task);
  else moveTask(state, task, 'PENDING');
}
