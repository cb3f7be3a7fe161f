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
} from '../../assembly/abi.ts';
import { lastSegment } from '../base/arn.ts';
import type { NamedAttribute } from '../model/attribute.ts';
import {
  type ContainerInstance,
  type ContainerInstanceStatus,
  describeContainerInstance,
  type InstanceRecord,
} from '../model/container-instance.ts';
import type { InstanceTypes } from '../model/instance-type.ts';
import type { PlacementRequest } from '../model/placement-request.ts';
import type { ResourceAmounts } from '../model/resource.ts';
import type { Column, ColumnReader } from './columns.ts';
import type { Core } from './core.ts';
import { EXTERNAL_ATTRIBUTE, MANAGED_ATTRIBUTE, ZONE_ATTRIBUTE } from './encode/requests.ts';
import { type HostInstance, heldOf, hostRecord } from './host-instance.ts';
import { InstanceWriter, readInstances, type Shared } from './instance-columns.ts';
import type { Intern } from './intern.ts';
import { flagsOf, Registration } from './registration.ts';
import type { Views } from './views.ts';

export type { HostInstance } from './host-instance.ts';

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

/** As a request sees it: registered from outside EC2, or ECS manages it and the request names no capacity provider. */
export function launchTypeOf(
  attributes: readonly NamedAttribute[],
  { capacityProvider }: Pick<PlacementRequest, 'capacityProvider'>,
): 'EC2' | 'EXTERNAL' | 'MANAGED_INSTANCES' {
  if (attributes.some(({ name }) => name === EXTERNAL_ATTRIBUTE)) return 'EXTERNAL';
  if (capacityProvider !== undefined) return 'EC2';
  return attributes.some(({ name }) => name === MANAGED_ATTRIBUTE) ? 'MANAGED_INSTANCES' : 'EC2';
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

export class Instances {
  readonly #core: Core;
  readonly #views: Views;
  readonly #intern: Intern;
  #types: InstanceTypes | undefined;
  #bySlot: (HostInstance | undefined)[] = [];
  /** Made anew when it is first asked after a restore. */
  #ids: Map<string, HostInstance> | undefined = new Map();
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

  get #byId(): Map<string, HostInstance> {
    if (this.#ids === undefined) {
      this.#ids = new Map();
      for (const instance of this.all()) this.#ids.set(instance.record.id, instance);
    }
    return this.#ids;
  }

  find(name: string): HostInstance | undefined {
    const instance = this.#byId.get(lastSegment(name));
    return instance === undefined || (name.includes(':') && name !== instance.record.containerInstanceArn)
      ? undefined
      : instance;
  }

  /** Index of the first record whose id some instance has, or -1. */
  firstTaken(records: readonly InstanceRecord[]): number {
    return records.findIndex(({ id }) => this.#byId.has(id));
  }

  at(slot: number): HostInstance | undefined {
    return this.#bySlot[slot];
  }

  /** Whether some instance is ACTIVE, of the launch type and of the provider: one that a task could be meant for. */
  hasActive(request: PlacementRequest): boolean {
    const { launchType, capacityProvider } = request;
    const isMeant = ({ status, record, attributes }: HostInstance): boolean =>
      status === 'ACTIVE' &&
      (launchType === undefined || launchTypeOf(attributes, request) === launchType) &&
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

  add(records: readonly InstanceRecord[]): void {
    const since = this.#core.taskCount();
    const registration = new Registration(this.#core, this.#views, this.#intern, this.#types);
    registration.register(records);
    for (let k = 0; k < records.length; k++) {
      const record = records[k] as InstanceRecord;
      const { status, agentConnected, attributes } = record;
      const slot = registration.slots[k] as number;
      const kept = hostRecord(record, registration.ec2Values[k] as number);
      this.#hold({ slot, since, record: kept, status, agentConnected, attributes, held: undefined });
    }
  }

  #hold(instance: HostInstance): void {
    this.#bySlot[instance.slot] = instance;
    this.#byId.set(instance.record.id, instance);
    this.#inactive.delete(instance.record.id);
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
    this.#core.setState(instance.slot, flagsOf(status, agentConnected));
  }

  putAttribute(instance: HostInstance, attribute: NamedAttribute): void {
    const { attributes, slot } = instance;
    const at = attributes.findIndex(({ name }) => name === attribute.name);
    instance.attributes = at < 0 ? [...attributes, attribute] : attributes.with(at, attribute);
    this.#intern.setValue(slot, attribute.name, attribute.value);
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
    return instance.record.gpuIds.filter((id) => !instance.held?.gpus.has(id));
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

  /** For a snapshot: what JSON holds, and the columns. */
  state(): { state: InstancesState; columns: Column[] } {
    const instances = [...this.all()];
    const writer = new InstanceWriter(this.#intern, instances);
    const held = instances.flatMap(({ slot, held }): HeldState[] =>
      held === undefined || held.gpus.size + held.ports.size === 0 ? [] : [[slot, [...held.gpus], [...held.ports]]],
    );
    return {
      state: { shared: writer.shared(), held, past: [...this.#past], types: this.#types },
      columns: [...writer.columns(), [...this.#inactive]],
    };
  }

  restore(state: InstancesState, columns: ColumnReader): void {
    this.#types = state.types;
    this.#past = new Map(state.past);
    this.#bySlot = [];
    this.#ids = undefined;
    this.#inactive.clear();
    for (const instance of readInstances(this.#intern, state.shared, columns)) this.#bySlot[instance.slot] = instance;
    for (const [slot, gpus, ports] of state.held) {
      const held = heldOf(this.#bySlot[slot] as HostInstance);
      for (const id of gpus) held.gpus.add(id);
      for (const key of ports) held.ports.add(key);
    }
    for (const id of columns.texts()) this.#inactive.add(id);
  }
}

type HeldState = [slot: number, gpuIds: string[], dynamicPorts: number[]];

export interface InstancesState {
  readonly shared: Shared;
  readonly held: HeldState[];
  readonly past: [number, PastPlace[]][];
  readonly types: InstanceTypes | undefined;
}
