/** A prepared request: the pipeline without task records. Made by the engine's prepare. */
import { NONE } from '../../assembly/abi.ts';
import type { Placer } from '../contract.ts';
import {
  checkGiveCall,
  checkPlacerCall,
  checkSlot,
  checkVictimsCall,
  refuseNotHeld,
  refuseUnknownSlot,
} from '../model/placer-calls.ts';
import { freeStopped, hold, holds, holdsStopped, release, stop, unfree, unstop } from './place/commit.ts';
import { passesAll } from './place/gate.ts';
import { place } from './place/place.ts';
import { ALL_GATES } from './place/trace.ts';
import { victims } from './scale/victims.ts';
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

  placeAt(slot: number): boolean {
    checkSlot(slot);
    const instance = this.#table().instances.find((one) => one.slot === slot);
    if (instance === undefined || !passesAll(ALL_GATES, instance, this.#request)) return false;
    hold(instance, this.#request);
    return true;
  }

  stop(slots: Int32Array, count: number): void {
    this.#giveBack(slots, count, { what: 'stopped', isHeld: holds, give: stop, takeBack: unstop });
  }

  free(slots: Int32Array, count: number): void {
    this.#giveBack(slots, count, { what: 'freed', isHeld: holdsStopped, give: freeStopped, takeBack: unfree });
  }

  release(slots: Int32Array, count: number): void {
    this.#giveBack(slots, count, { what: 'released', isHeld: holds, give: release, takeBack: hold });
  }

  victims(slots: Int32Array, ranks: Uint8Array, count: number, chosen: Int32Array): number {
    checkVictimsCall({ slots, ranks, count, chosen });
    const state = this.#table();
    const instanceIn = (slot: number): Instance | undefined => state.instances.find((one) => one.slot === slot);
    const isUnknown = (slot: number): boolean => slot !== NONE && instanceIn(slot) === undefined;
    if (slots.some(isUnknown)) refuseUnknownSlot(slots, (slot) => !isUnknown(slot));
    const tasks = Array.from(slots, (slot, index) => {
      return { index, rank: ranks[index] as number, instance: instanceIn(slot) };
    });
    const stopping = victims(state, this.#request, tasks, count);
    chosen.set(stopping.map(({ index }) => index));
    return stopping.length;
  }

  /** All of the tasks or none. */
  #giveBack(slots: Int32Array, count: number, { what, isHeld, give, takeBack }: Giving): void {
    checkGiveCall(count, slots);
    const state = this.#table();
    if (count === 0) return;
    const given = slots.subarray(0, count);
    const done: Instance[] = [];
    for (const slot of given) {
      const instance = state.instances.find((one) => one.slot === slot);
      if (instance === undefined || !isHeld(state, instance, this.#request)) {
        for (const one of done) takeBack(one, this.#request);
        refuseNotHeld(given, what);
      }
      give(instance, this.#request);
      done.push(instance);
    }
  }
}

/** One of the ways to give tasks back. */
interface Giving {
  readonly what: 'released' | 'stopped' | 'freed';
  readonly isHeld: (state: State, instance: Instance, request: Request) => boolean;
  readonly give: (instance: Instance, request: Request) => void;
  readonly takeBack: (instance: Instance, request: Request) => void;
}
