/** CreateCapacityProvider's and UpdateCapacityProvider's input with the defaults of ECS. Called by scenarios and the cluster. */
import { onlyMembers } from './known-members.ts';
import { type Fields, fields, nonEmptyText, optionalOneOf, optionalWhole, refuse, text } from './read.ts';

const SWITCH = ['ENABLED', 'DISABLED'] as const;

/** ECS API, ManagedScaling. */
export interface ManagedScaling {
  readonly isEnabled: boolean;
  /** Percent, 1 to 100. */
  readonly targetCapacity: number;
  readonly minimumScalingStepSize: number;
  readonly maximumScalingStepSize: number;
  readonly instanceWarmupMs: number;
}

export interface CapacityProvider {
  readonly name: string;
  /** The name in autoScalingGroupArn. */
  readonly group: string;
  readonly managedScaling: ManagedScaling;
  readonly managedTerminationProtection: boolean;
  readonly managedDraining: boolean;
}

const MOST_STEP = 10_000;
const NAME = /^[a-zA-Z0-9_-]{1,255}$/;
const RESERVED = /^(aws|ecs|fargate)/i;

const MEMBERS = ['name', 'autoScalingGroupProvider', 'tags'];
/** Of ECS Managed Instances alone: those have parsers of their own. */
const UNMODELLED = ['managedInstancesProvider', 'cluster'];
const PROVIDER = ['autoScalingGroupArn', 'managedScaling', 'managedTerminationProtection', 'managedDraining'];
const SCALING = [
  ...['status', 'targetCapacity', 'minimumScalingStepSize', 'maximumScalingStepSize', 'instanceWarmupPeriod'],
];

const UNMANAGED: ManagedScaling = {
  isEnabled: false,
  targetCapacity: 100,
  minimumScalingStepSize: 1,
  maximumScalingStepSize: MOST_STEP,
  instanceWarmupMs: 300_000,
};

/** Absent: not managed. Given without a status: managed, as the console has it. */
function parseScaling(input: unknown, path: string, before: ManagedScaling | undefined): ManagedScaling {
  if (input === undefined) return before ?? UNMANAGED;
  const given = fields(input, path);
  onlyMembers(given, path, SCALING);
  const status = optionalOneOf(given.status, `${path}.status`, SWITCH);
  const base = before ?? UNMANAGED;
  const number = (name: string, least: number, most: number, unless: number): number =>
    optionalWhole(given[name], `${path}.${name}`, least, most) ?? unless;
  const minimum = number('minimumScalingStepSize', 1, MOST_STEP, base.minimumScalingStepSize);
  const warmup = optionalWhole(given.instanceWarmupPeriod, `${path}.instanceWarmupPeriod`, 0, MOST_STEP);
  return {
    isEnabled: status === undefined ? (before?.isEnabled ?? true) : status === 'ENABLED',
    targetCapacity: number('targetCapacity', 1, 100, base.targetCapacity),
    minimumScalingStepSize: minimum,
    maximumScalingStepSize: number('maximumScalingStepSize', minimum, MOST_STEP, base.maximumScalingStepSize),
    instanceWarmupMs: warmup === undefined ? base.instanceWarmupMs : warmup * 1000,
  };
}

export function parseProviderName(input: unknown, path: string): string {
  const value = nonEmptyText(input, path);
  if (!NAME.test(value) || RESERVED.test(value))
    refuse(
      'CAPACITY_PROVIDER_NAME',
      `${path}: The specified capacity provider name is invalid. Up to 255 characters are allowed, including letters, numbers, underscores, and hyphens; it cannot begin with aws, ecs or fargate: ${value}.`,
      { path, value },
    );
  return value;
}

/** From an ARN or, which is ours, the bare name. */
export function groupNameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

function parseProvider(
  given: Fields,
  path: string,
  before?: CapacityProvider,
): Omit<CapacityProvider, 'name' | 'group'> {
  onlyMembers(given, path, PROVIDER);
  const flag = (name: string, unless: boolean): boolean => {
    const value = optionalOneOf(given[name], `${path}.${name}`, SWITCH);
    return value === undefined ? unless : value === 'ENABLED';
  };
  const managedScaling = parseScaling(given.managedScaling, `${path}.managedScaling`, before?.managedScaling);
  const isProtecting = flag('managedTerminationProtection', before?.managedTerminationProtection ?? false);
  if (isProtecting && !managedScaling.isEnabled)
    refuse(
      'TERMINATION_PROTECTION',
      `${path}.managedTerminationProtection: managed termination protection needs managed scaling.`,
      { path: `${path}.managedTerminationProtection`, value: 'ENABLED' },
    );
  return {
    managedScaling,
    managedTerminationProtection: isProtecting,
    managedDraining: flag('managedDraining', before?.managedDraining ?? true),
  };
}

/** @throws InvalidParameterException naming the member. */
export function parseCapacityProvider(input: unknown, path: string): CapacityProvider {
  const given = fields(input, path);
  onlyMembers(given, path, MEMBERS, UNMODELLED);
  const at = `${path}.autoScalingGroupProvider`;
  const own = fields(given.autoScalingGroupProvider, at);
  return {
    name: parseProviderName(given.name, `${path}.name`),
    group: groupNameOf(text(own.autoScalingGroupArn, `${at}.autoScalingGroupArn`)),
    ...parseProvider(own, at),
  };
}

/** UpdateCapacityProvider: absent members stay. */
export function updateCapacityProvider(before: CapacityProvider, input: unknown, path: string): CapacityProvider {
  const given = fields(input, path);
  onlyMembers(given, path, MEMBERS, UNMODELLED);
  const at = `${path}.autoScalingGroupProvider`;
  return { ...before, ...parseProvider(fields(given.autoScalingGroupProvider, at), at, before) };
}
