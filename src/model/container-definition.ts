/** Containers of a task definition: validation of what placement reads; all other members are kept as given. */

import { MAX_AMOUNT } from '../../assembly/abi.ts';
import { checkLifecycle } from './container-lifecycle.ts';
import { checkContainerMembers } from './definition-members.ts';
import { isWindows } from './fargate.ts';
import {
  type Fields,
  fields,
  nonEmptyText,
  optionalFlag,
  optionalList,
  optionalText,
  optionalWhole,
  refuse,
} from './read.ts';
import { checkGpuRequirement } from './resource-requirement.ts';
import type { ContainerDefinition, NetworkMode, PortMapping, TaskDefinition } from './task-definition.ts';

const LEAST_MEMORY_MIB = 4;
const MOST_RANGES = 100;
const PORT_MAX = 65535;

function checkMemory(container: Fields, path: string, name: string, hasTaskMemory: boolean): void {
  const memory = optionalWhole(container.memory, `${path}.memory`, 0);
  const reservation = optionalWhole(container.memoryReservation, `${path}.memoryReservation`, 0);
  for (const [member, value] of [
    ['memory', memory],
    ['memoryReservation', reservation],
  ] as const) {
    if (value !== undefined && value > 0 && value < LEAST_MEMORY_MIB) {
      refuse(
        'CONTAINER_MEMORY',
        `${path}.${member} must be at least ${LEAST_MEMORY_MIB} MiB, but was ${value}.`,
        { path: `${path}.${member}`, value, limit: LEAST_MEMORY_MIB },
        'ClientException',
      );
    }
  }
  if (!memory && !reservation && !hasTaskMemory) {
    refuse(
      'CONTAINER_MEMORY',
      `Invalid setting for container '${name}'. At least one of 'memory' or 'memoryReservation' must be specified.`,
      { path },
      'ClientException',
    );
  }
  if (memory && reservation && reservation > memory) {
    refuse(
      'CONTAINER_MEMORY',
      `Invalid setting for container '${name}'. 'memory' (${memory}) must be greater than 'memoryReservation' (${reservation}).`,
      { path: `${path}.memoryReservation`, value: reservation, limit: memory },
      'ClientException',
    );
  }
}

function checkRange(range: string, path: string, networkMode: NetworkMode | undefined): void {
  const [from = 0, to = 0] = range.split('-').map(Number);
  if (!/^\d+-\d+$/.test(range) || from < 1 || to > PORT_MAX || from > to) {
    refuse(
      'PORT_RANGE',
      `${path} must be a range such as 8000-8010 within 1-${PORT_MAX}, but was ${JSON.stringify(range)}.`,
      { path, value: range },
      'ClientException',
    );
  }
  if (networkMode === 'host' || networkMode === 'none') {
    refuse('PORT_RANGE', `${path} needs network mode bridge or awsvpc.`, { path, value: range }, 'ClientException');
  }
}

function parseMapping(input: unknown, path: string, networkMode: NetworkMode | undefined): PortMapping {
  const mapping = fields(input, path);
  const range = optionalText(mapping.containerPortRange, `${path}.containerPortRange`);
  const containerPort = optionalWhole(
    mapping.containerPort,
    `${path}.containerPort`,
    range === undefined ? 1 : 0,
    PORT_MAX,
  );
  const hostPort = optionalWhole(mapping.hostPort, `${path}.hostPort`, 0, PORT_MAX);
  const protocol = optionalText(mapping.protocol, `${path}.protocol`);
  if (networkMode === 'none') {
    refuse(
      'PORT_MAPPING',
      `${path}: port mappings are not allowed with network mode none.`,
      { path },
      'ClientException',
    );
  }
  if (range !== undefined) {
    if (containerPort || hostPort)
      refuse('PORT_RANGE', `${path} must hold a range or a port, not both.`, { path, value: range }, 'ClientException');
    checkRange(range, `${path}.containerPortRange`, networkMode);
  } else if (containerPort === undefined) {
    refuse('PORT_MAPPING', `${path}.containerPort is missing.`, { path: `${path}.containerPort` }, 'ClientException');
  } else if (hostPort && hostPort !== containerPort && (networkMode === 'host' || networkMode === 'awsvpc')) {
    refuse(
      'PORT_MAPPING',
      `${path}.hostPort ${hostPort} must be absent or equal to containerPort ${containerPort} with network mode ${networkMode}.`,
      { path: `${path}.hostPort`, value: hostPort },
      'ClientException',
    );
  }
  return { ...mapping, ...(protocol !== undefined && protocol !== 'udp' ? { protocol: 'tcp' } : {}) } as PortMapping;
}

