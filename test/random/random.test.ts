/** The generator: published vectors, its seeding, unbiased numbers, and the same draws in every engine. */
import { describe, expect, it } from 'vitest';
import { below, next, type RandomState, seedRandom } from '../../src/reference/random/random.ts';
import { engineKinds } from '../support/engines.ts';
import { cluster, instance, run } from '../support/shapes.ts';

/** How often a state was advanced: the words after that many draws. */
function advance(state: RandomState, draws: number): RandomState {
  for (let k = 0; k < draws; k++) next(state);
  return state;
}

describe('the generator', () => {
  it('is xoshiro128**, as its published vectors show', () => {
    const state = { words: [1, 2, 3, 4] };
    const drawn = Array.from({ length: 10 }, () => next(state));
    expect(drawn).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it.each([
    [0, [0x92ca2f0e, 0x3cd6e3f3, 0x1b147dcc, 0x4c081dbf]],
    [1, [0x96a0f96b, 0x12bc8390, 0x971e9964, 0x79adc7e7]],
    [0xffffffff, [0x36deb503, 0xfc2fb9b6, 0x2994c1b5, 0x6a06e134]],
  ])('spreads seed %i over four words', (seed, words) => {
    expect(seedRandom(seed).words).toEqual(words);
  });

  it('tells all 32 bits of a seed apart', () => {
    expect(seedRandom(0xffffffff).words).not.toEqual(seedRandom(0x7fffffff).words);
  });
});

describe('a number below k', () => {
  it('takes the high half of draw times k', () => {
    const draw = next(seedRandom(5));
    expect(below(seedRandom(5), 10)).toBe(Math.floor((draw * 10) / 2 ** 32));
  });

  it('is 0 for k = 1 and still takes one draw', () => {
    const state = seedRandom(9);
    expect(below(state, 1)).toBe(0);
    expect(state.words).toEqual(advance(seedRandom(9), 1).words);
  });

  it('draws again where the low half would favour some numbers', () => {
    const k = 3 * 2 ** 30; // a quarter of all draws is refused
    const favoured = 2 ** 32 % k;
    const isRefused = (draw: number): boolean => Number((BigInt(draw) * BigInt(k)) & 0xffffffffn) < favoured;
    const state = seedRandom(3);
    const twin = seedRandom(3);
    let refused = 0;
    for (let round = 0; round < 200; round++) {
      let draw = next(twin);
      for (; isRefused(draw); draw = next(twin)) refused++;
      expect(below(state, k)).toBe(Math.floor((draw * k) / 2 ** 32));
    }
    expect(refused).toBeGreaterThan(20);
  });

  it('takes every number equally often', () => {
    const state = seedRandom(1);
    const counts = new Array<number>(6).fill(0);
    for (let k = 0; k < 60_000; k++) {
      const drawn = below(state, 6);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });
});

describe.each(engineKinds)('$name', (kind) => {
  it.each([0, 1, 7, 0x80000000, 0xffffffff])(
    'draws for the random strategy as the generator does: seed %i',
    async (seed) => {
      const engine = await cluster(
        kind,
        Array.from({ length: 7 }, (_, k) => instance(k, { cpu: 8192, memoryMiB: 8192 })),
        undefined,
        { seed },
      );
      const state = seedRandom(seed);
      const expected = Array.from({ length: 40 }, () => below(state, 7));
      expect(run(engine, { count: 40, placementStrategy: undefined })).toEqual(expected);
    },
  );
});
