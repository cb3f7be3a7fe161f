/** Deployments: begin, complete, fail, roll back, move through the stages, retire. Called by apply and by services. */

import { taskId } from '../../base/ids.ts';
import type { LifecycleStage, ServiceSettings } from '../../model/service.ts';
import { isFargate } from '../../model/service-rules.ts';
import type { TaskDefinition } from '../../model/task-definition.ts';
import { isInAlarm } from '../in-alarm.ts';
import type { ClusterState, DeploymentState, ServiceState } from '../state.ts';
import { TaskList } from '../task-list.ts';
import { act, announce, tell } from './tell.ts';

const BREAKER = 'ECS deployment circuit breaker: task failed to start.';

/** `ecs-svc/` and 19 digits. */
function deploymentId(seed: number, number: number): string {
  const digits = BigInt(`0x${taskId((seed ^ 0x5bd1e995) >>> 0, number).slice(0, 16)}`).toString();
  return `ecs-svc/${digits.padStart(19, '0').slice(-19)}`;
}

/** Puts a new PRIMARY in front; the old one becomes ACTIVE and its tasks old ones. */
export function beginDeployment(
  state: ClusterState,
  service: ServiceState,
  definition: TaskDefinition,
  settings: ServiceSettings,
  rollbackOf?: DeploymentState,
): DeploymentState {
  const number = state.counters.deployments++;
  const id = deploymentId(state.seed, number);
  for (const one of service.deployments) if (one.status === 'PRIMARY') one.status = 'ACTIVE';
  const deployment: DeploymentState = {
    id,
    service,
    number,
    definition,
    settings,
    status: 'PRIMARY',
    rolloutState: 'IN_PROGRESS',
    rolloutStateReason:
      rollbackOf === undefined
        ? `ECS deployment ${id} in progress.`
        : `ECS deployment circuit breaker: rolling back to deploymentId ${service.lastCompleted?.id ?? ''}.`,
    createdAtMs: state.nowMs,
    updatedAtMs: state.nowMs,
    usedGroups: new Set(),
    failedTasks: 0,
    pending: 0,
    running: 0,
    healthy: 0,
    unfit: 0,
    unfitHealthy: 0,
    zones: new Map(),
    stopping: 0,
    tasks: new TaskList(),
    rollbackOf,
    blockedBy: undefined,
    hasRun: false,
    stage: undefined,
    stageSinceMs: state.nowMs,
    isContinued: false,
    ignoredAlarms: new Set(settings.deploymentConfiguration.alarms.alarmNames.filter((one) => isInAlarm(state, one))),
    trafficPermille: 1000,
  };
  service.deployments.unshift(deployment);
  service.isSteady = false;
  service.failedStarts = 0;
  service.startsHeldUntilMs = 0;
  service.heldForFailures = 0;
  service.placementFailure = undefined;
  service.refusedInstances.clear();
  service.vacantInstances.clear();
  state.changedServices.add(service);
  announce(state, deployment, 'INFO', 'SERVICE_DEPLOYMENT_IN_PROGRESS');
  return deployment;
}

export function completeDeployment(state: ClusterState, deployment: DeploymentState): void {
  const { service } = deployment;
  deployment.rolloutState = 'COMPLETED';
  deployment.rolloutStateReason = `ECS deployment ${deployment.id} completed.`;
  deployment.updatedAtMs = state.nowMs;
  deployment.stage = undefined;
  for (const one of service.deployments) if (one !== deployment) one.status = 'INACTIVE';
  service.deployments = [deployment];
  service.lastCompleted = deployment;
  state.changedServices.add(service);
  tell(state, service, `(deployment ${deployment.id}) deployment completed.`);
  announce(state, deployment, 'INFO', 'SERVICE_DEPLOYMENT_COMPLETED');
}

