/**
 * Placement constraints: distinctInstance and memberOf, of a task definition and of a request. Expressions are parsed by
 * the engines; here only their presence and length are checked.
 */
import { type Fields, fields, list, oneOf, refuse, text } from './read.ts';

export type PlacementConstraintType = 'distinctInstance' | 'memberOf';
export interface PlacementConstraint {
  type?: PlacementConstraintType | undefined;
  expression?: string | undefined;
}

export type Constraint =
  | { readonly type: 'distinctInstance' }
  | { readonly type: 'memberOf'; readonly expression: string };

/** Constraints of a task definition and a request together (ECS API, RunTask). */
export const MAX_CONSTRAINTS = 10;
export const MAX_EXPRESSION_LENGTH = 2000;

function parseExpression(given: Fields, path: string): string {
  const at = `${path}.expression`;
  if (given.expression === undefined || given.expression === null || given.expression === '') {
    refuse('MEMBER_OF_EXPRESSION', `${at}: a memberOf constraint needs an expression.`, {
      path: at,
      value: given.expression,
    });
  }
  const expression = text(given.expression, at);
  if (expression.length > MAX_EXPRESSION_LENGTH) {
    refuse(
      'EXPRESSION_LENGTH',
      `${at} must be at most ${MAX_EXPRESSION_LENGTH} characters long, but was ${expression.length}.`,
      {
        path: at,
        value: expression.length,
        limit: MAX_EXPRESSION_LENGTH,
      },
    );
  }
  return expression;
}

function refuseTooMany(count: number, path: string): void {
  if (count <= MAX_CONSTRAINTS) return;
  refuse(
    'CONSTRAINT_COUNT',
    `${path}: at most ${MAX_CONSTRAINTS} placement constraints, of the task definition and the request together, but there were ${count}.`,
    {
      path,
      value: count,
      limit: MAX_CONSTRAINTS,
    },
  );
}

function parseConstraint(input: unknown, path: string): Constraint {
  const given = fields(input, path);
  const type = oneOf(given.type, `${path}.type`, ['distinctInstance', 'memberOf']);
  if (type === 'memberOf') return { type, expression: parseExpression(given, path) };
  if (given.expression !== undefined && given.expression !== null) {
    refuse('DISTINCT_INSTANCE_EXPRESSION', 'distinctInstance expression should not be specified.', {
      path: `${path}.expression`,
      value: given.expression,
    });
  }
  return { type };
}

/** `inDefinition` constraints count against the same limit. */
export function parseConstraints(input: unknown, path: string, inDefinition = 0): Constraint[] {
  if (input === undefined || input === null) return [];
  const entries = list(input, path);
  refuseTooMany(entries.length + inDefinition, path);
  return entries.map((entry, k) => parseConstraint(entry, `${path}[${k}]`));
}

/** A task definition takes memberOf only. */
export function parseDefinitionConstraints(input: unknown, path: string): PlacementConstraint[] {
  if (input === undefined || input === null) return [];
  const entries = list(input, path);
  refuseTooMany(entries.length, path);
  return entries.map((entry, k) => {
    const at = `${path}[${k}]`;
    if (fields(entry, at).type === 'distinctInstance') {
      refuse(
        'DISTINCT_INSTANCE_IN_DEFINITION',
        "constraint.type 'distinctInstance' is not supported.",
        { path: `${at}.type`, value: 'distinctInstance' },
        'ClientException',
      );
    }
    return parseConstraint(entry, at) as PlacementConstraint;
  });
}
