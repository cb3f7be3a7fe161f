/**
 * Instances of the host <-> columns of a snapshot: what many have in common stands once, as JSON, and a row names it by
 * number. Equal instances give equal columns, however they share. Called by instances.
 */
import { VALUE_FIRST, VALUE_NONE } from '../../assembly/abi.ts';
import type { NamedAttribute } from '../model/attribute.ts';
import type { ContainerInstance, ContainerInstanceStatus } from '../model/container-instance.ts';
import type { ResourceAmounts } from '../model/resource.ts';
import type { Column, ColumnReader } from './columns.ts';
import type { HostInstance } from './host-instance.ts';
import { EC2_INSTANCE_ID, type Intern } from './intern.ts';
import { asJson, asText, Numbering } from './numbering.ts';

/** Words of a row. */
const ROW = {
  slot: 0,
  since: 1,
  status: 2,
  connected: 3,
  list: 4,
  given: 5,
  registered: 6,
  gpuIds: 7,
  prefix: 8,
  ec2: 9,
  at: 10,
};
const ROW_WORDS = 11;

/** How `registeredAt` was given. */
const AT_NONE = 0;
const AT_NUMBER = 1;
const AT_DATE = 2;
const AT_TEXT = 3;

export interface Shared {
  readonly statuses: ContainerInstanceStatus[];
  readonly given: ContainerInstance[];
  readonly registered: ResourceAmounts[];
  readonly gpuIds: (readonly string[])[];
  readonly prefixes: string[];
}

export class InstanceWriter {
  readonly #intern: Intern;
  readonly #statuses = new Numbering<ContainerInstanceStatus>(asText);
  readonly #given = new Numbering<ContainerInstance>(asJson);
  readonly #registered = new Numbering<ResourceAmounts>(asJson);
  readonly #gpuIds = new Numbering<readonly string[]>(asJson);
  readonly #prefixes = new Numbering<string>(asText);
  readonly #lists = new Numbering<readonly NamedAttribute[]>((list) => this.#intern.pairs(list).join());
  readonly #rows: Int32Array;
  readonly #numbers: Float64Array;
  readonly #ids: string[] = [];
  readonly #times: string[] = [];
  #prefix = '';

  constructor(intern: Intern, instances: readonly HostInstance[]) {
    this.#intern = intern;
    this.#rows = new Int32Array(instances.length * ROW_WORDS);
    this.#numbers = new Float64Array(instances.length * 2);
    for (let n = 0; n < instances.length; n++) this.#write(n, instances[n] as HostInstance);
  }

  #write(n: number, { slot, since, record, status, agentConnected, attributes }: HostInstance): void {
    const row = n * ROW_WORDS;
    const rows = this.#rows;
    const { id, containerInstanceArn } = record;
    rows[row + ROW.slot] = slot;
    rows[row + ROW.since] = since;
    rows[row + ROW.status] = this.#statuses.of(status);
    rows[row + ROW.connected] = agentConnected ? 1 : 0;
    rows[row + ROW.list] = this.#lists.of(attributes);
    rows[row + ROW.given] = this.#given.of(record.given);
    rows[row + ROW.registered] = this.#registered.of(record.registered);
    rows[row + ROW.gpuIds] = this.#gpuIds.of(record.gpuIds);
    rows[row + ROW.prefix] = this.#prefixOf(containerInstanceArn, containerInstanceArn.length - id.length);
    rows[row + ROW.ec2] = record.ec2Value;
    this.#ids.push(id);
    this.#numbers[n * 2] = record.version ?? 0;
    this.#writeTime(n, record.registeredAt);
  }

  /** Number of the first part of the ARN; most are those of the one before. */
  #prefixOf(arn: string, length: number): number {
    if (length !== this.#prefix.length || !arn.startsWith(this.#prefix)) this.#prefix = arn.slice(0, length);
    return this.#prefixes.of(this.#prefix);
  }

  #writeTime(n: number, time: ContainerInstance['registeredAt']): void {
    const kind =
      time === undefined
        ? AT_NONE
        : typeof time === 'string'
          ? AT_TEXT
          : typeof time === 'number'
            ? AT_NUMBER
            : AT_DATE;
    this.#rows[n * ROW_WORDS + ROW.at] = kind;
    if (typeof time === 'string') this.#times.push(time);
    else this.#numbers[n * 2 + 1] = Number(time ?? 0);
  }

  shared(): Shared {
    return {
      statuses: this.#statuses.list,
      given: this.#given.list,
      registered: this.#registered.list,
      gpuIds: this.#gpuIds.list,
      prefixes: this.#prefixes.list,
    };
  }

  columns(): Column[] {
    const lists = this.#lists.list.map((list) => this.#intern.pairs(list));
    const lengths = Int32Array.from(lists, ({ length }) => length);
    return [this.#rows, this.#numbers, this.#ids, this.#times, lengths, Int32Array.from(lists.flat())];
  }
}

