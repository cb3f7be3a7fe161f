/**
 * What the search knows of instances: an instance with so many tasks of the service in each phase is a berth. Instances that
 * are alike and hold the same are the same berth, so a state is how many instances are at which berth. Called by the files
 * of this folder. Invariant: equal group and counts, equal number.
 */

/** Tasks of one instance by phase, as positions in `counts`: two for each old kind, then three for the new revision. */
export interface Phases {
  /** Number of old kinds: those with one task definition and like health together. */
  readonly old: number;
  /** For each old kind the one that its tasks may become: itself when they are healthy, -1 when they never are. */
  readonly wellOf: readonly number[];
  readonly width: number;
  readonly starting: number;
  readonly healthy: number;
  /** Tasks of the new revision that shall stop. */
  readonly leaving: number;
}

/** @param wellOf of each old kind; all of them are healthy unless given. */
export function phasesFor(old: number, wellOf: readonly number[] = [...new Array(old).keys()]): Phases {
  return { old, wellOf, width: 2 * old + 3, starting: 2 * old, healthy: 2 * old + 1, leaving: 2 * old + 2 };
}

/** Instances that are alike. */
export interface Group {
  readonly number: number;
  /** In the engine; -1 for tasks without an instance. Any of them stands for all. */
  readonly slots: readonly number[];
  /** What spread looks at. */
  readonly attributes: ReadonlyMap<string, string | undefined>;
  /** Without the tasks of the service. */
  readonly remaining: { readonly cpu: number; readonly memory: number };
  /** DAEMON: it belongs there, whether there is room or not. */
  readonly belongs: boolean;
  /** Their agents are not connected: what shall stop there does not until they are back. */
  readonly isSilent: boolean;
}

export interface Berth {
  readonly number: number;
  readonly group: Group;
  readonly counts: readonly number[];
  /** Tasks that shall run: what spread counts. */
  readonly active: number;
  /** All that hold room. */
  readonly held: number;
}

/** Gives berths their numbers. */
export class Berths {
  readonly phases: Phases;
  readonly #all: Berth[] = [];
  readonly #byKey = new Map<string, Berth>();

  constructor(phases: Phases) {
    this.phases = phases;
  }

  at(number: number): Berth {
    return this.#all[number] as Berth;
  }

  of(group: Group, counts: readonly number[]): Berth {
    const key = `${group.number}:${counts.join()}`;
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const { old, starting, healthy } = this.phases;
    let active = (counts[starting] ?? 0) + (counts[healthy] ?? 0);
    for (let k = 0; k < old; k++) active += counts[2 * k] ?? 0;
    const held = counts.reduce((total, count) => total + count, 0);
    const berth: Berth = { number: this.#all.length, group, counts, active, held };
    this.#all.push(berth);
    this.#byKey.set(key, berth);
    return berth;
  }

  /** The berth that an instance is at once a task has gone from one phase to another; -1 is outside. */
  moved({ group, counts }: Berth, from: number, to: number): Berth {
    const next = [...counts];
    if (from >= 0) next[from] = (next[from] ?? 0) - 1;
    if (to >= 0) next[to] = (next[to] ?? 0) + 1;
    return this.of(group, next);
  }
}

/** Berths by number with how many instances are at each: `[berth, instances, ...]`, numbers ascending, no zeros. */
export type State = readonly number[];

export function keyOf(state: State): string {
  return state.join();
}

/** One instance goes from a berth to another. */
export function withMove(state: State, from: number, to: number): State {
  const next: number[] = [];
  let isPlaced = false;
  for (let k = 0; k < state.length; k += 2) {
    const berth = state[k] as number;
    const count = (state[k + 1] as number) - (berth === from ? 1 : 0) + (berth === to ? 1 : 0);
    if (!isPlaced && berth >= to) {
      isPlaced = true;
      if (berth > to) next.push(to, 1);
    }
    if (count > 0) next.push(berth, count);
  }
  if (!isPlaced) next.push(to, 1);
  return next;
}

export function stateOf(berths: readonly Berth[]): State {
  const counts = new Map<number, number>();
  for (const { number } of berths) counts.set(number, (counts.get(number) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a - b).flat();
}
