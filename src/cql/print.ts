/** Canonical text of an expression: parse(print(x)) is x again, but for spans. */
import type { Comparison, Expression } from './ast.ts';
import { subjectText } from './ast.ts';

const BARE_VALUE = /^[A-Za-z0-9_./\\:@+-]+$/;
const BARE_PATTERN = /^(?!['"])(?:(?!&&|\|\|)[^\s()])+$/;

function quote(text: string): string {
  return `'${text.replaceAll("'", "\\'")}'`;
}

function printValue(value: string): string {
  return BARE_VALUE.test(value) ? value : quote(value);
}

function printComparison(node: Comparison): string {
  const head = `${subjectText(node.subject)} ${node.operator}`;
  switch (node.kind) {
    case 'exists':
      return head;
    case 'in':
      return `${head} [${node.values.map(printValue).join(', ')}]`;
    case 'match':
      return `${head} ${BARE_PATTERN.test(node.pattern) ? node.pattern : quote(node.pattern)}`;
    case 'compare':
      return `${head} ${printValue(node.value)}`;
  }
}

const POWER = { or: 1, and: 2, not: 3, compare: 4, in: 4, match: 4, exists: 4 } as const;

function within(node: Expression, power: number): string {
  return POWER[node.kind] < power ? `(${print(node)})` : print(node);
}

export function print(node: Expression): string {
  if (node.kind === 'not')
    return node.operand.kind === 'not' ? `not ${print(node.operand)}` : `not(${print(node.operand)})`;
  if (node.kind !== 'and' && node.kind !== 'or') return printComparison(node);
  // The right side of a left-associative operator keeps its parentheses, or the tree would turn.
  return `${within(node.left, POWER[node.kind])} ${node.kind} ${within(node.right, POWER[node.kind] + 1)}`;
}
