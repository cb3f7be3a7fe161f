/**
 * The host's side of the instance table: what the core has no room for. An instance is found by ARN or id; its amounts,
 * counts and attribute values are the core's.
 */
import {
  COLUMN_PENDING_TASKS,
  COLUMN_REMAINING_CPU,
  COLUMN_REMAINING_GPU,
  COLUMN_REMAINING_MEMORY,
  COLUMN_RUNNING_TASKS,
  PROTOCOL_UDP,
  UNLIMITED,
} from '../../assembly/abi.ts';
import { lastSegment } from '../base/arn.ts';
import type { NamedAttribute } from '../model/attribute.ts';
import {
  type ContainerInstance,
  type ContainerInstanceStatus,
  describeContainerInstance,
  type InstanceRecord,
} from '../model/container-instance.ts';
import { awsvpcTaskLimit, type InstanceTypes } from '../model/instance-type.ts';
import type { PlacementRequest } from '../model/placement-request.ts';
import type { ResourceAmounts } from '../model/resource.ts';
import type { Core } from './core.ts';
import { portKey } from './encode/demand.ts';
import { EXTERNAL_ATTRIBUTE, ZONE_ATTRIBUTE } from './encode/requests.ts';
import { AGENT_VERSION, CAPACITY_PROVIDER, EC2_INSTANCE_ID, type Intern } from './intern.ts';
import type { Views } from './views.ts';

export interface HostInstance {
  readonly slot: number;
  /** Task records there were when it was registered: earlier ones in its slot are another instance's. */
  readonly since: number;
  readonly record: InstanceRecord;
  status: ContainerInstanceStatus;
  agentConnected: boolean;
  attributes: NamedAttribute[];
  /** GPU ids held by task records. */
  readonly gpusHeld: Set<string>;
  /** Dynamic host ports held by task records, as port keys. */
  readonly dynamicPorts: Set<number>;
}

/** What the tasks of an instance show of it, also when it is gone. */
export interface TaskPlace {
  readonly containerInstanceArn: string;
  readonly availabilityZone?: string;
  readonly cpuArchitecture?: string;
}

interface PastPlace {
  readonly since: number;
  readonly place: TaskPlace;
}

const ARCHITECTURE_ATTRIBUTE = 'ecs.cpu-architecture';

/** Registered from outside EC2. */
export function isExternal(attributes: readonly NamedAttribute[]): boolean {
  return attributes.some(({ name }) => name === EXTERNAL_ATTRIBUTE);
}

function placeOf({ record, attributes }: HostInstance): TaskPlace {
  const attributeValue = (name: string): string | undefined =>
    attributes.find((attribute) => attribute.name === name)?.value;
  const availabilityZone = attributeValue(ZONE_ATTRIBUTE);
  const cpuArchitecture = attributeValue(ARCHITECTURE_ATTRIBUTE);
  return {
    containerInstanceArn: record.containerInstanceArn,
    ...(availabilityZone === undefined ? {} : { availabilityZone }),
    ...(cpuArchitecture === undefined ? {} : { cpuArchitecture }),
  };
}

const ACTIVE_FLAG = 1;
const CONNECTED_FLAG = 2;

function flagsOf(instance: Pick<HostInstance, 'status' | 'agentConnected'>): number {
  return (instance.status === 'ACTIVE' ? ACTIVE_FLAG : 0) | (instance.agentConnected ? CONNECTED_FLAG : 0);
}

export class Instances {
  readonly #core: Core;
  readonly #views: Views;
  readonly #intern: Intern;
  #types: InstanceTypes | undefined;
  #bySlot: (HostInstance | undefined)[] = [];
  readonly #byId = new Map<string, HostInstance>();
  /** Ids deregistered and not registered again: StartTask answers INACTIVE for them. */
  readonly #inactive = new Set<string>();
  /** Instances that are gone, by slot, oldest first. */
  #past = new Map<number, PastPlace[]>();

