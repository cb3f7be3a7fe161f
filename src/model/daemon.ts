/**
 * CreateDaemon's and UpdateDaemon's input, with ECS's defaults (ECS API; ECS developer guide, daemon deployments). Called by
 * scenarios and the cluster.
 */
import { lastSegment } from '../base/arn.ts';
import { onlyMembers } from './known-members.ts';
import {
  type Fields,
  fields,
  list,
  nonEmptyText,
  optionalFlag,
  optionalList,
  optionalOneOf,
  optionalText,
  optionalWhole,
  real,
  refuse,
} from './read.ts';

export interface DaemonDeploymentConfiguration {
  /** Share of the instances that are drained at a time, 0 to 100. */
  readonly drainPercent: number;
  readonly bakeTimeInMinutes: number;
  /** None: alarms are not watched. */
  readonly alarmNames: readonly string[];
}

export interface Daemon {
  readonly name: string;
  /** Name or ARN; undefined: the caller's. */
  readonly cluster: string | undefined;
  /** `family:revision`, a family, or an ARN. */
  readonly definition: string;
  /** By name, each once. */
  readonly providers: readonly string[];
  readonly deploymentConfiguration: DaemonDeploymentConfiguration;
  /** The instance lives and dies with its task. */
  readonly isCritical: boolean;
}

const NAME = /^[A-Za-z0-9_-]{1,255}$/;
const DEFAULT_DRAIN_PERCENT = 25;
const MOST_BAKE_MINUTES = 1440;
/** Known, and without a part in what is simulated. */
const INERT = ['tags', 'propagateTags', 'enableECSManagedTags', 'enableExecuteCommand'];
const SHARED = ['daemonTaskDefinitionArn', 'capacityProviderArns', 'deploymentConfiguration', 'critical'];
const CREATE_MEMBERS = ['daemonName', 'clusterArn', 'clientToken', ...SHARED, ...INERT];
const UPDATE_MEMBERS = ['daemonArn', ...SHARED, ...INERT.slice(1)];

function parseName(input: unknown, path: string): string {
  const name = nonEmptyText(input, path);
  if (NAME.test(name)) return name;
  return refuse('DAEMON_NAME', `${path} must be 1 to 255 letters, digits, - and _, but was ${JSON.stringify(name)}.`, {
    path,
    value: name,
  });
}

function parseProviders(input: unknown, path: string): string[] {
  const names = list(input, path).map((one, k) => lastSegment(nonEmptyText(one, `${path}[${k}]`)));
  if (names.length === 0) refuse('PROVIDER_COUNT', `${path} must name a capacity provider.`, { path, value: 0 });
  names.forEach((value, k) => {
    const at = `${path}[${k}]`;
    if (names.indexOf(value) < k) refuse('DUPLICATE', `${at} ${value} stands twice.`, { path: at, value });
  });
  return names;
}

function parseAlarms(input: unknown, path: string): string[] {
  const given = fields(input, path);
  onlyMembers(given, path, ['alarmNames', 'enable']);
  const names = optionalList(given.alarmNames, `${path}.alarmNames`).map((one, k) =>
    nonEmptyText(one, `${path}.alarmNames[${k}]`),
  );
  return (optionalFlag(given.enable, `${path}.enable`) ?? false) ? names : [];
}

function parseConfiguration(
  input: unknown,
  path: string,
  before?: DaemonDeploymentConfiguration,
): DaemonDeploymentConfiguration {
  const given = input === undefined ? {} : fields(input, path);
  onlyMembers(given, path, ['drainPercent', 'bakeTimeInMinutes', 'alarms']);
  const { drainPercent: percent } = given;
  return {
    drainPercent:
      percent === undefined
        ? (before?.drainPercent ?? DEFAULT_DRAIN_PERCENT)
        : real(percent, `${path}.drainPercent`, 0, 100),
    bakeTimeInMinutes:
      optionalWhole(given.bakeTimeInMinutes, `${path}.bakeTimeInMinutes`, 0, MOST_BAKE_MINUTES) ??
      before?.bakeTimeInMinutes ??
      0,
    alarmNames: given.alarms === undefined ? (before?.alarmNames ?? []) : parseAlarms(given.alarms, `${path}.alarms`),
  };
}

type Settings = Omit<Daemon, 'name' | 'cluster'>;

function parseSettings(given: Fields, path: string, before?: Daemon): Settings {
  optionalOneOf(given.propagateTags, `${path}.propagateTags`, ['DAEMON', 'NONE']);
  optionalFlag(given.enableECSManagedTags, `${path}.enableECSManagedTags`);
  optionalFlag(given.enableExecuteCommand, `${path}.enableExecuteCommand`);
  const configuration = `${path}.deploymentConfiguration`;
  return {
    definition: nonEmptyText(given.daemonTaskDefinitionArn, `${path}.daemonTaskDefinitionArn`),
    providers: parseProviders(given.capacityProviderArns, `${path}.capacityProviderArns`),
    deploymentConfiguration: parseConfiguration(
      given.deploymentConfiguration,
      configuration,
      before?.deploymentConfiguration,
    ),
    isCritical: optionalFlag(given.critical, `${path}.critical`) ?? before?.isCritical ?? true,
  };
}

/** @throws InvalidParameterException or ValidationException naming the member. */
export function parseDaemon(input: unknown, path: string): Daemon {
  const given = fields(input, path);
  onlyMembers(given, path, CREATE_MEMBERS);
  return {
    name: parseName(given.daemonName, `${path}.daemonName`),
    cluster: optionalText(given.clusterArn, `${path}.clusterArn`),
    ...parseSettings(given, path),
  };
}

/** UpdateDaemon: of what it does not give the deployment configuration and `critical` stay (ours: AWS is silent). */
export function updateDaemonSettings(before: Daemon, input: unknown, path: string): Daemon {
  const given = fields(input, path);
  onlyMembers(given, path, UPDATE_MEMBERS);
  return { ...before, ...parseSettings(given, path, before) };
}
