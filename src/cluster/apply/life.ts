/**
 * The life of one task: the only place that changes a task's status, health or fitness, so that the counts of its
 * deployment stay right. Called by the other files here.
 */
import type { TaskStatus } from '../../model/task.ts';
import type {
  ClusterState,
  DeploymentState,
  HealthStatus,
  InstanceState,
  ServiceState,
  StopCode,
  TaskState,
  Unfit,
} from '../state.ts';

import { noteOccupancy } from './group-members.ts';
import { noteNamed } from './managed-members.ts';

const ONE_SLOT = new Int32Array(1);
/** How long a stopped task can still be described. */
const KEPT_MS = 3_600_000;

/** Adds a task to, or takes it from, the counts of its deployment as it is now. */
export function count(task: TaskState, by: 1 | -1): void {
  const { deployment } = task;
  if (deployment === undefined || task.lastStatus === 'STOPPED') return;
  if (task.desiredStatus === 'STOPPED') {
    deployment.stopping += by;
    return;
  }
  countWanted(deployment, task, by);
}

function countWanted(deployment: DeploymentState, task: TaskState, by: 1 | -1): void {
  const isUnfit = task.unfit !== undefined;
  if (isUnfit) deployment.unfit += by;
  if (task.lastStatus !== 'RUNNING') {
    deployment.pending += by;
    return;
  }
  deployment.running += by;
  if (!task.isHealthy) return;
  deployment.healthy += by;
  if (isUnfit) deployment.unfitHealthy += by;
}

/** Those that shall run; who waits for a place has no zone. */
export function countZone({ deployment, availabilityZone: zone }: TaskState, by: 1 | -1): void {
  if (deployment === undefined || zone === undefined) return;
  deployment.zones.set(zone, (deployment.zones.get(zone) ?? 0) + by);
}

/** One more version of the task, and its event. */
export function noteTask(state: ClusterState, task: TaskState): void {
  task.version += 1;
  if (task.service !== undefined) state.changedServices.add(task.service);
  else if (task.daemon !== undefined) noteNamed(state, task.capacityProvider);
  if (state.sink.isOpen) state.sink.emit({ type: 'TaskStateChange', task });
}

/** Tells of a new task. */
export function admit(state: ClusterState, task: TaskState): void {
  state.tasks.set(task.number, task);
  task.deployment?.tasks.add(task);
  task.instance?.tasks.add(task);
  if (task.instance !== undefined) noteOccupancy(state, task.instance);
  count(task, 1);
  countZone(task, 1);
  noteTask(state, task);
}

/** Moves the last status on. */
export function moveTask(state: ClusterState, task: TaskState, status: TaskStatus): void {
  if (task.lastStatus === status) return;
  count(task, -1);
  task.lastStatus = status;
  if (status === 'RUNNING') task.startedAtMs = state.nowMs;
  count(task, 1);
  if (status === 'RUNNING') {
    state.unjudgedTasks.add(task);
    noteStarted(task);
  }
  if (status === 'RUNNING' || status === 'ACTIVATING') watchTargets(state, task);
  if (status === 'STOPPED') settleStopped(state, task);
  noteTask(state, task);
}

function watchTargets(state: ClusterState, task: TaskState): void {
  if ((task.deployment?.settings.loadBalancers.length ?? 0) > 0) state.changedTargets.add(task);
}

function noteStarted({ deployment, service }: TaskState): void {
  if (deployment !== undefined) deployment.hasRun = true;
  if (service !== undefined) service.failedStarts = 0;
}

export function setTaskHealth(state: ClusterState, task: TaskState, health: HealthStatus): void {
  if (task.healthStatus === health) return;
  task.healthStatus = health;
  state.unjudgedTasks.add(task);
  if (task.targets.length > 0) state.changedTargets.add(task);
  noteTask(state, task);
}

/** The scheduler's judgement. */
export function judgeTask(state: ClusterState, task: TaskState, isHealthy: boolean, unfit: Unfit | undefined): void {
  if (task.desiredStatus === 'STOPPED' || (task.isHealthy === isHealthy && task.unfit === unfit)) return;
  count(task, -1);
  const { deployment } = task;
  if (deployment !== undefined && isHealthy && !task.isHealthy) noteHealthy(deployment);
  if (deployment !== undefined && failsChecks(unfit) && !failsChecks(task.unfit)) {
    deployment.failedTasks += 1;
    // Also while it has to stay: the percentages may leave no way to replace it yet.
    deployment.service.isSteady = false;
  }
  task.isHealthy = isHealthy;
  task.unfit = unfit;
  count(task, 1);
  if (task.service !== undefined) noteCounts(state, task.service);
}

/** For who counts along: nothing of it is told. */
export function noteCounts(state: ClusterState, service: ServiceState): void {
  state.changedServices.add(service);
  if (state.sink.isOpen) state.sink.emit({ type: 'CountsChange', service });
}

