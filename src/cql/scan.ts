/** Scanner of the Cluster Query Language. The parser says what may stand next, since a bare pattern is read otherwise. */
import type { CqlOptions } from '../contract.ts';
import type { Operator } from './ast.ts';
import { refuseExpression } from './error.ts';
import { SYMBOL_OPERATORS, WORD_OPERATORS } from './operators.ts';

const SPACE = /[ \t\n\r\f\v]*/y;
const WORD = /[A-Za-z_]+/y;
const NAME = /[A-Za-z0-9_./\\:-]+/y;
const BARE_VALUE = /[A-Za-z0-9_./\\:@+-]+/y;
const BARE_PATTERN = /(?:(?!&&|\|\|)[^\s()])+/y;
const NAME_CHARACTER = /[A-Za-z0-9_]/;

export class Scanner {
  readonly text: string;
  readonly #foldsCase: boolean;
  #at = 0;

  constructor(text: string, options: CqlOptions) {
    this.text = text;
    this.#foldsCase = options.caseInsensitiveKeywords === true;
  }

  /** Offset of the next token, after white space. */
  get at(): number {
    this.#take(SPACE);
    return this.#at;
  }

  /** Offset after the last token. */
  get end(): number {
    return this.#at;
  }

  get isDone(): boolean {
    return this.at === this.text.length;
  }

  /** What stands at the next token, for a message. */
  found(): string {
    const rest = this.text.slice(this.at);
    return rest === ''
      ? 'the end of the expression'
      : JSON.stringify(/^(?:[A-Za-z0-9_./\\:-]+|.)/su.exec(rest)?.[0] ?? rest);
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const text = pattern.exec(this.text)?.[0] ?? '';
    this.#at += text.length;
    return text;
  }

  /** Takes the symbol if it stands next. */
  symbol(symbol: string): boolean {
    if (!this.text.startsWith(symbol, this.at)) return false;
    this.#at += symbol.length;
    return true;
  }

  /** Takes the keyword if it stands next as a whole word. */
  keyword(keyword: string): boolean {
    const start = this.at;
    if (this.#fold(this.#take(WORD)) === keyword && !NAME_CHARACTER.test(this.text.charAt(this.#at))) return true;
    this.#at = start;
    return false;
  }

  #fold(word: string): string {
    return this.#foldsCase ? word.toLowerCase() : word;
  }

  name(): string {
    this.#take(SPACE);
    return this.#take(NAME);
  }

  /** Takes an operator in any spelling. */
  operator(): Operator | undefined {
    const start = this.at;
    for (const symbol of SYMBOL_OPERATORS) {
      const isWord = NAME_CHARACTER.test(symbol.charAt(1));
      const text = this.text.slice(start, start + symbol.length);
      if ((isWord ? this.#fold(text) : text) !== symbol) continue;
      if (isWord && NAME_CHARACTER.test(this.text.charAt(start + symbol.length))) continue;
      this.#at = start + symbol.length;
      return symbol;
    }
    const operator = WORD_OPERATORS.get(this.#fold(this.#take(WORD)));
    if (operator !== undefined && !NAME_CHARACTER.test(this.text.charAt(this.#at))) return operator;
    this.#at = start;
    return undefined;
  }

  /** A quoted or bare value. */
  value(expected: string): string {
    return this.#quotedOr(BARE_VALUE, expected);
  }

  /** A quoted or bare regular expression. */
  pattern(): string {
    return this.#quotedOr(BARE_PATTERN, 'a pattern');
  }

  #quotedOr(bare: RegExp, expected: string): string {
    const start = this.at;
    const quote = this.text.charAt(start);
    if (quote === "'" || quote === '"') return this.#quoted(quote);
    const text = this.#take(bare);
    if (text === '') refuseExpression('CQL_SYNTAX', this.text, start, `found ${this.found()}`, [expected]);
    return text;
  }

  /** The only escape is the quote itself, so that the backslashes of a pattern survive. */
  #quoted(quote: string): string {
    const start = this.#at;
    let value = '';
    for (let k = start + 1; k < this.text.length; k++) {
      const character = this.text.charAt(k);
      if (character === quote) {
        this.#at = k + 1;
        return value;
      }
      const escapes = character === '\\' && this.text.charAt(k + 1) === quote;
      value += escapes ? quote : character;
      if (escapes) k++;
    }
    return refuseExpression('CQL_SYNTAX', this.text, start, 'the quoted text has no end', [quote]);
  }
}
