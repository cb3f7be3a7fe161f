/** What one task takes from its instance, from its definition: the reference's own accounting, shared with no one. */
import type { ContainerDefinition, PortMapping, TaskDefinition } from '../../model/task-definition.ts';
import type { Demand, HostPort } from '../state.ts';

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

/** Windows ignores cpu and memory at the task level (ECS developer guide, task_definition_parameters). */
function ignoresTaskLevel(definition: TaskDefinition): boolean {
  return definition.runtimePlatform?.operatingSystemFamily?.startsWith('WINDOWS') ?? false;
}

function cpuOf(definition: TaskDefinition, containers: readonly ContainerDefinition[]): number {
  const taskLevel = Number(definition.cpu ?? 0);
  if (taskLevel > 0 && !ignoresTaskLevel(definition)) return taskLevel;
  return sum(containers.map(({ cpu }) => cpu ?? 0));
}

/** A reservation is what is subtracted where there is one, else the limit (ECS API, ContainerDefinition.memory). */
function memoryOf(definition: TaskDefinition, containers: readonly ContainerDefinition[]): number {
  const taskLevel = Number(definition.memory ?? 0);
  if (taskLevel > 0 && !ignoresTaskLevel(definition)) return taskLevel;
  return sum(containers.map(({ memory, memoryReservation }) => memoryReservation || memory || 0));
}

/** The static host port of a mapping; 0 when it has none. */
export function staticPort(mapping: PortMapping, networkMode: TaskDefinition['networkMode']): number {
  if (mapping.hostPort) return mapping.hostPort;
  return networkMode === 'host' ? (mapping.containerPort ?? 0) : 0;
}

/** tcp before udp, then by number: the order of explanations. */
export function byProtocolAndNumber(a: HostPort, b: HostPort): number {
  return a.protocol === b.protocol ? a.port - b.port : a.protocol < b.protocol ? -1 : 1;
}

export function samePort(a: HostPort, b: HostPort): boolean {
  return a.port === b.port && a.protocol === b.protocol;
}

function portsOf(definition: TaskDefinition, containers: readonly ContainerDefinition[]): HostPort[] {
  if (definition.networkMode === 'awsvpc') return []; // its ports are on its own interface
  const mappings = containers.flatMap(({ portMappings }) => portMappings ?? []);
  const ports = mappings
    .map(
      (mapping): HostPort => ({
        port: staticPort(mapping, definition.networkMode),
        protocol: mapping.protocol === 'udp' ? 'udp' : 'tcp',
      }),
    )
    .filter(({ port }) => port > 0);
  const distinct = ports.filter((port, k) => ports.findIndex((other) => samePort(port, other)) === k);
  return distinct.sort(byProtocolAndNumber);
}

/** GPUs that the containers ask for (ECS developer guide, ecs-gpu). */
function gpusOf(containers: readonly ContainerDefinition[]): number | 'ALL' {
  const requirements = containers.flatMap(({ resourceRequirements }) => resourceRequirements ?? []);
  const values = requirements.filter(({ type }) => type === 'GPU').map(({ value }) => value ?? '0');
  // Containers that share a GPU (nvidiaMps) are all on one (ECS API, NvidiaMpsAllocation).
  const shared = requirements.some(({ type, sharingStrategy }) => type === 'GPU' && sharingStrategy) ? 1 : 0;
  return values.includes('ALL') ? 'ALL' : sum(values.map(Number)) + shared;
}

/** @param definition with the request's overrides applied. */
export function demandOf(definition: TaskDefinition): Demand {
  const containers = definition.containerDefinitions ?? [];
  return {
    cpu: cpuOf(definition, containers),
    memoryMiB: memoryOf(definition, containers),
    ports: portsOf(definition, containers),
    enis: definition.networkMode === 'awsvpc' ? 1 : 0,
    gpus: gpusOf(containers),
  };
}
