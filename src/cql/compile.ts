/**
 * Expression -> postfix steps over one instance. A missing subject makes every operator false but `!exists`; `not` is
 * plain negation. Called by the wasm engine, which binds the steps to columns.
 */
import type { CqlOptions } from '../contract.ts';
import type { CompareOperator, Comparison, Expression, Subject } from './ast.ts';
import type { CompiledExpression, DictionarySubject, Step } from './compiled.ts';
import { secondsOf } from './date.ts';
import { compileRegex } from './regex/compile.ts';
import { compareVersions, parseVersion, type Version } from './version.ts';

type Accepts = (value: string) => boolean;

interface Test {
  readonly accepts: Accepts;
  readonly oneOf?: readonly string[];
}

const DECIMAL = /^-?\d+(?:\.\d+)?$/;

function holds(order: number, operator: CompareOperator): boolean {
  switch (operator) {
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareMaybeNumbers(a: string, b: string): number {
  return DECIMAL.test(a) && DECIMAL.test(b) ? Number(a) - Number(b) : compareText(a, b);
}

/** What a comparison asks of a text. */
function textTest(node: Comparison, options: CqlOptions): Test {
  switch (node.kind) {
    case 'exists':
      return { accepts: () => true };
    case 'in': {
      const values = [...new Set(node.values)];
      return node.operator === 'in'
        ? { accepts: (value) => values.includes(value), oneOf: values }
        : { accepts: (value) => !values.includes(value) };
    }
    case 'match': {
      const regex = compileRegex(node.pattern);
      return { accepts: node.operator === '=~' ? (value) => regex.matches(value) : (value) => !regex.matches(value) };
    }
    case 'compare': {
      const { operator, value: bound } = node;
      if (operator === '==') return { accepts: (value) => value === bound, oneOf: [bound] };
      if (operator === '!=') return { accepts: (value) => value !== bound };
      const compare = options.numericAttributes === true ? compareMaybeNumbers : compareText;
      return { accepts: (value) => holds(compare(value, bound), operator) };
    }
  }
}

function isNegative({ operator }: Comparison): boolean {
  return operator === '!=' || operator === '!in' || operator === '!~';
}

/** A value that is there without text is unlike every text. */
function valueSteps(subject: DictionarySubject, node: Comparison, options: CqlOptions): Step[] {
  if (node.kind === 'exists') {
    return node.operator === 'exists' ? [{ op: 'present', subject }] : [{ op: 'present', subject }, { op: 'not' }];
  }
  return [{ op: 'value', subject, valueless: isNegative(node), ...textTest(node, options) }];
}

function versionSteps(node: Comparison & { kind: 'compare' }): Step[] {
  const bound = parseVersion(node.value) as Version;
  const accepts = (value: string): boolean => {
    const version = parseVersion(value);
    return version !== undefined && holds(compareVersions(version, bound), node.operator);
  };
  return [{ op: 'value', subject: { kind: 'agentVersion' }, valueless: false, accepts }];
}

/** `!=` asks whether some task is of another group, unless the option says that none may be of it. */
function groupSteps(node: Comparison, options: CqlOptions): Step[] {
  const test = textTest(node, options);
  if (!isNegative(node) || options.taskGroupNegation !== 'none') return [{ op: 'taskGroup', ...test }];
  return [{ op: 'taskGroup', accepts: (group) => !test.accepts(group) }, { op: 'not' }];
}

function comparisonSteps(node: Comparison, options: CqlOptions): Step[] {
  const subject: Subject = node.subject;
  switch (subject.kind) {
    case 'attribute':
    case 'ec2InstanceId':
      return valueSteps(subject, node, options);
    case 'agentVersion':
      return versionSteps(node as Comparison & { kind: 'compare' });
    case 'agentConnected': {
      const { accepts } = textTest(node, options);
      return [{ op: 'agentConnected', whenTrue: accepts('true'), whenFalse: accepts('false') }];
    }
    case 'taskGroup':
      return groupSteps(node, options);
    case 'registeredAt': {
      const { operator, value } = node as Comparison & { kind: 'compare' };
      return [{ op: 'registeredAt', comparison: operator, seconds: secondsOf(value) }];
    }
    case 'runningTasksCount': {
      const { operator, value } = node as Comparison & { kind: 'compare' };
      return [{ op: 'runningTasksCount', comparison: operator, count: Number(value) }];
    }
  }
}

interface Part {
  readonly steps: readonly Step[];
  /** Deepest the stack gets. */
  readonly depth: number;
}

/** The deeper side first: `and` and `or` do not care for order, and the stack stays as low as the logarithm of the size. */
function join(kind: 'and' | 'or', left: Part, right: Part): Part {
  const [first, second] = left.depth >= right.depth ? [left, right] : [right, left];
  return { steps: [...first.steps, ...second.steps, { op: kind }], depth: Math.max(first.depth, second.depth + 1) };
}

function part(node: Expression, options: CqlOptions): Part {
  if (node.kind === 'not') {
    const { steps, depth } = part(node.operand, options);
    return { steps: [...steps, { op: 'not' }], depth };
  }
  if (node.kind === 'and' || node.kind === 'or')
    return join(node.kind, part(node.left, options), part(node.right, options));
  return { steps: comparisonSteps(node, options), depth: 1 };
}

export function compile(node: Expression, options: CqlOptions = {}): CompiledExpression {
  const { steps } = part(node, options);
  return { steps, dynamic: steps.some(({ op }) => op === 'taskGroup' || op === 'runningTasksCount') };
}
