/** Conditions of --require: what they mean, and what is refused where. */
import { describe, expect, it } from 'vitest';
import { compare, evaluate, parseCondition } from '../../../src/cli/input/condition.ts';
import { BayplanError } from '../../../src/errors.ts';

const FIGURES: Readonly<Record<string, number>> = {
  cost: 7,
  'baseline.cost': 5,
  'services[web].failed': 2,
  reactionMs: 90_000,
};
const holds = (text: string): boolean => {
  const { left, comparison, right } = parseCondition(text);
  const figure = (named: { text: string }): number => FIGURES[named.text] ?? Number.NaN;
  return compare(evaluate(left, figure), comparison, evaluate(right, figure));
};

describe('a condition', () => {
  it.each([
    ['cost <= 7', true],
    ['cost<7', false],
    ['cost == $7', true],
    ['cost = 7', true],
    ['7 != cost', false],
    ['cost <= 1.4 * baseline.cost', true],
    ['cost <= 1.3 * baseline.cost', false],
    ['(cost - baseline.cost) / baseline.cost <= 0.5', true],
    ['cost - baseline.cost - 1 == 1', true],
    ['2 + 3 * 4 == 14', true],
    ['-cost < -6', true],
    ['services[web].failed > 1', true],
    ['reactionMs <= 90s', true],
    ['reactionMs < 1.5min', false],
    ['reactionMs == PT1M30S', true],
    ['reactionMs < 1_000_000', true],
    ['true == 1', true],
    ['0 / 0 == 0', false],
  ])('%s: %s', (text, expected) => {
    expect(holds(text)).toBe(expected);
  });

  it('keeps its text and the path of each figure', () => {
    expect(parseCondition(' services[web-1].a.b < 2 ')).toMatchObject({
      text: 'services[web-1].a.b < 2',
      left: { kind: 'figure', path: ['services', 'web-1', 'a', 'b'], column: 2 },
    });
  });

  it.each([
    ['cost', 5, /comparison/],
    ['cost <', 7, /expected a figure/],
    ['cost < 5 < 6', 10, /nothing more/],
    ['cost < (5', 10, /parenthesis/],
    ['cost < 5 bananas', 10, /nothing more/],
    ['cost < 5parsecs', 8, /no unit/],
    ['cost & 5', 6, /means nothing/],
    ['', 1, /expected a figure/],
  ])('refuses %j at column %i', (text, column, message) => {
    let refusal: unknown;
    try {
      parseCondition(text);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(BayplanError);
    expect(refusal).toMatchObject({ code: 'CONDITION', facts: { expression: text, column } });
    expect((refusal as Error).message).toMatch(message);
  });
});
