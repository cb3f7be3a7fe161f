/**
 * Hands validated records to the core, many in one call: numbers in a row, in the order that `registerAll` reads them.
 * Made by instances for one call of the engine.
 */
import { UNLIMITED, VALUE_MISSING } from '../../assembly/abi.ts';
import type { NamedAttribute } from '../model/attribute.ts';
import type { ContainerInstanceStatus, InstanceRecord } from '../model/container-instance.ts';
import { portKey } from '../model/host-ports.ts';
import { awsvpcTaskLimit, type InstanceTypes } from '../model/instance-type.ts';
import type { ResourceAmounts } from '../model/resource.ts';
import type { Core } from './core.ts';
import { AGENT_VERSION, CAPACITY_PROVIDER, EC2_INSTANCE_ID, type Intern } from './intern.ts';
import type { Views } from './views.ts';
import { Words } from './words.ts';

const ACTIVE_FLAG = 1;
const CONNECTED_FLAG = 2;
/** A call is made when this many words have come together. */
const WORDS_PER_CALL = 8192;

export function flagsOf(status: ContainerInstanceStatus, agentConnected: boolean): number {
  return (status === 'ACTIVE' ? ACTIVE_FLAG : 0) | (agentConnected ? CONNECTED_FLAG : 0);
}

/** What instances with one list of attributes have in common. */
interface Encoded {
  readonly pairs: readonly number[];
  readonly enis: number;
}

export class Registration {
  /** By record, like the next. */
  readonly slots: number[] = [];
  /** Value ids of EC2 instance ids, VALUE_MISSING where there is none. */
  readonly ec2Values: number[] = [];
  readonly #core: Core;
  readonly #views: Views;
  readonly #intern: Intern;
  readonly #types: InstanceTypes | undefined;
  readonly #encoded = new Map<readonly NamedAttribute[], Encoded>();
  readonly #words = new Words();
  #waiting = 0;

  constructor(core: Core, views: Views, intern: Intern, types: InstanceTypes | undefined) {
    this.#core = core;
    this.#views = views;
    this.#intern = intern;
    this.#types = types;
  }

  /** Registers the records; their slots stand in `slots` then. */
  register(records: readonly InstanceRecord[]): void {
    for (const record of records) {
      this.#write(record);
      if (this.#words.length >= WORDS_PER_CALL) this.#send();
    }
    this.#send();
  }

  #send(): void {
    if (this.#waiting === 0) return;
    this.#views.send(this.#words.all());
    this.#core.registerAll(this.#waiting);
    for (let k = 0; k < this.#waiting; k++) this.slots.push(this.#views.exchanged(k));
    this.#words.clear();
    this.#waiting = 0;
  }

  #write(record: InstanceRecord): void {
    const { remaining, agentVersion, ec2InstanceId, capacityProviderName } = record;
    const words = this.#words;
    const { pairs, enis } = this.#encode(record.attributes);
    const head = words.length;
    words.push(0);
    words.push(0);
    this.#writeColumns(record, enis);
    for (const port of remaining.ports) words.push(portKey(port, 'tcp'));
    for (const port of remaining.portsUdp) words.push(portKey(port, 'udp'));
    const start = words.length;
    words.pushAll(pairs);
    if (agentVersion !== undefined) this.#pushPair(AGENT_VERSION, agentVersion);
    this.ec2Values.push(ec2InstanceId === undefined ? VALUE_MISSING : this.#pushPair(EC2_INSTANCE_ID, ec2InstanceId));
    if (capacityProviderName !== undefined) this.#pushPair(CAPACITY_PROVIDER, capacityProviderName);
    words.set(head, remaining.ports.length + remaining.portsUdp.length);
    words.set(head + 1, (words.length - start) >>> 1);
    this.#waiting++;
  }

  #pushPair(name: string, value: string): number {
    const id = this.#intern.value(name, value);
    this.#words.push(this.#intern.attribute(name));
    this.#words.push(id);
    return id;
  }

  /** In the order of COLUMN_*, then the flags. */
  #writeColumns(record: InstanceRecord, enis: number): void {
    this.#writeAmounts(record.registered, enis);
    this.#writeAmounts(record.remaining, enis);
    const words = this.#words;
    words.push(record.runningTasksCount);
    words.push(record.pendingTasksCount);
    words.push(record.registeredAtSeconds === undefined ? 0 : record.registeredAtSeconds + 1);
    words.push(flagsOf(record.status, record.agentConnected));
  }

  #writeAmounts({ cpu, memoryMiB, gpuIds }: ResourceAmounts, enis: number): void {
    const words = this.#words;
    words.push(cpu);
    words.push(memoryMiB);
    words.push(gpuIds.length);
    words.push(enis);
  }

  #encode(attributes: readonly NamedAttribute[]): Encoded {
    let encoded = this.#encoded.get(attributes);
    if (encoded === undefined) {
      const enis = awsvpcTaskLimit(this.#types, attributes) ?? UNLIMITED;
      encoded = { pairs: this.#intern.pairs(attributes), enis };
      this.#encoded.set(attributes, encoded);
    }
    return encoded;
  }
}
