/** Timers: the earliest time first, entries of one time in the order they were set. */
import { describe, expect, it } from 'vitest';
import { Timers } from '../../src/cluster/timers.ts';

describe('timers', () => {
  it('come in order of time, then of setting', () => {
    const timers = new Timers<string>();
    // A fixed shuffle: 7 has no factor in common with 100.
    for (let k = 0; k < 300; k++) timers.set((k * 7) % 100, `${(k * 7) % 100} ${k}`);
    const taken: string[][] = [];
    while (!timers.isEmpty) taken.push(timers.take());
    expect(taken.map(([first]) => Number(first?.split(' ')[0]))).toEqual(Array.from({ length: 100 }, (_, k) => k));
    for (const entries of taken) {
      const order = entries.map((entry) => Number(entry.split(' ')[1]));
      expect(order).toEqual([...order].sort((a, b) => a - b));
      expect(order).toHaveLength(3);
    }
  });

  it('has no next time when it is empty', () => {
    const timers = new Timers<number>();
    expect([timers.nextMs, timers.take()]).toEqual([Number.POSITIVE_INFINITY, []]);
    timers.set(5, 1);
    expect([timers.nextMs, timers.take(), timers.isEmpty]).toEqual([5, [1], true]);
  });
});
