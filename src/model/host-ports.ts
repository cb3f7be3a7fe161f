/**
 * Host ports of tasks on bridge and host networks: fixed ones as given, dynamic ones lowest free first. Engines ask
 * when they make a task's record; no port of these ever decides where a task goes.
 */
import { NONE, PROTOCOL_TCP, PROTOCOL_UDP } from '../../assembly/abi.ts';
import type { NetworkBinding } from './task.ts';
import type { PortMapping, TaskDefinition } from './task-definition.ts';

export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** Docker's range where the kernel's is unknown (ECS API, PortMapping.hostPort). */
export const DYNAMIC_PORTS: PortRange = { first: 49153, last: 65535 };

export interface HostPorts {
  /** By container name; only containers that have some. */
  readonly networkBindings: [string, NetworkBinding[]][];
  /** Dynamic port keys, to give back. */
  readonly dynamicPorts: number[];
}

/** A port and its protocol as one number: port | protocol << 16. */
export function portKey(port: number, protocol: string | undefined): number {
  return port | ((protocol === 'udp' ? PROTOCOL_UDP : PROTOCOL_TCP) << 16);
}

/** The first of `length` free ports in a row, or NONE when there is no such gap. */
function firstGap(length: number, protocol: string, range: PortRange, isTaken: (key: number) => boolean): number {
  let run = 0;
  for (let port = range.first; port <= range.last; port++) {
    run = isTaken(portKey(port, protocol)) ? 0 : run + 1;
    if (run === length) return port - length + 1;
  }
  return NONE;
}

function bind(
  mapping: PortMapping,
  mode: string,
  range: PortRange,
  isTaken: (key: number) => boolean,
  taken: number[],
): NetworkBinding | undefined {
  const protocol = mapping.protocol ?? 'tcp';
  const bindIP = '0.0.0.0';
  const [from = 0, to = 0] = (mapping.containerPortRange ?? '').split('-').map(Number);
  const length = mapping.containerPortRange === undefined ? 1 : to - from + 1;
  const fixed = mapping.hostPort || (mode === 'host' ? mapping.containerPort : 0);
  if (fixed) return { bindIP, containerPort: mapping.containerPort, hostPort: fixed, protocol };
  const first = firstGap(length, protocol, range, isTaken);
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
 * The host ports of one task's containers. A mapping for which no gap is left has no binding; tasks on awsvpc and none
 * have none at all.
 * @param isUsed whether a port key is taken on the instance, by a fixed port or a dynamic one.
 */
export function bindPorts(
  definition: TaskDefinition,
  isUsed: (portKey: number) => boolean,
  range: PortRange = DYNAMIC_PORTS,
): HostPorts {
  const mode = definition.networkMode ?? 'bridge';
  const networkBindings: [string, NetworkBinding[]][] = [];
  const taken: number[] = [];
  if (mode !== 'bridge' && mode !== 'host') return { networkBindings, dynamicPorts: taken };
  const isTaken = (key: number): boolean => isUsed(key) || taken.includes(key);
  for (const container of definition.containerDefinitions ?? []) {
    const bindings = (container.portMappings ?? []).map((mapping) => bind(mapping, mode, range, isTaken, taken));
    const made = bindings.filter((binding) => binding !== undefined);
    if (made.length > 0) networkBindings.push([container.name ?? '', made]);
  }
  return { networkBindings, dynamicPorts: taken };
}

/** The bindings of all containers of one task, as describe-tasks lists them; `usedPorts` are port keys. */
export function assignPorts(
  definition: TaskDefinition,
  usedPorts: ReadonlySet<number>,
  range: PortRange = DYNAMIC_PORTS,
): NetworkBinding[] {
  return bindPorts(definition, (key) => usedPorts.has(key), range).networkBindings.flatMap(([, bindings]) => bindings);
}
