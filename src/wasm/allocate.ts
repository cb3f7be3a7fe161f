/**
 * What a task record holds beyond amounts: concrete GPU ids, lowest first, and dynamic host ports, lowest free first.
 * Neither ever decides where a task goes.
 */
import { NONE } from '../../assembly/abi.ts';
import type { NetworkBinding } from '../model/task.ts';
import type { ContainerDefinition, PortMapping, TaskDefinition } from '../model/task-definition.ts';
import { portKey } from './encode/demand.ts';

/** Docker's range where the kernel's is unknown (ECS API, PortMapping.hostPort). */
export const FIRST_DYNAMIC_PORT = 49153;
export const LAST_DYNAMIC_PORT = 65535;

export interface Allocation {
  readonly gpuIds: [string, string[]][];
  readonly networkBindings: [string, NetworkBinding[]][];
  /** Dynamic port keys to give back. */
  readonly dynamicPorts: number[];
}

export const NOTHING: Allocation = { gpuIds: [], networkBindings: [], dynamicPorts: [] };

/** Whether records of this definition hold anything of the kind. */
export function allocates(definition: TaskDefinition): boolean {
  return (definition.containerDefinitions ?? []).some(
    ({ portMappings, resourceRequirements }) =>
      (portMappings ?? []).length > 0 || (resourceRequirements ?? []).some(({ type }) => type === 'GPU'),
  );
}

function takeGpus(container: ContainerDefinition, free: string[], total: number): string[] {
  const wanted = (container.resourceRequirements ?? []).filter(({ type }) => type === 'GPU');
  const count = wanted.some(({ value }) => value === 'ALL')
    ? total
    : wanted.reduce((sum, { value }) => sum + Number(value ?? 0), 0);
  return free.splice(0, count);
}

/** The first of `length` free ports in a row, or NONE when there is no such gap. */
function firstGap(length: number, protocol: string, isTaken: (key: number) => boolean): number {
  let run = 0;
  for (let port = FIRST_DYNAMIC_PORT; port <= LAST_DYNAMIC_PORT; port++) {
    run = isTaken(portKey(port, protocol)) ? 0 : run + 1;
    if (run === length) return port - length + 1;
  }
  return NONE;
}

function bind(
  mapping: PortMapping,
  mode: string,
  isTaken: (key: number) => boolean,
  taken: number[],
): NetworkBinding | undefined {
  const protocol = mapping.protocol ?? 'tcp';
  const bindIP = '0.0.0.0';
  const [from = 0, to = 0] = (mapping.containerPortRange ?? '').split('-').map(Number);
  const length = mapping.containerPortRange === undefined ? 1 : to - from + 1;
  const fixed = mapping.hostPort || (mode === 'host' ? mapping.containerPort : 0);
  if (fixed) return { bindIP, containerPort: mapping.containerPort, hostPort: fixed, protocol };
  const first = firstGap(length, protocol, isTaken);
  if (first === NONE) return undefined;
  for (let k = 0; k < length; k++) taken.push(portKey(first + k, protocol));
  if (mapping.containerPortRange === undefined)
    return { bindIP, containerPort: mapping.containerPort, hostPort: first, protocol };
  return {
    bindIP,
    containerPortRange: mapping.containerPortRange,
    hostPortRange: `${first}-${first + length - 1}`,
    protocol,
  };
}

/**
 * Allocates for one record. `freeGpus` are the instance's, in order; `staticPorts` and `dynamicPorts` the port keys
 * taken on it.
 */
export function allocate(
  definition: TaskDefinition,
  freeGpus: readonly string[],
  totalGpus: number,
  staticPorts: ReadonlySet<number>,
  dynamicPorts: ReadonlySet<number>,
): Allocation {
  const mode = definition.networkMode ?? 'bridge';
  const free = [...freeGpus];
  const taken: number[] = [];
  const isTaken = (key: number): boolean => staticPorts.has(key) || dynamicPorts.has(key) || taken.includes(key);
  const gpuIds: [string, string[]][] = [];
  const networkBindings: [string, NetworkBinding[]][] = [];
  for (const container of definition.containerDefinitions ?? []) {
    const gpus = takeGpus(container, free, totalGpus);
    if (gpus.length > 0) gpuIds.push([container.name ?? '', gpus]);
    if (mode !== 'bridge' && mode !== 'host') continue;
    const bindings = (container.portMappings ?? []).map((mapping) => bind(mapping, mode, isTaken, taken));
    const made = bindings.filter((binding) => binding !== undefined);
    if (made.length > 0) networkBindings.push([container.name ?? '', made]);
  }
  return { gpuIds, networkBindings, dynamicPorts: taken };
}
