/**
 * Where broken JSON breaks. JSON.parse has no position for every error, so a text that it refused is walked again here.
 * Iterative: nesting is limited by memory, not by the stack.
 */

export interface SyntaxProblem {
  /** UTF-16 offset of what is wrong. */
  readonly offset: number;
  readonly problem: string;
}

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])/y;
const WORD = /(?:true|false|null)(?!\w)/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

type Step = 'value' | 'value or ]' | 'name' | 'name or }' | 'colon' | 'next';

class Walk {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The first problem; undefined when the text is JSON. */
  problem(): SyntaxProblem | undefined {
    const open: string[] = [];
    let step: Step = 'value';
    for (;;) {
      this.#skip(SPACE);
      const found = this.#text[this.#at];
      if (step === 'next' && open.length === 0)
        return found === undefined ? undefined : this.#fail('the end of the file');
      const next = this.#step(step, found, open);
      if (typeof next !== 'string') return next;
      step = next;
    }
  }

  #step(step: Step, found: string | undefined, open: string[]): Step | SyntaxProblem {
    switch (step) {
      case 'value or ]':
        return found === ']' ? this.#close(open) : this.#value(found, open, 'a value or ]');
      case 'value':
        return this.#value(found, open, 'a value');
      case 'name or }':
        return found === '}' ? this.#close(open) : this.#name(found, 'a name in double quotes or }');
      case 'name':
        return this.#name(found, 'a name in double quotes');
      case 'colon':
        return found === ':' ? this.#take('value') : this.#fail('a colon');
      case 'next':
        return this.#next(found, open);
    }
  }

  #next(found: string | undefined, open: string[]): Step | SyntaxProblem {
    const isObject = open.at(-1) === '{';
    if (found === ',') return this.#take(isObject ? 'name' : 'value');
    if (found === (isObject ? '}' : ']')) return this.#close(open);
    return this.#fail(isObject ? 'a comma or }' : 'a comma or ]');
  }

  #value(found: string | undefined, open: string[], expected: string): Step | SyntaxProblem {
    if (found === '{' || found === '[') {
      open.push(found);
      return this.#take(found === '{' ? 'name or }' : 'value or ]');
    }
    if (found === '"') return this.#string() ?? 'next';
    return this.#skip(NUMBER) || this.#skip(WORD) ? 'next' : this.#fail(expected);
  }

  #name(found: string | undefined, expected: string): Step | SyntaxProblem {
    return found === '"' ? (this.#string() ?? 'colon') : this.#fail(expected);
  }

  #close(open: string[]): Step {
    open.pop();
    return this.#take('next');
  }

  #take(step: Step): Step {
    this.#at++;
    return step;
  }

  #string(): SyntaxProblem | undefined {
    const start = this.#at++;
    for (;;) {
      const found = this.#text[this.#at];
      if (found === undefined) return { offset: start, problem: 'this text has no closing quote' };
      if (found < ' ')
        return this.#fail('a closing quote (line breaks and tabs inside a text are written \\n and \\t)');
      if (found === '"') break;
      if (found !== '\\') this.#at++;
      else if (!this.#skip(ESCAPE)) return this.#fail('one of \\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX');
    }
    this.#at++;
    return undefined;
  }

  #skip(token: RegExp): boolean {
    token.lastIndex = this.#at;
    const length = token.exec(this.#text)?.[0].length ?? 0;
    this.#at += length;
    return length > 0;
  }

  #fail(expected: string): SyntaxProblem {
    const code = this.#text.codePointAt(this.#at);
    const found = code === undefined ? 'the file ends' : `found ${JSON.stringify(String.fromCodePoint(code))}`;
    return { offset: this.#at, problem: `expected ${expected}, but ${found}` };
  }
}

export function findSyntaxProblem(text: string): SyntaxProblem | undefined {
  return new Walk(text).problem();
}

/** 1-based line and column of an offset. */
export function positionAt(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++;
    start = at + 1;
  }
  return { line, column: offset - start + 1 };
}
