/** What a placer refuses, told the same by both engines. Checked before anything is placed, stopped or given back. */
import { BayplanError } from '../errors.ts';
import { refuse, show, whole } from './read.ts';

const SHOWN_SLOTS = 8;
const MAX_SLOT = 2 ** 31 - 1;

/** The arguments of place, stop, free and release: `slots` holds at least `count` slots. */
export function checkPlacerCall(count: number, slots: Int32Array): void {
  if (!(slots instanceof Int32Array)) {
    refuse('WRONG_TYPE', `slots must be an Int32Array, but was ${show(slots)}.`, { path: 'slots', value: slots });
  }
  if (Number.isInteger(count) && count >= 0 && count <= slots.length) return;
  refuse(
    'OUT_OF_RANGE',
    `count must be a whole number from 0 to the ${slots.length} of slots, but was ${show(count)}.`,
    {
      path: 'count',
      value: count,
      limit: slots.length,
    },
  );
}

/** The argument of placeAt. */
export function checkSlot(slot: number): void {
  whole(slot, 'slot', 0, MAX_SLOT);
}

const NOT_HELD = {
  released: 'slots name tasks that this placer does not hold there; nothing was released.',
  stopped: 'slots name tasks that this placer does not hold there; nothing was stopped.',
  freed: 'slots name tasks that this placer did not stop there, or freed already; nothing was freed.',
};

/** @param slots those of the whole call. */
export function refuseNotHeld(slots: Int32Array, what: keyof typeof NOT_HELD): never {
  refuse('NOT_HELD', NOT_HELD[what], {
    path: 'slots',
    value: Array.from(slots.subarray(0, SHOWN_SLOTS)),
  });
}

/** A restored table may number its requests differently. */
export function refuseOutdatedPlacer(): never {
  throw new BayplanError(
    'BayplanException',
    'PLACER_OUTDATED',
    'The engine was restored since this placer was prepared. Prepare another.',
  );
}
