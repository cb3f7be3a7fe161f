/** A service as DescribeServices shows it. Called by simulate at the end of a run and by the endpoint. */
import { clusterArn } from '../../base/arn.ts';
import type { DeploymentConfiguration } from '../../model/service.ts';
import { desiredCountOf } from '../desired.ts';
import { eventsOf, messageOf } from '../service-events.ts';
import type { ClusterState, DeploymentState, ServiceState } from '../state.ts';
import { isoTime } from './iso-time.ts';

type Json = Record<string, unknown>;
type Where = Pick<ClusterState, 'context' | 'seed' | 'startEpochMs'>;

/** A UUID that only the seed and the number decide. */
function eventId(seed: number, number: number): string {
  const hex = (seed >>> 0).toString(16).padStart(8, '0') + number.toString(16).padStart(24, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function sum(deployments: readonly DeploymentState[], of: (one: DeploymentState) => number): number {
  return deployments.reduce((total, one) => total + of(one), 0);
}

/** Tasks that shall stop and still run count as running, as in AWS's runningCount. */
function runningCount(deployment: DeploymentState): number {
  let stillRunning = 0;
  for (const task of deployment.tasks)
    if (task.desiredStatus === 'STOPPED' && task.lastStatus === 'RUNNING') stillRunning++;
  return deployment.running + stillRunning;
}

function describeDeployment(where: Where, deployment: DeploymentState): Json {
  const { settings, service } = deployment;
  return {
    id: deployment.id,
    status: deployment.status,
    taskDefinition: deployment.definition.taskDefinitionArn,
    desiredCount: deployment.status === 'PRIMARY' ? desiredCountOf(service) : 0,
    pendingCount: deployment.pending,
    runningCount: runningCount(deployment),
    failedTasks: deployment.failedTasks,
    createdAt: isoTime(where, deployment.createdAtMs),
    updatedAt: isoTime(where, deployment.updatedAtMs),
    ...launch(settings),
    ...(settings.awsvpc === undefined ? {} : { networkConfiguration: { awsvpcConfiguration: settings.awsvpc } }),
    rolloutState: deployment.rolloutState,
    rolloutStateReason: deployment.rolloutStateReason,
  };
}

function launch(settings: ServiceState['settings']): Json {
  if (settings.capacityProviderStrategy.length > 0)
    return { capacityProviderStrategy: settings.capacityProviderStrategy };
  return { launchType: settings.launchType ?? 'EC2' };
}

function describeConfiguration(configuration: DeploymentConfiguration): Json {
  const { strategy, minimumHealthyPercent, maximumPercent, circuitBreaker, alarms } = configuration;
  return {
    deploymentCircuitBreaker: { enable: circuitBreaker.enable, rollback: circuitBreaker.rollback },
    maximumPercent,
    minimumHealthyPercent,
    ...(alarms.alarmNames.length === 0 ? {} : { alarms }),
    strategy,
    ...(strategy === 'ROLLING' ? {} : { bakeTimeInMinutes: configuration.bakeTimeInMinutes }),
  };
}

export function describeService(where: Where, service: ServiceState): Json {
  const { settings, deployments } = service;
  return {
    serviceArn: service.arn,
    serviceName: service.name,
    clusterArn: clusterArn(where.context),
    loadBalancers: settings.loadBalancers,
    status: service.status,
    desiredCount: desiredCountOf(service),
    runningCount: sum(deployments, runningCount),
    pendingCount: sum(deployments, (one) => one.pending),
    ...launch(settings),
    taskDefinition: deployments[0]?.definition.taskDefinitionArn ?? settings.taskDefinition,
    deploymentConfiguration: describeConfiguration(settings.deploymentConfiguration),
    deployments: deployments.map((one) => describeDeployment(where, one)),
    events: eventsOf(service).map((event) => ({
      id: eventId(where.seed, event.number),
      createdAt: isoTime(where, event.createdAtMs),
      message: messageOf(event),
    })),
    createdAt: isoTime(where, service.createdAtMs),
    placementConstraints: settings.placementConstraints,
    placementStrategy: settings.placementStrategy,
    ...(settings.awsvpc === undefined ? {} : { networkConfiguration: { awsvpcConfiguration: settings.awsvpc } }),
    healthCheckGracePeriodSeconds: settings.healthCheckGracePeriodSeconds,
    schedulingStrategy: settings.schedulingStrategy,
    availabilityZoneRebalancing: settings.availabilityZoneRebalancing,
  };
}
