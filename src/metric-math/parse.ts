/**
 * Metric math: arithmetic and comparisons over ids, and the functions that scaling policies need (CloudWatch user guide,
 * using metric math). Called by compile. Precedence, lowest first: or, and, comparison, sum, product, sign, power.
 */
import { FUNCTIONS } from './functions.ts';
import { refuseMath, type Token, tokensOf } from './tokens.ts';

export type Node =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'all' }
  | { readonly kind: 'negate'; readonly of: Node }
  | { readonly kind: 'binary'; readonly sign: string; readonly left: Node; readonly right: Node }
  | { readonly kind: 'call'; readonly name: string; readonly given: readonly Node[] };

const LEVELS: readonly (readonly string[])[] = [
  ['||', 'OR'],
  ['&&', 'AND'],
  ['<', '<=', '>', '>=', '==', '!='],
  ['+', '-'],
  ['*', '/'],
];
/** Deeper ones would only exhaust the stack. */
const MOST_DEPTH = 100;

class Parser {
  readonly #expression: string;
  readonly #path: string;
  readonly #ids: ReadonlySet<string>;
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(expression: string, ids: ReadonlySet<string>, path: string) {
    this.#expression = expression;
    this.#ids = ids;
    this.#path = path;
    this.#tokens = tokensOf(expression, path);
  }

  whole(): Node {
    const node = this.#level(0);
    if (this.#next.kind !== 'end') this.#refuse(`unexpected ${JSON.stringify(this.#next.text)}`);
    return node;
  }

  get #next(): Token {
    return this.#tokens[this.#at] as Token;
  }

  #refuse(problem: string, { column }: Token = this.#next): never {
    refuseMath(this.#expression, column, problem, this.#path);
  }

  #takes(...texts: readonly string[]): string | undefined {
    const { text, kind } = this.#next;
    if (kind === 'end' || !texts.includes(text)) return undefined;
    this.#at++;
    return text;
  }

  #level(level: number): Node {
    if (++this.#depth > MOST_DEPTH) this.#refuse('nested too deeply');
    const signs = LEVELS[level];
    let node = signs === undefined ? this.#signed() : this.#level(level + 1);
    for (let sign = signs && this.#takes(...signs); sign !== undefined; sign = signs && this.#takes(...signs))
      node = { kind: 'binary', sign, left: node, right: this.#level(level + 1) };
    this.#depth--;
    return node;
  }

  #signed(): Node {
    if (this.#takes('-') !== undefined) return { kind: 'negate', of: this.#nested(() => this.#signed()) };
    const base = this.#operand();
    if (this.#takes('^') === undefined) return base;
    return { kind: 'binary', sign: '^', left: base, right: this.#nested(() => this.#signed()) };
  }

  #nested(parse: () => Node): Node {
    if (++this.#depth > MOST_DEPTH) this.#refuse('nested too deeply');
    const node = parse();
    this.#depth--;
    return node;
  }

  #operand(): Node {
    const token = this.#next;
    if (token.kind === 'end') this.#refuse('an operand is missing');
    this.#at++;
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text) };
    if (token.text === '(') {
      const node = this.#level(0);
      if (this.#takes(')') === undefined) this.#refuse('a closing parenthesis is missing');
      return node;
    }
    if (token.kind === 'sign') return this.#refuse(`unexpected ${JSON.stringify(token.text)}`, token);
    return this.#next.text === '(' ? this.#call(token) : this.#id(token);
  }

  #id(token: Token): Node {
    if (!this.#ids.has(token.text)) this.#refuse(`unknown id ${token.text}`, token);
    return { kind: 'id', id: token.text };
  }

  #call(token: Token): Node {
    this.#at++;
    const given: Node[] = [];
    while (this.#takes(')') === undefined) {
      if (given.length > 0 && this.#takes(',') === undefined) this.#refuse('a comma is missing');
      // FILL's REPEAT is a word, not an id.
      if (token.text === 'FILL' && given.length === 1 && this.#takes('REPEAT') !== undefined)
        given.push({ kind: 'call', name: 'REPEAT', given: [] });
      else given.push(this.#level(0));
    }
    if (token.text === 'METRICS' && given.length === 0) return { kind: 'all' };
    const known = Object.hasOwn(FUNCTIONS, token.text) ? FUNCTIONS[token.text] : undefined;
    if (known === undefined) this.#refuse(`unknown function ${token.text}`, token);
    const [least, most] = known;
    if (given.length < least || given.length > most)
      this.#refuse(`${token.text} with ${given.length} arguments`, token);
    return { kind: 'call', name: token.text, given };
  }
}

/**
 * @param ids that it may name.
 * @throws ValidationException METRIC_MATH with the column.
 */
export function parseMath(expression: string, ids: ReadonlySet<string>, path: string): Node {
  return new Parser(expression, ids, path).whole();
}