function noteHealthy(deployment: DeploymentState): void {
  if (deployment.settings.deploymentConfiguration.circuitBreaker.resetOnHealthyTask) deployment.failedTasks = 0;
}

function failsChecks(unfit: Unfit | undefined): boolean {
  return unfit?.cause === 'CONTAINER_HEALTH' || unfit?.cause === 'TARGET_HEALTH';
}

/**
 * The first of the two moments: desired STOPPED. Its counts drop in the engine; targets are deregistered, then its agent
 * stops the containers.
 */
export function stopTask(state: ClusterState, task: TaskState, stopCode: StopCode, stoppedReason: string): void {
  if (task.desiredStatus === 'STOPPED') return;
  count(task, -1);
  countZone(task, -1);
  const hasRun = task.startedAtMs !== undefined;
  task.desiredStatus = 'STOPPED';
  task.stopCode = stopCode;
  task.stoppedReason = stoppedReason;
  task.stoppingAtMs = state.nowMs;
  if (task.targets.length > 0) task.lastStatus = 'DEACTIVATING';
  else if (task.lastStatus !== 'PROVISIONING') task.lastStatus = 'STOPPING';
  count(task, 1);
  if (task.placer !== undefined && task.instance !== undefined && task.instance.slot >= 0) {
    ONE_SLOT[0] = task.instance.slot;
    task.placer.stop(ONE_SLOT, 1);
    noteRoom(state);
  }
  if (task.service !== undefined) task.service.isSteady = false;
  if (!hasRun && stopCode !== 'ServiceSchedulerInitiated' && stopCode !== 'UserInitiated') noteFailedStart(task);
  if (task.targets.length > 0) state.changedTargets.add(task);
  else state.changedTasks.add(task);
  noteTask(state, task);
  if (state.capacity.provisioning.delete(task)) endWaiting(state, task);
}

/** No agent has it: nothing has to stop. */
function endWaiting(state: ClusterState, task: TaskState): void {
  state.capacity.version += 1;
  noteNamed(state, task.capacityProvider);
  state.changedTasks.delete(task);
  for (const container of task.containers) container.lastStatus = 'STOPPED';
  moveTask(state, task, 'STOPPED');
}

function noteFailedStart({ deployment, service }: TaskState): void {
  if (deployment !== undefined) deployment.failedTasks += 1;
  if (service !== undefined) service.failedStarts += 1;
}

/** The last target has gone: the containers get their signal. */
export function endDraining(state: ClusterState, task: TaskState): void {
  if (task.lastStatus !== 'DEACTIVATING') return;
  task.lastStatus = 'STOPPING';
  state.changedTasks.add(task);
  noteTask(state, task);
}

/** The second moment: what it took is free. */
function settleStopped(state: ClusterState, task: TaskState): void {
  task.stoppedAtMs = state.nowMs;
  const { instance, deployment, service } = task;
  deployment?.tasks.delete(task);
  if (instance !== undefined) {
    instance.tasks.delete(task);
    noteOccupancy(state, instance);
    if (instance.status === 'DRAINING') noteDrained(state, instance);
    if (service?.settings.schedulingStrategy === 'DAEMON') service.vacantInstances.add(instance);
    for (const key of task.portKeys) instance.ports.delete(key);
    if (task.placer !== undefined && instance.slot >= 0) {
      ONE_SLOT[0] = instance.slot;
      task.placer.free(ONE_SLOT, 1);
    }
  }
  noteRoom(state);
  state.stoppedTasks.add(task);
  forgetStopped(state);
}

function forgetStopped(state: ClusterState): void {
  for (;;) {
    const task = state.stoppedTasks.takeUntil(state.nowMs - KEPT_MS);
    if (task === undefined) return;
    state.tasks.delete(task.number);
  }
}

/** A daemon leaves a draining instance after all others. */
function noteDrained(state: ClusterState, instance: InstanceState): void {
  for (const { service } of instance.tasks) if (service !== undefined) state.changedServices.add(service);
}

/** Ours: AWS does not say how often it looks. A cluster in which tasks come and go is looked through once a minute. */
const REBALANCING_PAUSE_MS = 60_000;

/** Something became free: whoever waits for room tries again. */
export function noteRoom(state: ClusterState): void {
  state.capacity.hasRoom = true;
  for (const service of state.unevenServices)
    state.timers.set(state.nowMs + REBALANCING_PAUSE_MS, { type: 'WakeService', service });
  state.unevenServices.clear();
  if (state.waitingServices.size === 0) return;
  for (const service of state.waitingServices) {
    state.changedServices.add(service);
    service.refusedInstances.clear();
  }
  state.waitingServices.clear();
}
