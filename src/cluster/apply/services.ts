/** CreateService, UpdateService, DeleteService. Called by apply. Inputs are checked whole before anything changes. */
import { whatThereIs } from '../../base/nearest.ts';
import { withDefaultStrategy } from '../../model/capacity-strategy.ts';
import { refuse } from '../../model/read.ts';
import { parseCreateService, parseUpdateService, type ServiceSettings } from '../../model/service.ts';
import { checkServiceAgainst } from '../../model/service-check.ts';
import { checkAwsvpcAgainst } from '../../model/service-network.ts';
import type { TaskDefinition } from '../../model/task-definition.ts';
import type { ApiCall } from '../commands.ts';
import type { ClusterState, ServiceState } from '../state.ts';
import { ordinaryDefinition } from './daemon-definitions.ts';
import { beginDeployment } from './deployments.ts';
import { checkProviders } from './known-providers.ts';
import { noteCounts } from './life.ts';
import { isManagedProvider } from './managed-placement.ts';
import { checkManaged } from './managed-rules.ts';
import { placementFor, placerOf } from './placement.ts';
import { askAnew } from './provisioning.ts';
import { act } from './tell.ts';

function definitionOf(state: ClusterState, settings: ServiceSettings, path: string): TaskDefinition {
  const taskDefinition = ordinaryDefinition(state, settings.taskDefinition, `${path}.taskDefinition`);
  // Constraints and strategies are read by the engine, which refuses bad ones.
  if (settings.launchType !== 'FARGATE' && settings.capacityProviderStrategy.length === 0)
    placerOf(state, placementFor(settings, settings, taskDefinition, undefined));
  const { capacityProviderStrategy: strategy, placementStrategy, placementConstraints } = settings;
  const wish = { strategy, placementStrategy, placementConstraints, definition: taskDefinition };
  checkProviders(state, strategy, `${path}.capacityProviderStrategy`);
  checkManaged(wish, (name) => isManagedProvider(state, name), path);
  checkServiceAgainst(
    settings,
    taskDefinition,
    new Map([...state.targetGroups].map(([arn, { settings: one }]) => [arn, one])),
    path,
  );
  if (settings.awsvpc !== undefined) checkNetwork(state, settings.awsvpc, path);
  return taskDefinition;
}

/** Where no security group is known, none is asked for. */
function checkNetwork(state: ClusterState, awsvpc: NonNullable<ServiceSettings['awsvpc']>, path: string): void {
  const { securityGroups, subnets } = state;
  const checked = securityGroups.size === 0 ? { ...awsvpc, securityGroups: [] } : awsvpc;
  checkAwsvpcAgainst(checked, subnets, securityGroups, path);
}

/** The service that a call names, by name or ARN. */
export function serviceOf(state: ClusterState, name: unknown, path: string): ServiceState {
  const key = typeof name === 'string' ? name.slice(name.lastIndexOf('/') + 1) : '';
  const service = state.services.get(key);
  if (service !== undefined && service.status !== 'INACTIVE') return service;
  refuse(
    'SERVICE_NOT_FOUND',
    `${path} ${JSON.stringify(name)} is no service of the cluster.${whatThereIs(String(name), [...state.services.keys()])}`,
    { path, value: name },
    'ServiceNotFoundException',
  );
}

