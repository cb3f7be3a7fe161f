/** Errors of the Cluster Query Language: what stands at which column, and what was expected there. */
import { BayplanError } from '../errors.ts';

export type CqlErrorCode = 'CQL_SYNTAX' | 'CQL_OPERATOR' | 'CQL_VALUE' | 'CQL_REGEX' | 'CQL_LENGTH';

/** `at` is the UTF-16 offset of what is wrong. */
export function refuseExpression(
  code: CqlErrorCode,
  expression: string,
  at: number,
  problem: string,
  expected: readonly string[] = [],
  limit?: number,
): never {
  const wanted = expected.length === 0 ? '' : ` Expected ${expected.join(', ')}.`;
  throw new BayplanError(
    'InvalidParameterException',
    code,
    `Invalid expression at column ${at + 1}: ${problem}.${wanted}`,
    {
      expression,
      column: at + 1,
      ...(expected.length === 0 ? {} : { expected }),
      ...(limit === undefined ? {} : { limit }),
    },
  );
}

const WIDTH = 76;

/** The expression with a caret under the column of the error, for a terminal; empty for other errors. */
export function caret(error: BayplanError): string {
  const { expression, column } = error.facts;
  if (expression === undefined || column === undefined) return '';
  const from = Math.max(0, Math.min(column - 1 - WIDTH / 2, expression.length - WIDTH));
  const line = expression.slice(from, from + WIDTH).replaceAll(/\s/g, ' ');
  return `${line}\n${' '.repeat(column - 1 - from)}^`;
}
