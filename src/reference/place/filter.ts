/**
 * Filter: the first stage. Keeps the instances that can take the task at all: ready, of the right launch type and
 * provider, with the attributes and the location, and with the resources left.
 */
import { MAX_PORTS_PER_INSTANCE } from '../../../assembly/abi.ts';
import type { NamedAttribute } from '../../model/attribute.ts';
import type { Instance, Request } from '../state.ts';
import { samePort } from '../table/demand.ts';
import { type GateTest, passesAll } from './gate.ts';

export const EXTERNAL = 'ecs.capability.external';
export const MANAGED = 'ecs.capability.managed-instances';
export const VPC = 'ecs.vpc-id';
export const ZONE = 'ecs.availability-zone';

export function filter(instances: readonly Instance[], request: Request): Instance[] {
  return instances.filter((instance) => passesAll(FILTER_GATES, instance, request));
}

export function attributeOf(instance: Instance, name: string): NamedAttribute | undefined {
  return instance.attributes.find((attribute) => attribute.name === name);
}

/** An instance that ECS manages takes the tasks that name its capacity provider, and no others. */
export function launchTypeOf(
  instance: Instance,
  { placement }: Pick<Request, 'placement'>,
): 'EC2' | 'EXTERNAL' | 'MANAGED_INSTANCES' {
  if (attributeOf(instance, EXTERNAL) !== undefined) return 'EXTERNAL';
  if (placement.capacityProvider !== undefined) return 'EC2';
  return attributeOf(instance, MANAGED) === undefined ? 'EC2' : 'MANAGED_INSTANCES';
}

/** A required attribute without a value asks for its presence only. */
export function hasRequired(instance: Instance, required: NamedAttribute): boolean {
  const own = attributeOf(instance, required.name);
  return own !== undefined && (required.value === undefined || own.value === required.value);
}

/** Without subnets the VPC is not checked. */
export function isInVpc(instance: Instance, { placement: { subnets } }: Request): boolean {
  return subnets.length === 0 || subnets.some(({ vpcId }) => vpcId === attributeOf(instance, VPC)?.value);
}

export function isPortTaken(instance: Instance, port: { port: number; protocol: 'tcp' | 'udp' }): boolean {
  return instance.portsTaken.some((taken) => samePort(taken, port));
}

/** More host ports than an instance may have reserved, the agent's own included (ECS API, PortMapping.hostPort). */
export function exceedsPortLimit(instance: Instance, { demand }: Request): boolean {
  return demand.ports.length > 0 && instance.portsTaken.length + demand.ports.length > MAX_PORTS_PER_INSTANCE;
}

export function enisLeft(instance: Instance): number {
  return (instance.eniLimit ?? Number.POSITIVE_INFINITY) - instance.enisTaken;
}

function isActive(instance: Instance): boolean {
  return instance.status === 'ACTIVE';
}

function hasLaunchType(instance: Instance, { placement }: Request): boolean {
  return placement.launchType === undefined || placement.launchType === launchTypeOf(instance, { placement });
}

function isOfProvider(instance: Instance, { placement }: Request): boolean {
  return (
    placement.capacityProvider === undefined || placement.capacityProvider === instance.record.capacityProviderName
  );
}

function isConnected(instance: Instance): boolean {
  return instance.agentConnected;
}

function hasAttributes(instance: Instance, request: Request): boolean {
  const { requiresAttributes } = request.placement;
  return requiresAttributes.every((required) => hasRequired(instance, required)) && isInVpc(instance, request);
}

function isInZone(instance: Instance, { placement: { subnets } }: Request): boolean {
  return (
    subnets.length === 0 ||
    subnets.some(({ availabilityZone }) => availabilityZone === attributeOf(instance, ZONE)?.value)
  );
}

function hasCpu(instance: Instance, { demand }: Request): boolean {
  return demand.cpu <= instance.remainingCpu;
}

function hasMemory(instance: Instance, { demand }: Request): boolean {
  return demand.memoryMiB <= instance.remainingMemoryMiB;
}

function hasPorts(instance: Instance, request: Request): boolean {
  const { ports } = request.demand;
  return ports.every((port) => !isPortTaken(instance, port)) && !exceedsPortLimit(instance, request);
}

function hasEni(instance: Instance, { demand }: Request): boolean {
  return demand.enis <= enisLeft(instance);
}

function hasGpus(instance: Instance, { demand }: Request): boolean {
  const all = instance.record.registered.gpuIds.length;
  return demand.gpus === 'ALL' ? all > 0 && instance.remainingGpus === all : demand.gpus <= instance.remainingGpus;
}

/** In the order of GATES. */
export const FILTER_GATES: readonly GateTest[] = [
  { gate: 'STATUS', passes: isActive },
  { gate: 'LAUNCH_TYPE', passes: hasLaunchType },
  { gate: 'CAPACITY_PROVIDER', passes: isOfProvider },
  { gate: 'AGENT', passes: isConnected },
  { gate: 'ATTRIBUTE', passes: hasAttributes },
  { gate: 'LOCATION', passes: isInZone },
  { gate: 'RESOURCE:CPU', passes: hasCpu },
  { gate: 'RESOURCE:MEMORY', passes: hasMemory },
  { gate: 'RESOURCE:PORTS', passes: hasPorts },
  { gate: 'RESOURCE:ENI', passes: hasEni },
  { gate: 'RESOURCE:GPU', passes: hasGpus },
];
