/** MixedInstancesPolicy of an Auto Scaling group: On-Demand and Spot, and among which types. Called by auto-scaling-group. */
import { onlyMembers } from './known-members.ts';
import { type Fields, fields, nonEmptyText, optionalList, optionalOneOf, optionalWhole, refuse } from './read.ts';

const ON_DEMAND = ['prioritized', 'lowest-price'] as const;
const SPOT = [
  'lowest-price',
  'capacity-optimized',
  'capacity-optimized-prioritized',
  'price-capacity-optimized',
] as const;

export interface MixedPolicy {
  readonly onDemandBaseCapacity: number;
  readonly onDemandPercentageAboveBaseCapacity: number;
  readonly onDemandStrategy: (typeof ON_DEMAND)[number];
  readonly spotStrategy: (typeof SPOT)[number];
  /** Of lowest-price: among how many pools of a zone. */
  readonly spotPools: number;
  /** Empty: the group's own. */
  readonly instanceTypes: readonly string[];
}

function parseTypes(input: unknown, path: string): string[] {
  const template = input === undefined ? {} : fields(input, path);
  onlyMembers(template, path, ['LaunchTemplateSpecification', 'Overrides']);
  return optionalList(template.Overrides, `${path}.Overrides`).map((entry, k) => {
    const at = `${path}.Overrides[${k}]`;
    const given = fields(entry, at);
    onlyMembers(
      given,
      at,
      ['InstanceType', 'WeightedCapacity', 'LaunchTemplateSpecification'],
      ['InstanceRequirements'],
    );
    if (given.WeightedCapacity !== undefined)
      refuse(
        'WEIGHTED_CAPACITY',
        `${at}.WeightedCapacity: instance weights are not supported by capacity providers.`,
        { path: `${at}.WeightedCapacity`, value: given.WeightedCapacity },
        'ValidationException',
      );
    return nonEmptyText(given.InstanceType, `${at}.InstanceType`);
  });
}

const DISTRIBUTION = [
  ...['OnDemandAllocationStrategy', 'OnDemandBaseCapacity', 'OnDemandPercentageAboveBaseCapacity'],
  ...['SpotAllocationStrategy', 'SpotInstancePools'],
];
/** Amazon EC2 Auto Scaling API, InstancesDistribution. */
const SPOT_POOLS = { least: 1, most: 20, unless: 2 };

function parseSpot(mix: Fields, path: string): Pick<MixedPolicy, 'spotStrategy' | 'spotPools'> {
  const spotStrategy =
    optionalOneOf(mix.SpotAllocationStrategy, `${path}.SpotAllocationStrategy`, SPOT) ?? 'lowest-price';
  const at = `${path}.SpotInstancePools`;
  const spotPools = optionalWhole(mix.SpotInstancePools, at, SPOT_POOLS.least, SPOT_POOLS.most);
  if (spotPools !== undefined && spotStrategy !== 'lowest-price')
    refuse(
      'SPOT_POOLS',
      `${at}: SpotInstancePools goes only with the allocation strategy lowest-price.`,
      { path: at, value: spotPools },
      'ValidationException',
    );
  return { spotStrategy, spotPools: spotPools ?? SPOT_POOLS.unless };
}

export function parseMixedPolicy(input: unknown, path: string): MixedPolicy {
  const given = fields(input, path);
  onlyMembers(given, path, ['InstancesDistribution', 'LaunchTemplate']);
  const at = `${path}.InstancesDistribution`;
  const mix = given.InstancesDistribution === undefined ? {} : fields(given.InstancesDistribution, at);
  onlyMembers(mix, at, DISTRIBUTION, ['SpotMaxPrice']);
  const percent = `${at}.OnDemandPercentageAboveBaseCapacity`;
  return {
    onDemandBaseCapacity: optionalWhole(mix.OnDemandBaseCapacity, `${at}.OnDemandBaseCapacity`) ?? 0,
    onDemandPercentageAboveBaseCapacity: optionalWhole(mix.OnDemandPercentageAboveBaseCapacity, percent, 0, 100) ?? 100,
    onDemandStrategy:
      optionalOneOf(mix.OnDemandAllocationStrategy, `${at}.OnDemandAllocationStrategy`, ON_DEMAND) ?? 'prioritized',
    ...parseSpot(mix, at),
    instanceTypes: parseTypes(given.LaunchTemplate, `${path}.LaunchTemplate`),
  };
}