export function createService(state: ClusterState, { input, path = '' }: ApiCall): ServiceState {
  const settings = parseCreateService(withDefaultStrategy(input, state.defaultStrategy), path);
  const { serviceName: name } = settings;
  const known = state.services.get(name);
  if (known !== undefined && known.status !== 'INACTIVE')
    refuse('SERVICE_EXISTS', 'Creation of service was not idempotent.', { path: `${path}.serviceName`, value: name });
  const definition = definitionOf(state, settings, path);
  const { region, account, cluster } = state.context;
  const service: ServiceState = {
    name,
    arn: `arn:aws:ecs:${region}:${account}:service/${cluster}/${name}`,
    number: state.counters.services++,
    settings,
    status: 'ACTIVE',
    desiredCount: settings.desiredCount,
    deployments: [],
    lastCompleted: undefined,
    events: [],
    createdAtMs: state.nowMs,
    isSteady: false,
    failedStarts: 0,
    startsHeldUntilMs: 0,
    heldForFailures: 0,
    placementFailure: undefined,
    vacantInstances: new Set(),
    refusedInstances: new Set(),
    isRebalancing: false,
    launches: { minute: -1, count: 0 },
  };
  beginDeployment(state, service, definition, settings);
  state.services.set(name, service);
  noteAlarms(state, service);
  forgetScalings(state, name);
  return service;
}

/** A target outlives its service (Application Auto Scaling says nothing of it); the cooldowns of the old one are not the new one's. */
function forgetScalings({ context, scalableTargets }: ClusterState, name: string): void {
  const target = scalableTargets.get(`service/${context.cluster}/${name}`);
  if (target === undefined) return;
  target.lastOut = undefined;
  target.lastIn = undefined;
  target.toldReason = undefined;
}

/** Alarms wake the services that watch them. */
function noteAlarms({ alarmWatchers }: ClusterState, service: ServiceState): void {
  if (service.settings.deploymentConfiguration.alarms.alarmNames.length > 0) alarmWatchers.add(service);
}

export function updateService(state: ClusterState, { input, path = '' }: ApiCall): ServiceState {
  const service = serviceOf(state, input.service, `${path}.service`);
  if (service.status !== 'ACTIVE')
    refuse(
      'SERVICE_NOT_ACTIVE',
      'Service was not ACTIVE.',
      { path: `${path}.service`, value: input.service },
      'ServiceNotActiveException',
    );
  const { settings, startsDeployment } = parseUpdateService(
    input,
    { ...service.settings, desiredCount: service.desiredCount },
    path,
  );
  const definition = definitionOf(state, settings, path);
  const { placementConstraints, placementStrategy } = service.settings;
  service.settings = settings;
  if (placementConstraints !== settings.placementConstraints || placementStrategy !== settings.placementStrategy)
    askAnew(state, service);
  noteAlarms(state, service);
  // Its constraints may be others.
  service.refusedInstances.clear();
  if (service.desiredCount !== settings.desiredCount && settings.schedulingStrategy === 'REPLICA')
    changeDesiredCount(state, service, settings.desiredCount);
  // A bare family means its latest revision, which may be a new one.
  const isRevised = input.taskDefinition !== undefined && definition !== service.deployments[0]?.definition;
  if (startsDeployment || isRevised) beginDeployment(state, service, definition, settings);
  state.changedServices.add(service);
  return service;
}

/** Also for scaling. */
export function changeDesiredCount(state: ClusterState, service: ServiceState, desiredCount: number): void {
  service.desiredCount = desiredCount;
  service.isSteady = false;
  state.changedServices.add(service);
  act(state, service, 'INFO', 'SERVICE_DESIRED_COUNT_UPDATED');
}

export function deleteService(state: ClusterState, { input, path = '' }: ApiCall): ServiceState {
  const service = serviceOf(state, input.service, `${path}.service`);
  if (input.force !== true && service.desiredCount > 0 && service.settings.schedulingStrategy === 'REPLICA')
    refuse('SERVICE_SCALED', 'The service cannot be stopped while it is scaled above 0.', {
      path: `${path}.service`,
      value: input.service,
    });
  service.desiredCount = 0;
  service.status = 'DRAINING';
  noteCounts(state, service);
  state.waitingServices.delete(service);
  state.unevenServices.delete(service);
  return service;
}

/** Its last task has stopped. */
export function removeService(state: ClusterState, service: ServiceState): void {
  service.status = 'INACTIVE';
  for (const one of service.deployments) one.status = 'INACTIVE';
  service.deployments = [];
  state.waitingServices.delete(service);
  state.unevenServices.delete(service);
}