/** Lists of attributes as they were written, each attribute one object. */
function readLists(
  names: readonly string[],
  texts: readonly (readonly string[])[],
  columns: ColumnReader,
): NamedAttribute[][] {
  const lengths = columns.ints();
  const pairs = columns.ints();
  const known = names.map(() => new Map<number, NamedAttribute>());
  const read = (at: number): NamedAttribute => {
    const id = pairs[at] as number;
    const value = pairs[at + 1] as number;
    let attribute = known[id]?.get(value);
    if (attribute === undefined) {
      const name = names[id] as string;
      attribute = value === VALUE_NONE ? { name } : { name, value: texts[id]?.[value - VALUE_FIRST] as string };
      known[id]?.set(value, attribute);
    }
    return attribute;
  };
  let at = 0;
  return Array.from(lengths, (length) => {
    const list: NamedAttribute[] = [];
    for (const end = at + length; at < end; at += 2) list.push(read(at));
    return list;
  });
}

/** The instances that were written, in the same order. */
export function readInstances(intern: Intern, shared: Shared, columns: ColumnReader): HostInstance[] {
  const [rows, numbers] = [columns.ints(), columns.doubles()];
  const [ids, times] = [columns.texts(), columns.texts()];
  const names = intern.state().attributes;
  const texts = intern.texts();
  const lists = readLists(names, texts, columns);
  const ec2Ids = texts[names.indexOf(EC2_INSTANCE_ID)] ?? [];
  const { statuses, given, registered, gpuIds, prefixes } = shared;
  let timesRead = 0;
  const time = (n: number, kind: number): ContainerInstance['registeredAt'] => {
    if (kind === AT_TEXT) return times[timesRead++];
    const number = numbers[n * 2 + 1] as number;
    return kind === AT_NONE ? undefined : kind === AT_NUMBER ? number : new Date(number);
  };
  return ids.map((id, n) => {
    const row = n * ROW_WORDS;
    const field = (which: number): number => rows[row + which] as number;
    const shape = given[field(ROW.given)] as ContainerInstance;
    return {
      slot: field(ROW.slot),
      since: field(ROW.since),
      record: {
        containerInstanceArn: `${prefixes[field(ROW.prefix)]}${id}`,
        id,
        ec2InstanceId: ec2Ids[field(ROW.ec2) - VALUE_FIRST],
        ec2Value: field(ROW.ec2),
        capacityProviderName: shape.capacityProviderName,
        version: typeof shape.version === 'number' ? numbers[n * 2] : undefined,
        registeredAt: time(n, field(ROW.at)),
        registered: registered[field(ROW.registered)] as ResourceAmounts,
        gpuIds: gpuIds[field(ROW.gpuIds)] as readonly string[],
        given: shape,
      },
      status: statuses[field(ROW.status)] as ContainerInstanceStatus,
      agentConnected: field(ROW.connected) === 1,
      attributes: lists[field(ROW.list)] as NamedAttribute[],
      held: undefined,
    };
  });
}
