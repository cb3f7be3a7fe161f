/** Services in AWS's shape, as CreateService takes them, with AWS's defaults filled in. Read by the control plane. */
import { lastSegment } from '../base/arn.ts';
import { type PlacementConstraint, parseConstraints } from './constraint.ts';
import { parseDeploymentConfiguration } from './deployment-configuration.ts';
import { plainCopy } from './plain.ts';
import {
  type Fields,
  fields,
  nonEmptyText,
  optionalFlag,
  optionalOneOf,
  optionalText,
  optionalWhole,
  refuse,
} from './read.ts';
import {
  checkController,
  type Launch,
  parseDesired,
  parseLaunch,
  parseName,
  parsePlacement,
} from './service-members.ts';
import { parseAwsvpc, parseLoadBalancers } from './service-network.ts';
import { checkService, isFargate } from './service-rules.ts';
import type { PlacementStrategy } from './strategy.ts';
import { rebalancingOf } from './zone-rebalancing.ts';

export type SchedulingStrategy = 'REPLICA' | 'DAEMON';
export type DeploymentStrategy = 'ROLLING' | 'BLUE_GREEN' | 'LINEAR' | 'CANARY';
export type LaunchType = 'EC2' | 'FARGATE' | 'EXTERNAL';

export interface AwsvpcConfiguration {
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
  readonly assignPublicIp: 'ENABLED' | 'DISABLED';
}

export interface ServiceLoadBalancer {
  /** Application and Network Load Balancers. */
  readonly targetGroupArn?: string;
  /** Classic Load Balancers. */
  readonly loadBalancerName?: string;
  readonly containerName: string;
  readonly containerPort: number;
  readonly advancedConfiguration?: { readonly alternateTargetGroupArn?: string };
}

export interface CapacityProviderStrategyItem {
  readonly capacityProvider: string;
  readonly weight: number;
  readonly base: number;
}

export interface CircuitBreaker {
  readonly enable: boolean;
  readonly rollback: boolean;
  readonly resetOnHealthyTask: boolean;
  readonly threshold: { readonly type: 'BOUNDED_PERCENT' | 'UNBOUNDED_PERCENT' | 'COUNT'; readonly value: number };
}

export type LifecycleStage =
  | 'RECONCILE_SERVICE'
  | 'PRE_SCALE_UP'
  | 'SCALE_UP'
  | 'POST_SCALE_UP'
  | 'TEST_TRAFFIC_SHIFT'
  | 'POST_TEST_TRAFFIC_SHIFT'
  | 'PRE_PRODUCTION_TRAFFIC_SHIFT'
  | 'PRODUCTION_TRAFFIC_SHIFT'
  | 'POST_PRODUCTION_TRAFFIC_SHIFT'
  | 'BAKE_TIME'
  | 'CLEAN_UP';

export interface LifecycleHook {
  /** The Lambda function, or nothing for a PAUSE. */
  readonly hookTargetArn?: string;
  readonly targetType: 'AWS_LAMBDA' | 'PAUSE';
  readonly lifecycleStages: readonly LifecycleStage[];
  readonly timeoutMinutes: number;
  readonly timeoutAction: 'ROLLBACK' | 'CONTINUE';
  /** What a simulated Lambda answers, from `hookDetails`: `{ hookStatus, afterSeconds }`; SUCCEEDED at once unless given. */
  readonly outcome: { readonly hookStatus: 'SUCCEEDED' | 'FAILED'; readonly afterSeconds: number };
}

export interface DeploymentConfiguration {
  readonly strategy: DeploymentStrategy;
  readonly minimumHealthyPercent: number;
  readonly maximumPercent: number;
  readonly circuitBreaker: CircuitBreaker;
  readonly alarms: { readonly alarmNames: readonly string[]; readonly enable: boolean; readonly rollback: boolean };
  readonly bakeTimeInMinutes: number;
  /** Tenths of a percent, so that 0.1 is exact. */
  readonly stepPermille: number;
  readonly stepBakeTimeInMinutes: number;
  readonly lifecycleHooks: readonly LifecycleHook[];
}

