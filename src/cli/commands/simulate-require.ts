/** `--require`: whether conditions hold for runs, and what their figures were. Called by simulate, alone and with --compare. */

import { didYouMean } from '../../base/nearest.ts';
import type { Finding, Requirement } from '../../report/comparison-data.ts';
import { figureAt, figureNames } from '../../simulate/figures.ts';
import type { Summary } from '../../simulate/result.ts';
import { type Condition, compare, evaluate, refuseCondition, type Term } from '../input/condition.ts';

export interface Ran {
  readonly name: string;
  readonly summary: Summary;
}

const BASELINE = 'baseline';

function figureIn(
  { text, path, column }: Extract<Term, { kind: 'figure' }>,
  condition: Condition,
  own: Summary,
  first: Summary,
): number {
  const isFirst = path[0] === BASELINE;
  const summary = isFirst ? first : own;
  const names = isFirst ? path.slice(1) : path;
  const value = figureAt(summary, names);
  if (value !== undefined) return value;
  const known = figureNames(summary);
  const hint = didYouMean(names[0] ?? '', known);
  return refuseCondition(condition.text, column, `${text} is no figure of the summary.${hint}`, known);
}

function findingOf(condition: Condition, ran: Ran, first: Summary): Finding {
  const values: Record<string, number> = {};
  const figure = (named: Extract<Term, { kind: 'figure' }>): number => {
    values[named.text] = figureIn(named, condition, ran.summary, first);
    return values[named.text] as number;
  };
  const [left, right] = [evaluate(condition.left, figure), evaluate(condition.right, figure)];
  return { variant: ran.name, holds: compare(left, condition.comparison, right), left, right, values };
}

/**
 * @param runs the first one is what `baseline.` names.
 * @throws BayplanException CONDITION for a name that the summary does not have, or that is no number there.
 */
export function checkRequirements(conditions: readonly Condition[], runs: readonly Ran[]): Requirement[] {
  const [first] = runs;
  return conditions.map((condition) => {
    const findings = first === undefined ? [] : runs.map((ran) => findingOf(condition, ran, first.summary));
    return { condition: condition.text, holds: findings.every(({ holds }) => holds), findings };
  });
}
