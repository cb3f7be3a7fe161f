/** Scores and overlaid series of variants. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Comparison } from '../../../src/report/comparison-data.ts';
import { comparisonLanes, scoresOf } from '../../../src/report/page/comparison-lanes.ts';
import { figuresOf } from '../../../src/simulate/figures.ts';
import { SCALED, scaled } from '../../support/report/scaled.ts';

let comparison: Comparison;
beforeAll(async () => {
  const fixed = { ...SCALED, scalableTargets: [], scalingPolicies: [] };
  const variants = [];
  for (const [name, members] of [
    ['scaled', {}],
    ['fixed', fixed],
  ] as const) {
    const { seed, summary, series } = await scaled(members);
    variants.push({ name, file: 'a.json', set: [], seed, figures: figuresOf(summary), summary, series });
  }
  comparison = { variants, requirements: [], yardsticks: [] };
});

describe('a comparison', () => {
  it('draws each series with a line of every variant that has it', () => {
    const lanes = comparisonLanes(comparison).map(({ title, lines }) => [title, ...lines.map(({ label }) => label)]);
    expect(lanes.slice(0, 3)).toEqual([
      ['Cost an hour, dock', 'scaled', 'fixed'],
      ['Running tasks, web', 'scaled', 'fixed'],
      ['CPUUtilization, web', 'scaled'],
    ]);
    expect(lanes.map(([title]) => title)).toContain('Reservation, cp');
    const colours = comparisonLanes(comparison)[0]?.lines.map(({ colour }) => colour);
    expect(new Set(colours).size).toBe(2);
  });

  it('scores by what is lower, with the change against the first', () => {
    const cost = scoresOf(comparison)[0];
    const [first, second] = comparison.variants.map(({ figures }) => figures.costMicroCents) as [number, number];
    expect(cost?.name).toBe('Cost');
    expect(cost?.scores[0]).toMatchObject({ share: 1, isBest: false, change: '' });
    expect(cost?.scores[1]).toMatchObject({ share: second / first, isBest: true });
    expect(cost?.scores[1]?.change).toBe(`${Math.round(((second - first) / first) * 100)}%`);
    const failures = scoresOf(comparison).at(-1);
    expect(failures?.scores.map(({ share, isBest }) => [share, isBest])).toEqual([
      [0, false],
      [0, false],
    ]);
  });
});