/** One service as validated: every member has AWS's default. */
export interface ServiceSettings {
  readonly serviceName: string;
  /** As given: `family`, `family:revision` or an ARN. */
  readonly taskDefinition: string;
  readonly schedulingStrategy: SchedulingStrategy;
  /** 0 for DAEMON: the instances decide. */
  readonly desiredCount: number;
  /** Absent with a capacity provider strategy. */
  readonly launchType?: LaunchType;
  readonly capacityProviderStrategy: readonly CapacityProviderStrategyItem[];
  readonly platformVersion?: string;
  readonly deploymentConfiguration: DeploymentConfiguration;
  readonly placementConstraints: readonly PlacementConstraint[];
  readonly placementStrategy: readonly PlacementStrategy[];
  readonly awsvpc?: AwsvpcConfiguration;
  readonly loadBalancers: readonly ServiceLoadBalancer[];
  readonly healthCheckGracePeriodSeconds: number;
  readonly availabilityZoneRebalancing: 'ENABLED' | 'DISABLED';
  /** The members that nothing here reads, shown again by describe. */
  readonly given: Readonly<Record<string, unknown>>;
}

const MOST_GRACE_SECONDS = 2_147_483_647;

/** What the settings hold in their own form, or what belongs to the call and not to the service. */
const READ_MEMBERS: ReadonlySet<string> = new Set([
  'service',
  'cluster',
  'clientToken',
  'forceNewDeployment',
  'serviceName',
  'taskDefinition',
  'schedulingStrategy',
  'desiredCount',
  'launchType',
  'capacityProviderStrategy',
  'platformVersion',
  'deploymentConfiguration',
  'placementConstraints',
  'placementStrategy',
  'networkConfiguration',
  'loadBalancers',
  'healthCheckGracePeriodSeconds',
  'availabilityZoneRebalancing',
]);

function prefix(path: string): string {
  return path === '' ? '' : `${path}.`;
}

function otherMembers(given: Fields): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([name]) => !READ_MEMBERS.has(name)));
}

/** All members, those not given from `current` or by AWS's default. */
function parseSettings(given: Fields, path: string, current?: ServiceSettings): ServiceSettings {
  const schedulingStrategy =
    current?.schedulingStrategy ??
    optionalOneOf(given.schedulingStrategy, `${path}schedulingStrategy`, ['REPLICA', 'DAEMON']) ??
    'REPLICA';
  const kept = <T>(member: string, read: (value: unknown, at: string) => T, before: T | undefined): T =>
    given[member] === undefined && before !== undefined ? before : read(given[member], `${path}${member}`);
  checkController(given, path, schedulingStrategy);
  const awsvpc = kept('networkConfiguration', parseAwsvpc, current?.awsvpc);
  const launch = parseLaunch(given, path, current && launchOf(current));
  const platformVersion =
    optionalText(given.platformVersion, `${path}platformVersion`) ??
    (isFargate(launch) ? current?.platformVersion : undefined);
  const graceAt = `${path}healthCheckGracePeriodSeconds`;
  const settings = {
    serviceName: current?.serviceName ?? parseName(given, path),
    taskDefinition: kept('taskDefinition', nonEmptyText, current?.taskDefinition),
    schedulingStrategy,
    desiredCount: parseDesired(given, path, schedulingStrategy, current?.desiredCount),
    ...launch,
    ...(platformVersion === undefined ? {} : { platformVersion }),
    deploymentConfiguration: parseDeploymentConfiguration(
      given.deploymentConfiguration,
      schedulingStrategy,
      `${path}deploymentConfiguration`,
      current?.deploymentConfiguration,
    ),
    placementConstraints: kept<readonly PlacementConstraint[]>(
      'placementConstraints',
      parseConstraints,
      current?.placementConstraints,
    ),
    placementStrategy: kept<readonly PlacementStrategy[]>(
      'placementStrategy',
      parsePlacement,
      current?.placementStrategy,
    ),
    ...(awsvpc === undefined ? {} : { awsvpc }),
    loadBalancers: kept<readonly ServiceLoadBalancer[]>('loadBalancers', parseLoadBalancers, current?.loadBalancers),
    healthCheckGracePeriodSeconds:
      optionalWhole(given.healthCheckGracePeriodSeconds, graceAt, 0, MOST_GRACE_SECONDS) ??
      current?.healthCheckGracePeriodSeconds ??
      0,
    given: { ...current?.given, ...otherMembers(given) },
  };
  optionalFlag(given.enableExecuteCommand, `${path}enableExecuteCommand`);
  checkService(settings, path);
  const at = `${path}availabilityZoneRebalancing`;
  const wanted = optionalOneOf(given.availabilityZoneRebalancing, at, ['ENABLED', 'DISABLED']);
  return {
    ...settings,
    availabilityZoneRebalancing: rebalancingOf(settings, wanted, current?.availabilityZoneRebalancing, at),
  };
}

