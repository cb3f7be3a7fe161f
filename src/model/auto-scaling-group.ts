/**
 * CreateAutoScalingGroup's and UpdateAutoScalingGroup's input with Amazon EC2 Auto Scaling's defaults, and what a scenario
 * adds: instance type and delays. Called by scenarios and by the cluster. Invariant: MinSize <= DesiredCapacity <= MaxSize.
 */
import { type GivenInstance, parseGivenInstance } from './group-instance-type.ts';
import { type LifecycleHook, parseHooks } from './group-lifecycle-hook.ts';
import { type MixedPolicy, parseMixedPolicy } from './group-mixed-policy.ts';
import { checkUnmodelled } from './group-unmodelled.ts';
import { type LaunchDelays, parseLaunchDelays } from './launch-delays.ts';
import {
  type Fields,
  fields,
  nonEmptyText,
  oneOf,
  optionalFlag,
  optionalList,
  optionalText,
  optionalWhole,
  refuse,
  text,
  whole,
} from './read.ts';
import { type Surroundings, subnetNamed, zonesFor } from './subnet.ts';

/** Amazon EC2 Auto Scaling guide, suspend and resume processes; those without an effect here are accepted. */
export const PROCESSES = [
  'Launch',
  'Terminate',
  'AddToLoadBalancer',
  'AlarmNotification',
  'AZRebalance',
  'HealthCheck',
  'InstanceRefresh',
  'ReplaceUnhealthy',
  'ScheduledActions',
] as const;
export type ScalingProcess = (typeof PROCESSES)[number];

/** Amazon EC2 Auto Scaling guide, termination policies; Lambda functions are not run. */
export const TERMINATION_POLICIES = [
  'Default',
  'AllocationStrategy',
  'OldestLaunchTemplate',
  'OldestLaunchConfiguration',
  'ClosestToNextInstanceHour',
  'NewestInstance',
  'OldestInstance',
] as const;
export type TerminationPolicy = (typeof TERMINATION_POLICIES)[number];

/** What UpdateAutoScalingGroup may change. */
export interface GroupSizes {
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredCapacity: number;
}

export interface GroupSettings {
  readonly newInstancesProtected: boolean;
  readonly terminationPolicies: readonly TerminationPolicy[];
  readonly defaultCooldownSeconds: number;
  /** Undefined: the default cooldown counts. */
  readonly defaultWarmupSeconds: number | undefined;
  readonly healthGraceSeconds: number;
  readonly mixed: MixedPolicy | undefined;
}

export interface AutoScalingGroup extends GroupSizes, GroupSettings, LaunchDelays {
  readonly name: string;
  /** Zones it launches in, each once, by name. */
  readonly zones: readonly string[];
  /** Of VPCZoneIdentifier; empty: whichever the zone has. */
  readonly subnetIds: readonly string[];
  readonly instance: GivenInstance;
  readonly hooks: readonly LifecycleHook[];
  readonly suspended: readonly ScalingProcess[];
  /** In service and registered at time 0; the rest of the desired capacity is launched then. */
  readonly instancesAtStart: number;
  readonly cluster: string | undefined;
}

const COOLDOWN_SECONDS = 300;
const MOST_SECONDS = 1_000_000;
const MOST_SIZE = 100_000;

/** MinSize, MaxSize and DesiredCapacity; members that are absent stay as they were. */
export function parseSizes(given: Fields, path: string, before?: GroupSizes): GroupSizes {
  const size = (name: string, unless: number | undefined): number =>
    given[name] === undefined && unless !== undefined ? unless : whole(given[name], `${path}.${name}`, 0, MOST_SIZE);
  const minSize = size('MinSize', before?.minSize);
  const maxSize = size('MaxSize', before?.maxSize);
  if (minSize > maxSize)
    refuse(
      'OUT_OF_RANGE',
      `${path}: Max bound, ${maxSize}, must be greater than or equal to min bound, ${minSize}.`,
      { path: `${path}.MinSize`, value: minSize, limit: maxSize },
      'ValidationException',
    );
  // An update that moves the bounds takes the desired capacity along.
  const moved = before && Math.min(maxSize, Math.max(minSize, before.desiredCapacity));
  const desiredCapacity = size('DesiredCapacity', moved ?? minSize);
  checkDesired(desiredCapacity, { minSize, maxSize }, `${path}.DesiredCapacity`);
  return { minSize, maxSize, desiredCapacity };
}

