/** Arrivals are in order, each VM leaves once and after it came, and the look-alike has the recorded mix. */
import { describe, expect, it } from 'vitest';
import { lookAlike, makeArrivals, parseRecorded } from '../../bench/arrivals.ts';
import { Dice } from '../../bench/dice.ts';

describe('arrivals', () => {
  const { events, sizes, source } = makeArrivals(10, false, 7);

  it('say what they are', () => {
    expect(source).toBe('look-alike');
    expect(sizes.length).toBe(4_103);
  });

  it('let each VM come once and leave once, later', () => {
    const state = new Int8Array(sizes.length);
    for (const event of events) {
      const vm = Math.floor(event / 2);
      expect(state[vm]).toBe(event % 2 === 1 ? 0 : 1);
      state[vm] = (state[vm] as number) + 1;
    }
    expect(state.every((times) => times === 2)).toBe(true);
  });

  it('are the same for the same seed', () => {
    expect(makeArrivals(10, false, 7).events).toEqual(events);
    expect(makeArrivals(10, false, 8).events).not.toEqual(events);
  });

  it('look alike: more than half are the smallest common size', () => {
    const vms = lookAlike(20_000, new Dice(7));
    const share = vms.filter(({ size }) => size === 0).length / vms.length;
    expect(share).toBeGreaterThan(0.5);
    expect(share).toBeLessThan(0.6);
    expect(vms.every(({ shortestS, longestS }) => shortestS <= longestS)).toBe(true);
  });

  it('are read from the recorded columns', () => {
    const header = 'arrival_s,batch,vcpu,mem_gib,dur_lo_s,dur_hi_s,censored';
    expect(parseRecorded(`${header}\n2100000,0,8,14,900,1800,0\n`)).toEqual([
      { arrivalS: 2_100_000, size: 3, shortestS: 900, longestS: 1_800 },
    ]);
    expect(() => parseRecorded(`${header}\n1,0,3,5,1,1,0\n`)).toThrow(/3 vCPU and 5 GiB/);
  });
});