function launchOf({ launchType, capacityProviderStrategy }: ServiceSettings): Launch {
  return { ...(launchType === undefined ? {} : { launchType }), capacityProviderStrategy };
}

/**
 * A service from CreateService input, with AWS's defaults. What needs the task definition is in `checkServiceAgainst`.
 * A launch type is filled in when neither it nor a strategy is given: callers put the cluster's default strategy in first.
 * @throws InvalidParameterException or PlatformUnknownException naming the JSON path; nothing is kept of the input.
 */
export function parseCreateService(input: unknown, path: string): ServiceSettings {
  return parseSettings(fields(plainCopy(input, path), path), prefix(path));
}

/** Members that start a deployment when they change and that the settings only keep as given. */
const GIVEN_REVISION_MEMBERS = [
  'serviceRegistries',
  'serviceConnectConfiguration',
  'volumeConfigurations',
  'vpcLatticeConfigurations',
];

/** What makes a revision of a service (ECS API, UpdateService: the parameters that trigger a new deployment). */
function revisionOf(settings: ServiceSettings): string {
  const { taskDefinition, platformVersion = 'LATEST', awsvpc, loadBalancers, given } = settings;
  return JSON.stringify([
    lastSegment(taskDefinition),
    platformVersion,
    awsvpc ?? null,
    loadBalancers,
    isFargate(settings),
    GIVEN_REVISION_MEMBERS.map((name) => given[name] ?? null),
  ]);
}

/** Members of CreateService that a service cannot change. */
const FIXED_MEMBERS = ['serviceName', 'schedulingStrategy', 'launchType', 'role', 'tags'];

/**
 * UpdateService input over the settings of a service: members that are not given stay, given ones replace, an empty list
 * removes. `taskDefinition` is compared as text: a caller that knows which revision a bare family name means compares
 * the revisions too.
 * @throws InvalidParameterException naming the JSON path; `current` is never changed.
 */
export function parseUpdateService(
  input: unknown,
  current: ServiceSettings,
  path: string,
): { settings: ServiceSettings; startsDeployment: boolean } {
  const given = fields(plainCopy(input, path), path);
  for (const member of FIXED_MEMBERS) {
    if (given[member] === undefined) continue;
    const at = `${prefix(path)}${member}`;
    refuse('NOT_ALLOWED', `${at} is not a parameter of UpdateService.`, { path: at, value: given[member] });
  }
  const isForced = optionalFlag(given.forceNewDeployment, `${prefix(path)}forceNewDeployment`) ?? false;
  const settings = parseSettings(given, prefix(path), current);
  return { settings, startsDeployment: isForced || revisionOf(settings) !== revisionOf(current) };
}
