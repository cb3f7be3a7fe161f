/**
 * What the tests of clusters that change at random share: numbers from a fixed start, and what takes tasks away again.
 */
import { expect } from 'vitest';
import { type InspectedCore, send } from '../support/core.ts';

export interface Moving {
  readonly core: InspectedCore;
  readonly below: (k: number) => number;
}

/** Numbers below k from a fixed start. */
export function dice(seed: number): (k: number) => number {
  let state = seed >>> 0;
  return (k) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * k);
  };
}

export interface Placed {
  readonly request: number;
  readonly slot: number;
}

export function release({ core, below }: Moving, held: Placed[]): void {
  const [gone] = held.splice(below(held.length), 1);
  if (gone === undefined) return;
  send(core, [gone.slot]);
  expect(core.release(gone.request, 1)).toBe(0);
}

/** Drops an instance; its tasks are forgotten with it. */
export function deregister({ core, below }: Moving, held: Placed[]): void {
  const slot = below(core.slots());
  if (core.isLive(slot) === 0) return;
  core.deregister(slot);
  held.splice(0, held.length, ...held.filter((placed) => placed.slot !== slot));
}
