/**
 * What an EC2 instance that somebody launched for the cluster registers as, and in which subnet it is. Called by the lives of
 * groups' instances and of Managed Instances, and by capacity before it launches any.
 */
import type { NamedAttribute } from '../../model/attribute.ts';
import type { ContainerInstance } from '../../model/container-instance.ts';
import { type InstanceOffer, resourcesOf } from '../../model/group-instance-type.ts';
import type { Subnet } from '../../model/subnet.ts';
import type { ClusterState, ClusterView } from '../state.ts';

export interface Launched {
  readonly instanceId: string;
  readonly availabilityZone: string;
  readonly offer: InstanceOffer;
  readonly isSpot: boolean;
}

/** The first in the zone, of those with these ids or, without any, of all; none where the scenario has none there. */
export function subnetIn(
  { subnets }: Pick<ClusterView, 'subnets'>,
  subnetIds: readonly string[],
  zone: string,
): Subnet | undefined {
  for (const subnet of subnets.values()) {
    if (subnet.availabilityZone !== zone) continue;
    if (subnetIds.length === 0 || subnetIds.includes(subnet.subnetId)) return subnet;
  }
  return undefined;
}

type Shown = Pick<Launched, 'availabilityZone' | 'offer' | 'isSpot'>;

/** Those that it will register with; also asked before it is launched. */
export function attributesOf({ availabilityZone, offer, isSpot }: Shown, subnet: Subnet | undefined): NamedAttribute[] {
  return [
    ...(offer.attributes as readonly NamedAttribute[]),
    { name: 'ecs.availability-zone', value: availabilityZone },
    ...(subnet === undefined
      ? []
      : [
          { name: 'ecs.vpc-id', value: subnet.vpcId },
          { name: 'ecs.subnet-id', value: subnet.subnetId },
        ]),
    ...(isSpot ? [{ name: 'ecs.lifecycle', value: 'spot' }] : []),
  ];
}

/** @param id of the container instance. @param capacityProviderName that it will have. */
export function recordOf(
  { context: { region, account, cluster } }: ClusterState,
  launched: Launched,
  id: string,
  capacityProviderName: string | undefined,
  subnet: Subnet | undefined,
): ContainerInstance {
  return {
    containerInstanceArn: `arn:aws:ecs:${region}:${account}:container-instance/${cluster}/${id}`,
    ec2InstanceId: launched.instanceId,
    ...(capacityProviderName === undefined ? {} : { capacityProviderName }),
    status: 'ACTIVE',
    agentConnected: true,
    registeredResources: resourcesOf(launched.offer),
    attributes: attributesOf(launched, subnet),
  };
}
