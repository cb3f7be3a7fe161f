/** Resources as `describe-container-instances` lists them, and the plain amounts engines count with. */
import { MAX_AMOUNT } from '../../assembly/abi.ts';
import {
  elementPath,
  type Fields,
  fields,
  list,
  memberPath,
  nonEmptyText,
  optionalList,
  refuse,
  text,
  whole,
} from './read.ts';

export interface Resource {
  name?: string | undefined;
  type?: string | undefined;
  doubleValue?: number | undefined;
  longValue?: number | undefined;
  integerValue?: number | undefined;
  stringSetValue?: string[] | undefined;
}

/** One instance's amounts. Ports are the USED ones; GPU ids of `remaining` are the FREE ones, as AWS lists them. */
export interface ResourceAmounts {
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly ports: readonly number[];
  readonly portsUdp: readonly number[];
  readonly gpuIds: readonly string[];
}

const PORT_MAX = 65535;

/** Number that the text spells in at most five digits, or NaN. */
function portOf(digits: string): number {
  if (digits.length === 0 || digits.length > 5) return Number.NaN;
  let port = 0;
  for (let k = 0; k < digits.length; k++) {
    const digit = digits.charCodeAt(k) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    port = port * 10 + digit;
  }
  return port;
}

function parsePort(value: unknown, path: string): number {
  const digits = text(value, path);
  const port = portOf(digits);
  if (!(port <= PORT_MAX)) {
    refuse('OUT_OF_RANGE', `${path} must be a port from 0 to ${PORT_MAX} as text, but was ${JSON.stringify(digits)}.`, {
      path,
      value,
    });
  }
  return port;
}

/** Lists up to this long are sorted while they are read. */
const SHORT = 32;

/** Puts a port where it belongs among ascending ones, unless it is there. */
function insertPort(ports: number[], port: number): void {
  let at = ports.length;
  while (at > 0 && (ports[at - 1] as number) > port) at--;
  if (at > 0 && ports[at - 1] === port) return;
  ports.push(port);
  for (let k = ports.length - 1; k > at; k--) ports[k] = ports[k - 1] as number;
  ports[at] = port;
}

/** Ascending, each once. */
function parsePorts(resource: Resource, path: string): number[] {
  const at = memberPath(path, 'stringSetValue');
  const values = optionalList(resource.stringSetValue, at);
  const ports: number[] = [];
  for (let k = 0; k < values.length; k++) {
    const port = parsePort(values[k], elementPath(at, k));
    if (values.length <= SHORT) insertPort(ports, port);
    else ports.push(port);
  }
  return values.length <= SHORT ? ports : [...new Set(ports)].sort((a, b) => a - b);
}

function parseNames(resource: Resource, path: string): string[] {
  const at = memberPath(path, 'stringSetValue');
  const values = optionalList(resource.stringSetValue, at);
  return [...new Set(values.map((value, k) => nonEmptyText(value, elementPath(at, k))))];
}

const MEMBERS = { INTEGER: 'integerValue', LONG: 'longValue', DOUBLE: 'doubleValue' } as const;

/** An amount stands in the member that `type` names; real answers fill the others with zero. */
function parseAmount(resource: Resource, path: string): number {
  const member = MEMBERS[(resource.type ?? 'INTEGER') as keyof typeof MEMBERS] ?? 'integerValue';
  return whole(resource[member] ?? 0, memberPath(path, member), 0, MAX_AMOUNT);
}

/** Amounts of a resource list; what is not listed is 0 or, for ports, absent. */
export interface ParsedResources {
  cpu: number;
  memoryMiB: number;
  ports?: number[];
  portsUdp?: number[];
  gpuIds?: string[];
}

