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