/** No more starts of this revision; with a rollback the last completed revision comes back as a new deployment. */
export function failDeployment(
  state: ClusterState,
  deployment: DeploymentState,
  reason: string = BREAKER,
  rollBack: boolean = false,
): void {
  const { service } = deployment;
  deployment.rolloutState = 'FAILED';
  deployment.rolloutStateReason = reason;
  deployment.updatedAtMs = state.nowMs;
  state.changedServices.add(service);
  tell(state, service, `(deployment ${deployment.id}) deployment failed: ${failureText(reason)}.`);
  announce(state, deployment, 'ERROR', 'SERVICE_DEPLOYMENT_FAILED');
  if (rollBack) rollBackFrom(state, deployment);
}

function rollBackFrom(state: ClusterState, deployment: DeploymentState): void {
  const { service } = deployment;
  const last = service.lastCompleted;
  if (last === undefined || deployment.rollbackOf !== undefined) return;
  service.settings = backTo(last, service.settings);
  tell(state, service, `rolling back to (deployment ${last.id}).`);
  if (service.deployments.includes(last) && deployment.stage !== undefined) revert(state, deployment, last);
  else beginDeployment(state, service, last.definition, service.settings, deployment);
}

/** The revision of then, with what starts no deployment as it is today. */
function backTo({ definition, settings: then }: DeploymentState, today: ServiceSettings): ServiceSettings {
  const launch = isFargate(then) === isFargate(today) ? today : then;
  const { launchType: _, ...settings } = then;
  return {
    ...settings,
    taskDefinition: definition.taskDefinitionArn ?? '',
    desiredCount: today.desiredCount,
    ...(launch.launchType === undefined ? {} : { launchType: launch.launchType }),
    capacityProviderStrategy: launch.capacityProviderStrategy,
    deploymentConfiguration: today.deploymentConfiguration,
    placementConstraints: today.placementConstraints,
    placementStrategy: today.placementStrategy,
    healthCheckGracePeriodSeconds: today.healthCheckGracePeriodSeconds,
    availabilityZoneRebalancing: today.availabilityZoneRebalancing,
  };
}

/** Blue/green and its kin: the old revision is still whole, so traffic goes back to it and the new one goes. */
function revert(state: ClusterState, deployment: DeploymentState, last: DeploymentState): void {
  const { service } = deployment;
  deployment.status = 'ACTIVE';
  last.status = 'PRIMARY';
  service.deployments = [last, ...service.deployments.filter((one) => one !== last)];
  moveStage(state, deployment, 'CLEAN_UP', 0);
}

/** `ECS deployment circuit breaker: task failed to start.` without its subject and full stop. */
function failureText(reason: string): string {
  return reason.replace(/^ECS deployment circuit breaker: /, '').replace(/\.$/, '');
}

export function moveStage(
  state: ClusterState,
  deployment: DeploymentState,
  stage: LifecycleStage,
  trafficPermille: number,
): void {
  const { service } = deployment;
  deployment.stage = stage;
  deployment.stageSinceMs = state.nowMs;
  deployment.isContinued = false;
  deployment.updatedAtMs = state.nowMs;
  state.changedServices.add(service);
  if (deployment.trafficPermille === trafficPermille) return;
  deployment.trafficPermille = trafficPermille;
  if (state.sink.isOpen) state.sink.emit({ type: 'TrafficShift', service, deployment });
}

export function settleService(state: ClusterState, service: ServiceState): void {
  service.isSteady = true;
  service.placementFailure = undefined;
  for (const one of service.deployments) one.blockedBy = undefined;
  // After a rollback to a revision that was whole the failed one is still there, without tasks.
  for (let k = 1; k < service.deployments.length; k++) (service.deployments[k] as DeploymentState).status = 'INACTIVE';
  if (service.deployments.length > 1) service.deployments = service.deployments.slice(0, 1);
  state.changedServices.add(service);
  tell(state, service, 'has reached a steady state.');
  act(state, service, 'INFO', 'SERVICE_STEADY_STATE');
}
