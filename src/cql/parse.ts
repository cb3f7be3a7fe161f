/** Parser of the Cluster Query Language: `not` binds tighter than `and`, `and` tighter than `or`, both to the left. */
import type { CqlOptions } from '../contract.ts';
import type { CompareOperator, Comparison, Expression, Operator, Span, Subject } from './ast.ts';
import { subjectText } from './ast.ts';
import { secondsOf } from './date.ts';
import { refuseExpression } from './error.ts';
import { operatorsOf } from './operators.ts';
import { compileRegex } from './regex/compile.ts';
import { Scanner } from './scan.ts';
import { parseVersion } from './version.ts';

/** ECS API, PlacementConstraint.expression. */
export const MAX_EXPRESSION_LENGTH = 2000;
const MAX_DEPTH = 500;
const SUBJECTS = ['agentConnected', 'agentVersion', 'ec2InstanceId', 'registeredAt', 'runningTasksCount'] as const;
const EXPECTED_SUBJECT = [
  'a subject (attribute:NAME, task:group, agentConnected, agentVersion, ec2InstanceId, registeredAt, runningTasksCount)',
  '(',
  'not',
];
const ATTRIBUTE_NAME = /^[A-Za-z0-9_./\\-]{1,128}$/;

const OR_POWER = 1;
const AND_POWER = 2;

class Parser {
  readonly #scanner: Scanner;
  #depth = 0;

  constructor(text: string, options: CqlOptions) {
    this.#scanner = new Scanner(text, options);
  }

