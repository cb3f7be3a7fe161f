/** The document of a comparison. */
import { expect, it } from 'vitest';
import { renderComparisonReport } from '../../src/report/comparison.ts';
import type { Comparison } from '../../src/report/comparison-data.ts';
import { figuresOf } from '../../src/simulate/figures.ts';
import { rollout } from '../support/report/stories.ts';

function comparison(name: string): Comparison {
  const { seed, summary, series } = rollout();
  const variant = { name, file: 'a.json', set: ['seed=1'], seed, figures: figuresOf(summary), summary, series };
  return { variants: [variant, { ...variant, name: 'other' }], requirements: [], yardsticks: [] };
}

it('is one document with nothing to fetch, the same for the same comparison', () => {
  const html = renderComparisonReport(comparison('plain'));
  expect(html).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  expect(html).not.toMatch(/<(?:script|link|img)[^>]+(?:src|href)="(?!data:)/);
  expect(renderComparisonReport(comparison('plain'))).toBe(html);
});

it('takes any name', () => {
  const name = '</script><script>alert(1)</script>';
  expect(renderComparisonReport(comparison(name))).not.toContain(name);
});
