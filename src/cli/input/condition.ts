/**
 * Conditions of `--require`: two sums of figures and numbers with a comparison between them, such as `cost <= 1.1 *
 * baseline.cost` or `services[web].belowMinimumMs < 30s`. Called by simulate. Invariant: what parses can be evaluated on any
 * summary, but for names that the summary does not have.
 */
import { BayplanError } from '../../errors.ts';
import { type Token, tokensOf } from './condition-tokens.ts';

export type Term =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'figure'; readonly text: string; readonly path: readonly string[]; readonly column: number }
  | { readonly kind: '+' | '-' | '*' | '/'; readonly left: Term; readonly right: Term };

export type Comparison = '<' | '<=' | '>' | '>=' | '==' | '!=';

export interface Condition {
  /** As given. */
  readonly text: string;
  readonly left: Term;
  readonly comparison: Comparison;
  readonly right: Term;
}

const COMPARISONS: readonly string[] = ['<', '<=', '>', '>=', '==', '!='];
const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const TRUTHS: Readonly<Record<string, number>> = { true: 1, false: 0 };

export function refuseCondition(text: string, column: number, why: string, expected?: readonly string[]): never {
  throw new BayplanError('BayplanException', 'CONDITION', `--require: ${why}`, {
    expression: text,
    column,
    value: text,
    ...(expected === undefined ? {} : { expected }),
  });
}

class Parser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokensOf(text, (column, why) => refuseCondition(text, column, why));
  }

  condition(): Condition {
    const left = this.#sum();
    const comparison = this.#take(COMPARISONS);
    if (comparison === undefined) this.#refuse('expected a comparison: <, <=, >, >=, == or !=.');
    const right = this.#sum();
    if (this.#token !== undefined)
      this.#refuse('expected nothing more: give a second condition with its own --require.');
    return { text: this.#text.trim(), left, comparison: comparison as Comparison, right };
  }

  get #token(): Token | undefined {
    return this.#tokens[this.#next];
  }

  #refuse(why: string): never {
    return refuseCondition(this.#text, this.#token?.column ?? this.#text.length + 1, why);
  }

  #take(signs: readonly string[]): string | undefined {
    const token = this.#token;
    if (token?.kind !== 'sign' || !signs.includes(token.text)) return undefined;
    this.#next += 1;
    return token.text;
  }

  #sum(): Term {
    return this.#chain(['+', '-'], () => this.#chain(['*', '/'], () => this.#atom()));
  }

  #chain(signs: readonly string[], part: () => Term): Term {
    let left = part();
    for (let sign = this.#take(signs); sign !== undefined; sign = this.#take(signs))
      left = { kind: sign as '+', left, right: part() };
    return left;
  }

  #atom(): Term {
    if (this.#take(['-']) !== undefined) return { kind: '-', left: { kind: 'number', value: 0 }, right: this.#atom() };
    if (this.#take(['(']) !== undefined) {
      const inner = this.#sum();
      if (this.#take([')']) === undefined) this.#refuse('expected a closing parenthesis.');
      return inner;
    }
    const token = this.#token;
    if (token?.kind === 'number') return this.#number(token);
    if (token?.kind !== 'name') return this.#refuse('expected a figure, such as cost, or a number.');
    this.#next += 1;
    const truth = token.path.length === 1 ? TRUTHS[token.path[0] ?? ''] : undefined;
    return truth === undefined ? { ...token, kind: 'figure' } : { kind: 'number', value: truth };
  }

  #number({ value, unit }: Extract<Token, { kind: 'number' }>): Term {
    const factor = unit === '' ? 1 : UNITS_MS[unit];
    if (factor === undefined) return this.#refuse(`${unit} is no unit: there are ${Object.keys(UNITS_MS).join(', ')}.`);
    this.#next += 1;
    return { kind: 'number', value: value * factor };
  }
}

/**
 * @param text figures (`cost` in dollars, the others as the JSON summary has them), numbers (`$5`, `90s`, `PT3M`), + - * /,
 * parentheses, and one comparison.
 * @throws BayplanException CONDITION with the column.
 */
export function parseCondition(text: string): Condition {
  return new Parser(text).condition();
}

/** @param figure the value of a name. @returns NaN for a division of zero by zero. */
export function evaluate(term: Term, figure: (named: Extract<Term, { kind: 'figure' }>) => number): number {
  if (term.kind === 'number') return term.value;
  if (term.kind === 'figure') return figure(term);
  const [left, right] = [evaluate(term.left, figure), evaluate(term.right, figure)];
  switch (term.kind) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
  }
}

/** Nothing holds of NaN but `!=`. */
export function compare(left: number, comparison: Comparison, right: number): boolean {
  switch (comparison) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '==':
      return left === right;
    case '!=':
      return left !== right;
  }
}
