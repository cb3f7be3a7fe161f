/**
 * Which instance types ECS Managed Instances may launch: `instanceRequirements` of a capacity provider's launch template
 * (ECS API, InstanceRequirementsRequest). Called by managed-instances. What the facts of types do not tell is refused.
 */
import type { InstanceTypeFacts } from './instance-type.ts';
import { onlyMembers } from './known-members.ts';
import { type Fields, fields, list, nonEmptyText, optionalList, optionalOneOf, real, refuse, whole } from './read.ts';

interface Range {
  readonly min: number;
  readonly max: number;
}

type Presence = 'included' | 'required' | 'excluded';

export interface InstanceRequirements {
  readonly vCpuCount: Range;
  readonly memoryMiB: Range;
  readonly memoryGiBPerVCpu: Range;
  readonly acceleratorCount: Range;
  /** Empty: whichever. */
  readonly cpuManufacturers: readonly string[];
  /** Patterns with `*`; no `allowed` at all: every type. */
  readonly allowed: readonly RegExp[] | undefined;
  readonly excluded: readonly RegExp[];
  readonly bareMetal: Presence;
  readonly burstablePerformance: Presence;
}

const ANY: Range = { min: 0, max: Number.POSITIVE_INFINITY };
const PRESENCE = ['included', 'required', 'excluded'] as const;
const MANUFACTURERS = ['intel', 'amd', 'amazon-web-services', 'apple'] as const;
const MOST_PATTERNS = 400;
const PATTERN = /^[a-zA-Z0-9.*-]{1,30}$/;
const MOST_REAL = 1e9;
const MIB_PER_GIB = 1024;

const MEMBERS = [
  ...['vCpuCount', 'memoryMiB', 'memoryGiBPerVCpu', 'acceleratorCount', 'cpuManufacturers'],
  ...['allowedInstanceTypes', 'excludedInstanceTypes', 'bareMetal', 'burstablePerformance'],
];
const UNMODELLED = [
  ...['instanceGenerations', 'spotMaxPricePercentageOverLowestPrice', 'requireHibernateSupport'],
  ...['onDemandMaxPricePercentageOverLowestPrice', 'maxSpotPriceAsPercentageOfOptimalOnDemandPrice'],
  ...['networkInterfaceCount', 'localStorage', 'localStorageTypes', 'totalLocalStorageGB', 'networkBandwidthGbps'],
  ...['baselineEbsBandwidthMbps', 'acceleratorTypes', 'acceleratorManufacturers', 'acceleratorNames'],
  'acceleratorTotalMemoryMiB',
];

function rangeOf(given: unknown, path: string, read: (value: unknown, path: string) => number): Range {
  const own = fields(given, path);
  onlyMembers(own, path, ['min', 'max']);
  const min = own.min === undefined ? ANY.min : read(own.min, `${path}.min`);
  const max = own.max === undefined ? ANY.max : read(own.max, `${path}.max`);
  if (min > max)
    refuse('OUT_OF_RANGE', `${path}.min ${min} must not be above max ${max}.`, {
      path: `${path}.min`,
      value: min,
      limit: max,
    });
  return { min, max };
}

/** vCpuCount and memoryMiB say at least the least (ECS API). */
function neededRange(given: Fields, name: string, path: string): Range {
  const at = `${path}.${name}`;
  const { min } = fields(given[name], at);
  whole(min, `${at}.min`);
  return rangeOf(given[name], at, whole);
}

