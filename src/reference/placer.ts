/** A prepared request: the pipeline without task records. Made by the engine's prepare. */
import type { Placer } from '../contract.ts';
import { checkPlacerCall, refuseNotHeld } from '../model/placer-calls.ts';
import { commit, holds, release } from './place/commit.ts';
import { place } from './place/place.ts';
import type { Instance, Request, State } from './state.ts';

export class ReferencePlacer implements Placer {
  /** Throws when the engine's table is no longer the one the placer was made for. */
  readonly #table: () => State;
  readonly #request: Request;

  constructor(table: () => State, request: Request) {
    this.#table = table;
    this.#request = request;
  }

  place(count: number, slots: Int32Array): number {
    checkPlacerCall(count, slots);
    const state = this.#table();
    let placed = 0;
    while (placed < count) {
      const chosen = place(state, this.#request);
      if (chosen === undefined) break;
      chosen.anonymousTasks += 1;
      slots[placed] = chosen.slot;
      placed += 1;
    }
    return placed;
  }

  release(slots: Int32Array, count: number): void {
    checkPlacerCall(count, slots);
    const state = this.#table();
    const { instances } = state;
    const given = slots.subarray(0, count);
    const released: Instance[] = [];
    for (const slot of given) {
      const instance = instances.find((one) => one.slot === slot);
      if (instance === undefined || !holds(state, instance, this.#request)) {
        for (const one of released) {
          commit(one, this.#request);
          one.anonymousTasks += 1;
        }
        refuseNotHeld(given);
      }
      release(instance, this.#request);
      instance.anonymousTasks -= 1;
      released.push(instance);
    }
  }
}
