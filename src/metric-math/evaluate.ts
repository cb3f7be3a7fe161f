/**
 * Metric math at one period: numbers in, a number out, NaN where a datapoint is missing. Called by compile's function.
 * What is missing makes its sums and products missing; division by zero is missing; aggregates leave missing ones out.
 */
import type { Node } from './parse.ts';

/** The datapoints of the metrics, in the order of the queries. */
export type Evaluate = (inputs: readonly number[]) => number;

export interface Scope {
  valueFor(id: string): number;
  /** Of all metrics: METRICS(). */
  readonly all: readonly number[];
  /** What FILL(m, REPEAT) repeats, by node. */
  readonly repeated: Map<Node, number>;
}

const flag = (holds: boolean): number => (holds ? 1 : 0);

function binary(sign: string, left: number, right: number): number {
  if (Number.isNaN(left) || Number.isNaN(right)) return Number.NaN;
  switch (sign) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0 ? Number.NaN : left / right;
    case '^':
      return left ** right;
    case '<':
      return flag(left < right);
    case '<=':
      return flag(left <= right);
    case '>':
      return flag(left > right);
    case '>=':
      return flag(left >= right);
    case '==':
      return flag(left === right);
    case '!=':
      return flag(left !== right);
    case '&&':
    case 'AND':
      return flag(left !== 0 && right !== 0);
    default:
      return flag(left !== 0 || right !== 0);
  }
}

function aggregate(name: string, values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.length === 0) return Number.NaN;
  if (name === 'MAX') return known.reduce((most, value) => Math.max(most, value));
  if (name === 'MIN') return known.reduce((least, value) => Math.min(least, value));
  const sum = known.reduce((total, value) => total + value, 0);
  return name === 'SUM' ? sum : sum / known.length;
}

function fill(node: Extract<Node, { readonly kind: 'call' }>, scope: Scope): number {
  const [of, by] = node.given as readonly [Node, Node];
  const value = evaluate(of, scope);
  const isRepeated = by.kind === 'call' && by.name === 'REPEAT';
  if (!Number.isNaN(value)) {
    if (isRepeated) scope.repeated.set(node, value);
    return value;
  }
  return isRepeated ? (scope.repeated.get(node) ?? Number.NaN) : evaluate(by, scope);
}

function call(node: Extract<Node, { readonly kind: 'call' }>, scope: Scope): number {
  const { name, given } = node;
  if (name === 'FILL') return fill(node, scope);
  if (name === 'IF') {
    const [condition, then, otherwise] = given as readonly [Node, Node, Node?];
    const holds = evaluate(condition, scope);
    if (Number.isNaN(holds)) return Number.NaN;
    if (holds !== 0) return evaluate(then, scope);
    return otherwise === undefined ? Number.NaN : evaluate(otherwise, scope);
  }
  const values = given.flatMap((one) => (one.kind === 'all' ? scope.all : [evaluate(one, scope)]));
  const [first = Number.NaN] = values;
  if (name === 'CEIL') return Math.ceil(first);
  if (name === 'FLOOR') return Math.floor(first);
  return name === 'ABS' ? Math.abs(first) : aggregate(name, values);
}

export function evaluate(node: Node, scope: Scope): number {
  switch (node.kind) {
    case 'number':
      return node.value;
    case 'id':
      return scope.valueFor(node.id);
    case 'negate':
      return -evaluate(node.of, scope);
    case 'binary':
      return binary(node.sign, evaluate(node.left, scope), evaluate(node.right, scope));
    case 'call':
      return call(node, scope);
    case 'all':
      return Number.NaN;
  }
}
