/** `numeric` of event patterns: one or two comparisons. Called by matchers. */
import { refusePattern } from './error.ts';

/** EventBridge user guide, numeric matching. */
const MOST = 5e9;

type Test = (value: number) => boolean;

const OPERATORS: Readonly<Record<string, (bound: number) => Test>> = {
  '=': (bound) => (value) => value === bound,
  '<': (bound) => (value) => value < bound,
  '<=': (bound) => (value) => value <= bound,
  '>': (bound) => (value) => value > bound,
  '>=': (bound) => (value) => value >= bound,
};

function comparison(operator: unknown, bound: unknown, path: string): Test {
  const make = Object.hasOwn(OPERATORS, String(operator)) ? OPERATORS[operator as string] : undefined;
  if (make === undefined) refusePattern(path, 'Unrecognized numeric range operator', operator);
  if (typeof bound !== 'number') refusePattern(path, 'Value of a numeric comparison must be numeric', bound);
  if (Math.abs(bound) > MOST) refusePattern(path, `Value must be between -${MOST} and ${MOST}, inclusive,`, bound);
  return make(bound);
}

/** @throws InvalidEventPatternException for other shapes than `[op, number]` and `[">", low, "<", high]`. */
export function parseNumeric(given: unknown, path: string): Test {
  if (!Array.isArray(given) || given.length === 0) refusePattern(path, 'Value of numeric must be an array', given);
  const [low, from, high, to] = given as unknown[];
  if (given.length !== 2 && given.length !== 4)
    refusePattern(path, 'numeric has one comparison or two, each an operator and a number', given);
  const first = comparison(low, from, path);
  if (given.length === 2) return first;
  if (!/^>=?$/.test(String(low)) || !/^<=?$/.test(String(high)))
    refusePattern(path, 'A range goes from > or >= to < or <=', given);
  const second = comparison(high, to, path);
  if ((from as number) >= (to as number)) refusePattern(path, 'Bottom must be less than top', given);
  return (value) => first(value) && second(value);
}
