/**
 * The resolved request: all that decides where one task goes, validated and canonical, so that both engines decide from
 * the same facts. Made for runTask, startTask, explain and prepare.
 */
import type { NamedAttribute } from './attribute.ts';
import { type Constraint, parseConstraints } from './constraint.ts';
import { applyOverrides } from './overrides.ts';
import {
  type Fields,
  fields,
  list,
  nonEmptyText,
  optionalFlag,
  optionalList,
  optionalText,
  refuse,
  text,
} from './read.ts';
import { parseStrategies, RANDOM, SERVICE_DEFAULT, type Strategy } from './strategy.ts';
import type { Subnet } from './subnet.ts';
import type { TaskDefinition } from './task-definition.ts';
import type { TaskDefinitionRegistry } from './task-definition-registry.ts';

export interface PlacementRequest {
  /** With overrides applied: every cpu, memory and GPU figure in it is the one to use. */
  readonly taskDefinition: TaskDefinition;
  readonly group: string;
  /** Never empty: the default of the entry point is filled in. */
  readonly strategies: readonly Strategy[];
  /** The task definition's own first, then the request's, in the given order. */
  readonly constraints: readonly Constraint[];
  /** The task definition's `requiresAttributes` and those the launch adds (`enableExecuteCommand`). */
  readonly requiresAttributes: readonly NamedAttribute[];
  /** Subnets of an awsvpc task; empty when none are given, and then VPC and zone are not checked. */
  readonly subnets: readonly Subnet[];
  /** Absent for StartTask, where the caller picks the instance. */
  readonly launchType?: 'EC2' | 'EXTERNAL';
  readonly capacityProvider?: string;
}

export type Subnets = ReadonlyMap<string, Subnet>;

const MAX_GROUP_LENGTH = 255;
const MAX_SUBNETS = 16;

export function parseGroup(value: unknown, family: string): string {
  const group = optionalText(value, 'group');
  if (group === undefined) return `family:${family}`;
  if (group === '' || group.length > MAX_GROUP_LENGTH) {
    refuse('GROUP', `group must be 1 to ${MAX_GROUP_LENGTH} characters long, but was ${group.length}.`, {
      path: 'group',
      value: group,
      limit: MAX_GROUP_LENGTH,
    });
  }
  return group;
}

/** Subnets of the network configuration; none when it is absent or the task is not awsvpc. */
export function parseNetwork(given: Fields, definition: TaskDefinition, subnets: Subnets): Subnet[] {
  if (given.networkConfiguration === undefined || given.networkConfiguration === null) return [];
  const path = 'networkConfiguration.awsvpcConfiguration';
  if (definition.networkMode !== 'awsvpc') {
    refuse(
      'NETWORK_CONFIGURATION',
      'Network Configuration is not valid for the given networkMode of this task definition.',
      { path: 'networkConfiguration', value: definition.networkMode },
    );
  }
  const awsvpc = fields(fields(given.networkConfiguration, 'networkConfiguration').awsvpcConfiguration, path);
  const ids = list(awsvpc.subnets, `${path}.subnets`);
  if (ids.length === 0 || ids.length > MAX_SUBNETS) {
    refuse('SUBNET_COUNT', `${path}.subnets must hold 1 to ${MAX_SUBNETS} subnets, but held ${ids.length}.`, {
      path: `${path}.subnets`,
      value: ids.length,
      limit: MAX_SUBNETS,
    });
  }
  return ids.map((value, k) => {
    const at = `${path}.subnets[${k}]`;
    const subnet = subnets.get(text(value, at));
    if (subnet === undefined)
      refuse('UNKNOWN_SUBNET', `${at}: the subnet ID '${value}' does not exist.`, { path: at, value });
    return subnet;
  });
}

