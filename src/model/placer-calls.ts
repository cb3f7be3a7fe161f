/** What a placer refuses, told the same by both engines. Checked before anything is placed or given back. */
import { BayplanError } from '../errors.ts';
import { refuse, show } from './read.ts';

const SHOWN_SLOTS = 8;

/** The arguments of place and release: `slots` holds at least `count` slots. */
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

/** @param slots those of the whole call. */
export function refuseNotHeld(slots: Int32Array): never {
  refuse('NOT_HELD', 'slots name tasks that this placer does not hold there; nothing was released.', {
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