/** Reads `registeredResources` or `remainingResources`; resources with other names are passed over. */
export function parseResources(value: unknown, path: string): ParsedResources {
  const parsed: ParsedResources = { cpu: 0, memoryMiB: 0 };
  const entries = list(value, path);
  for (let k = 0; k < entries.length; k++) {
    const at = elementPath(path, k);
    const resource = fields(entries[k], at) as Resource;
    const name = text(resource.name, memberPath(at, 'name'));
    if (name === 'CPU') parsed.cpu = parseAmount(resource, at);
    else if (name === 'MEMORY') parsed.memoryMiB = parseAmount(resource, at);
    else if (name === 'PORTS') parsed.ports = parsePorts(resource, at);
    else if (name === 'PORTS_UDP') parsed.portsUdp = parsePorts(resource, at);
    else if (name === 'GPU') parsed.gpuIds = parseNames(resource, at);
  }
  return parsed;
}

function complete(parsed: ParsedResources, registered?: ResourceAmounts): ResourceAmounts {
  return {
    cpu: parsed.cpu,
    memoryMiB: parsed.memoryMiB,
    ports: parsed.ports ?? registered?.ports ?? [],
    portsUdp: parsed.portsUdp ?? registered?.portsUdp ?? [],
    gpuIds: parsed.gpuIds ?? registered?.gpuIds ?? [],
  };
}

function refuseMore(what: string, remaining: number, registered: number, path: string): void {
  if (remaining <= registered) return;
  refuse(
    'REMAINING_ABOVE_REGISTERED',
    `${path}.remainingResources has ${remaining} ${what}, more than the ${registered} registered.`,
    {
      path: `${path}.remainingResources`,
      value: remaining,
      limit: registered,
    },
  );
}

/** Amounts registered: those remaining where none are named. */
export function parseRegistered(given: Fields, path: string): ResourceAmounts {
  const resources = given.registeredResources ?? given.remainingResources ?? [];
  return complete(parseResources(resources, memberPath(path, 'registeredResources')));
}

/** @throws InvalidParameterException REMAINING_ABOVE_REGISTERED too. */
export function parseRemaining(
  { remainingResources }: Fields,
  registered: ResourceAmounts,
  path: string,
): ResourceAmounts {
  if (remainingResources === undefined || remainingResources === null) return registered;
  const remaining = complete(parseResources(remainingResources, memberPath(path, 'remainingResources')), registered);
  refuseMore('CPU units', remaining.cpu, registered.cpu, path);
  refuseMore('MiB', remaining.memoryMiB, registered.memoryMiB, path);
  const strange = remaining.gpuIds.find((id) => !registered.gpuIds.includes(id));
  if (strange !== undefined) {
    refuse('REMAINING_ABOVE_REGISTERED', `${path}.remainingResources has GPU ${strange}, which is not registered.`, {
      path: `${path}.remainingResources`,
      value: strange,
    });
  }
  return remaining;
}

function amount(name: string, integerValue: number): Resource {
  return { name, type: 'INTEGER', doubleValue: 0, longValue: 0, integerValue };
}

function set(name: string, values: readonly string[]): Resource {
  return { name, type: 'STRINGSET', doubleValue: 0, longValue: 0, integerValue: 0, stringSetValue: [...values] };
}

/** The resource list AWS would answer; `others` follow as they were given. */
export function describeResources(amounts: ResourceAmounts, hasGpus: boolean, others: readonly Resource[]): Resource[] {
  return [
    amount('CPU', amounts.cpu),
    amount('MEMORY', amounts.memoryMiB),
    set('PORTS', amounts.ports.map(String)),
    set('PORTS_UDP', amounts.portsUdp.map(String)),
    ...(hasGpus ? [set('GPU', amounts.gpuIds)] : []),
    ...others,
  ];
}

const NO_RESOURCES: readonly Resource[] = [];
const COUNTED = ['CPU', 'MEMORY', 'PORTS', 'PORTS_UDP', 'GPU'];

/** Resources that placement does not count, such as NEURON_CORES. */
export function uncounted(resources: readonly Resource[] | undefined): readonly Resource[] {
  const isUncounted = ({ name }: Resource): boolean => !COUNTED.includes(name ?? '');
  return resources?.some(isUncounted) ? resources.filter(isUncounted) : NO_RESOURCES;
}
