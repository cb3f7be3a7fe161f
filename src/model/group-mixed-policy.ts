/** MixedInstancesPolicy of an Auto Scaling group: On-Demand and Spot, and among which types. Called by auto-scaling-group. */
import { fields, nonEmptyText, optionalList, optionalOneOf, optionalWhole, refuse } from './read.ts';

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
  readonly onDemandByPrice: boolean;
  /** All Spot strategies but lowest-price take the first type: capacity pools are not modelled. */
  readonly spotByPrice: boolean;
  /** Empty: the group's own. */
  readonly instanceTypes: readonly string[];
}

function parseTypes(input: unknown, path: string): string[] {
  const template = input === undefined ? {} : fields(input, path);
  return optionalList(template.Overrides, `${path}.Overrides`).map((entry, k) => {
    const at = `${path}.Overrides[${k}]`;
    const given = fields(entry, at);
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

export function parseMixedPolicy(input: unknown, path: string): MixedPolicy {
  const given = fields(input, path);
  const at = `${path}.InstancesDistribution`;
  const mix = given.InstancesDistribution === undefined ? {} : fields(given.InstancesDistribution, at);
  const percent = `${at}.OnDemandPercentageAboveBaseCapacity`;
  return {
    onDemandBaseCapacity: optionalWhole(mix.OnDemandBaseCapacity, `${at}.OnDemandBaseCapacity`) ?? 0,
    onDemandPercentageAboveBaseCapacity: optionalWhole(mix.OnDemandPercentageAboveBaseCapacity, percent, 0, 100) ?? 100,
    onDemandByPrice:
      optionalOneOf(mix.OnDemandAllocationStrategy, `${at}.OnDemandAllocationStrategy`, ON_DEMAND) === 'lowest-price',
    spotByPrice:
      (optionalOneOf(mix.SpotAllocationStrategy, `${at}.SpotAllocationStrategy`, SPOT) ?? 'lowest-price') ===
      'lowest-price',
    instanceTypes: parseTypes(given.LaunchTemplate, `${path}.LaunchTemplate`),
  };
}
