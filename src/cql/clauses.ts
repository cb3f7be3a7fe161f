/** The clauses of an expression: its top-level `and` parts, in order. What explanations count and fixes drop. */
import type { Expression } from './ast.ts';

export function clauses(node: Expression): Expression[] {
  return node.kind === 'and' ? [...clauses(node.left), ...clauses(node.right)] : [node];
}
