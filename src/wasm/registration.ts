/**
 * Hands validated records to the core, many in one call: numbers in a row, in the order `registerAll` reads them by one
 * call of the engine. Called by instances.
 */
import { UNLIMITED } from '../../assembly/abi.ts';
import type { NamedAttribute } from '../model/attribute.ts';
import type { ContainerInstanceStatus, InstanceRecord } from '../model/container-instance.ts';
import { awsvpcTaskLimit, type InstanceTypes } from '../model/instance-type.ts';
import type { ResourceAmounts } from '../model/resource.ts';
import type { Core } from './core.ts';
import { portKey } from './encode/demand.ts';
import { AGENT_VERSION, CAPACITY_PROVIDER, EC2_INSTANCE_ID, type Intern } from './intern.ts';
import type { Views } from './views.ts';

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
  readonly #core: Core;
  readonly #views: Views;
  readonly #intern: Intern;
  readonly #types: InstanceTypes | undefined;
  readonly #encoded = new Map<readonly NamedAttribute[], Encoded>();
  readonly #words: number[] = [];
  readonly #slots: number[] = [];
  #waiting = 0;

  constructor(core: Core, views: Views, intern: Intern, types: InstanceTypes | undefined) {
    this.#core = core;
    this.#views = views;
    this.#intern = intern;
    this.#types = types;
  }

  /** Registers the records; returns their slots. */
  register(records: readonly InstanceRecord[]): readonly number[] {
    for (const record of records) {
      this.#write(record);
      if (this.#words.length >= WORDS_PER_CALL) this.#send();
    }
    this.#send();
    return this.#slots;
  }

  #send(): void {
    if (this.#waiting === 0) return;
    this.#views.send(this.#words);
    this.#core.registerAll(this.#waiting);
    for (let k = 0; k < this.#waiting; k++) this.#slots.push(this.#views.exchanged(k));
    this.#words.length = 0;
    this.#waiting = 0;
  }

  #write(record: InstanceRecord): void {
    const { agentVersion, ec2InstanceId, capacityProviderName } = record;
    const words = this.#words;
    const { pairs, enis } = this.#encode(record.attributes);
    const head = words.length;
    words.push(0, 0);
    this.#writeColumns(record, enis);
    for (const port of record.remaining.ports) words.push(portKey(port, 'tcp'));
    for (const port of record.remaining.portsUdp) words.push(portKey(port, 'udp'));
    const start = words.length;
    for (const number of pairs) words.push(number);
    if (agentVersion !== undefined) this.#intern.addPair(words, AGENT_VERSION, agentVersion);
    if (ec2InstanceId !== undefined) this.#intern.addPair(words, EC2_INSTANCE_ID, ec2InstanceId);
    if (capacityProviderName !== undefined) this.#intern.addPair(words, CAPACITY_PROVIDER, capacityProviderName);
    words[head] = record.remaining.ports.length + record.remaining.portsUdp.length;
    words[head + 1] = (words.length - start) >>> 1;
    this.#waiting++;
  }

  /** In the order of COLUMN_*, then the flags. */
  #writeColumns(record: InstanceRecord, enis: number): void {
    this.#writeAmounts(record.registered, enis);
    this.#writeAmounts(record.remaining, enis);
    this.#words.push(
      record.runningTasksCount,
      record.pendingTasksCount,
      record.registeredAtSeconds === undefined ? 0 : record.registeredAtSeconds + 1,
      flagsOf(record.status, record.agentConnected),
    );
  }

  #writeAmounts({ cpu, memoryMiB, gpuIds }: ResourceAmounts, enis: number): void {
    this.#words.push(cpu, memoryMiB, gpuIds.length, enis);
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