/** `m5.*`, `c*`, `*3*`. */
function patternsOf(given: unknown, path: string): RegExp[] {
  const entries = list(given, path);
  if (entries.length > MOST_PATTERNS)
    refuse('PATTERN_COUNT', `${path} must hold at most ${MOST_PATTERNS} entries, but held ${entries.length}.`, {
      path,
      value: entries.length,
      limit: MOST_PATTERNS,
    });
  return entries.map((entry, k) => {
    const at = `${path}[${k}]`;
    const text = nonEmptyText(entry, at);
    if (!PATTERN.test(text))
      refuse('INSTANCE_TYPE_PATTERN', `${at} ${text} is no instance type, nor a pattern of one.`, {
        path: at,
        value: text,
      });
    return new RegExp(`^${text.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
  });
}

/** @throws InvalidParameterException or ValidationException naming the member. */
export function parseInstanceRequirements(input: unknown, path: string): InstanceRequirements {
  const given = fields(input, path);
  onlyMembers(given, path, MEMBERS, UNMODELLED);
  const { allowedInstanceTypes: allowed, excludedInstanceTypes: excluded } = given;
  if (allowed !== undefined && excluded !== undefined)
    refuse('INSTANCE_TYPES', `${path} must have either allowedInstanceTypes or excludedInstanceTypes.`, {
      path: `${path}.excludedInstanceTypes`,
      value: excluded,
    });
  const amount = (value: unknown, at: string): number => real(value, at, 0, MOST_REAL);
  const presence = (name: string): Presence => optionalOneOf(given[name], `${path}.${name}`, PRESENCE) ?? 'excluded';
  const optional = (name: string, read: (value: unknown, at: string) => number): Range =>
    given[name] === undefined ? ANY : rangeOf(given[name], `${path}.${name}`, read);
  return {
    vCpuCount: neededRange(given, 'vCpuCount', path),
    memoryMiB: neededRange(given, 'memoryMiB', path),
    memoryGiBPerVCpu: optional('memoryGiBPerVCpu', amount),
    acceleratorCount: optional('acceleratorCount', whole),
    cpuManufacturers: optionalList(given.cpuManufacturers, `${path}.cpuManufacturers`).map(
      (one, k) => optionalOneOf(one, `${path}.cpuManufacturers[${k}]`, MANUFACTURERS) ?? '',
    ),
    allowed: allowed === undefined ? undefined : patternsOf(allowed, `${path}.allowedInstanceTypes`),
    excluded: excluded === undefined ? [] : patternsOf(excluded, `${path}.excludedInstanceTypes`),
    bareMetal: presence('bareMetal'),
    burstablePerformance: presence('burstablePerformance'),
  };
}

/** By the letters of the family: `m7a` is AMD's, `mac2` Apple's, arm64 otherwise Amazon's own. */
function manufacturerOf(type: string, { cpuArchitecture }: InstanceTypeFacts): string {
  if (cpuArchitecture === 'arm64') return type.startsWith('mac') ? 'apple' : 'amazon-web-services';
  return /^[a-z]+\d+a/.test(type) ? 'amd' : 'intel';
}

function suits(wanted: Presence, is: boolean): boolean {
  return wanted === 'included' || is === (wanted === 'required');
}

function isIn(value: number, { min, max }: Range): boolean {
  return value >= min && value <= max;
}

const METAL = /\.metal/;
const BURSTABLE = /^t\d/;
/** Ours: what "general-purpose instance types" are where a provider has no requirements: the `m` families. */
const GENERAL_PURPOSE = /^m\d/;

/** Whether a type may be launched; one of which neither vCPUs nor memory are known never. */
export function meets(requirements: InstanceRequirements | undefined, type: string, facts: InstanceTypeFacts): boolean {
  const { vcpus, memoryMiB, gpus = 0 } = facts;
  if (vcpus === undefined || memoryMiB === undefined) return false;
  if (requirements === undefined) return GENERAL_PURPOSE.test(type) && !METAL.test(type);
  const { allowed, excluded, cpuManufacturers } = requirements;
  return (
    isIn(vcpus, requirements.vCpuCount) &&
    isIn(memoryMiB, requirements.memoryMiB) &&
    isIn(memoryMiB / MIB_PER_GIB / vcpus, requirements.memoryGiBPerVCpu) &&
    isIn(gpus, requirements.acceleratorCount) &&
    (cpuManufacturers.length === 0 || cpuManufacturers.includes(manufacturerOf(type, facts))) &&
    (allowed === undefined || allowed.some((pattern) => pattern.test(type))) &&
    !excluded.some((pattern) => pattern.test(type)) &&
    suits(requirements.bareMetal, METAL.test(type)) &&
    suits(requirements.burstablePerformance, BURSTABLE.test(type))
  );
}
