/** A syntax tree without its spans, to compare what two texts mean. */
import type { Comparison, Expression } from '../../src/cql/ast.ts';

type Plain<T> = T extends { span: unknown } ? Omit<T, 'span'> : never;

export type PlainExpression =
  | { readonly kind: 'and' | 'or'; readonly left: PlainExpression; readonly right: PlainExpression }
  | { readonly kind: 'not'; readonly operand: PlainExpression }
  | Plain<Comparison>;

export function plain(node: Expression): PlainExpression {
  if (node.kind === 'and' || node.kind === 'or')
    return { kind: node.kind, left: plain(node.left), right: plain(node.right) };
  if (node.kind === 'not') return { kind: 'not', operand: plain(node.operand) };
  const { span: _, ...rest } = node;
  return rest as PlainExpression;
}

/** The node and all below it. */
export function nodes(node: Expression): Expression[] {
  if (node.kind === 'and' || node.kind === 'or') return [node, ...nodes(node.left), ...nodes(node.right)];
  return node.kind === 'not' ? [node, ...nodes(node.operand)] : [node];
}
