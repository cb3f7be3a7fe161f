/**
 * Evaluates a Cluster Query Language expression on one instance, straight from its syntax tree: own comparisons,
 * JavaScript's regular expressions. Shares with the wasm engine's compiler nothing but the parser.
 */
import type { CqlOptions } from '../../contract.ts';
import type { CompareOperator, Comparison, Expression } from '../../cql/ast.ts';
import { toJavaScript } from '../../cql/regex/javascript.ts';
import type { Instance } from '../state.ts';
import { secondsOfDate } from './date.ts';
import { compareVersions } from './version.ts';

export function evaluate(node: Expression, instance: Instance, options: CqlOptions): boolean {
  switch (node.kind) {
    case 'and':
      return evaluate(node.left, instance, options) && evaluate(node.right, instance, options);
    case 'or':
      return evaluate(node.left, instance, options) || evaluate(node.right, instance, options);
    case 'not':
      return !evaluate(node.operand, instance, options);
    default:
      return compare(node, instance, options);
  }
}

function compare(node: Comparison, instance: Instance, options: CqlOptions): boolean {
  const { record } = instance;
  const { subject } = node;
  switch (subject.kind) {
    case 'attribute':
      return attributeSatisfies(node, subject.name, instance, options);
    case 'ec2InstanceId':
      return record.ec2InstanceId !== undefined && textSatisfies(node, record.ec2InstanceId, options);
    case 'agentConnected':
      return textSatisfies(node, String(instance.agentConnected), options);
    case 'taskGroup':
      return groupsSatisfy(node, instance, options);
    case 'agentVersion':
      return isInOrder(node, record.agentVersion, compareVersions);
    case 'registeredAt':
      return isInOrder(node, record.registeredAtSeconds, (seconds, date) => seconds - secondsOfDate(date));
    case 'runningTasksCount':
      return isInOrder(node, instance.runningTasks, (count, number) => count - Number(number));
  }
}

/** Without the attribute every operator is false but `!exists`; without a value it is unlike every text. */
function attributeSatisfies(node: Comparison, name: string, instance: Instance, options: CqlOptions): boolean {
  const attribute = instance.attributes.find((one) => one.name === name);
  if (node.operator === '!exists') return attribute === undefined;
  if (attribute === undefined) return false;
  if (node.operator === 'exists') return true;
  return attribute.value === undefined ? isNegative(node) : textSatisfies(node, attribute.value, options);
}

/**
 * Some active task is of a group that satisfies the operator. With `taskGroupNegation: 'none'`, `!=` and its like ask
 * that no active task is of a group that the positive operator takes.
 */
function groupsSatisfy(node: Comparison, { groups }: Instance, options: CqlOptions): boolean {
  const satisfies = ({ group }: { group: string }): boolean => textSatisfies(node, group, options);
  return isNegative(node) && options.taskGroupNegation === 'none' ? groups.every(satisfies) : groups.some(satisfies);
}

function isNegative({ operator }: Comparison): boolean {
  return operator === '!=' || operator === '!in' || operator === '!~';
}

function textSatisfies(node: Comparison, text: string, { numericAttributes }: CqlOptions): boolean {
  switch (node.kind) {
    case 'exists':
      return node.operator === 'exists';
    case 'in':
      return node.values.includes(text) === (node.operator === 'in');
    case 'match':
      return regularExpression(node).test(text) === (node.operator === '=~');
    case 'compare':
      if (node.operator === '==') return text === node.value;
      if (node.operator === '!=') return text !== node.value;
      return holds(
        node.operator,
        numericAttributes === true ? orderNumbers(text, node.value) : order(text, node.value),
      );
  }
}

/** UTF-16 order, as Java's String.compareTo. */
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function orderNumbers(a: string, b: string): number {
  const areNumbers = [a, b].every((text) => /^-?\d+(\.\d+)?$/.test(text));
  return areNumbers ? Number(a) - Number(b) : order(a, b);
}

/**
 * Subjects with an order of their own; the parser lets only the six comparisons through. `measure` is negative, zero,
 * positive, or NaN where the two cannot be compared, and then no comparison holds.
 */
function isInOrder<T>(node: Comparison, own: T | undefined, measure: (own: T, bound: string) => number): boolean {
  if (own === undefined || node.kind !== 'compare') return false;
  return holds(node.operator, measure(own, node.value));
}

function holds(operator: CompareOperator, difference: number): boolean {
  if (Number.isNaN(difference)) return false;
  switch (operator) {
    case '==':
      return difference === 0;
    case '!=':
      return difference !== 0;
    case '<':
      return difference < 0;
    case '<=':
      return difference <= 0;
    case '>':
      return difference > 0;
    case '>=':
      return difference >= 0;
  }
}

/** Kept with the syntax tree: one pattern is asked of every instance. */
const EXPRESSIONS = new WeakMap<Comparison, RegExp>();

function regularExpression(node: Comparison & { kind: 'match' }): RegExp {
  const known = EXPRESSIONS.get(node);
  if (known !== undefined) return known;
  const made = new RegExp(toJavaScript(node.pattern), 'u');
  EXPRESSIONS.set(node, made);
  return made;
}
