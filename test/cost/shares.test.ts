/** Whom an instance's cost belongs to. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Shares } from '../../src/cost/shares.ts';

const CAPACITY = { cpu: 2048, memoryMiB: 8192 };
const take = (shares: Shares, cost: number, aliveMs: number, nowMs: number) =>
  Object.fromEntries(shares.take(cost, aliveMs, nowMs));

describe('shares', () => {
  it('go by what was reserved for how long, a vCPU weighing as much as 9 GiB', () => {
    const shares = new Shares(CAPACITY);
    // The instance weighs 2 x 9 + 8 = 26; web 9 + 2 for the whole hour, api 9 + 1 for half of it.
    shares.change('web', { cpu: 1024, memoryMiB: 2048 }, 1, 0);
    shares.change('api', { cpu: 1024, memoryMiB: 1024 }, 1, 1_800_000);
    expect(take(shares, 2600, 3_600_000, 3_600_000)).toEqual({ web: 1100, api: 500 });
  });

  it('end with the task, and start anew with the next bill', () => {
    const shares = new Shares(CAPACITY);
    const half = { cpu: 1024, memoryMiB: 4096 };
    shares.change('web', half, 1, 0);
    shares.change('web', half, -1, 30_000);
    expect(take(shares, 1000, 60_000, 60_000)).toEqual({ web: 250 });
    expect(take(shares, 1000, 60_000, 120_000)).toEqual({});
  });

  it('are nothing of an instance that lived no time', () => {
    const shares = new Shares(CAPACITY);
    shares.change('web', CAPACITY, 1, 5);
    expect(take(shares, 1000, 0, 5)).toEqual({});
  });

  it('never exceed the cost, also when more was reserved than there is', () => {
    const step = fc.record({
      owner: fc.constantFrom('web', 'api', ''),
      cpu: fc.nat(4096),
      memoryMiB: fc.nat(8192),
      waitMs: fc.nat(100_000),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), fc.nat(1e12), (steps, cost) => {
        const shares = new Shares(CAPACITY);
        let nowMs = 0;
        for (const { owner, waitMs, ...reserved } of steps) {
          nowMs += waitMs;
          shares.change(owner, reserved, 1, nowMs);
        }
        const parts = [...shares.take(cost, nowMs, nowMs).values()];
        expect(parts.every((part) => part >= 0 && Number.isSafeInteger(part))).toBe(true);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBeLessThanOrEqual(cost);
      }),
    );
  });
});
