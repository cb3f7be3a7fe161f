/**
 * Adversarial shapes for fast-check: clusters made of few rows repeated over many slots, so that a failing one shrinks
 * to something readable. Called by the laws of the indexes, of the batches and of the engines.
 */
import fc from 'fast-check';
import { MAX_AMOUNT } from '../../assembly/abi.ts';
import { type InstanceRow, MEMBER_OF, OTHERS, PLANNABLE, type RequestRow } from './world.ts';

export type Move =
  | { readonly kind: 'place'; readonly request: number; readonly count: number; readonly records: boolean }
  | { readonly kind: 'release'; readonly which: number }
  | { readonly kind: 'state'; readonly slot: number; readonly flags: number }
  | { readonly kind: 'zone'; readonly slot: number; readonly zone: number }
  | { readonly kind: 'deregister'; readonly slot: number }
  | { readonly kind: 'register'; readonly row: number };

export interface Shape {
  /** Slot k has row k modulo their number. */
  readonly rows: readonly InstanceRow[];
  readonly instances: number;
  /** One slot that differs from all others. */
  readonly odd?: { readonly slot: number; readonly row: InstanceRow };
  /** Slot k has zone 1 + k modulo this, where the rows do not say. */
  readonly zones?: number;
  readonly requests: readonly RequestRow[];
  readonly moves: readonly Move[];
}

export interface Named {
  readonly name: string;
  readonly shape: fc.Arbitrary<Shape>;
}

const among = <T>(values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const slot = fc.nat(4095);

const place: fc.Arbitrary<Move> = fc.record({
  kind: fc.constant('place' as const),
  request: fc.nat(15),
  count: fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 1, max: 4 }) }, fc.integer({ min: 1, max: 90 })),
  records: fc.boolean(),
});
const release: fc.Arbitrary<Move> = fc.record({ kind: fc.constant('release' as const), which: fc.nat(999) });
const state: fc.Arbitrary<Move> = fc.record({ kind: fc.constant('state' as const), slot, flags: among([3, 3, 2, 1]) });
const change: fc.Arbitrary<Move> = fc.oneof(
  state,
  fc.record({ kind: fc.constant('zone' as const), slot, zone: fc.nat(5) }),
  fc.record({ kind: fc.constant('deregister' as const), slot }),
  fc.record({ kind: fc.constant('register' as const), row: fc.nat(7) }),
);
const moves = fc.array(
  fc.oneof({ weight: 5, arbitrary: place }, { weight: 3, arbitrary: release }, { weight: 2, arbitrary: change }),
  { minLength: 1, maxLength: 24 },
);

const strategies = fc.oneof(
  { weight: 4, arbitrary: among(PLANNABLE) },
  { weight: 1, arbitrary: among(OTHERS) },
  {
    weight: 1,
    arbitrary: fc.array(among(['cpu', 'memory', 'instance', 'random', 'zone', 'stack'] as const), {
      minLength: 1,
      maxLength: 5,
    }),
  },
);

function requestsOf(
  cpu: fc.Arbitrary<number>,
  memory: fc.Arbitrary<number>,
  mostGroup = 3,
): fc.Arbitrary<RequestRow[]> {
  const request = fc.record({
    cpu,
    memory,
    gpu: among([0, 0, 0, 0, 1, -1]),
    eni: among([0, 0, 0, 1]),
    ports: among([[], [], [], [8000], [8000, 8001]]),
    group: fc.nat(mostGroup),
    distinct: among([false, false, false, true]),
    memberOf: among([undefined, undefined, undefined, ...MEMBER_OF]),
    strategies,
  });
  return fc.array(request, { minLength: 1, maxLength: 4 });
}

/** Rows of instances with amounts of the given kind. */
function rowsOf(cpu: fc.Arbitrary<number>, memory: fc.Arbitrary<number>, most = 4): fc.Arbitrary<InstanceRow[]> {
  const row = fc.record({ cpu, memory, gpu: fc.nat(2), eni: among([0, 2, 9]), zone: fc.nat(4), stack: fc.nat(3) });
  return fc.array(row, { minLength: 1, maxLength: most });
}