  constructor(core: Core, views: Views, intern: Intern, types: InstanceTypes | undefined) {
    this.#core = core;
    this.#views = views;
    this.#intern = intern;
    this.#types = types;
  }

  find(name: string): HostInstance | undefined {
    const instance = this.#byId.get(lastSegment(name));
    return instance === undefined || (name.includes(':') && name !== instance.record.containerInstanceArn)
      ? undefined
      : instance;
  }

  at(slot: number): HostInstance | undefined {
    return this.#bySlot[slot];
  }

  /** Whether some instance is ACTIVE, of the launch type and of the provider: one that a task could be meant for. */
  hasActive({ launchType, capacityProvider }: PlacementRequest): boolean {
    const isMeant = ({ status, record, attributes }: HostInstance): boolean =>
      status === 'ACTIVE' &&
      (launchType === undefined || isExternal(attributes) === (launchType === 'EXTERNAL')) &&
      (capacityProvider === undefined || record.capacityProviderName === capacityProvider);
    for (const instance of this.all()) if (isMeant(instance)) return true;
    return false;
  }

  wasDeregistered(name: string): boolean {
    return this.#inactive.has(lastSegment(name));
  }

  /** In slot order. */
  *all(): IterableIterator<HostInstance> {
    for (const instance of this.#bySlot) if (instance !== undefined) yield instance;
  }

  add(record: InstanceRecord): void {
    const ports = portKeysOf(record.remaining);
    const words = [...this.#columns(record), flagsOf(record), ...ports];
    this.#views.send(words);
    const slot = this.#core.register(ports.length);
    this.#hold({
      slot,
      since: this.#core.taskCount(),
      record,
      status: record.status,
      agentConnected: record.agentConnected,
      attributes: [...record.attributes],
      gpusHeld: new Set(),
      dynamicPorts: new Set(),
    });
    for (const { name, value } of record.attributes) this.#intern.setValue(slot, name, value);
    this.#setSubject(slot, AGENT_VERSION, record.agentVersion);
    this.#setSubject(slot, EC2_INSTANCE_ID, record.ec2InstanceId);
    this.#setSubject(slot, CAPACITY_PROVIDER, record.capacityProviderName);
  }