function parseMappings(container: Fields, path: string, networkMode: NetworkMode | undefined): PortMapping[] {
  const mappings = optionalList(container.portMappings, `${path}.portMappings`).map((entry, k) =>
    parseMapping(entry, `${path}.portMappings[${k}]`, networkMode),
  );
  const ranges = mappings.filter(({ containerPortRange }) => containerPortRange !== undefined).length;
  if (ranges > MOST_RANGES) {
    refuse(
      'PORT_RANGE',
      `${path}.portMappings holds ${ranges} ranges, more than ${MOST_RANGES}.`,
      { path: `${path}.portMappings`, value: ranges, limit: MOST_RANGES },
      'ClientException',
    );
  }
  mappings.forEach(({ containerPort, protocol = 'tcp' }, k) => {
    const clash = mappings.findIndex(
      (other) => containerPort && other.containerPort === containerPort && (other.protocol ?? 'tcp') !== protocol,
    );
    if (clash >= 0 && clash < k) {
      const at = `${path}.portMappings[${k}].containerPort`;
      refuse(
        'PORT_MAPPING',
        `${at} ${containerPort} is exposed for several protocols.`,
        { path: at, value: containerPort },
        'ClientException',
      );
    }
  });
  return mappings;
}

/** @throws ClientException or InvalidParameterException naming the member. */
export function parseContainerDefinition(
  input: unknown,
  path: string,
  networkMode: NetworkMode | undefined,
  hasTaskMemory: boolean,
): ContainerDefinition {
  const container = fields(input, path);
  const name = nonEmptyText(container.name, `${path}.name`);
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) {
    refuse(
      'CONTAINER_NAME',
      `${path}.name must be 1 to 255 letters, digits, - and _, but was ${JSON.stringify(name)}.`,
      { path: `${path}.name`, value: name },
      'ClientException',
    );
  }
  optionalText(container.image, `${path}.image`);
  optionalWhole(container.cpu, `${path}.cpu`);
  optionalFlag(container.essential, `${path}.essential`);
  checkContainerMembers(container, path);
  checkLifecycle(container, path);
  checkMemory(container, path, name, hasTaskMemory);
  optionalList(container.resourceRequirements, `${path}.resourceRequirements`).forEach((entry, k) => {
    checkGpuRequirement(entry, `${path}.resourceRequirements[${k}]`);
  });
  if (container.portMappings === undefined || container.portMappings === null) return container as ContainerDefinition;
  return { ...container, portMappings: parseMappings(container, path, networkMode) } as ContainerDefinition;
}

/** @throws ClientException when the containers together ask for more than any instance can have. */
export function checkDemand(definition: TaskDefinition, path: string): void {
  const { containerDefinitions = [] } = definition;
  checkGpus(definition, path || 'containerDefinitions');
  let cpu = 0;
  let memoryMiB = 0;
  for (const container of containerDefinitions) {
    cpu += container.cpu ?? 0;
    memoryMiB += container.memoryReservation || container.memory || 0;
  }
  for (const [member, value] of [
    ['cpu', cpu],
    ['memory', memoryMiB],
  ] as const) {
    if (value <= MAX_AMOUNT) continue;
    refuse(
      'DEMAND',
      `${path || 'containerDefinitions'}: the containers together ask for ${value} of ${member}, more than ${MAX_AMOUNT}.`,
      { path: path || 'containerDefinitions', value, limit: MAX_AMOUNT },
      'ClientException',
    );
  }
}

/** `ALL` leaves no GPU for another container; Windows has none (ECS developer guide, ecs-gpu). */
function checkGpus(definition: TaskDefinition, path: string): void {
  const gpus = (definition.containerDefinitions ?? []).flatMap(({ resourceRequirements = [] }) =>
    resourceRequirements.filter(({ type }) => type === 'GPU'),
  );
  if (gpus.length > 1 && gpus.some(({ value }) => value === 'ALL')) {
    refuse(
      'GPU_VALUE',
      `${path}: a GPU requirement of ALL must be the only one.`,
      { path, value: 'ALL' },
      'ClientException',
    );
  }
  if (gpus.length > 0 && isWindows(definition)) {
    refuse(
      'GPU_VALUE',
      `${path}: GPUs are not supported on Windows.`,
      { path, value: definition.runtimePlatform?.operatingSystemFamily },
      'ClientException',
    );
  }
}
