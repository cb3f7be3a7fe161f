/** Container instances: AWS's shape, and the validated record that engines register. */
import { lastSegment } from '../base/arn.ts';
import { type Attribute, type NamedAttribute, parseAttributes } from './attribute.ts';
import { AttributePool } from './attribute-pool.ts';
import { GivenPool, withPlaces } from './given-pool.ts';
import { plainCopy } from './plain.ts';
import {
  type Fields,
  fields,
  list,
  memberPath,
  NO_PATH,
  nonEmptyText,
  optionalFlag,
  optionalOneOf,
  optionalText,
  optionalWhole,
  refuse,
} from './read.ts';
import {
  describeResources,
  parseRegistered,
  parseRemaining,
  type Resource,
  type ResourceAmounts,
  uncounted,
} from './resource.ts';
import { parseTimestamp } from './time.ts';

export interface VersionInfo {
  agentVersion?: string | undefined;
  agentHash?: string | undefined;
  dockerVersion?: string | undefined;
}

/** `registeredAt` may be a Date, ISO 8601 text or epoch seconds: what the SDK, the CLI and the wire give. */
export interface ContainerInstance {
  containerInstanceArn?: string | undefined;
  ec2InstanceId?: string | undefined;
  capacityProviderName?: string | undefined;
  version?: number | undefined;
  versionInfo?: VersionInfo | undefined;
  remainingResources?: Resource[] | undefined;
  registeredResources?: Resource[] | undefined;
  status?: string | undefined;
  statusReason?: string | undefined;
  agentConnected?: boolean | undefined;
  runningTasksCount?: number | undefined;
  pendingTasksCount?: number | undefined;
  attributes?: Attribute[] | undefined;
  registeredAt?: Date | string | number | undefined;
  agentUpdateStatus?: unknown;
  attachments?: unknown;
  tags?: unknown;
  healthStatus?: unknown;
  gpuDevices?: unknown;
}

export type ContainerInstanceStatus =
  | 'ACTIVE'
  | 'DRAINING'
  | 'REGISTERING'
  | 'DEREGISTERING'
  | 'REGISTRATION_FAILED'
  | 'INACTIVE';

/** A container instance after validation: every member has its default, every number is a safe integer below 2^31. */
export interface InstanceRecord {
  readonly containerInstanceArn: string;
  /** Last segment of the ARN, which AWS calls also take. */
  readonly id: string;
  readonly ec2InstanceId?: string;
  readonly capacityProviderName?: string;
  readonly status: ContainerInstanceStatus;
  readonly agentConnected: boolean;
  readonly agentVersion?: string;
  /** Whole seconds since 1970 UTC, truncated. */
  readonly registeredAtSeconds?: number;
  /** In the given order, names unique. */
  readonly attributes: readonly NamedAttribute[];
  readonly registered: ResourceAmounts;
  readonly remaining: ResourceAmounts;
  readonly runningTasksCount: number;
  readonly pendingTasksCount: number;
  /** As received, where it is a number. */
  readonly version?: number;
  /** As received. */
  readonly registeredAt?: ContainerInstance['registeredAt'];
  /** The other members as received, which describe shows again; it may be shared. See given-pool for the places in it. */
  readonly given: ContainerInstance;
}

/** What an engine's instances have in common, kept once. */
export interface InstancePools {
  readonly attributes: AttributePool;
  readonly given: GivenPool;
}

export function newInstancePools(): InstancePools {
  return { attributes: new AttributePool(), given: new GivenPool() };
}

const STATUSES: readonly ContainerInstanceStatus[] = [
  'ACTIVE',
  'DRAINING',
  'REGISTERING',
  'DEREGISTERING',
  'REGISTRATION_FAILED',
  'INACTIVE',
];

/** The ARN and its last segment. */
function parseArn(given: Fields, path: string): [arn: string, id: string] {
  const at = memberPath(path, 'containerInstanceArn');
  const arn = nonEmptyText(given.containerInstanceArn, at);
  return [arn, nonEmptyText(lastSegment(arn), at)];
}

/** The members that describe shows again; attributes and remaining resources are the engine's own. */
function keepGiven({ attributes, remainingResources, ...rest }: Fields, path: string): ContainerInstance {
  const kept = plainCopy(rest, path) as ContainerInstance;
  withPlaces(kept as Record<string, unknown>);
  const others = uncounted(remainingResources as Resource[] | undefined);
  return others.length === 0 ? kept : { ...kept, remainingResources: plainCopy([...others], path) };
}

function keepTimestamp(given: Fields): ContainerInstance['registeredAt'] {
  const { registeredAt } = given as ContainerInstance;
  return registeredAt instanceof Date ? new Date(registeredAt) : (registeredAt ?? undefined);
}

/** The members as received, shared with instances that are alike. */
function shareGiven(
  given: Fields,
  registered: ResourceAmounts,
  path: string,
  pool: GivenPool,
  alike: ReturnType<GivenPool['find']>,
): ContainerInstance {
  const others = uncounted(given.remainingResources as Resource[] | undefined);
  const known = alike === undefined || others.length > 0 ? undefined : pool.like(alike, given);
  if (known !== undefined) return known as ContainerInstance;
  const kept = keepGiven(given, path);
  if (others.length === 0) pool.add(alike, kept as Fields, registered);
  return kept;
}

function parseVersionInfo({ versionInfo }: Fields, path: string): Fields {
  return versionInfo === undefined || versionInfo === null ? {} : fields(versionInfo, memberPath(path, 'versionInfo'));
}

