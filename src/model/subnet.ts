/** Subnets that awsvpc tasks name: they decide VPC and Availability Zone. */
import { fields, list, nonEmptyText, refuse } from './read.ts';

export interface Subnet {
  readonly subnetId: string;
  readonly availabilityZone: string;
  readonly vpcId: string;
}

/** @throws InvalidParameterException for wrong types and for a subnet id that stands twice. */
export function parseSubnets(input: unknown, path = 'subnets'): Subnet[] {
  const seen = new Set<string>();
  return list(input, path).map((entry, k) => {
    const at = `${path}[${k}]`;
    const given = fields(entry, at);
    const subnet = {
      subnetId: nonEmptyText(given.subnetId ?? given.SubnetId, `${at}.subnetId`),
      availabilityZone: nonEmptyText(given.availabilityZone ?? given.AvailabilityZone, `${at}.availabilityZone`),
      vpcId: nonEmptyText(given.vpcId ?? given.VpcId, `${at}.vpcId`),
    };
    if (seen.has(subnet.subnetId)) {
      refuse('DUPLICATE_SUBNET', `${at}.subnetId ${subnet.subnetId} stands twice.`, {
        path: `${at}.subnetId`,
        value: subnet.subnetId,
      });
    }
    seen.add(subnet.subnetId);
    return subnet;
  });
}

/** Where instances of a region may be launched. */
export interface Surroundings {
  readonly region: string;
  readonly subnets: readonly Subnet[];
}

/** @param path of the id. @throws InvalidParameterException SUBNET_NOT_FOUND. */
export function subnetNamed(subnets: readonly Subnet[], id: string, path: string): Subnet {
  const subnet = subnets.find(({ subnetId }) => subnetId === id);
  return subnet ?? refuse('SUBNET_NOT_FOUND', `${path}: The subnet ID '${id}' does not exist`, { path, value: id });
}

const DEFAULT_ZONES = ['a', 'b'];

/** The zones that are named, by name. Ours without any: those of all subnets, or two of the region. */
export function zonesFor(named: readonly string[], { subnets, region }: Surroundings): string[] {
  const zones = named.length > 0 ? named : subnets.map(({ availabilityZone }) => availabilityZone);
  return zones.length > 0 ? [...new Set(zones)].sort() : DEFAULT_ZONES.map((letter) => `${region}${letter}`);
}
