/** Task definitions in AWS's shape. Members that placement does not read are kept and shown again. */
import { parseCpu, parseMemory } from './amounts.ts';
import type { Attribute } from './attribute.ts';
import { type PlacementConstraint, parseDefinitionConstraints } from './constraint.ts';
import { checkDemand, parseContainerDefinition } from './container-definition.ts';
import {
  type ContainerDependency,
  type ContainerRestartPolicy,
  checkDependencies,
  type HealthCheck,
} from './container-lifecycle.ts';
import { checkTaskMembers } from './definition-members.ts';
import { checkFargate } from './fargate.ts';
import { plainCopy } from './plain.ts';
import { type Fields, fields, list, nonEmptyText, oneOf, optionalList, optionalText, refuse } from './read.ts';
import { checkVolumes } from './volume.ts';

export type NetworkMode = 'bridge' | 'host' | 'awsvpc' | 'none';
export type TransportProtocol = 'tcp' | 'udp';

export interface PortMapping {
  containerPort?: number | undefined;
  hostPort?: number | undefined;
  protocol?: TransportProtocol | undefined;
  name?: string | undefined;
  containerPortRange?: string | undefined;
  appProtocol?: unknown;
}

export interface ResourceRequirement {
  value?: string | undefined;
  type: 'GPU' | 'InferenceAccelerator' | 'NeuronDevice' | undefined;
  sharingStrategy?: unknown;
}

export interface ContainerDefinition {
  name?: string | undefined;
  image?: string | undefined;
  cpu?: number | undefined;
  memory?: number | undefined;
  memoryReservation?: number | undefined;
  portMappings?: PortMapping[] | undefined;
  essential?: boolean | undefined;
  resourceRequirements?: ResourceRequirement[] | undefined;
  repositoryCredentials?: unknown;
  links?: unknown;
  restartPolicy?: ContainerRestartPolicy | undefined;
  entryPoint?: unknown;
  command?: unknown;
  environment?: unknown;
  environmentFiles?: unknown;
  mountPoints?: unknown;
  volumesFrom?: unknown;
  linuxParameters?: unknown;
  secrets?: unknown;
  dependsOn?: ContainerDependency[] | undefined;
  /** Seconds. */
  startTimeout?: number | undefined;
  /** Seconds. */
  stopTimeout?: number | undefined;
  versionConsistency?: unknown;
  hostname?: unknown;
  user?: unknown;
  workingDirectory?: unknown;
  disableNetworking?: unknown;
  privileged?: unknown;
  readonlyRootFilesystem?: unknown;
  dnsServers?: unknown;
  dnsSearchDomains?: unknown;
  extraHosts?: unknown;
  dockerSecurityOptions?: unknown;
  interactive?: unknown;
  pseudoTerminal?: unknown;
  dockerLabels?: unknown;
  ulimits?: unknown;
  logConfiguration?: unknown;
  healthCheck?: HealthCheck | undefined;
  systemControls?: unknown;
  firelensConfiguration?: unknown;
  credentialSpecs?: unknown;
}

export interface RuntimePlatform {
  cpuArchitecture?: 'X86_64' | 'ARM64' | undefined;
  operatingSystemFamily?: string | undefined;
}

export interface TaskDefinition {
  taskDefinitionArn?: string | undefined;
  containerDefinitions?: ContainerDefinition[] | undefined;
  family?: string | undefined;
  revision?: number | undefined;
  taskRoleArn?: string | undefined;
  executionRoleArn?: string | undefined;
  networkMode?: NetworkMode | undefined;
  status?: 'ACTIVE' | 'INACTIVE' | 'DELETE_IN_PROGRESS' | undefined;
  requiresAttributes?: Attribute[] | undefined;
  placementConstraints?: PlacementConstraint[] | undefined;
  compatibilities?: string[] | undefined;
  requiresCompatibilities?: string[] | undefined;
  runtimePlatform?: RuntimePlatform | undefined;
  cpu?: string | undefined;
  memory?: string | undefined;
  volumes?: unknown;
  inferenceAccelerators?: unknown;
  pidMode?: unknown;
  ipcMode?: unknown;
  proxyConfiguration?: unknown;
  registeredAt?: unknown;
  deregisteredAt?: unknown;
  deleteRequestedAt?: unknown;
  registeredBy?: unknown;
  ephemeralStorage?: unknown;
  enableFaultInjection?: unknown;
  tags?: unknown;
}

const NETWORK_MODES: readonly NetworkMode[] = ['bridge', 'host', 'awsvpc', 'none'];
const MOST_CONTAINERS = 10;
const MOST_CPU = 196608; // 192 vCPU
const LEAST_CPU = 128;

