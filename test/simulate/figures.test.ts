/** Figures of a summary by name and by path. */
import { describe, expect, it } from 'vitest';
import { figureAt, figureNames, figuresOf } from '../../src/simulate/figures.ts';
import type { Summary } from '../../src/simulate/result.ts';
import { NO_COST, NO_FIGURES } from '../support/report/figures.ts';

const summary = {
  ...NO_FIGURES,
  cost: { ...NO_COST, microCents: 250_000_000, services: [{ cluster: 'dock', service: 'web', microCents: 7 }] },
  reactionMs: 60_000,
  steady: true,
  services: [
    { service: 'api', failed: 1 },
    { service: 'web', failed: 3, rolloutState: 'COMPLETED' },
  ],
} as unknown as Summary;
const at = (...path: string[]) => figureAt(summary, path);

describe('figures', () => {
  it('are those that variants are compared by', () => {
    expect(figuresOf(summary)).toEqual({
      costMicroCents: 250_000_000,
      underTargetMs: 0,
      reactionMs: 60_000,
      taskChurn: 0,
      instanceChurn: 0,
      failures: 0,
    });
  });

  it('are found by path: cost in dollars, elements by index and by service', () => {
    expect([at('cost'), at('costMicroCents'), at('cost', 'microCents')]).toEqual([2.5, 250_000_000, 250_000_000]);
    expect([at('services', 'web', 'failed'), at('services', '0', 'failed')]).toEqual([3, 1]);
    expect(at('cost', 'services', 'web', 'microCents')).toBe(7);
    expect(at('steady')).toBe(1);
  });

  it('are numbers that are there', () => {
    for (const path of [
      ['services'],
      ['services', 'db', 'failed'],
      ['services', 'web', 'rolloutState'],
      ['toString'],
      [],
    ])
      expect(at(...path)).toBeUndefined();
    expect(figureNames(summary)).toContain('reactionMs');
  });
});
