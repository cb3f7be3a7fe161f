/** What one task takes from an instance, from its definition: the engine's own accounting. */
import { NONE, PROTOCOL_UDP } from '../../../assembly/abi.ts';
import { parseCpu, parseMemory } from '../../model/amounts.ts';
import { isWindows } from '../../model/fargate.ts';
import { portKey } from '../../model/host-ports.ts';
import type { ContainerDefinition, TaskDefinition } from '../../model/task-definition.ts';

export interface Demand {
  readonly cpu: number;
  readonly memoryMiB: number;
  /** NONE: all GPUs of the instance. */
  readonly gpus: number;
  readonly enis: number;
  /** port | protocol << 16, ascending, each once. */
  readonly portKeys: readonly number[];
}

/** `80/tcp` for a port key. */
export function portText(key: number): string {
  return `${key & 0xffff}/${key >>> 16 === PROTOCOL_UDP ? 'udp' : 'tcp'}`;
}

function gpusOf(container: ContainerDefinition): number {
  let gpus = 0;
  for (const { type, value } of container.resourceRequirements ?? []) {
    if (type === 'GPU' && value === 'ALL') return NONE;
    if (type === 'GPU') gpus += Number(value ?? 0);
  }
  return gpus;
}

/** Containers that share a GPU (nvidiaMps) are all on one (ECS API, NvidiaMpsAllocation). */
function sharesGpu(container: ContainerDefinition): boolean {
  return (container.resourceRequirements ?? []).some(({ type, sharingStrategy }) => type === 'GPU' && sharingStrategy);
}

function portsOf(definition: TaskDefinition): number[] {
  if (definition.networkMode === 'awsvpc' || definition.networkMode === 'none') return [];
  const keys = new Set<number>();
  for (const container of definition.containerDefinitions ?? []) {
    for (const { hostPort, containerPort, protocol } of container.portMappings ?? []) {
      const port = hostPort || (definition.networkMode === 'host' ? containerPort : 0);
      if (port) keys.add(portKey(port, protocol));
    }
  }
  return [...keys].sort((a, b) => a - b);
}

function sum(containers: readonly ContainerDefinition[], amount: (container: ContainerDefinition) => number): number {
  let total = 0;
  for (const container of containers) total += amount(container);
  return total;
}

/** Task-level amounts count where given, but not on Windows; a memory reservation counts before a limit. */
export function demandOf(definition: TaskDefinition): Demand {
  const containers = definition.containerDefinitions ?? [];
  const taskLevel = !isWindows(definition);
  const gpus = containers.map(gpusOf);
  return {
    cpu: (taskLevel ? parseCpu(definition.cpu, 'cpu') : undefined) ?? sum(containers, ({ cpu }) => cpu ?? 0),
    memoryMiB:
      (taskLevel ? parseMemory(definition.memory, 'memory') : undefined) ??
      sum(containers, ({ memory, memoryReservation }) => memoryReservation || memory || 0),
    gpus: gpus.includes(NONE) ? NONE : gpus.reduce((a, b) => a + b, containers.some(sharesGpu) ? 1 : 0),
    enis: definition.networkMode === 'awsvpc' ? 1 : 0,
    portKeys: portsOf(definition),
  };
}