function parseContainers(
  given: Fields,
  path: string,
  networkMode: NetworkMode | undefined,
  hasTaskMemory: boolean,
): ContainerDefinition[] {
  const at = `${path}containerDefinitions`;
  const containers = list(given.containerDefinitions, at).map((entry, k) =>
    parseContainerDefinition(entry, `${at}[${k}]`, networkMode, hasTaskMemory),
  );
  if (containers.length === 0 || containers.length > MOST_CONTAINERS) {
    refuse(
      'CONTAINER_COUNT',
      `${at} must hold 1 to ${MOST_CONTAINERS} containers, but held ${containers.length}.`,
      { path: at, value: containers.length, limit: MOST_CONTAINERS },
      'ClientException',
    );
  }
  containers.forEach(({ name }, k) => {
    if (containers.findIndex((other) => other.name === name) < k) {
      refuse(
        'CONTAINER_NAME',
        `${at}[${k}].name ${JSON.stringify(name)} stands twice.`,
        { path: `${at}[${k}].name`, value: name },
        'ClientException',
      );
    }
  });
  if (!containers.some(({ essential }) => essential !== false)) {
    refuse('ESSENTIAL', `${at}: at least one container must be essential.`, { path: at }, 'ClientException');
  }
  checkDependencies(containers, at);
  return containers;
}

function checkTaskMemory(
  containers: readonly ContainerDefinition[],
  memoryMiB: number | undefined,
  path: string,
): void {
  if (memoryMiB === undefined) return;
  containers.forEach(({ memory, memoryReservation }, k) => {
    if (Math.max(memory ?? 0, memoryReservation ?? 0) > memoryMiB) {
      const at = `${path}containerDefinitions[${k}].memory`;
      refuse(
        'CONTAINER_MEMORY',
        "The 'memory' setting for container is greater than for the task",
        { path: at, value: memory, limit: memoryMiB },
        'ClientException',
      );
    }
  });
}

function checkTaskCpu(given: Fields, cpu: number | undefined, isFargateOnly: boolean, path: string): void {
  if (cpu === undefined || isFargateOnly || (cpu >= LEAST_CPU && cpu <= MOST_CPU)) return;
  refuse(
    'TASK_CPU',
    "Invalid 'cpu' setting for task. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.",
    { path: `${path}cpu`, value: given.cpu, limit: cpu < LEAST_CPU ? LEAST_CPU : MOST_CPU },
    'ClientException',
  );
}

function parseNetworkMode(given: Fields, path: string): NetworkMode | undefined {
  const value = optionalText(given.networkMode, `${path}networkMode`);
  return value === undefined || value === '' || value === 'default'
    ? undefined
    : oneOf(value, `${path}networkMode`, NETWORK_MODES);
}

function unwrap(input: unknown, path: string): { given: Fields; path: string } {
  const outer = fields(input, path);
  if (outer.taskDefinition !== undefined && outer.containerDefinitions === undefined) {
    return { given: fields(outer.taskDefinition, 'taskDefinition'), path: 'taskDefinition.' };
  }
  return { given: outer, path: path === '' ? '' : `${path}.` };
}

function parseFamily(given: Fields, path: string): string {
  const family = nonEmptyText(given.family, `${path}family`);
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(family)) {
    refuse(
      'FAMILY',
      `${path}family must be 1 to 255 letters, digits, - and _, but was ${JSON.stringify(family)}.`,
      { path: `${path}family`, value: family },
      'ClientException',
    );
  }
  return family;
}

/**
 * A task definition from RegisterTaskDefinition input, a describe answer or a bare TaskDefinition. Members that
 * placement does not read are kept; revision, ARN and computed attributes are left to the registry.
 * @throws ClientException or InvalidParameterException naming the JSON path.
 */
export function parseTaskDefinition(input: unknown, atPath = ''): TaskDefinition {
  const { given, path } = unwrap(plainCopy(input, atPath), atPath);
  checkTaskMembers(given, path);
  const networkMode = parseNetworkMode(given, path);
  const cpu = parseCpu(given.cpu, `${path}cpu`);
  const memoryMiB = parseMemory(given.memory, `${path}memory`);
  const compatibilities = optionalList(given.requiresCompatibilities, `${path}requiresCompatibilities`).map(
    (value, k) =>
      oneOf(value, `${path}requiresCompatibilities[${k}]`, ['EC2', 'FARGATE', 'EXTERNAL', 'MANAGED_INSTANCES']),
  );
  const constraints = parseDefinitionConstraints(given.placementConstraints, `${path}placementConstraints`);
  const definition: TaskDefinition = {
    ...given,
    family: parseFamily(given, path),
    containerDefinitions: parseContainers(given, path, networkMode, memoryMiB !== undefined),
    placementConstraints: constraints,
  };
  if (networkMode !== undefined) definition.networkMode = networkMode;
  else delete definition.networkMode;
  if (cpu !== undefined) definition.cpu = String(cpu);
  if (memoryMiB !== undefined) definition.memory = String(memoryMiB);
  checkTaskCpu(given, cpu, compatibilities.length === 1 && compatibilities[0] === 'FARGATE', path);
  checkTaskMemory(definition.containerDefinitions ?? [], memoryMiB, path);
  checkDemand(definition, `${path}containerDefinitions`);
  checkVolumes(definition, compatibilities.includes('FARGATE'), path);
  if (compatibilities.includes('FARGATE')) checkFargate(definition, cpu, memoryMiB, path);
  return definition;
}
