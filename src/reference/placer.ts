/** A prepared request: the pipeline without task records. Made by the engine's prepare. */
import type { Placer } from '../contract.ts';
import { BayplanError } from '../errors.ts';
import { commit, holds, release } from './place/commit.ts';
import { place } from './place/place.ts';
import type { Instance, Request, State } from './state.ts';

function checkCount(count: number, slots: Int32Array): void {
  if (Number.isInteger(count) && count >= 0 && count <= slots.length) return;
  throw new BayplanError(
    'InvalidParameterException',
    'OUT_OF_RANGE',
    `count must be a whole number from 0 to the ${slots.length} of slots, but was ${String(count)}.`,
    { path: 'count', value: count, limit: slots.length },
  );
}

function refuseNotHeld(slots: readonly number[]): never {
  throw new BayplanError(
    'InvalidParameterException',
    'NOT_HELD',
    'slots name tasks that this placer does not hold there; nothing was released.',
    { path: 'slots', value: slots.slice(0, 8) },
  );
}

export class ReferencePlacer implements Placer {
  /** Throws when the engine's table is no longer the one the placer was made for. */
  readonly #table: () => State;
  readonly #request: Request;

  constructor(table: () => State, request: Request) {
    this.#table = table;
    this.#request = request;
  }

  place(count: number, slots: Int32Array): number {
    checkCount(count, slots);
    const state = this.#table();
    let placed = 0;
    while (placed < count) {
      const chosen = place(state, this.#request);
      if (chosen === undefined) break;
      slots[placed] = chosen.slot;
      placed += 1;
    }
    return placed;
  }

  release(slots: Int32Array, count: number): void {
    checkCount(count, slots);
    const { instances } = this.#table();
    const names = Array.from(slots.subarray(0, count));
    const released: Instance[] = [];
    for (const slot of names) {
      const instance = instances.find((one) => one.slot === slot);
      if (instance === undefined || !holds(instance, this.#request)) {
        for (const one of released) commit(one, this.#request);
        refuseNotHeld(names);
      }
      release(instance, this.#request);
      released.push(instance);
    }
  }
}