const SIZES = [1, 63, 64, 65, 128, 255, 256, 257, 400];
const instances = among(SIZES);
const ordinaryCpu = among([1024, 2048, 4096]);
const ordinaryMemory = among([1024, 3000, 8192]);
const ordinaryRows = rowsOf(ordinaryCpu, ordinaryMemory);
const ordinaryRequests = requestsOf(among([0, 128, 256, 1000, 1024]), among([64, 512, 2000]));

/** The same instances with hardly anything left. */
const full = (rows: readonly InstanceRow[]): InstanceRow[] => rows.map((row) => ({ ...row, left: [0, 0] }));
const nearlyFull = (rows: readonly InstanceRow[]): InstanceRow[] =>
  rows.map((row, k) => ({ ...row, left: [row.cpu >> (1 + (k % 4)), row.memory >> (1 + (k % 3))] }));

const drained = fc
  .array(fc.tuple(place, fc.array(state, { minLength: 1, maxLength: 6 }), release), { minLength: 1, maxLength: 10 })
  .map((rounds) => rounds.flatMap(([first, states, last]) => [first, ...states, last]));

export const SHAPES: readonly Named[] = [
  {
    name: 'all full',
    shape: fc.record({ rows: ordinaryRows.map(full), instances, requests: ordinaryRequests, moves }),
  },
  {
    name: 'one fits',
    shape: fc.record({
      rows: ordinaryRows.map(full),
      instances,
      odd: fc.record({ slot, row: fc.constant<InstanceRow>({ cpu: 1024, memory: 4096, gpu: 1, zone: 2, stack: 2 }) }),
      requests: ordinaryRequests,
      moves,
    }),
  },
  {
    name: 'all keys equal',
    shape: fc.record({ rows: rowsOf(ordinaryCpu, ordinaryMemory, 1), instances, requests: ordinaryRequests, moves }),
  },
  {
    name: 'one instance',
    shape: fc.record({ rows: ordinaryRows, instances: fc.constant(1), requests: ordinaryRequests, moves }),
  },
  {
    name: 'huge tasks',
    shape: fc.record({
      rows: rowsOf(among([MAX_AMOUNT, MAX_AMOUNT - 1, 32768, 32767]), among([MAX_AMOUNT, MAX_AMOUNT - 1, 65536])),
      instances,
      requests: requestsOf(
        among([MAX_AMOUNT, MAX_AMOUNT >> 1, 32768, 0]),
        among([MAX_AMOUNT, MAX_AMOUNT >> 1, 65536, 1]),
      ),
      moves,
    }),
  },
  {
    name: 'thousands of attribute values',
    shape: fc.record({
      rows: rowsOf(ordinaryCpu, ordinaryMemory).map((rows) => rows.map((row) => ({ ...row, zone: 0 }))),
      instances,
      zones: among([15, 16, 17, 300, 4000]),
      requests: ordinaryRequests,
      moves,
    }),
  },
  {
    name: 'thousands of groups',
    shape: fc.record({
      rows: ordinaryRows,
      instances,
      requests: requestsOf(among([128, 512]), among([64, 512]), 3000),
      moves,
    }),
  },
  {
    name: 'saturated',
    shape: fc.record({
      rows: rowsOf(ordinaryCpu, ordinaryMemory, 8).map(nearlyFull),
      instances,
      requests: ordinaryRequests,
      moves,
    }),
  },
  {
    name: 'drained in turn',
    shape: fc.record({ rows: ordinaryRows, instances, requests: ordinaryRequests, moves: drained }),
  },
];

/** What the instance of a slot is made of. Values far apart, so that the largest is in the thousands. */
export function rowOf({ rows, odd, zones, instances: count }: Shape, number: number): InstanceRow {
  if (odd !== undefined && number === odd.slot % count) return odd.row;
  const row = rows[number % rows.length] as InstanceRow;
  return zones === undefined ? row : { ...row, zone: 1 + ((number * 7) % zones) };
}