function parseProvider(given: Fields): string | undefined {
  const path = 'capacityProviderStrategy';
  const isNamed = given.capacityProvider !== undefined && given.capacityProvider !== null;
  const name = isNamed ? nonEmptyText(given.capacityProvider, 'capacityProvider') : undefined;
  const items = optionalList(given.capacityProviderStrategy, path);
  if (items.length + (isNamed ? 1 : 0) > 1) {
    refuse(
      'CAPACITY_PROVIDER_SPLIT',
      `${path} must hold one provider here, but there were ${items.length + (isNamed ? 1 : 0)}: a split over providers is made by the service scheduler.`,
      { path, value: items.length, limit: 1 },
    );
  }
  return items.length === 0
    ? name
    : nonEmptyText(fields(items[0], `${path}[0]`).capacityProvider, `${path}[0].capacityProvider`);
}

/** Fargate tasks have no container instance to choose. */
function refuseFargate(given: Fields, name: string): never {
  const isGiven = (member: string): boolean => Array.isArray(given[member]) && given[member].length > 0;
  if (isGiven('placementConstraints')) {
    refuse('FARGATE_CONSTRAINTS', 'Placement constraints are not supported with FARGATE launch type.', {
      path: 'placementConstraints',
      value: name,
    });
  }
  if (isGiven('placementStrategy')) {
    refuse('FARGATE_STRATEGIES', 'Placement strategies are not supported with FARGATE launch type.', {
      path: 'placementStrategy',
      value: name,
    });
  }
  refuse(
    'FARGATE_HAS_NO_INSTANCE',
    `launchType ${name}: a Fargate task runs on no container instance, so there is nothing to place.`,
    { path: 'launchType', value: name },
  );
}

function parseLaunchType(given: Fields, capacityProvider: string | undefined): 'EC2' | 'EXTERNAL' {
  const value = optionalText(given.launchType, 'launchType');
  if (value !== undefined && capacityProvider !== undefined) {
    refuse(
      'LAUNCH_TYPE_AND_PROVIDER',
      'Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.',
      { path: 'launchType', value },
    );
  }
  if (value === 'FARGATE' || capacityProvider === 'FARGATE' || capacityProvider === 'FARGATE_SPOT')
    refuseFargate(given, value ?? capacityProvider ?? '');
  if (value === undefined || value === 'EC2' || value === 'EXTERNAL') return value ?? 'EC2';
  refuse('NOT_ALLOWED', `launchType must be one of EC2, EXTERNAL, FARGATE, but was ${JSON.stringify(value)}.`, {
    path: 'launchType',
    value,
    expected: ['EC2', 'EXTERNAL', 'FARGATE'],
  });
}

/** What the definition requires, and `ecs.capability.execute-command` when the launch asks for ECS Exec. */
export function launchAttributes(given: Fields, definition: TaskDefinition): NamedAttribute[] {
  const required = (definition.requiresAttributes ?? []) as NamedAttribute[];
  return optionalFlag(given.enableExecuteCommand, 'enableExecuteCommand')
    ? [...required, { name: 'ecs.capability.execute-command' }]
    : required;
}

/**
 * Resolves the members that runTask, explain and prepare share.
 * @throws BayplanError naming the member; nothing is changed.
 */
export function resolvePlacement(input: unknown, registry: TaskDefinitionRegistry, subnets: Subnets): PlacementRequest {
  const given = fields(input, '');
  const registered = registry.resolve(given.taskDefinition);
  const capacityProvider = parseProvider(given);
  const launchType = parseLaunchType(given, capacityProvider);
  const taskDefinition = applyOverrides(registered, given.overrides);
  const own = (taskDefinition.placementConstraints ?? []) as Constraint[];
  const group = parseGroup(given.group, taskDefinition.family ?? '');
  const strategies = parseStrategies(given.placementStrategy, 'placementStrategy');
  const fallback = group.startsWith('service:') ? SERVICE_DEFAULT : RANDOM;
  return {
    taskDefinition,
    group,
    strategies: strategies.length > 0 ? strategies : fallback,
    constraints: [...own, ...parseConstraints(given.placementConstraints, 'placementConstraints', own.length)],
    requiresAttributes: launchAttributes(given, taskDefinition),
    subnets: parseNetwork(given, taskDefinition, subnets),
    launchType,
    ...(capacityProvider === undefined ? {} : { capacityProvider }),
  };
}
