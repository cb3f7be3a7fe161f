/** Network interfaces of awsvpc tasks: a subnet, a private and perhaps a public address. Called by make-task. */
import type { ClusterState } from '../state.ts';
import type { Origin, Place } from './make-task.ts';

export interface Address {
  readonly subnetId: string;
  readonly privateIp: string;
  readonly publicIp: string | undefined;
}

/** Hosts of the /20 that each subnet is taken to be; AWS keeps the first four and the last. */
const FIRST_HOST = 4;
const HOSTS = 4096 - 5;

/** The n-th address handed out, in the k-th subnet: 10.k/16.x.y. */
function privateAddress(subnet: number, n: number): string {
  const host = FIRST_HOST + (n % HOSTS);
  return `10.${subnet >> 4}.${((subnet & 15) << 4) + (host >> 8)}.${host & 255}`;
}

/** From 198.18.0.0/15, which is kept for tests. */
function publicAddress(n: number): string {
  return `198.${18 + ((n >> 16) & 1)}.${(n >> 8) & 255}.${n & 255}`;
}

/** In the zone of the task, the first subnet of the request there; undefined for other network modes. */
export function attachInterface(
  state: ClusterState,
  origin: Pick<Origin, 'definition' | 'network'>,
  place: Place,
): Address | undefined {
  if (origin.definition.networkMode !== 'awsvpc' || origin.network === undefined) return undefined;
  const zone = place.instance?.availabilityZone ?? place.zone;
  const { subnets, assignPublicIp } = origin.network;
  const subnetId = subnets.find((id) => state.subnets.get(id)?.availabilityZone === zone) ?? subnets[0];
  if (subnetId === undefined) return undefined;
  const index = [...state.subnets.keys()].indexOf(subnetId);
  const number = state.counters.addresses++;
  return {
    subnetId,
    privateIp: privateAddress(Math.max(index, 0), number),
    publicIp: assignPublicIp === 'ENABLED' ? publicAddress(number) : undefined,
  };
}