/** @throws ValidationException for a desired capacity outside the bounds (CreateAutoScalingGroup, SetDesiredCapacity). */
export function checkDesired(
  desired: number,
  { minSize, maxSize }: Pick<GroupSizes, 'minSize' | 'maxSize'>,
  path: string,
): void {
  if (desired >= minSize && desired <= maxSize) return;
  const side = desired > maxSize ? 'above max' : 'below min';
  refuse(
    'OUT_OF_RANGE',
    `${path}: New SetDesiredCapacity value ${desired} is ${side} value ${desired > maxSize ? maxSize : minSize} for the AutoScalingGroup.`,
    { path, value: desired, limit: desired > maxSize ? maxSize : minSize },
    'ValidationException',
  );
}

function parsePolicies(input: unknown, path: string): TerminationPolicy[] {
  const policies = optionalList(input, path).map((one, k) => oneOf(one, `${path}[${k}]`, TERMINATION_POLICIES));
  const misplaced = policies.indexOf('Default');
  if (misplaced >= 0 && misplaced < policies.length - 1)
    refuse(
      'TERMINATION_POLICY',
      `${path}[${misplaced}]: Default must be the last termination policy.`,
      { path: `${path}[${misplaced}]`, value: 'Default' },
      'ValidationException',
    );
  return policies.length === 0 ? ['Default'] : policies;
}

/** CreateAutoScalingGroup's or UpdateAutoScalingGroup's; absent members of an update stay. */
export function parseGroupSettings(given: Fields, path: string, before?: GroupSettings): GroupSettings {
  checkUnmodelled(given, path);
  const seconds = (name: string): number | undefined => optionalWhole(given[name], `${path}.${name}`, 0, MOST_SECONDS);
  const policies = given.TerminationPolicies;
  return {
    newInstancesProtected:
      optionalFlag(given.NewInstancesProtectedFromScaleIn, `${path}.NewInstancesProtectedFromScaleIn`) ??
      before?.newInstancesProtected ??
      false,
    terminationPolicies:
      policies === undefined && before !== undefined
        ? before.terminationPolicies
        : parsePolicies(policies, `${path}.TerminationPolicies`),
    defaultCooldownSeconds: seconds('DefaultCooldown') ?? before?.defaultCooldownSeconds ?? COOLDOWN_SECONDS,
    defaultWarmupSeconds: seconds('DefaultInstanceWarmup') ?? before?.defaultWarmupSeconds,
    healthGraceSeconds: seconds('HealthCheckGracePeriod') ?? before?.healthGraceSeconds ?? 0,
    mixed:
      given.MixedInstancesPolicy === undefined
        ? before?.mixed
        : parseMixedPolicy(given.MixedInstancesPolicy, `${path}.MixedInstancesPolicy`),
  };
}

/** AvailabilityZones, and those of the subnets of VPCZoneIdentifier; without either: see zonesFor. */
function parseZones(given: Fields, path: string, around: Surroundings): Pick<AutoScalingGroup, 'zones' | 'subnetIds'> {
  const named = optionalList(given.AvailabilityZones, `${path}.AvailabilityZones`).map((one, k) =>
    nonEmptyText(one, `${path}.AvailabilityZones[${k}]`),
  );
  const at = `${path}.VPCZoneIdentifier`;
  const subnetIds = (optionalText(given.VPCZoneIdentifier, at) ?? '')
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
  const found = subnetIds.map((id) => subnetNamed(around.subnets, id, at).availabilityZone);
  return { zones: zonesFor([...named, ...found], around), subnetIds };
}

/**
 * One entry of a scenario's `autoScalingGroups`.
 * @throws BayplanError naming the member; ValidationException where AWS has it.
 */
export function parseAutoScalingGroup(input: unknown, path: string, around: Surroundings): AutoScalingGroup {
  const given = fields(input, path);
  const sizes = parseSizes(given, path);
  const settings = parseGroupSettings(given, path);
  const suspended = optionalList(given.SuspendedProcesses, `${path}.SuspendedProcesses`);
  return {
    ...sizes,
    ...settings,
    name: nonEmptyText(given.AutoScalingGroupName, `${path}.AutoScalingGroupName`),
    ...parseZones(given, path, around),
    instance: parseGivenInstance(given, path),
    hooks: parseHooks(given.LifecycleHookSpecificationList, `${path}.LifecycleHookSpecificationList`),
    suspended: suspended.map((one, k) => oneOf(one, `${path}.SuspendedProcesses[${k}]`, PROCESSES)),
    ...parseLaunchDelays(given, path),
    instancesAtStart: optionalWhole(given.instancesAtStart, `${path}.instancesAtStart`, 0, sizes.desiredCapacity) ?? 0,
    cluster: given.cluster === undefined ? undefined : text(given.cluster, `${path}.cluster`),
  };
}
