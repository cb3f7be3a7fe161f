/**
 * Interned names: attributes, their values and task groups become dense numbers once, and the core only sees numbers.
 * Every test that a CQL leaf makes of a string is asked here, once per distinct string, also of strings that come later.
 */
import { VALUE_FIRST, VALUE_MISSING, VALUE_NONE } from '../../assembly/abi.ts';
import type { NamedAttribute } from '../model/attribute.ts';
import type { Column, ColumnReader } from './columns.ts';
import type { Core } from './core.ts';

type Accepts = (text: string) => boolean;

interface ValueSet {
  readonly id: number;
  readonly accepts: Accepts;
}

/** An attribute and the numbers of its values, in the order of their numbers. */
class AttributeEntry {
  readonly id: number;
  readonly sets: ValueSet[] = [];
  #values: Map<string, number> | undefined;
  /** Of a restored attribute that nobody has asked for since: millions of ids may be among them. */
  #texts: readonly string[];

  constructor(id: number, texts: readonly string[] = []) {
    this.id = id;
    this.#texts = texts;
  }

  get values(): Map<string, number> {
    if (this.#values === undefined) {
      this.#values = new Map();
      for (const text of this.#texts) this.#values.set(text, VALUE_FIRST + this.#values.size);
      this.#texts = [];
    }
    return this.#values;
  }

  texts(): readonly string[] {
    return this.#values === undefined ? this.#texts : [...this.#values.keys()];
  }
}

interface Watcher {
  readonly id: number;
  readonly accepts: Accepts;
}

/** Subjects that are no attributes but live in the same kind of column; no attribute name starts with a zero byte. */
export const AGENT_VERSION = '\0agentVersion';
export const EC2_INSTANCE_ID = '\0ec2InstanceId';
export const CAPACITY_PROVIDER = '\0capacityProviderName';

export interface InternState {
  readonly attributes: string[];
  readonly groups: [string, number][];
}

export class Intern {
  readonly #core: Core;
  readonly #attributes = new Map<string, AttributeEntry>();
  readonly #groups = new Map<string, number>();
  readonly #watchers: Watcher[] = [];

  constructor(core: Core) {
    this.#core = core;
  }

  #entry(name: string): AttributeEntry {
    let entry = this.#attributes.get(name);
    if (entry === undefined) {
      entry = new AttributeEntry(this.#core.addAttribute());
      this.#attributes.set(name, entry);
    }
    return entry;
  }

  attribute(name: string): number {
    return this.#entry(name).id;
  }

  /** Value id of an attribute; an absent value is VALUE_NONE. A new one joins the sets that accept it. */
  value(name: string, value: string | undefined): number {
    return value === undefined ? VALUE_NONE : this.#value(this.#entry(name), value);
  }

  #value(entry: AttributeEntry, value: string | undefined): number {
    if (value === undefined) return VALUE_NONE;
    let id = entry.values.get(value);
    if (id === undefined) {
      id = VALUE_FIRST + entry.values.size;
      entry.values.set(value, id);
      for (const set of entry.sets) if (set.accepts(value)) this.#core.setAdd(set.id, id);
    }
    return id;
  }

  /** Number of an attribute and its values, where some instance ever had it; nothing is made. */
  known(name: string): { readonly id: number; readonly values: ReadonlyMap<string, number> } | undefined {
    return this.#attributes.get(name);
  }

  /** Groups by name; nothing is made. */
  groups(): ReadonlyMap<string, number> {
    return this.#groups;
  }

  setValue(slot: number, name: string, value: string | undefined): void {
    const entry = this.#entry(name);
    this.#core.setAttribute(slot, entry.id, this.#value(entry, value));
  }

  /** Numbers of attributes and their values, in turn, as a registration wants them. */
  pairs(attributes: readonly NamedAttribute[]): number[] {
    const pairs: number[] = [];
    for (const { name, value } of attributes) {
      const entry = this.#entry(name);
      pairs.push(entry.id, this.#value(entry, value));
    }
    return pairs;
  }

  clearValue(slot: number, name: string): void {
    this.#core.setAttribute(slot, this.attribute(name), VALUE_MISSING);
  }

  /** The set of an attribute's values that `accepts` takes, kept in step with new ones. */
  addSet(name: string, accepts: Accepts, valueless: boolean): number {
    const id = this.#core.addSet();
    if (valueless) this.#core.setAdd(id, VALUE_NONE);
    this.adoptSet(name, id, accepts);
    for (const [value, number] of this.#entry(name).values) if (accepts(value)) this.#core.setAdd(id, number);
    return id;
  }

  /** Keeps a set that the core has already, after a restore. */
  adoptSet(name: string, id: number, accepts: Accepts): void {
    this.#entry(name).sets.push({ id, accepts });
  }

  group(name: string): number {
    let id = this.#groups.get(name);
    if (id === undefined) {
      id = this.#core.addGroup();
      this.#groups.set(name, id);
      for (const watcher of this.#watchers) if (watcher.accepts(name)) this.#core.watch(watcher.id, id);
    }
    return id;
  }

  /** A group that counts the tasks of every accepted group, those to come included. */
  addWatcher(accepts: Accepts): number {
    const id = this.#core.addGroup();
    this.adoptWatcher(id, accepts);
    for (const [name, group] of this.#groups) if (accepts(name)) this.#core.watch(id, group);
    return id;
  }

  adoptWatcher(id: number, accepts: Accepts): void {
    this.#watchers.push({ id, accepts });
  }

  state(): InternState {
    return { attributes: [...this.#attributes.keys()], groups: [...this.#groups] };
  }

  /** How many values each attribute has, and all of them. */
  columns(): Column[] {
    const texts = this.texts();
    return [Int32Array.from(texts, ({ length }) => length), texts.flat()];
  }

  /** By attribute, the values from VALUE_FIRST on. */
  texts(): (readonly string[])[] {
    return [...this.#attributes.values()].map((entry) => entry.texts());
  }

  /** Takes over the names that a restored core knows already. */
  restore(state: InternState, columns: ColumnReader): void {
    this.#attributes.clear();
    this.#groups.clear();
    this.#watchers.length = 0;
    const counts = columns.ints();
    const texts = columns.texts();
    let at = 0;
    state.attributes.forEach((name, id) => {
      const end = at + (counts[id] as number);
      this.#attributes.set(name, new AttributeEntry(id, texts.slice(at, end)));
      at = end;
    });
    for (const [name, id] of state.groups) this.#groups.set(name, id);
  }
}
