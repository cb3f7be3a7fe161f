/**
 * What a task record holds beyond amounts: concrete GPU ids, lowest first, and dynamic host ports, lowest free first
 * (docs/fidelity.md). Neither ever decides where a task goes.
 */

import type { NetworkBinding } from '../../model/task.ts';
import type { ContainerDefinition, PortMapping, TaskDefinition } from '../../model/task-definition.ts';
import type { Allocation, HostPort, Instance, State } from '../state.ts';
import { staticPort } from './demand.ts';
import { freeGpuIds } from './instances.ts';

/** Docker's range where the kernel's is unknown (ECS API, PortMapping.hostPort). */
const FIRST_DYNAMIC_PORT = 49153;
const LAST_DYNAMIC_PORT = 65535;
const BIND_IP = '0.0.0.0';

/** Called when the task's amounts have been committed: its own static ports are taken already. */
export function allocate(state: State, instance: Instance, definition: TaskDefinition): Allocation {
  const containers = definition.containerDefinitions ?? [];
  const gpuIds = allocateGpus(containers, freeGpuIds(state, instance), instance.record.registered.gpuIds.length);
  const mode = definition.networkMode ?? 'bridge';
  if (mode !== 'bridge' && mode !== 'host') return { gpuIds, networkBindings: [], dynamicPorts: [] };
  const held = instance.tasks.flatMap((number) => state.tasks[number]?.allocation.dynamicPorts ?? []);
  const taken = [...instance.portsTaken, ...held];
  const dynamicPorts: HostPort[] = [];
  const networkBindings = containers.map((container): [string, NetworkBinding[]] => {
    const bindings = (container.portMappings ?? []).map((mapping) => bind(mapping, mode, taken, dynamicPorts));
    return [container.name ?? '', bindings.filter((binding) => binding !== undefined)];
  });
  return { gpuIds, networkBindings: networkBindings.filter(([, bindings]) => bindings.length > 0), dynamicPorts };
}

function allocateGpus(
  containers: readonly ContainerDefinition[],
  free: readonly string[],
  total: number,
): [string, string[]][] {
  let left = [...free];
  const allocated = containers.map((container): [string, string[]] => {
    const count = gpusWanted(container, total);
    const ids = left.slice(0, count);
    left = left.slice(count);
    return [container.name ?? '', ids];
  });
  return allocated.filter(([, ids]) => ids.length > 0);
}

function gpusWanted({ resourceRequirements = [] }: ContainerDefinition, total: number): number {
  const values = resourceRequirements.filter(({ type }) => type === 'GPU').map(({ value }) => value ?? '0');
  return values.includes('ALL') ? total : values.reduce((sum, value) => sum + Number(value), 0);
}

/** One mapping; a dynamic one adds to `dynamicPorts`. Undefined when no free block is long enough. */
function bind(
  mapping: PortMapping,
  mode: TaskDefinition['networkMode'],
  taken: readonly HostPort[],
  dynamicPorts: HostPort[],
): NetworkBinding | undefined {
  const protocol = mapping.protocol ?? 'tcp';
  const { containerPort, containerPortRange } = mapping;
  const fixed = staticPort(mapping, mode);
  if (fixed > 0) return { bindIP: BIND_IP, containerPort, hostPort: fixed, protocol };
  const length = containerPortRange === undefined ? 1 : rangeLength(containerPortRange);
  const block = lowestFreeBlock(length, protocol, [...taken, ...dynamicPorts]);
  const first = block[0]?.port;
  if (first === undefined) return undefined;
  dynamicPorts.push(...block);
  if (containerPortRange === undefined) return { bindIP: BIND_IP, containerPort, hostPort: first, protocol };
  return { bindIP: BIND_IP, containerPortRange, hostPortRange: `${first}-${first + length - 1}`, protocol };
}

function rangeLength(range: string): number {
  const [from = 0, to = 0] = range.split('-').map(Number);
  return to - from + 1;
}

function lowestFreeBlock(length: number, protocol: HostPort['protocol'], taken: readonly HostPort[]): HostPort[] {
  const used = new Set(taken.filter((other) => other.protocol === protocol).map(({ port }) => port));
  let first = FIRST_DYNAMIC_PORT;
  for (let port = FIRST_DYNAMIC_PORT; port <= LAST_DYNAMIC_PORT; port++) {
    if (used.has(port)) first = port + 1;
    else if (port - first + 1 === length) return Array.from({ length }, (_, k) => ({ port: first + k, protocol }));
  }
  return [];
}
