/** Options choose rows and sizes; what cannot be read is told in words. */
import { describe, expect, it } from 'vitest';
import { parseOptions, UsageError, usage } from '../../bench/options.ts';
import { WORKLOADS } from '../../bench/workloads.ts';

const runs = (...args: string[]) =>
  parseOptions(args).runs.map(({ workload, instances }) => [workload.name, instances]);

describe('options', () => {
  it('run every row at its own sizes when nothing is said', () => {
    const { runs: all, seed } = parseOptions([]);
    expect(all).toHaveLength(WORKLOADS.reduce((sum, { sizes }) => sum + sizes.length, 0));
    expect(seed).toBe(7);
  });

  it('choose rows by name or family, in their order', () => {
    expect(runs('--rows', 'c2m')).toEqual([['c2m', 6_100]]);
    expect(runs('--rows', 'binpack,A', '--sizes', '10,20')).toEqual([
      ['A', 10],
      ['A', 20],
      ['binpack', 10],
      ['binpack', 20],
    ]);
    expect(new Set(runs('--rows', 'adversarial').map(([name]) => name)).size).toBeGreaterThanOrEqual(6);
  });

  it('take all rows at one small size for a smoke test', () => {
    expect(runs('--smoke')).toEqual(WORKLOADS.map(({ name }) => [name, 300]));
  });

  it.each([
    [['--rows', 'nosuch'], /There is no row "nosuch". Rows: A, B/],
    [['--rows', ''], /There is no row ""/],
    [['--sizes', '10,x'], /--sizes must be a whole number from 1 to 1000000, but was "x"/],
    [['--sizes', '0'], /--sizes/],
    [['--sizes', '1000001'], /--sizes/],
    [['--sizes', '1e3'], /--sizes/],
    [['--seed', '-1'], /--seed|seed/],
    [['--seed', '4294967296'], /--seed/],
    [['--smoke', '--chart'], /--chart publishes figures/],
    [['--nosuch'], /--nosuch/],
    [['stray'], /stray/],
  ])('refuse %j', (args, message) => {
    expect(() => parseOptions(args)).toThrow(UsageError);
    expect(() => parseOptions(args)).toThrow(message);
  });

  it('are told with every row', () => {
    for (const { name } of WORKLOADS) expect(usage()).toContain(`  ${name} `);
  });
});

describe('rows', () => {
  it('have names of their own', () => {
    expect(new Set(WORKLOADS.map(({ name }) => name)).size).toBe(WORKLOADS.length);
  });
});
