/**
 * CreateCapacityProvider's and UpdateCapacityProvider's input of ECS Managed Instances, with ECS's defaults and the delays
 * that a scenario adds. Called by scenarios and the cluster. Invariant: at least one zone.
 */
import { type CapacityOption, parseCapacityOption } from './capacity-option.ts';
import { parseProviderName } from './capacity-provider.ts';
import { type InstanceRequirements, parseInstanceRequirements } from './instance-requirements.ts';
import { onlyMembers } from './known-members.ts';
import { type LaunchDelays, parseLaunchDelays } from './launch-delays.ts';
import {
  type Fields,
  fields,
  nonEmptyText,
  optionalFlag,
  optionalList,
  optionalOneOf,
  optionalText,
  refuse,
  text,
  whole,
} from './read.ts';
import { type Subnet, type Surroundings, subnetNamed, zonesFor } from './subnet.ts';

export interface ManagedInstances extends LaunchDelays, CapacityOption {
  readonly name: string;
  /** Name or ARN; undefined: the caller's. */
  readonly cluster: string | undefined;
  /** Of the launch template; empty: whichever the zone has. */
  readonly subnetIds: readonly string[];
  /** Each once, by name. */
  readonly zones: readonly string[];
  /** Undefined: general-purpose types. */
  readonly requirements: InstanceRequirements | undefined;
  /** How long an instance stays without tasks; `Infinity`: for ever. */
  readonly scaleInAfterMs: number;
  /** Instances that are IMPAIRED are replaced. */
  readonly isRepaired: boolean;
}

/** Ours: AWS does not say how long its default behaviour waits. */
const IDLE_SECONDS = 300;
const MOST_IDLE_SECONDS = 3600;

const MEMBERS = ['name', 'managedInstancesProvider', 'cluster', 'tags', 'launchDelaySeconds', 'joinDelaySeconds'];
const PROVIDER = ['infrastructureRoleArn', 'instanceLaunchTemplate', 'propagateTags', 'infrastructureOptimization'];
/** What changes nothing here is taken: disks, monitoring, tags. */
const TEMPLATE = [
  ...['ec2InstanceProfileArn', 'networkConfiguration', 'storageConfiguration', 'monitoring', 'capacityOptionType'],
  ...['instanceRequirements', 'instanceMetadataTagsPropagation', 'fipsEnabled', 'localStorageConfiguration'],
  'capacityReservations',
];

/** Whether the input is one of these, and not of an Auto Scaling group. */
export function isManagedInstances(input: unknown): boolean {
  return typeof input === 'object' && input !== null && 'managedInstancesProvider' in input;
}

/** Without subnets: see zonesFor. */
function parseNetwork(
  input: unknown,
  path: string,
  around: Surroundings,
): Pick<ManagedInstances, 'subnetIds' | 'zones'> {
  const given = fields(input, path);
  onlyMembers(given, path, ['subnets', 'securityGroups']);
  for (const [k, one] of optionalList(given.securityGroups, `${path}.securityGroups`).entries())
    text(one, `${path}.securityGroups[${k}]`);
  const subnetIds = optionalList(given.subnets, `${path}.subnets`).map((one, k) => text(one, `${path}.subnets[${k}]`));
  const found = subnetIds.map((id, k) => subnetNamed(around.subnets, id, `${path}.subnets[${k}]`));
  checkVpc(found, path);
  const named = found.map(({ availabilityZone }) => availabilityZone);
  return { subnetIds, zones: zonesFor(named, around) };
}

/** ECS API, ManagedInstancesNetworkConfiguration: all subnets must be in the same VPC. */
function checkVpc(subnets: readonly Subnet[], path: string): void {
  const other = subnets.findIndex(({ vpcId }) => vpcId !== subnets[0]?.vpcId);
  if (other < 0) return;
  const at = `${path}.subnets[${other}]`;
  refuse('SUBNET_VPC', `${at}: all subnets must be in the same VPC.`, { path: at, value: subnets[other]?.subnetId });
}

type Template = Pick<ManagedInstances, keyof CapacityOption | 'subnetIds' | 'zones' | 'requirements'>;

