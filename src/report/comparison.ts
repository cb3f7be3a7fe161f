/** `bayplan simulate --compare --report`: variants side by side as one HTML file that needs nothing else. Called by the command line. */
import type { Comparison } from './comparison-data.ts';
import { documentOf } from './document.ts';

/** @returns a whole HTML document, UTF-8; the same comparison gives the same bytes. */
export function renderComparisonReport(comparison: Comparison): string {
  return documentOf('Bayplan comparison', { ...comparison, variants: comparison.variants.map(withoutScenario) });
}

/** The figures are enough: summaries of many services would weigh. */
function withoutScenario(variant: Comparison['variants'][number]): object {
  const { summary, ...rest } = variant;
  const { endedAtMs, steady, refused } = summary;
  return { ...rest, summary: { endedAtMs, steady, refused, cost: summary.cost } };
}
