/**
 * The AWS CLI's shorthand: `type=spread,field=instanceId`, with lists in [] and maps in {}. Kinder than the original in
 * one point: commas and spaces inside brackets or quotes belong to an unquoted value, so expressions need no quoting.
 */
import { BayplanError } from '../../errors.ts';

export type Shorthand = string | Shorthand[] | { [key: string]: Shorthand };

const KEY = /[A-Za-z0-9_\-.#/:]+(?==)/y;
const SPACE = /[ \t\r\n]*/y;
const CLOSING: Readonly<Record<string, string>> = { '[': ']', '(': ')', '{': '}' };

class Reader {
  readonly #text: string;
  readonly #option: string;
  #at = 0;

  constructor(text: string, option: string) {
    this.#text = text;
    this.#option = option;
  }

  whole(): Record<string, Shorthand> {
    const map = this.#pairs('');
    if (this.#at < this.#text.length) this.#refuse('a comma or the end');
    return map;
  }

  #pairs(end: string): Record<string, Shorthand> {
    const map: Record<string, Shorthand> = Object.create(null);
    do {
      this.#token(SPACE);
      const key = this.#token(KEY);
      if (key === '') this.#refuse('name=value');
      if (key in map) this.#refuse(`another name than ${key}, which is given already`);
      this.#at++;
      map[key] = this.#value(end);
      this.#token(SPACE);
    } while (this.#take(','));
    return { ...map };
  }

  #value(end: string): Shorthand {
    this.#token(SPACE);
    if (this.#take('[')) return this.#list();
    if (this.#take('{')) {
      const map = this.#pairs('}');
      if (!this.#take('}')) this.#refuse('a comma or }');
      return map;
    }
    return this.#scalar(end);
  }

  #list(): Shorthand[] {
    const values: Shorthand[] = [];
    this.#token(SPACE);
    if (this.#take(']')) return values;
    do {
      values.push(this.#value(']'));
      this.#token(SPACE);
    } while (this.#take(','));
    if (!this.#take(']')) this.#refuse('a comma or ]');
    return values;
  }

  #scalar(end: string): string {
    const quoted = this.#quoted();
    return quoted ?? this.#plain(end);
  }

  /** A value that is quoted as a whole; a quote that ends earlier belongs to a plain value, such as an expression. */
  #quoted(): string | undefined {
    const quote = this.#text[this.#at];
    if (quote !== "'" && quote !== '"') return undefined;
    let value = '';
    for (let at = this.#at + 1; at < this.#text.length; at++) {
      const found = this.#text[at] as string;
      if (found === '\\' && this.#text[at + 1] === quote) value += this.#text[++at];
      else if (found !== quote) value += found;
      else {
        if (!/^\s*(?:[,\]}]|$)/.test(this.#text.slice(at + 1))) return undefined;
        this.#at = at + 1;
        return value;
      }
    }
    return undefined;
  }

  #plain(end: string): string {
    const start = this.#at;
    const open: string[] = [];
    for (; this.#at < this.#text.length; this.#at++) {
      const found = this.#text[this.#at] as string;
      if (open.length === 0 && (found === ',' || found === end)) break;
      const inQuotes = open.at(-1) === "'" || open.at(-1) === '"';
      if (found === open.at(-1)) open.pop();
      else if (found === '\\') this.#at++;
      else if (!inQuotes && (found === "'" || found === '"')) open.push(found);
      else if (!inQuotes && CLOSING[found] !== undefined) open.push(CLOSING[found]);
    }
    return this.#text.slice(start, this.#at).trim();
  }

  #take(text: string): boolean {
    const isThere = this.#text.startsWith(text, this.#at);
    if (isThere) this.#at += text.length;
    return isThere;
  }

  #token(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const text = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += text.length;
    return text;
  }

  #refuse(expected: string): never {
    const found = this.#at < this.#text.length ? JSON.stringify(this.#text.slice(this.#at, this.#at + 12)) : 'the end';
    throw new BayplanError(
      'BayplanException',
      'SHORTHAND',
      `${this.#option}: column ${this.#at + 1} of ${JSON.stringify(this.#text)}: expected ${expected}, but found ${found}.`,
      { value: this.#text },
    );
  }
}

/** One item; JSON is not taken here. */
export function parseShorthand(text: string, option: string): Record<string, Shorthand> {
  return new Reader(text.trim(), option).whole();
}

/** Several items in one argument: a new one starts at `type=` after a space. */
export function splitItems(text: string): string[] {
  return text.trim().split(/\s+(?=type=)/);
}