/** @param before of an update: what is absent stays. */
function parseTemplate(input: unknown, path: string, around: Surroundings, before?: Template): Template {
  if (input === undefined && before !== undefined) return before;
  const given = fields(input, path);
  onlyMembers(given, path, TEMPLATE);
  const profile = given.ec2InstanceProfileArn;
  if (before === undefined || profile !== undefined) nonEmptyText(profile, `${path}.ec2InstanceProfileArn`);
  optionalOneOf(given.monitoring, `${path}.monitoring`, ['BASIC', 'DETAILED']);
  optionalFlag(given.fipsEnabled, `${path}.fipsEnabled`);
  checkLocalStorage(given.localStorageConfiguration, `${path}.localStorageConfiguration`);
  const at = `${path}.networkConfiguration`;
  const network =
    given.networkConfiguration === undefined && before !== undefined
      ? { subnetIds: before.subnetIds, zones: before.zones }
      : parseNetwork(given.networkConfiguration, at, around);
  return {
    ...network,
    ...parseCapacityOption(given, path, before),
    requirements:
      given.instanceRequirements === undefined
        ? before?.requirements
        : parseInstanceRequirements(given.instanceRequirements, `${path}.instanceRequirements`),
  };
}

/** -1 keeps idle instances. */
function parseScaleIn(input: unknown, path: string, before: number | undefined): number {
  const unless = before ?? IDLE_SECONDS * 1000;
  if (input === undefined) return unless;
  const given = fields(input, path);
  onlyMembers(given, path, ['scaleInAfter']);
  const { scaleInAfter } = given;
  if (scaleInAfter === undefined || scaleInAfter === null) return IDLE_SECONDS * 1000;
  const seconds = whole(scaleInAfter, `${path}.scaleInAfter`, -1, MOST_IDLE_SECONDS);
  return seconds < 0 ? Number.POSITIVE_INFINITY : seconds * 1000;
}

/** Ours: enabled unless it is said, as the repair of instances by their daemons needs no setting. */
function parseRepair(input: unknown, path: string, before: boolean | undefined): boolean {
  if (input === undefined) return before ?? true;
  const given = fields(input, path);
  onlyMembers(given, path, ['actionsStatus']);
  const status = optionalOneOf(given.actionsStatus, `${path}.actionsStatus`, ['ENABLED', 'DISABLED']);
  return status === undefined ? (before ?? true) : status === 'ENABLED';
}

/** Disks are not modelled: instance store is taken like any other. */
function checkLocalStorage(input: unknown, path: string): void {
  if (input === undefined) return;
  const given = fields(input, path);
  onlyMembers(given, path, ['useLocalStorage']);
  optionalFlag(given.useLocalStorage, `${path}.useLocalStorage`);
}

function parseProvider(
  given: Fields,
  path: string,
  around: Surroundings,
  before?: ManagedInstances,
): Template & Pick<ManagedInstances, 'scaleInAfterMs' | 'isRepaired'> {
  onlyMembers(given, path, [...PROVIDER, 'autoRepairConfiguration']);
  const role = given.infrastructureRoleArn;
  if (before === undefined || role !== undefined) nonEmptyText(role, `${path}.infrastructureRoleArn`);
  optionalOneOf(given.propagateTags, `${path}.propagateTags`, ['CAPACITY_PROVIDER', 'NONE']);
  const optimization = `${path}.infrastructureOptimization`;
  return {
    ...parseTemplate(given.instanceLaunchTemplate, `${path}.instanceLaunchTemplate`, around, before),
    scaleInAfterMs: parseScaleIn(given.infrastructureOptimization, optimization, before?.scaleInAfterMs),
    isRepaired: parseRepair(given.autoRepairConfiguration, `${path}.autoRepairConfiguration`, before?.isRepaired),
  };
}

/** @throws InvalidParameterException or ValidationException naming the member. */
export function parseManagedInstances(input: unknown, path: string, around: Surroundings): ManagedInstances {
  const given = fields(input, path);
  onlyMembers(given, path, [...MEMBERS, 'autoScalingGroupProvider']);
  if (given.autoScalingGroupProvider !== undefined)
    refuse('PROVIDER_KIND', `${path} must have either autoScalingGroupProvider or managedInstancesProvider.`, {
      path: `${path}.autoScalingGroupProvider`,
      value: given.autoScalingGroupProvider,
    });
  const at = `${path}.managedInstancesProvider`;
  return {
    name: parseProviderName(given.name, `${path}.name`),
    cluster: optionalText(given.cluster, `${path}.cluster`),
    ...parseProvider(fields(given.managedInstancesProvider, at), at, around),
    ...parseLaunchDelays(given, path),
  };
}

/** UpdateCapacityProvider: instances that are there stay as they are. */
export function updateManagedInstances(
  before: ManagedInstances,
  input: unknown,
  path: string,
  around: Surroundings,
): ManagedInstances {
  const given = fields(input, path);
  onlyMembers(given, path, ['name', 'cluster', 'managedInstancesProvider']);
  const at = `${path}.managedInstancesProvider`;
  return { ...before, ...parseProvider(fields(given.managedInstancesProvider, at), at, around, before) };
}
