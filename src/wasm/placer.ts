/** A prepared request: one call into the core per decision, nothing else. */
import { REFUSED_NOT_HELD } from '../../assembly/abi.ts';
import type { Placer } from '../contract.ts';
import { BayplanError } from '../errors.ts';
import type { Core } from './core.ts';
import type { Guard } from './guard.ts';
import type { Views } from './views.ts';

function checkCount(count: number, slots: Int32Array): void {
  if (Number.isInteger(count) && count >= 0 && count <= slots.length) return;
  throw new BayplanError('InvalidParameterException', 'OUT_OF_RANGE', `count must be a whole number from 0 to the ${slots.length} of slots, but was ${String(count)}.`, {
    path: 'count',
    value: count,
    limit: slots.length,
  });
}

export class WasmPlacer implements Placer {
  readonly #core: Core;
  readonly #views: Views;
  readonly #guard: Guard;
  readonly #request: number;

  constructor(core: Core, views: Views, guard: Guard, request: number) {
    this.#core = core;
    this.#views = views;
    this.#guard = guard;
    this.#request = request;
  }

  place(count: number, slots: Int32Array): number {
    checkCount(count, slots);
    return this.#guard.run(() => {
      if (count !== 1) return this.#placeMany(count, slots);
      const placed = this.#core.place(this.#request, 1);
      if (placed === 1) slots[0] = this.#views.exchanged(0);
      return placed;
    });
  }

  #placeMany(count: number, slots: Int32Array): number {
    this.#views.exchange(count * 4);
    const placed = this.#core.place(this.#request, count);
    this.#views.receive(placed, slots);
    return placed;
  }

  release(slots: Int32Array, count: number): void {
    checkCount(count, slots);
    const answer = this.#guard.run(() => {
      if (count === 1) this.#views.put(slots[0] as number);
      else this.#views.send(slots.subarray(0, count));
      return this.#core.release(this.#request, count);
    });
    if (answer !== REFUSED_NOT_HELD) return;
    throw new BayplanError('InvalidParameterException', 'NOT_HELD', 'slots name tasks that this placer does not hold there; nothing was released.', {
      path: 'slots',
      value: Array.from(slots.subarray(0, Math.min(count, 8))),
    });
  }
}
