/**
 * What an instance or a Fargate task costs an hour, in whole USD micro-cents, and for how many seconds it is billed.
 * Called by the meter. Prices are those of us-east-1, wherever the cluster is: a scenario's `pricing` sets others.
 */
import type { InstanceTypes } from '../model/instance-type.ts';
import type { Pricing } from '../model/pricing.ts';
import type { TaskDefinition } from '../model/task-definition.ts';

export const SOURCES = [
  'EC2',
  'EC2_SPOT',
  'MANAGED_INSTANCES',
  'MANAGED_INSTANCES_SPOT',
  'FARGATE',
  'FARGATE_SPOT',
  'EXTERNAL',
] as const;
export type Source = (typeof SOURCES)[number];

interface Platform {
  readonly vcpu: number;
  readonly GB: number;
}

/** AWS Fargate pricing, us-east-1, 2026: micro-cents an hour. Windows with its licence of $0.046 a vCPU. */
const LINUX_X86: Platform = { vcpu: 4_048_000, GB: 444_500 };
const LINUX_ARM: Platform = { vcpu: 3_238_000, GB: 356_000 };
const WINDOWS: Platform = { vcpu: 9_148_000 + 4_600_000, GB: 1_005_000 };
/** Ephemeral storage beyond what comes with the task. */
const STORAGE_GB = 11_100;
const FREE_STORAGE_GB = 20;
/** ECS Anywhere: $0.01025 an hour for each managed instance. */
const EXTERNAL_INSTANCE = 1_025_000;
const MICRO_CENTS_PER_MICRO_USD = 100;
const UNITS = 1024;
const PERCENT = 100;
const SECONDS_PER_HOUR = 3600;
const LEAST_SECONDS = 60;
const LEAST_SECONDS_WINDOWS = 300;

function isWindows({ runtimePlatform }: TaskDefinition): boolean {
  return (runtimePlatform?.operatingSystemFamily ?? '').startsWith('WINDOWS');
}

function platformOf(definition: TaskDefinition): Platform {
  if (isWindows(definition)) return WINDOWS;
  return definition.runtimePlatform?.cpuArchitecture === 'ARM64' ? LINUX_ARM : LINUX_X86;
}

function storageOf({ ephemeralStorage }: TaskDefinition): number {
  return (ephemeralStorage as { readonly sizeInGiB?: number } | undefined)?.sizeInGiB ?? FREE_STORAGE_GB;
}

/** Of a task of that definition. */
export function fargateRate(
  definition: TaskDefinition,
  { cpu, memoryMiB }: { readonly cpu: number; readonly memoryMiB: number },
  isSpot: boolean,
  pricing: Pricing,
): number {
  const { vcpu, GB } = platformOf(definition);
  const storageGB = Math.max(0, storageOf(definition) - FREE_STORAGE_GB);
  const compute = (cpu * (pricing.fargateVcpu ?? vcpu) + memoryMiB * (pricing.fargateGB ?? GB)) / UNITS;
  return Math.round((compute * (isSpot ? pricing.fargateSpotPercent : PERCENT)) / PERCENT + storageGB * STORAGE_GB);
}

/** Of a type; undefined when nobody knows its price. */
export function instanceRate(
  type: string | undefined,
  source: Source,
  pricing: Pricing,
  types: InstanceTypes | undefined,
): number | undefined {
  if (source === 'EXTERNAL') return EXTERNAL_INSTANCE;
  if (type === undefined) return undefined;
  const microUsd = types !== undefined && Object.hasOwn(types, type) ? types[type]?.microUsdPerHour : undefined;
  const known = microUsd === undefined ? undefined : microUsd * MICRO_CENTS_PER_MICRO_USD;
  const onDemand = pricing.instanceTypes.get(type) ?? known;
  if (onDemand === undefined || source === 'EC2') return onDemand;
  const isSpot = source === 'EC2_SPOT' || source === 'MANAGED_INSTANCES_SPOT';
  const rate = isSpot ? Math.round((onDemand * pricing.spotPercent) / PERCENT) : onDemand;
  return rate + (source.startsWith('MANAGED') ? managedFee(onDemand, pricing) : 0);
}

/** For whom it is Spot too (Amazon ECS pricing, Managed Instances). */
function managedFee(onDemand: number, { managedFeePercent }: Pricing): number {
  return Math.round((onDemand * managedFeePercent) / PERCENT);
}

/** EC2 and Fargate bill by the second, a minute at least; Fargate on Windows five. */
export function billedSeconds(ms: number, definition?: TaskDefinition): number {
  const least = definition !== undefined && isWindows(definition) ? LEAST_SECONDS_WINDOWS : LEAST_SECONDS;
  return Math.max(least, Math.ceil(ms / 1000));
}

/** Rounded down to a micro-cent, exact for any length: hours first, so that no product leaves the whole numbers. */
export function amount(ratePerHour: number, seconds: number): number {
  const hours = Math.floor(seconds / SECONDS_PER_HOUR);
  return hours * ratePerHour + Math.floor(((seconds % SECONDS_PER_HOUR) * ratePerHour) / SECONDS_PER_HOUR);
}
