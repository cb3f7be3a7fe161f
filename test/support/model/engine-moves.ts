/** Commands on the engine as a whole: prepared placers, snapshots into the same engine and into a fresh one, names. */
import fc from 'fast-check';
import type { Placer } from '../../../src/contract.ts';
import { chance, oneIn } from '../arbitraries/names.ts';
import { placementInput } from '../arbitraries/placement.ts';
import { outcomeOf } from '../compare.ts';
import { type Model, type Move, pick, type Real } from './state.ts';
import { fitting } from './task-moves.ts';

const MARK = -7;

const prepare: fc.Arbitrary<Move> = fc.tuple(placementInput, oneIn(24)).map(([drawn, keep]) => (model, real) => {
  const input = fitting(drawn, real, keep);
  const placers: Placer[] = [];
  return {
    text: `prepare(${JSON.stringify(input)})`,
    on: (engine, index) => {
      placers[index] = engine.prepare(input);
    },
    learn: () => {
      model.placers.push({ placers, held: [], stopped: [] });
    },
  };
});

const place: fc.Arbitrary<Move> = fc
  .record({
    index: fc.nat(9),
    count: fc.oneof(
      { arbitrary: fc.integer({ min: 0, max: 9 }), weight: 8 },
      { arbitrary: fc.integer({ min: 10, max: 300 }), weight: 2 },
    ),
  })
  .map(({ index, count }) => (model) => {
    const placer = pick(model.placers, index);
    if (!placer) return undefined;
    return {
      text: `placer ${index % model.placers.length}: place(${count})`,
      on: (_, k) => {
        const slots = new Int32Array(count + 1).fill(MARK);
        const placed = (placer.placers[k] as Placer).place(count, slots);
        return { placed, slots: [...slots.subarray(0, placed)], beyond: slots[count] };
      },
      learn: (answer) => {
        placer.held.push(...(answer as { slots: number[] }).slots);
      },
    };
  });

/** The slots run a little past the table: a slot without an instance is no place. */
const placeAt: fc.Arbitrary<Move> = fc
  .record({ index: fc.nat(9), slot: fc.integer({ min: -1, max: 40 }) })
  .map(({ index, slot }) => (model) => {
    const placer = pick(model.placers, index);
    if (!placer) return undefined;
    return {
      text: `placer ${index % model.placers.length}: placeAt(${slot})`,
      on: (_, k) => (placer.placers[k] as Placer).placeAt(slot),
      learn: (placed) => {
        if (placed) placer.held.push(slot);
      },
    };
  });

/** What to give back: the newest, every second one, or one slot too often, which must be refused. */
function givenBack(held: readonly number[], form: number, count: number): number[] {
  if (form === 0) return [...held.slice(0, 1), ...held];
  if (form === 1) return held.filter((_, k) => k % 2 === 0);
  return held.slice(Math.max(0, held.length - count));
}

function withdraw(slots: readonly number[], held: number[]): void {
  for (const slot of slots) {
    const at = held.indexOf(slot);
    if (at >= 0) held.splice(at, 1);
  }
}

/** One of the ways to give tasks back; now and then of tasks that are not in the state for it. */
function giving(way: 'release' | 'stop' | 'free'): fc.Arbitrary<Move> {
  return fc
    .record({ index: fc.nat(9), form: fc.nat(7), count: fc.nat(12), wrong: oneIn(12) })
    .map(({ index, form, count, wrong }) => (model) => {
      const placer = pick(model.placers, index);
      if (!placer) return undefined;
      const { held, stopped } = placer;
      const from = (way === 'free') === wrong ? held : stopped;
      const slots = givenBack(from, form, count);
      return {
        text: `placer ${index % model.placers.length}: ${way}([${slots}])`,
        on: (_, k) => (placer.placers[k] as Placer)[way](Int32Array.from(slots), slots.length),
        learn: () => {
          withdraw(slots, from);
          if (way === 'stop') stopped.push(...slots);
        },
      };
    });
}

const release = giving('release');
const stop = giving('stop');
const free = giving('free');

/** The tasks of a placer and some without an instance, on slots that were deregistered too; what is chosen may stop. */
const victims: fc.Arbitrary<Move> = fc
  .record({
    index: fc.nat(9),
    ranks: fc.array(fc.nat(3), { minLength: 1, maxLength: 7 }),
    homeless: fc.nat(5),
    share: fc.integer({ min: 0, max: 4 }),
    strange: fc.nat(24),
    stops: fc.boolean(),
  })
  .map(({ index, ranks, homeless, share, strange, stops }) => (model, real) => {
    const placer = pick(model.placers, index);
    if (!placer) return undefined;
    const isThere = (slot: number) => 'answer' in outcomeOf(() => real.engines[0]?.containerInstanceArn(slot));
    const there = strange === 0 ? placer.held : placer.held.filter(isThere);
    const slots = Int32Array.from(there.slice(-60), (slot, k) => (homeless > 0 && k % 7 === homeless ? -1 : slot));
    const ranksOf = Uint8Array.from(slots, (_, k) => pick(ranks, k) as number);
    const count = Math.ceil((slots.length * share) / 3);
    const called = `victims([${slots}], [${ranksOf}], ${count}${stops ? '), and stops them' : ')'}`;
    return {
      text: `placer ${index % model.placers.length}: ${called}`,
      on: (_, k) => {
        const chosen = new Int32Array(slots.length + 1).fill(MARK);
        const found = (placer.placers[k] as Placer).victims(slots, ranksOf, count, chosen);
        const gone = [...chosen.subarray(0, found)].map((at) => slots[at] as number).filter((slot) => slot >= 0);
        if (stops) (placer.placers[k] as Placer).stop(Int32Array.from(gone), gone.length);
        return { chosen: [...chosen], gone };
      },
      learn: (answer) => {
        const { gone } = answer as { gone: number[] };
        if (!stops) return;
        withdraw(gone, placer.held);
        placer.stopped.push(...gone);
      },
    };
  });

const snapshot: fc.Arbitrary<Move> = fc.constant((model: Model) => {
  const bytes: Uint8Array[] = [];
  return {
    text: 'snapshot()',
    on: (engine, index) => {
      bytes[index] = engine.snapshot();
    },
    learn: () => {
      model.saved = { bytes, arns: [...model.arns], tasks: [...model.tasks], reserve: model.reserve };
    },
  };
});

/** Back to the snapshot, in the same engines or in fresh ones; placers do not outlive it. */
const restore: fc.Arbitrary<Move> = chance(4).map((fresh) => (model: Model, real: Real) => {
  const { saved } = model;
  if (!saved) return undefined;
  const { spares } = real;
  const swap = fresh && spares.length > 0;
  return {
    text: swap ? 'restore(the snapshot) in a new engine' : 'restore(the snapshot)',
    on: (engine, index) => {
      (swap ? spares[index] : engine)?.restore(saved.bytes[index] as Uint8Array);
    },
    learn: () => {
      if (swap) Object.assign(real, { engines: spares, spares: [] });
      Object.assign(model, { arns: [...saved.arns], tasks: [...saved.tasks], reserve: saved.reserve, placers: [] });
    },
  };
});

const containerInstanceArn: fc.Arbitrary<Move> = fc.integer({ min: -1, max: 80 }).map((slot) => () => ({
  text: `containerInstanceArn(${slot})`,
  on: (engine) => engine.containerInstanceArn(slot),
}));

export const engineMoves = {
  prepare,
  place,
  placeAt,
  stop,
  free,
  release,
  victims,
  snapshot,
  restore,
  containerInstanceArn,
};
