/**
 * A service against what it names: its task definition and its target groups. Called when a service is created or
 * updated, with the task definition resolved.
 */

import { BayplanError } from '../errors.ts';
import { parseCpu, parseMemory } from './amounts.ts';
import { MAX_CONSTRAINTS } from './constraint.ts';
import { checkFargate } from './fargate.ts';
import { refuse } from './read.ts';
import type { ServiceLoadBalancer, ServiceSettings } from './service.ts';
import { isFargate } from './service-rules.ts';
import type { TargetGroup } from './target-group.ts';
import type { ContainerDefinition, PortMapping, TaskDefinition } from './task-definition.ts';

/** 8 vCPU; larger tasks, more storage and EFS came with platform version 1.4.0 (ECS developer guide). */
const NEW_PLATFORM_CPU = 8192;

function checkNetwork(settings: ServiceSettings, definition: TaskDefinition, path: string): void {
  const isAwsvpc = definition.networkMode === 'awsvpc';
  if (isAwsvpc === (settings.awsvpc !== undefined)) return;
  const facts = { path: `${path}networkConfiguration`, value: definition.networkMode ?? 'bridge' };
  refuse(
    'NETWORK_CONFIGURATION',
    isAwsvpc
      ? "Network Configuration must be provided when networkMode 'awsvpc' is specified."
      : 'Network Configuration is not valid for the given networkMode of this task definition.',
    facts,
  );
}

/** What requiresCompatibilities or the computed compatibilities say; else whether Fargate would take it. */
function runsOnFargate(definition: TaskDefinition): boolean {
  const { compatibilities, requiresCompatibilities = [] } = definition;
  if (requiresCompatibilities.includes('FARGATE')) return true;
  if (compatibilities !== undefined) return compatibilities.includes('FARGATE');
  try {
    checkFargate(definition, parseCpu(definition.cpu, 'cpu'), parseMemory(definition.memory, 'memory'), '');
    return true;
  } catch (error) {
    if (error instanceof BayplanError) return false;
    throw error;
  }
}

function checkFargateDefinition(settings: ServiceSettings, definition: TaskDefinition, path: string): void {
  const name = `${definition.family}:${definition.revision}`;
  if (!runsOnFargate(definition)) {
    refuse('FARGATE_DEFINITION', 'Task definition does not support launch_type FARGATE.', {
      path: `${path}taskDefinition`,
      value: name,
    });
  }
  if (settings.platformVersion !== '1.3.0') return;
  const needsNew =
    Number(definition.cpu ?? 0) >= NEW_PLATFORM_CPU ||
    definition.ephemeralStorage !== undefined ||
    ((definition.volumes ?? []) as { efsVolumeConfiguration?: unknown }[]).some(
      (volume) => volume.efsVolumeConfiguration,
    );
  if (needsNew) {
    refuse(
      'PLATFORM_VERSION',
      `${path}platformVersion 1.3.0 does not run ${name}: 8 vCPU and more, EFS and ephemeral storage need 1.4.0.`,
      { path: `${path}platformVersion`, value: '1.3.0', expected: ['1.4.0', 'LATEST'] },
      'PlatformTaskDefinitionIncompatibilityException',
    );
  }
}

function maps({ containerPort, containerPortRange }: PortMapping, port: number): boolean {
  if (containerPort === port) return true;
  const [from = 0, to = -1] = containerPortRange?.split('-').map(Number) ?? [];
  return from <= port && port <= to;
}

function containerOf(balancer: ServiceLoadBalancer, definition: TaskDefinition, path: string): ContainerDefinition {
  const found = definition.containerDefinitions?.find(({ name }) => name === balancer.containerName);
  if (found === undefined) {
    refuse('UNKNOWN_CONTAINER', `The container ${balancer.containerName} does not exist in the task definition.`, {
      path: `${path}.containerName`,
      value: balancer.containerName,
      expected: (definition.containerDefinitions ?? []).map(({ name = '' }) => name),
    });
  }
  return found;
}

