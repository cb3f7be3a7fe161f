/** Words of a metric math expression, each with where it stands. Called by parse. */
import { refuse } from '../model/read.ts';

export interface Token {
  readonly kind: 'number' | 'name' | 'sign' | 'end';
  readonly text: string;
  /** 1-based. */
  readonly column: number;
}

const WORD =
  /\s*(?:(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)|([A-Za-z][A-Za-z0-9_]*)|(<=|>=|==|!=|&&|\|\||[-+*/^(),<>]))/y;

export function refuseMath(expression: string, column: number, problem: string, path: string): never {
  refuse(
    'METRIC_MATH',
    `${path}: ${problem} at column ${column} of ${JSON.stringify(expression)}.`,
    { path, expression, column, value: expression },
    'ValidationException',
  );
}

/** @throws ValidationException METRIC_MATH for a sign that metric math does not have. */
export function tokensOf(expression: string, path: string): Token[] {
  const tokens: Token[] = [];
  const end = expression.trimEnd().length;
  WORD.lastIndex = 0;
  while (WORD.lastIndex < end) {
    const from = WORD.lastIndex;
    const found = WORD.exec(expression);
    if (found === null) {
      const at = from + (/^\s*/.exec(expression.slice(from))?.[0].length ?? 0);
      refuseMath(expression, at + 1, `unexpected ${JSON.stringify(expression[at])}`, path);
    }
    const [whole, number, name, sign] = found;
    const text = number ?? name ?? (sign as string);
    const kind = number !== undefined ? 'number' : name !== undefined ? 'name' : 'sign';
    tokens.push({ kind, text, column: from + whole.length - text.length + 1 });
  }
  return [...tokens, { kind: 'end', text: '', column: end + 1 }];
}