  #hold(instance: HostInstance): void {
    this.#bySlot[instance.slot] = instance;
    this.#byId.set(instance.record.id, instance);
    this.#inactive.delete(instance.record.id);
  }

  #setSubject(slot: number, subject: string, value: string | undefined): void {
    if (value !== undefined) this.#intern.setValue(slot, subject, value);
  }

  /** The registration record, in the order of COLUMN_*. */
  #columns(record: InstanceRecord): number[] {
    const { registered, remaining } = record;
    const enis = awsvpcTaskLimit(this.#types, record.attributes) ?? UNLIMITED;
    return [
      registered.cpu,
      registered.memoryMiB,
      registered.gpuIds.length,
      enis,
      remaining.cpu,
      remaining.memoryMiB,
      remaining.gpuIds.length,
      enis,
      record.runningTasksCount,
      record.pendingTasksCount,
      record.registeredAtSeconds === undefined ? 0 : record.registeredAtSeconds + 1,
    ];
  }

  remove(instance: HostInstance): void {
    if (this.#core.taskCount() > instance.since) this.#notePast(instance);
    this.#core.deregister(instance.slot);
    this.#bySlot[instance.slot] = undefined;
    this.#byId.delete(instance.record.id);
    this.#inactive.add(instance.record.id);
  }

  #notePast(instance: HostInstance): void {
    const earlier = this.#past.get(instance.slot) ?? [];
    this.#past.set(instance.slot, [...earlier, { since: instance.since, place: placeOf(instance) }]);
  }

  /** Where the task with this number, placed in this slot, is or was. */
  placeOfTask(slot: number, number: number): TaskPlace {
    const now = this.#bySlot[slot];
    if (now !== undefined && now.since <= number) return placeOf(now);
    const past = this.#past.get(slot) as PastPlace[];
    return (past.findLast(({ since }) => since <= number) as PastPlace).place;
  }

  setState(instance: HostInstance, status: ContainerInstanceStatus, agentConnected: boolean): void {
    instance.status = status;
    instance.agentConnected = agentConnected;
    this.#core.setState(instance.slot, flagsOf(instance));
  }

  putAttribute(instance: HostInstance, attribute: NamedAttribute): void {
    const at = instance.attributes.findIndex(({ name }) => name === attribute.name);
    if (at < 0) instance.attributes.push(attribute);
    else instance.attributes[at] = attribute;
    this.#intern.setValue(instance.slot, attribute.name, attribute.value);
  }

  deleteAttribute(instance: HostInstance, name: string): void {
    if (!instance.attributes.some((attribute) => attribute.name === name)) return;
    instance.attributes = instance.attributes.filter((attribute) => attribute.name !== name);
    this.#intern.clearValue(instance.slot, name);
  }

  cell(column: number, instance: HostInstance): number {
    return this.#views.cell(column, instance.slot);
  }

  remaining(instance: HostInstance): ResourceAmounts {
    const keys = this.usedPorts(instance);
    return {
      cpu: this.cell(COLUMN_REMAINING_CPU, instance),
      memoryMiB: this.cell(COLUMN_REMAINING_MEMORY, instance),
      ports: keys.filter((key) => key >>> 16 !== PROTOCOL_UDP),
      portsUdp: keys.filter((key) => key >>> 16 === PROTOCOL_UDP).map((key) => key & 0xffff),
      gpuIds: this.freeGpus(instance).slice(0, this.cell(COLUMN_REMAINING_GPU, instance)),
    };
  }

  /** GPU ids free at registration and held by no record, in order; tasks without a record take from the end. */
  freeGpus(instance: HostInstance): string[] {
    return instance.record.remaining.gpuIds.filter((id) => !instance.gpusHeld.has(id));
  }

  usedPorts(instance: HostInstance): number[] {
    const keys = new Int32Array(this.#core.portsOf(instance.slot));
    this.#views.receive(keys.length, keys);
    return [...keys.sort()];
  }

  describe(instance: HostInstance): ContainerInstance {
    return describeContainerInstance(instance.record, {
      status: instance.status,
      agentConnected: instance.agentConnected,
      attributes: instance.attributes,
      remaining: this.remaining(instance),
      runningTasksCount: this.cell(COLUMN_RUNNING_TASKS, instance),
      pendingTasksCount: this.cell(COLUMN_PENDING_TASKS, instance),
    });
  }

  state(): InstancesState {
    const instances = [...this.all()].map((instance) => ({
      ...instance,
      gpusHeld: [...instance.gpusHeld],
      dynamicPorts: [...instance.dynamicPorts],
    }));
    return { instances, inactive: [...this.#inactive], past: [...this.#past], types: this.#types };
  }

  restore(state: InstancesState): void {
    this.#types = state.types;
    this.#past = new Map(state.past);
    this.#bySlot = [];
    this.#byId.clear();
    this.#inactive.clear();
    for (const given of state.instances) {
      this.#hold({ ...given, gpusHeld: new Set(given.gpusHeld), dynamicPorts: new Set(given.dynamicPorts) });
    }
    for (const id of state.inactive) this.#inactive.add(id);
  }
}

export type HostInstanceState = Omit<HostInstance, 'gpusHeld' | 'dynamicPorts'> & {
  readonly gpusHeld: string[];
  readonly dynamicPorts: number[];
};

export interface InstancesState {
  readonly instances: HostInstanceState[];
  readonly inactive: string[];
  readonly past: [number, PastPlace[]][];
  readonly types: InstanceTypes | undefined;
}

function portKeysOf({ ports, portsUdp }: ResourceAmounts): number[] {
  return [...ports.map((port) => portKey(port, 'tcp')), ...portsUdp.map((port) => portKey(port, 'udp'))];
}
