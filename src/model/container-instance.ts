/** Container instances: AWS's shape, and the validated record that engines register. */
import { lastSegment } from '../base/arn.ts';
import { type Attribute, type NamedAttribute, parseAttributes } from './attribute.ts';
import { plainCopy } from './plain.ts';
import {
  type Fields,
  fields,
  list,
  nonEmptyText,
  optionalFlag,
  optionalOneOf,
  optionalText,
  optionalWhole,
  refuse,
} from './read.ts';
import {
  describeResources,
  type ParsedResources,
  parseResources,
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
  /** As received; describe shows its other members again. */
  readonly given: ContainerInstance;
}

const STATUSES: readonly ContainerInstanceStatus[] = [
  'ACTIVE',
  'DRAINING',
  'REGISTERING',
  'DEREGISTERING',
  'REGISTRATION_FAILED',
  'INACTIVE',
];

function complete(parsed: ParsedResources, registered?: ResourceAmounts): ResourceAmounts {
  return {
    cpu: parsed.cpu,
    memoryMiB: parsed.memoryMiB,
    ports: parsed.ports ?? registered?.ports ?? [],
    portsUdp: parsed.portsUdp ?? registered?.portsUdp ?? [],
    gpuIds: parsed.gpuIds ?? registered?.gpuIds ?? [],
  };
}

function refuseMore(what: string, remaining: number, registered: number, path: string): void {
  if (remaining <= registered) return;
  refuse(
    'REMAINING_ABOVE_REGISTERED',
    `${path}.remainingResources has ${remaining} ${what}, more than the ${registered} registered.`,
    {
      path: `${path}.remainingResources`,
      value: remaining,
      limit: registered,
    },
  );
}

function parseAmounts(given: Fields, path: string): { registered: ResourceAmounts; remaining: ResourceAmounts } {
  const registered = complete(
    parseResources(given.registeredResources ?? given.remainingResources ?? [], `${path}.registeredResources`),
  );
  if (given.remainingResources === undefined || given.remainingResources === null)
    return { registered, remaining: registered };
  const remaining = complete(parseResources(given.remainingResources, `${path}.remainingResources`), registered);
  refuseMore('CPU units', remaining.cpu, registered.cpu, path);
  refuseMore('MiB', remaining.memoryMiB, registered.memoryMiB, path);
  const strange = remaining.gpuIds.find((id) => !registered.gpuIds.includes(id));
  if (strange !== undefined) {
    refuse('REMAINING_ABOVE_REGISTERED', `${path}.remainingResources has GPU ${strange}, which is not registered.`, {
      path: `${path}.remainingResources`,
      value: strange,
    });
  }
  return { registered, remaining };
}

function parseArn(given: Fields, path: string): string {
  const arn = nonEmptyText(given.containerInstanceArn, `${path}.containerInstanceArn`);
  nonEmptyText(lastSegment(arn), `${path}.containerInstanceArn`);
  return arn;
}

/** The members that describe shows again; attributes and remaining resources are the engine's own. */
function keepGiven({ attributes, remainingResources, ...rest }: Fields, path: string): ContainerInstance {
  const kept = plainCopy(rest, path) as ContainerInstance;
  const others = uncounted(remainingResources as Resource[] | undefined);
  return others.length === 0 ? kept : { ...kept, remainingResources: plainCopy(others, path) };
}

/** One container instance as describe-container-instances shows it. Missing members get AWS's defaults. */
export function parseContainerInstance(input: unknown, path: string): InstanceRecord {
  const given = fields(input, path);
  const containerInstanceArn = parseArn(given, path);
  const versionInfo =
    given.versionInfo === undefined || given.versionInfo === null
      ? {}
      : fields(given.versionInfo, `${path}.versionInfo`);
  return {
    containerInstanceArn,
    id: lastSegment(containerInstanceArn),
    ec2InstanceId: optionalText(given.ec2InstanceId, `${path}.ec2InstanceId`),
    capacityProviderName: optionalText(given.capacityProviderName, `${path}.capacityProviderName`),
    status: optionalOneOf(given.status, `${path}.status`, STATUSES) ?? 'ACTIVE',
    agentConnected: optionalFlag(given.agentConnected, `${path}.agentConnected`) ?? true,
    agentVersion: optionalText(versionInfo.agentVersion, `${path}.versionInfo.agentVersion`),
    registeredAtSeconds: parseTimestamp(given.registeredAt, `${path}.registeredAt`),
    attributes: parseAttributes(given.attributes, `${path}.attributes`),
    ...parseAmounts(given, path),
    runningTasksCount: optionalWhole(given.runningTasksCount, `${path}.runningTasksCount`) ?? 0,
    pendingTasksCount: optionalWhole(given.pendingTasksCount, `${path}.pendingTasksCount`) ?? 0,
    given: keepGiven(given, path),
  };
}

/**
 * The `containerInstances` of a describe answer.
 * @throws InvalidParameterException naming the JSON path of the first bad value; DUPLICATE_CONTAINER_INSTANCE when an
 * ARN or its last segment stands twice.
 */
export function parseContainerInstances(input: unknown, path = 'containerInstances'): InstanceRecord[] {
  const entries = list(input, path);
  const seen = new Set<string>();
  const records: InstanceRecord[] = [];
  for (let k = 0; k < entries.length; k++) {
    const record = parseContainerInstance(entries[k], `${path}[${k}]`);
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

/** AWS's shape of an instance: the members given at registration, with the live ones brought up to date. */
export function describeContainerInstance(record: InstanceRecord, live: LiveInstance): ContainerInstance {
  const others = uncounted(record.given.remainingResources ?? record.given.registeredResources);
  const hasGpus = record.registered.gpuIds.length > 0;
  const { registeredResources, ...given } = plainCopy(record.given, '');
  return {
    ...given,
    registeredResources: registeredResources ?? describeResources(record.registered, hasGpus, others),
    remainingResources: describeResources(live.remaining, hasGpus, others),
    status: live.status,
    agentConnected: live.agentConnected,
    runningTasksCount: live.runningTasksCount,
    pendingTasksCount: live.pendingTasksCount,
    attributes: live.attributes.map((attribute) => ({ ...attribute })),
  };
}
