/** Requests over targets: whole, none lost, and fair over time. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TargetHealth, TargetState } from '../../src/cluster/state.ts';
import { receivers, spreadByWeight, spreadEvenly, spreadRequests, weightedPart } from '../../src/traffic/requests.ts';

const amount = fc.integer({ min: 0, max: 1_000_000_000 });
const second = fc.integer({ min: 0, max: 1_000_000 });
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const targets = (...healths: TargetHealth[]): TargetState[] =>
  healths.map((health, k) => ({ id: `10.0.0.${k}`, health }) as TargetState);

describe('an even spread', () => {
  it('loses nothing and differs by one at most', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 1, max: 200 }), second, (requests, parts, at) => {
        const spread = spreadEvenly(requests, parts, at);
        expect(sum(spread)).toBe(requests);
        expect(Math.max(...spread) - Math.min(...spread)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('gives every target the same over as many seconds as there are targets', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 1, max: 40 }), second, (requests, parts, from) => {
        const totals = Array.from({ length: parts }, () => 0);
        for (let k = 0; k < parts; k++) {
          spreadEvenly(requests, parts, from + k).forEach((share, target) => {
            totals[target] = (totals[target] as number) + share;
          });
        }
        expect(new Set(totals)).toEqual(new Set([requests]));
      }),
    );
  });

  it('turns the remainder', () => {
    expect([0, 1, 2, 3].map((at) => spreadEvenly(10, 4, at))).toEqual([
      [3, 3, 2, 2],
      [2, 2, 3, 3],
      [3, 3, 2, 2],
      [2, 2, 3, 3],
    ]);
    expect(spreadEvenly(10, 0, 0)).toEqual([]);
  });
});

describe('a weighted part', () => {
  it('is the floor of the running total, so exact over any number of seconds', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100_000 }),
        fc.integer({ min: 0, max: 1000 }),
        fc.integer({ min: 1, max: 2500 }),
        (requests, permille, seconds) => {
          let total = 0;
          for (let at = 0; at < seconds; at++) total += weightedPart(requests, permille, at);
          expect(total).toBe(Math.floor((seconds * requests * permille) / 1000));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('is nothing, all, and a tenth of a percent', () => {
    expect([0, 1000, 1].map((permille) => weightedPart(5000, permille, 7))).toEqual([0, 5000, 5]);
    expect([0, 1, 2, 3].map((at) => weightedPart(1, 500, at))).toEqual([0, 1, 0, 1]);
  });
});

describe('the targets that get traffic', () => {
  it('are the healthy ones', () => {
    expect(receivers(targets('healthy', 'unhealthy', 'healthy', 'initial')).map(({ id }) => id)).toEqual([
      '10.0.0.0',
      '10.0.0.2',
    ]);
  });

  it('are the unhealthy ones when none is healthy, but never new or draining ones', () => {
    expect(receivers(targets('unhealthy', 'initial', 'draining')).map(({ id }) => id)).toEqual(['10.0.0.0']);
    expect(receivers(targets('initial', 'draining', 'unused'))).toEqual([]);
  });

  it('share the requests in order of registration', () => {
    const spread = spreadRequests(targets('healthy', 'draining', 'healthy'), 7, 0);
    expect(spread.map(({ target, requests }) => [target.id, requests])).toEqual([
      ['10.0.0.0', 4],
      ['10.0.0.2', 3],
    ]);
    expect(spreadRequests([], 7, 0)).toEqual([]);
  });
});

describe('two revisions', () => {
  it('share by weight, then evenly', () => {
    const spread = spreadByWeight(targets('healthy', 'healthy'), targets('healthy'), 100, 1000, 0);
    expect(spread.map(({ requests }) => requests)).toEqual([450, 450, 100]);
  });

  it('lose the part of a revision without targets, and never more', () => {
    expect(spreadByWeight([], targets('healthy'), 250, 1000, 0).map(({ requests }) => requests)).toEqual([250]);
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 1000 }), second, (requests, permille, at) => {
        const spread = spreadByWeight(targets('healthy'), targets('healthy', 'healthy'), permille, requests, at);
        expect(sum(spread.map((one) => one.requests))).toBe(requests);
      }),
    );
  });
});
