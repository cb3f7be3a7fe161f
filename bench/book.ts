/**
 * What both JavaScript loops keep beside the instances: which instances each constraint allows, and for the definitions
 * that spread, their tasks by instance and by domain. Arrays exist only where a strategy looks at them.
 */
import type { Cluster, Definition } from './cluster.ts';
import { add, type Filled } from './contender.ts';
import { type Rule, STRATEGIES, satisfies } from './strategies.ts';
import { type TakenBySlot, takenBySlot } from './taken.ts';

export class Book {
  readonly taken: TakenBySlot;
  readonly #cluster: Cluster;
  readonly #allowed: readonly Uint8Array[];
  readonly #tasks: readonly (Uint16Array | undefined)[];
  readonly #inDomains: readonly (Int32Array | undefined)[];

  constructor(cluster: Cluster, filled: Filled) {
    const { machines, definitions, domains } = cluster;
    this.#cluster = cluster;
    this.taken = takenBySlot(cluster, filled);
    const byRules = new Map<readonly Rule[], Uint8Array>();
    this.#allowed = definitions.map(({ rules }) => {
      const known = byRules.get(rules);
      const flags = known ?? Uint8Array.from(machines, ({ attributes }) => (satisfies(attributes, rules) ? 1 : 0));
      byRules.set(rules, flags);
      return flags;
    });
    const spreads = (d: Definition): boolean => STRATEGIES[d.strategy].lastKey === 'tasks';
    this.#tasks = definitions.map((d) => (spreads(d) ? new Uint16Array(machines.length) : undefined));
    this.#inDomains = definitions.map((d) => (STRATEGIES[d.strategy].byDomain ? new Int32Array(domains) : undefined));
    for (const tasks of [filled.live, filled.background]) {
      tasks.forEach((definition, slot) => {
        this.count(definition, slot, 1);
      });
    }
  }

  allowed(definition: number): Uint8Array {
    return this.#allowed[definition] as Uint8Array;
  }

  /** By slot; only for a definition whose last key is its tasks. */
  tasks(definition: number): Uint16Array {
    return this.#tasks[definition] as Uint16Array;
  }

  /** By domain; only for a definition that goes by domain. */
  inDomains(definition: number): Int32Array {
    return this.#inDomains[definition] as Int32Array;
  }

  count(definition: number, slot: number, change: number): void {
    const tasks = this.#tasks[definition];
    if (tasks !== undefined) tasks[slot] = (tasks[slot] as number) + change;
    const inDomains = this.#inDomains[definition];
    if (inDomains !== undefined) add(inDomains, this.#cluster.machines[slot]?.domain ?? 0, change);
  }
}