/** One container instance as describe-container-instances shows it. Missing members get AWS's defaults. */
export function parseContainerInstance(input: unknown, path: string, pools = newInstancePools()): InstanceRecord {
  const given = fields(input, path);
  const [containerInstanceArn, id] = parseArn(given, path);
  const versionInfo = parseVersionInfo(given, path);
  const at = (name: string): string => memberPath(path, name);
  const ec2InstanceId = optionalText(given.ec2InstanceId, at('ec2InstanceId'));
  const capacityProviderName = optionalText(given.capacityProviderName, at('capacityProviderName'));
  const status = optionalOneOf(given.status, at('status'), STATUSES) ?? 'ACTIVE';
  const agentConnected = optionalFlag(given.agentConnected, at('agentConnected')) ?? true;
  const agentVersion = optionalText(versionInfo.agentVersion, at('versionInfo.agentVersion'));
  const registeredAtSeconds = parseTimestamp(given.registeredAt, at('registeredAt'));
  const attributes = parseAttributes(given.attributes, at('attributes'), pools.attributes);
  const alike = pools.given.find(given);
  const registered = alike?.hasResources ? alike.registered : parseRegistered(given, path);
  const remaining = parseRemaining(given, registered, path);
  const runningTasksCount = optionalWhole(given.runningTasksCount, at('runningTasksCount')) ?? 0;
  const pendingTasksCount = optionalWhole(given.pendingTasksCount, at('pendingTasksCount')) ?? 0;
  return {
    containerInstanceArn,
    id,
    ec2InstanceId,
    capacityProviderName,
    status,
    agentConnected,
    agentVersion,
    registeredAtSeconds,
    attributes,
    registered,
    remaining,
    runningTasksCount,
    pendingTasksCount,
    version: typeof given.version === 'number' ? given.version : undefined,
    registeredAt: keepTimestamp(given),
    given: shareGiven(given, registered, path, pools.given, alike),
  };
}

/**
 * Reads one of many: paths cost more than the reading, so they are made only for a second one when the first refuses.
 * @throws what the second reading does.
 */
function parseOneOfMany(entry: unknown, path: string, index: number, pools: InstancePools): InstanceRecord {
  try {
    return parseContainerInstance(entry, NO_PATH, pools);
  } catch {
    return parseContainerInstance(entry, `${path}[${index}]`, pools);
  }
}

/**
 * The `containerInstances` of a describe answer.
 * @throws InvalidParameterException naming the JSON path of the first bad value; DUPLICATE_CONTAINER_INSTANCE when an
 * ARN or its last segment stands twice.
 */
export function parseContainerInstances(
  input: unknown,
  path = 'containerInstances',
  pools = newInstancePools(),
): InstanceRecord[] {
  const entries = list(input, path);
  const seen = new Set<string>();
  const records: InstanceRecord[] = [];
  for (let k = 0; k < entries.length; k++) {
    const record = parseOneOfMany(entries[k], path, k, pools);
    if (seen.has(record.id)) refuseDuplicateInstance(record, `${path}[${k}]`);
    seen.add(record.id);
    records.push(record);
  }
  return records;
}

/** Called by engines too, for an instance that is registered already. */
export function refuseDuplicateInstance(record: InstanceRecord, path: string): never {
  const value = record.containerInstanceArn;
  refuse('DUPLICATE_CONTAINER_INSTANCE', `${path}.containerInstanceArn ${value} is registered already.`, {
    path: `${path}.containerInstanceArn`,
    value,
  });
}

/** What changes about an instance after its registration. */
export interface LiveInstance {
  readonly status: ContainerInstanceStatus;
  readonly agentConnected: boolean;
  readonly attributes: readonly NamedAttribute[];
  readonly remaining: ResourceAmounts;
  readonly runningTasksCount: number;
  readonly pendingTasksCount: number;
}

/** What describe needs of a record. */
export type ShownRecord = Pick<
  InstanceRecord,
  'containerInstanceArn' | 'ec2InstanceId' | 'version' | 'registeredAt' | 'registered' | 'given'
>;

/** Puts the values where places stand in the object that instances share. */
function fillPlaces(shown: ContainerInstance, record: ShownRecord): void {
  shown.containerInstanceArn = record.containerInstanceArn;
  if (record.ec2InstanceId !== undefined) shown.ec2InstanceId = record.ec2InstanceId;
  if (record.version !== undefined) shown.version = record.version;
  const { registeredAt } = record;
  if (registeredAt !== undefined) shown.registeredAt = plainCopy(registeredAt, '');
}

/** AWS's shape of an instance: the members given at registration, with the live ones brought up to date. */
export function describeContainerInstance(record: ShownRecord, live: LiveInstance): ContainerInstance {
  const others = uncounted(record.given.remainingResources ?? record.given.registeredResources);
  const hasGpus = record.registered.gpuIds.length > 0;
  const { registeredResources, ...given } = plainCopy(record.given, '');
  const shown: ContainerInstance = {
    ...given,
    registeredResources: registeredResources ?? describeResources(record.registered, hasGpus, others),
    remainingResources: describeResources(live.remaining, hasGpus, others),
    status: live.status,
    agentConnected: live.agentConnected,
    runningTasksCount: live.runningTasksCount,
    pendingTasksCount: live.pendingTasksCount,
    attributes: live.attributes.map((attribute) => ({ ...attribute })),
  };
  fillPlaces(shown, record);
  return shown;
}
