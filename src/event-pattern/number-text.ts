/**
 * JSON in which numbers keep how they were written: EventBridge compares a pattern's numbers by their text, 300 is not 300.0
 * (EventBridge user guide, event patterns). Called for patterns and for the details of events that come as text.
 */

/** A number that is written otherwise than JavaScript would write it. */
export class NumberText {
  readonly text: string;
  readonly value: number;

  constructor(text: string) {
    this.text = text;
    this.value = Number(text);
  }

  /** Whoever only prints it gets the number. */
  toJSON(): number {
    return this.value;
  }
}

const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
/** No text of a JSON file can have it unescaped. */
const MARK = '\u0000number ';

function revive(_name: string, value: unknown): unknown {
  return typeof value === 'string' && value.startsWith(MARK) ? new NumberText(value.slice(MARK.length)) : value;
}

/** @throws SyntaxError as JSON.parse does. */
export function parseJsonText(text: string): unknown {
  const plain: unknown = JSON.parse(text);
  let isPlain = true;
  const marked = text.replace(TOKEN, (token) => {
    if (token.startsWith('"') || token === String(Number(token))) return token;
    isPlain = false;
    return JSON.stringify(`${MARK}${token}`);
  });
  return isPlain ? plain : JSON.parse(marked, revive);
}

/** The number itself, for comparisons of size. */
export function numberOf(given: unknown): unknown {
  return given instanceof NumberText ? given.value : given;
}

/** Numbers are the same when they are written the same. */
export function sameLiteral(a: unknown, b: unknown): boolean {
  if (a instanceof NumberText || b instanceof NumberText)
    return a instanceof NumberText && b instanceof NumberText && a.text === b.text;
  return a === b;
}
