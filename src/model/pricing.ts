/**
 * What a scenario says of prices: `pricing`. Called by parseScenario; read by src/cost. Money is in USD micro-cents, whole
 * ones: 100,000,000 are a dollar.
 */
import { type Fields, fields, real } from './read.ts';

export interface Pricing {
  /** On-demand micro-cents an hour by instance type, in place of the table's. */
  readonly instanceTypes: ReadonlyMap<string, number>;
  /** What Spot costs in percent of on-demand. */
  readonly spotPercent: number;
  readonly fargateSpotPercent: number;
  /** What ECS Managed Instances cost beside EC2, in percent of on-demand. */
  readonly managedFeePercent: number;
  /** Micro-cents an hour in place of the table's, for every platform. */
  readonly fargateVcpu: number | undefined;
  readonly fargateGB: number | undefined;
}

export const MICRO_CENTS_PER_USD = 100_000_000;
/** Ours: Spot varies by pool and hour; two thirds off is usual. */
const DEFAULT_SPOT_PERCENT = 35;
/** AWS Fargate pricing: Fargate Spot is up to 70 % off. */
const DEFAULT_FARGATE_SPOT_PERCENT = 30;
/** Ours: AWS has a fee for each type, about so much of general-purpose ones; 7.8 % was seen on a bill for GPU types. */
const DEFAULT_MANAGED_FEE_PERCENT = 12;
const WHOLE = 100;
const MOST_USD = 1_000_000;

export const DEFAULT_PRICING: Pricing = {
  instanceTypes: new Map(),
  spotPercent: DEFAULT_SPOT_PERCENT,
  fargateSpotPercent: DEFAULT_FARGATE_SPOT_PERCENT,
  managedFeePercent: DEFAULT_MANAGED_FEE_PERCENT,
  fargateVcpu: undefined,
  fargateGB: undefined,
};

function perHour(value: unknown, path: string): number {
  return Math.round(real(value, path, 0, MOST_USD) * MICRO_CENTS_PER_USD);
}

function optionalPerHour(given: Fields, member: string): number | undefined {
  return given[member] === undefined ? undefined : perHour(given[member], `pricing.${member}`);
}

function percent(given: Fields, member: string, otherwise: number): number {
  return given[member] === undefined ? otherwise : real(given[member], `pricing.${member}`, 0, WHOLE);
}

/**
 * @param value `{ instanceUsdPerHour: { TYPE: USD }, spotPercent, fargateSpotPercent, managedInstancesFeePercent,
 * fargateVcpuUsdPerHour, fargateGBUsdPerHour }`.
 * @throws InvalidParameterException naming the member that is no price or no percentage.
 */
export function parsePricing(value: unknown): Pricing {
  if (value === undefined) return DEFAULT_PRICING;
  const given = fields(value, 'pricing');
  const types =
    given.instanceUsdPerHour === undefined ? {} : fields(given.instanceUsdPerHour, 'pricing.instanceUsdPerHour');
  return {
    instanceTypes: new Map(
      Object.entries(types).map(([type, usd]) => [type, perHour(usd, `pricing.instanceUsdPerHour[${type}]`)]),
    ),
    spotPercent: percent(given, 'spotPercent', DEFAULT_SPOT_PERCENT),
    fargateSpotPercent: percent(given, 'fargateSpotPercent', DEFAULT_FARGATE_SPOT_PERCENT),
    managedFeePercent: percent(given, 'managedInstancesFeePercent', DEFAULT_MANAGED_FEE_PERCENT),
    fargateVcpu: optionalPerHour(given, 'fargateVcpuUsdPerHour'),
    fargateGB: optionalPerHour(given, 'fargateGBUsdPerHour'),
  };
}