function checkGroup(
  arn: string,
  definition: TaskDefinition,
  targetGroups: ReadonlyMap<string, TargetGroup>,
  path: string,
): void {
  const group = targetGroups.get(arn);
  if (group === undefined) {
    refuse('UNKNOWN_TARGET_GROUP', `${path}: the target group '${arn}' does not exist.`, { path, value: arn });
  }
  if (group.kind === 'classic') return;
  const networkMode = definition.networkMode ?? 'bridge';
  const wanted = networkMode === 'awsvpc' ? 'ip' : 'instance';
  if (group.targetType === wanted) return;
  refuse(
    'TARGET_TYPE',
    `The provided target group ${arn} has target type ${group.targetType}, which is incompatible with the ${networkMode} network mode specified in the task definition.`,
    { path, value: group.targetType, expected: [wanted] },
  );
}

function checkBalancer(
  balancer: ServiceLoadBalancer,
  definition: TaskDefinition,
  targetGroups: ReadonlyMap<string, TargetGroup>,
  path: string,
): void {
  const container = containerOf(balancer, definition, path);
  if (!(container.portMappings ?? []).some((mapping) => maps(mapping, balancer.containerPort))) {
    refuse(
      'UNKNOWN_PORT',
      `The container ${balancer.containerName} did not have a container port ${balancer.containerPort} defined.`,
      { path: `${path}.containerPort`, value: balancer.containerPort },
    );
  }
  const { targetGroupArn, loadBalancerName, advancedConfiguration } = balancer;
  if (loadBalancerName !== undefined && definition.networkMode === 'awsvpc') {
    refuse('CLASSIC_LOAD_BALANCER', `${path}: a Classic Load Balancer is not supported with network mode awsvpc.`, {
      path: `${path}.loadBalancerName`,
      value: loadBalancerName,
    });
  }
  const member = targetGroupArn === undefined ? 'loadBalancerName' : 'targetGroupArn';
  checkGroup(targetGroupArn ?? loadBalancerName ?? '', definition, targetGroups, `${path}.${member}`);
  const alternate = advancedConfiguration?.alternateTargetGroupArn;
  if (alternate === undefined) return;
  checkGroup(alternate, definition, targetGroups, `${path}.advancedConfiguration.alternateTargetGroupArn`);
}

function checkConstraints(settings: ServiceSettings, definition: TaskDefinition, path: string): void {
  const value = settings.placementConstraints.length + (definition.placementConstraints ?? []).length;
  if (value <= MAX_CONSTRAINTS) return;
  const at = `${path}placementConstraints`;
  refuse(
    'CONSTRAINT_COUNT',
    `${at}: at most ${MAX_CONSTRAINTS} placement constraints, of the task definition and the service together, but there were ${value}.`,
    { path: at, value, limit: MAX_CONSTRAINTS },
  );
}

/**
 * What a service needs of its task definition and target groups. Several copies of a task whose host ports are fixed
 * need several instances: that is left to placement, which tells RESOURCE:PORTS.
 * @param targetGroups by ARN; Classic Load Balancers by name.
 * @throws InvalidParameterException or PlatformTaskDefinitionIncompatibilityException naming the JSON path.
 */
export function checkServiceAgainst(
  settings: ServiceSettings,
  definition: TaskDefinition,
  targetGroups: ReadonlyMap<string, TargetGroup>,
  path: string,
): void {
  const at = path === '' ? '' : `${path}.`;
  if (isFargate(settings)) checkFargateDefinition(settings, definition, at);
  checkNetwork(settings, definition, at);
  checkConstraints(settings, definition, at);
  settings.loadBalancers.forEach((balancer, k) => {
    checkBalancer(balancer, definition, targetGroups, `${at}loadBalancers[${k}]`);
  });
}
