/** What a placer refuses, told the same by both engines. Checked before anything is placed, stopped or given back. */
import { MAX_AMOUNT, NONE } from '../../assembly/abi.ts';
import { BayplanError } from '../errors.ts';
import { refuseUnknownInstance } from './instance-calls.ts';
import { refuse, show, whole } from './read.ts';

const SHOWN_SLOTS = 8;
const MAX_SLOT = 2 ** 31 - 1;
/** Tasks that one call of victims may be asked about. */
const MAX_TASKS = 1_000_000;
/** Tasks that one call of stop, free or release takes. */
const MAX_GIVEN_BACK = 2 ** 24;

function checkInt32Array(value: unknown, path: string): void {
  // A proxy is an instance too, but has no elements of its own.
  if (value instanceof Int32Array && ArrayBuffer.isView(value)) return;
  refuse('WRONG_TYPE', `${path} must be an Int32Array, but was ${show(value)}.`, { path, value });
}

/** The arguments of place, stop, free and release: `slots` holds at least `count` slots. */
export function checkPlacerCall(count: number, slots: Int32Array): void {
  checkInt32Array(slots, 'slots');
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

/** The arguments of stop, free and release, which give back all or nothing and so must see all at once. */
export function checkGiveCall(count: number, slots: Int32Array): void {
  checkPlacerCall(count, slots);
  whole(count, 'count', 0, MAX_GIVEN_BACK);
}

/** The argument of placeAt. */
export function checkSlot(slot: number): void {
  whole(slot, 'slot', 0, MAX_SLOT);
}

export interface VictimsCall {
  readonly slots: Int32Array;
  readonly ranks: Uint8Array;
  readonly count: number;
  readonly chosen: Int32Array;
}

/** The arguments of victims but what the slots name. */
export function checkVictimsCall({ slots, ranks, count, chosen }: VictimsCall): void {
  checkInt32Array(slots, 'slots');
  checkInt32Array(chosen, 'chosen');
  if (!(ranks instanceof Uint8Array)) {
    refuse('WRONG_TYPE', `ranks must be a Uint8Array, but was ${show(ranks)}.`, { path: 'ranks', value: ranks });
  }
  whole(slots.length, 'slots.length', 0, MAX_TASKS);
  whole(ranks.length, 'ranks.length', slots.length, slots.length);
  whole(count, 'count', 0, MAX_AMOUNT);
  whole(chosen.length, 'chosen.length', Math.min(count, slots.length), Number.MAX_SAFE_INTEGER);
}

/** @param isSlot whether an instance has the slot. */
export function refuseUnknownSlot(slots: Int32Array, isSlot: (slot: number) => boolean): never {
  const at = slots.findIndex((slot) => slot !== NONE && !isSlot(slot));
  return refuseUnknownInstance(String(slots[at]), `slots[${at}]`);
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
