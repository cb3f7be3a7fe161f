/** A prepared request: one call into the core per decision, nothing else. */
import { REFUSED_NOT_HELD, REFUSED_UNKNOWN_SLOT } from '../../assembly/abi.ts';
import type { Placer } from '../contract.ts';
import {
  checkGiveCall,
  checkPlacerCall,
  checkSlot,
  checkVictimsCall,
  refuseNotHeld,
  refuseOutdatedPlacer,
  refuseUnknownSlot,
} from '../model/placer-calls.ts';
import type { Core } from './core.ts';
import type { Guard } from './guard.ts';
import type { State } from './state.ts';
import type { Views } from './views.ts';

/** Tasks that the core places at once: longer lists would only keep its buffer large. A batch is as good as two halves. */
const MOST_AT_ONCE = 65_536;

export class WasmPlacer implements Placer {
  readonly #core: Core;
  readonly #views: Views;
  readonly #state: State;
  readonly #guard: Guard;
  readonly #request: number;
  /** Restores there were when it was made: the number of its request holds until the next one. */
  readonly #restores: number;

  constructor(state: State, guard: Guard, request: number) {
    this.#core = state.core;
    this.#views = state.views;
    this.#state = state;
    this.#guard = guard;
    this.#request = request;
    this.#restores = state.restores;
  }

  place(count: number, slots: Int32Array): number {
    checkPlacerCall(count, slots);
    this.#checkTable();
    try {
      if (count !== 1) return this.#placeMany(count, slots);
      const slot = this.#core.placeOne(this.#request);
      if (slot < 0) return 0;
      slots[0] = slot;
      return 1;
    } catch (error) {
      return this.#guard.caught(error);
    }
  }

  #checkTable(): void {
    this.#guard.check();
    if (this.#state.restores !== this.#restores) refuseOutdatedPlacer();
  }

  #placeMany(count: number, slots: Int32Array): number {
    let placed = 0;
    while (placed < count) {
      const wanted = Math.min(count - placed, MOST_AT_ONCE);
      this.#views.exchange(wanted * 4);
      const found = this.#core.place(this.#request, wanted);
      this.#views.receive(found, slots, placed);
      placed += found;
      if (found < wanted) break;
    }
    return placed;
  }

  placeAt(slot: number): boolean {
    checkSlot(slot);
    this.#checkTable();
    try {
      return this.#core.placeAt(this.#request, slot) !== 0;
    } catch (error) {
      return this.#guard.caught(error);
    }
  }

  stop(slots: Int32Array, count: number): void {
    this.#checkGiving(count, slots);
    const { stopOne, stop } = this.#core;
    if (this.#give(slots, count, stopOne, stop) === REFUSED_NOT_HELD)
      refuseNotHeld(slots.subarray(0, count), 'stopped');
  }

  free(slots: Int32Array, count: number): void {
    this.#checkGiving(count, slots);
    const { freeOne, freeAll } = this.#core;
    if (this.#give(slots, count, freeOne, freeAll) === REFUSED_NOT_HELD)
      refuseNotHeld(slots.subarray(0, count), 'freed');
  }

  release(slots: Int32Array, count: number): void {
    this.#checkGiving(count, slots);
    const { releaseOne, release } = this.#core;
    if (this.#give(slots, count, releaseOne, release) === REFUSED_NOT_HELD)
      refuseNotHeld(slots.subarray(0, count), 'released');
  }

  victims(slots: Int32Array, ranks: Uint8Array, count: number, chosen: Int32Array): number {
    checkVictimsCall({ slots, ranks, count, chosen });
    this.#checkTable();
    const found = this.#victims(slots, ranks, count, chosen);
    if (found !== REFUSED_UNKNOWN_SLOT) return found;
    return refuseUnknownSlot(slots, (slot) => this.#core.isLive(slot) !== 0);
  }

  #victims(slots: Int32Array, ranks: Uint8Array, count: number, chosen: Int32Array): number {
    try {
      const at = this.#views.exchange(slots.length * 12);
      const words = this.#views.words();
      words.set(slots, at);
      words.set(ranks, at + slots.length);
      const found = this.#core.victims(this.#request, slots.length, count);
      if (found > 0) this.#views.receive(found, chosen);
      return found;
    } catch (error) {
      return this.#guard.caught(error);
    }
  }

  #checkGiving(count: number, slots: Int32Array): void {
    checkGiveCall(count, slots);
    this.#checkTable();
  }

  /** One of the ways to give tasks back, all at once; a single one needs no list. */
  #give(slots: Int32Array, count: number, one: Give, many: Give): number {
    try {
      if (count === 0) return 0;
      if (count === 1) return one(this.#request, slots[0] as number);
      this.#views.send(slots.subarray(0, count));
      return many(this.#request, count);
    } catch (error) {
      return this.#guard.caught(error);
    }
  }
}

/** An export that gives back the task in a slot, or as many as stand in the exchange buffer. */
type Give = (request: number, slotOrCount: number) => number;