  whole(): Expression {
    const expression = this.#expression(0);
    if (!this.#scanner.isDone)
      this.#refuse(`found ${this.#scanner.found()}`, ['and', 'or', 'the end of the expression']);
    return expression;
  }

  #refuse(problem: string, expected: readonly string[]): never {
    refuseExpression('CQL_SYNTAX', this.#scanner.text, this.#scanner.at, problem, expected);
  }

  /** Pratt: reads operators that bind tighter than `power`. */
  #expression(power: number): Expression {
    let left = this.#operand();
    for (;;) {
      if (power < AND_POWER && (this.#scanner.symbol('&&') || this.#scanner.keyword('and')))
        left = this.#join('and', left, AND_POWER);
      else if (power < OR_POWER && (this.#scanner.symbol('||') || this.#scanner.keyword('or')))
        left = this.#join('or', left, OR_POWER);
      else return left;
    }
  }

  #join(kind: 'and' | 'or', left: Expression, power: number): Expression {
    const right = this.#expression(power);
    return { kind, left, right, span: { start: left.span.start, end: right.span.end } };
  }

  #operand(): Expression {
    const start = this.#scanner.at;
    if (++this.#depth > MAX_DEPTH) this.#refuse(`nested deeper than ${MAX_DEPTH}`, []);
    const operand = this.#negation(start) ?? this.#group() ?? this.#comparison(start);
    this.#depth--;
    return operand;
  }

  #negation(start: number): Expression | undefined {
    if (!this.#scanner.keyword('not') && !this.#scanner.symbol('!')) return undefined;
    const operand = this.#operand();
    return { kind: 'not', operand, span: { start, end: operand.span.end } };
  }

  #group(): Expression | undefined {
    if (!this.#scanner.symbol('(')) return undefined;
    const start = this.#scanner.end - 1;
    const inner = this.#expression(0);
    if (!this.#scanner.symbol(')')) this.#refuse(`found ${this.#scanner.found()}`, [')', 'and', 'or']);
    return { ...inner, span: { start, end: this.#scanner.end } };
  }

  #subject(): Subject {
    const at = this.#scanner.at;
    const name = this.#scanner.name();
    if (name.startsWith('attribute:')) {
      const attribute = name.slice('attribute:'.length);
      if (!ATTRIBUTE_NAME.test(attribute)) {
        refuseExpression('CQL_SYNTAX', this.#scanner.text, at, `${JSON.stringify(name)} names no attribute`, [
          'attribute: and 1 to 128 of A-Z a-z 0-9 _ . / \\ -',
        ]);
      }
      return { kind: 'attribute', name: attribute };
    }
    if (name === 'task:group') return { kind: 'taskGroup' };
    const kind = SUBJECTS.find((subject) => subject === name);
    if (kind !== undefined) return { kind };
    const found = name === '' ? this.#scanner.found() : JSON.stringify(name);
    return refuseExpression('CQL_SYNTAX', this.#scanner.text, at, `found ${found}`, EXPECTED_SUBJECT);
  }

  #comparison(start: number): Comparison {
    const subject = this.#subject();
    const at = this.#scanner.at;
    const operator = this.#scanner.operator();
    const allowed = operatorsOf(subject);
    if (operator === undefined) this.#refuse(`found ${this.#scanner.found()}`, allowed);
    if (!allowed.includes(operator)) {
      refuseExpression(
        'CQL_OPERATOR',
        this.#scanner.text,
        at,
        `${subjectText(subject)} does not take the operator ${operator}`,
        allowed,
      );
    }
    return this.#argument(subject, operator, start);
  }

  #argument(subject: Subject, operator: Operator, start: number): Comparison {
    const span = (): Span => ({ start, end: this.#scanner.end });
    switch (operator) {
      case 'exists':
      case '!exists':
        return { kind: 'exists', subject, operator, span: span() };
      case 'in':
      case '!in': {
        const values = this.#list(subject);
        return { kind: 'in', subject, operator, values, span: span() };
      }
      case '=~':
      case '!~': {
        const pattern = this.#pattern();
        return { kind: 'match', subject, operator, pattern, span: span() };
      }
      default: {
        const value = this.#value(subject, operator);
        return { kind: 'compare', subject, operator, value, span: span() };
      }
    }
  }

  #list(subject: Subject): string[] {
    if (!this.#scanner.symbol('[')) this.#refuse(`found ${this.#scanner.found()}`, ['[']);
    const values: string[] = [];
    do values.push(this.#value(subject, '=='));
    while (this.#scanner.symbol(','));
    if (!this.#scanner.symbol(']')) this.#refuse(`found ${this.#scanner.found()}`, [',', ']']);
    return values;
  }

  #pattern(): string {
    const at = this.#scanner.at;
    const pattern = this.#scanner.pattern();
    const expression = this.#scanner.text;
    compileRegex(pattern, { expression, offsetOf: (k) => offsetIn(expression, at, k) });
    return pattern;
  }

  /** Values of the ordered subjects have a form of their own. */
  #value(subject: Subject, operator: CompareOperator): string {
    const at = this.#scanner.at;
    const value = this.#scanner.value(`a value after ${operator}`);
    const expected = expectedForm(subject, value);
    if (expected !== undefined)
      refuseExpression(
        'CQL_VALUE',
        this.#scanner.text,
        at,
        `${JSON.stringify(value)} is no value of ${subjectText(subject)}`,
        [expected],
      );
    return value;
  }
}

/** Offset of the k-th character of a value that begins at `at`: quoted text has a quote before it and escapes in it. */
function offsetIn(expression: string, at: number, k: number): number {
  const quote = expression.charAt(at);
  if (quote !== "'" && quote !== '"') return at + k;
  let offset = at + 1;
  for (let left = k; left > 0; left--) offset += expression.startsWith(`\\${quote}`, offset) ? 2 : 1;
  return offset;
}

function expectedForm(subject: Subject, value: string): string | undefined {
  if (subject.kind === 'runningTasksCount' && !/^\d{1,10}$/.test(value)) return 'a whole number';
  if (subject.kind === 'agentVersion' && parseVersion(value) === undefined) return 'a version such as 1.14.5';
  if (subject.kind === 'registeredAt' && Number.isNaN(secondsOf(value)))
    return 'a date such as 2018-06-18 or 2018-06-18T22:28:28Z';
  return undefined;
}

/**
 * Parses an expression of memberOf or of ListContainerInstances.
 * @throws InvalidParameterException CQL_SYNTAX, CQL_OPERATOR, CQL_VALUE, CQL_REGEX or CQL_LENGTH, with the column.
 */
export function parse(expression: string, options: CqlOptions = {}): Expression {
  if (expression.length > MAX_EXPRESSION_LENGTH) {
    refuseExpression(
      'CQL_LENGTH',
      expression,
      MAX_EXPRESSION_LENGTH,
      `${expression.length} characters are more than the ${MAX_EXPRESSION_LENGTH} allowed`,
      [],
      MAX_EXPRESSION_LENGTH,
    );
  }
  return new Parser(expression, options).whole();
}
