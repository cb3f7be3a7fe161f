/**
 * Whether one more task of the new revision fits, asked of the engine itself: the tasks of a berth are placed on one
 * instance of its group, the question is put, and everything is taken back. Every gate looks at one instance only, so the
 * answer holds for all alike. Called by problem and reason. Invariant: the engine is as before after every call.
 */
import type { Placer } from '../contract.ts';
import type { Berth, Phases } from './berth.ts';

/** How tasks of a revision are put on an instance: without the service's constraints, which may have changed since. */
export interface Kind {
  readonly loose: Placer;
}

const ONE = new Int32Array(1);

function each(placer: Placer, slot: number, count: number, act: (placer: Placer, slots: Int32Array) => void): void {
  for (let k = 0; k < count; k++) {
    ONE[0] = slot;
    act(placer, ONE);
  }
}

const stopOne = (placer: Placer, slots: Int32Array): void => placer.stop(slots, 1);
const freeOne = (placer: Placer, slots: Int32Array): void => placer.free(slots, 1);
const releaseOne = (placer: Placer, slots: Int32Array): void => placer.release(slots, 1);

export class Room {
  readonly #phases: Phases;
  /** The old ones, then the new one. */
  readonly #kinds: readonly Kind[];
  readonly #placer: Placer;
  readonly #answers = new Map<number, boolean>();

  /** @param placer of the new revision, with every constraint. */
  constructor(phases: Phases, kinds: readonly Kind[], placer: Placer) {
    this.#phases = phases;
    this.#kinds = kinds;
    this.#placer = placer;
  }

  /** On Fargate, where no kind is on an instance, there always is. */
  fits(berth: Berth): boolean {
    const known = this.#answers.get(berth.number);
    if (known !== undefined) return known;
    const [slot = -1] = berth.group.slots;
    const answer = slot < 0 ? this.#kinds.length === 0 : this.#ask(slot, berth);
    this.#answers.set(berth.number, answer);
    return answer;
  }

  #ask(slot: number, berth: Berth): boolean {
    return this.within([[slot, berth]], () => {
      const fits = this.#placer.placeAt(slot);
      if (fits) each(this.#placer, slot, 1, releaseOne);
      return fits;
    });
  }

  /** Runs what looks at the engine while these instances hold their tasks; false when they cannot hold them. */
  within<T>(filled: readonly (readonly [slot: number, berth: Berth])[], look: () => T): T | false {
    const undo: (() => void)[] = [];
    const isFull = filled.every(([slot, berth]) => slot < 0 || this.#fill(slot, berth, undo));
    try {
      return isFull && look();
    } finally {
      for (const back of undo.reverse()) back();
    }
  }

  #fill(slot: number, { counts }: Berth, undo: (() => void)[]): boolean {
    const { old, starting, healthy, leaving } = this.#phases;
    const count = (phase: number): number => counts[phase] ?? 0;
    const fresh = this.#kinds[old] as Kind;
    for (let k = 0; k < old; k++)
      if (!this.#put((this.#kinds[k] as Kind).loose, slot, count(2 * k + 1), true, undo)) return false;
    if (!this.#put(fresh.loose, slot, count(leaving), true, undo)) return false;
    for (let k = 0; k < old; k++)
      if (!this.#put((this.#kinds[k] as Kind).loose, slot, count(2 * k), false, undo)) return false;
    return this.#put(fresh.loose, slot, count(starting) + count(healthy), false, undo);
  }

  /** Stopping ones hold room and count for nothing. */
  #put(placer: Placer, slot: number, count: number, isStopping: boolean, undo: (() => void)[]): boolean {
    for (let k = 0; k < count; k++) {
      if (!placer.placeAt(slot)) return false;
      if (isStopping) each(placer, slot, 1, stopOne);
      undo.push(() => each(placer, slot, 1, isStopping ? freeOne : releaseOne));
    }
    return true;
  }
}
