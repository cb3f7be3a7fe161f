/**
 * What an instance of an Auto Scaling group registers with its cluster: resources and attributes, from its type's facts or
 * as the scenario says. Called by auto-scaling-group and by the cluster when one joins.
 */
import { AGENT_CAPABILITIES } from './agent-capabilities.ts';
import type { Attribute } from './attribute.ts';
import type { InstanceTypeFacts } from './instance-type.ts';
import { type Fields, fields, optionalList, optionalText, optionalWhole, refuse, text, whole } from './read.ts';
import type { Resource } from './resource.ts';

/** `instanceType`, and `instance` over it. */
export interface GivenInstance {
  readonly instanceType: string | undefined;
  readonly cpu: number | undefined;
  readonly memoryMiB: number | undefined;
  readonly gpus: number | undefined;
  readonly attributes: readonly Attribute[];
  /** Where it stands, for errors. */
  readonly path: string;
}

/** What one type of instance registers. */
export interface InstanceOffer {
  readonly instanceType: string | undefined;
  /** CPU units. */
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly gpus: number;
  readonly networkInterfaces: number | undefined;
  /** Micro-dollars an hour; undefined: unknown. */
  readonly price: number | undefined;
  readonly attributes: readonly Attribute[];
}

const CPU_UNITS = 1024;
/** Ports that the agent and SSH keep. */
export const RESERVED_PORTS = ['22', '2375', '2376', '51678', '51679'];

export function parseGivenInstance(given: Fields, path: string): GivenInstance {
  const at = `${path}.instance`;
  const own = given.instance === undefined ? {} : fields(given.instance, at);
  const instanceType = optionalText(given.instanceType, `${path}.instanceType`);
  const cpu = optionalWhole(own.cpu, `${at}.cpu`, 1);
  const memoryMiB = optionalWhole(own.memoryMiB, `${at}.memoryMiB`, 1);
  const isWhole = cpu !== undefined && memoryMiB !== undefined;
  if (instanceType === undefined && given.MixedInstancesPolicy === undefined && !isWhole)
    refuse('INSTANCE_MISSING', `${path} must have an instanceType, or an instance with cpu and memoryMiB.`, { path });
  return {
    instanceType,
    cpu,
    memoryMiB,
    gpus: optionalWhole(own.gpus, `${at}.gpus`),
    attributes: optionalList(own.attributes, `${at}.attributes`).map((entry, k) => {
      const one = fields(entry, `${at}.attributes[${k}]`);
      const value = optionalText(one.value, `${at}.attributes[${k}].value`);
      const name = text(one.name, `${at}.attributes[${k}].name`);
      return value === undefined ? { name } : { name, value };
    }),
    path,
  };
}

/** The agent and the system keep a sixteenth of the memory (ours: AWS publishes no figure). */
function registeredMiB(nominalMiB: number): number {
  return Math.floor((nominalMiB * 15) / 16);
}

/**
 * @param type of a mixed group; the group's own without.
 * @throws ValidationException UNKNOWN_INSTANCE_TYPE when nothing says what it registers.
 */
export function offerOf(
  given: GivenInstance,
  types: Readonly<Record<string, InstanceTypeFacts>>,
  type = given.instanceType,
): InstanceOffer {
  const facts: InstanceTypeFacts = type !== undefined && Object.hasOwn(types, type) ? (types[type] ?? {}) : {};
  const cpu = given.cpu ?? (facts.vcpus === undefined ? undefined : facts.vcpus * CPU_UNITS);
  const memoryMiB = given.memoryMiB ?? (facts.memoryMiB === undefined ? undefined : registeredMiB(facts.memoryMiB));
  if (cpu === undefined || memoryMiB === undefined) {
    const isOverride = type !== undefined && type !== given.instanceType;
    const at = `${given.path}.${isOverride ? 'MixedInstancesPolicy.LaunchTemplate.Overrides' : 'instanceType'}`;
    return refuse(
      'UNKNOWN_INSTANCE_TYPE',
      `${at}${type === undefined ? ' is missing' : `: nothing is known of ${type}`}; say what it registers: instance {cpu, memoryMiB}.`,
      { path: at, value: type },
      'ValidationException',
    );
  }
  return {
    instanceType: type,
    cpu: whole(cpu, `${given.path}.instance.cpu`),
    memoryMiB: whole(memoryMiB, `${given.path}.instance.memoryMiB`),
    gpus: given.gpus ?? facts.gpus ?? 0,
    networkInterfaces: facts.awsvpcTasks,
    price: facts.microUsdPerHour,
    attributes: [
      ...AGENT_CAPABILITIES.map((name) => ({ name })),
      ...(type === undefined ? [] : [{ name: 'ecs.instance-type', value: type }]),
      { name: 'ecs.os-type', value: 'linux' },
      { name: 'ecs.cpu-architecture', value: facts.cpuArchitecture ?? 'x86_64' },
      ...given.attributes,
    ],
  };
}

export function resourcesOf({ cpu, memoryMiB, gpus }: InstanceOffer): Resource[] {
  const ids = Array.from({ length: gpus }, (_, k) => `GPU-${k}`);
  return [
    { name: 'CPU', type: 'INTEGER', integerValue: cpu },
    { name: 'MEMORY', type: 'INTEGER', integerValue: memoryMiB },
    { name: 'PORTS', type: 'STRINGSET', stringSetValue: [...RESERVED_PORTS] },
    { name: 'PORTS_UDP', type: 'STRINGSET', stringSetValue: [] },
    ...(ids.length === 0 ? [] : [{ name: 'GPU', type: 'STRINGSET', stringSetValue: ids }]),
  ];
}
