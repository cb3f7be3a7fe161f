/**
 * Parser of the regular expressions. What java.util.regex.Pattern means otherwise, or we do not support, is an error
 * with its column, never a guess.
 */
import { refuseExpression } from '../error.ts';
import type { Ranges, Regex } from './ast.ts';
import { DOT, ESCAPED_CLASSES, foldCase, negate, normalise, POSIX_CLASSES } from './ranges.ts';

/** Where the pattern stands, for error columns; a pattern alone is its own expression. */
export interface PatternPlace {
  readonly expression: string;
  /** Offset in the expression of an offset in the pattern. */
  readonly offsetOf: (at: number) => number;
}

export function alone(pattern: string): PatternPlace {
  return { expression: pattern, offsetOf: (at) => at };
}

export const MAX_REPEAT = 1000;
const MAX_NESTING = 200;
const CONTROLS: ReadonlyMap<string, number> = new Map([
  ['t', 9],
  ['n', 10],
  ['r', 13],
  ['f', 12],
  ['a', 7],
  ['e', 27],
]);

class RegexParser {
  readonly #pattern: string;
  readonly #place: PatternPlace;
  #at = 0;
  #foldsCase = false;
  #nesting = 0;

  constructor(pattern: string, place: PatternPlace) {
    this.#pattern = pattern;
    this.#place = place;
  }

  whole(): Regex {
    if (this.#pattern.startsWith('(?i)')) {
      this.#foldsCase = true;
      this.#at = 4;
    }
    const regex = this.#choice();
    if (this.#at < this.#pattern.length) this.#refuse('unmatched )');
    return regex;
  }

  #refuse(problem: string, at = this.#at): never {
    refuseExpression(
      'CQL_REGEX',
      this.#place.expression,
      this.#place.offsetOf(at),
      `regular expression ${JSON.stringify(this.#pattern)}: ${problem}`,
    );
  }

  #peek(): string {
    const code = this.#pattern.codePointAt(this.#at);
    return code === undefined ? '' : String.fromCodePoint(code);
  }

  #next(): string {
    const character = this.#peek();
    this.#at += character.length;
    return character;
  }

  #take(text: string): boolean {
    if (!this.#pattern.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #set(ranges: Ranges): Regex {
    return { kind: 'set', ranges: this.#foldsCase ? foldCase(ranges) : normalise(ranges) };
  }

  #literal(character: string): Regex {
    const code = character.codePointAt(0) ?? 0;
    return this.#set([[code, code]]);
  }

  #choice(): Regex {
    const options = [this.#sequence()];
    while (this.#take('|')) options.push(this.#sequence());
    return options.length === 1 ? (options[0] as Regex) : { kind: 'choice', options };
  }

  #sequence(): Regex {
    const parts: Regex[] = [];
    while (this.#at < this.#pattern.length && this.#peek() !== '|' && this.#peek() !== ')') {
      if (this.#take('\\Q')) parts.push(...this.#quoted());
      else parts.push(this.#quantified(this.#atom()));
    }
    if (parts.length === 0) return { kind: 'empty' };
    return parts.length === 1 ? (parts[0] as Regex) : { kind: 'sequence', parts };
  }

  /** `\Q...\E`: a quantifier after it belongs to the last character. */
  #quoted(): Regex[] {
    const end = this.#pattern.indexOf('\\E', this.#at);
    const text = this.#pattern.slice(this.#at, end < 0 ? undefined : end);
    this.#at += text.length + (end < 0 ? 0 : 2);
    const parts = [...text].map((character) => this.#literal(character));
    const last = parts.pop();
    return last === undefined ? [] : [...parts, this.#quantified(last)];
  }

  #quantified(part: Regex): Regex {
    const at = this.#at;
    const bounds = this.#bounds();
    if (bounds === undefined) return part;
    if (part.kind === 'start' || part.kind === 'end') this.#refuse('a quantifier on ^ or $ is not supported', at);
    if (this.#take('+')) this.#refuse('possessive quantifiers are not supported', this.#at - 1);
    this.#take('?'); // reluctant: the same language, since the whole value must match
    if (/[*+?{]/.test(this.#peek())) this.#refuse(`dangling ${this.#peek()}: put the repeated part in a group`);
    return { kind: 'repeat', part, ...bounds };
  }

  #bounds(): { least: number; most: number } | undefined {
    if (this.#take('*')) return { least: 0, most: Number.POSITIVE_INFINITY };
    if (this.#take('+')) return { least: 1, most: Number.POSITIVE_INFINITY };
    if (this.#take('?')) return { least: 0, most: 1 };
    if (this.#peek() !== '{') return undefined;
    const match = /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.#pattern.slice(this.#at));
    if (match === null) this.#refuse('a repetition must be {n}, {n,} or {n,m}');
    const least = Number(match[1]);
    const most = match[2] === undefined ? least : match[3] === '' ? Number.POSITIVE_INFINITY : Number(match[3]);
    if (most < least) this.#refuse(`the repetition ${match[0]} ends before it begins`);
    if (Math.max(least, Number.isFinite(most) ? most : 0) > MAX_REPEAT)
      this.#refuse(`the repetition ${match[0]} is larger than ${MAX_REPEAT}`);
    this.#at += match[0].length;
    return { least, most };
  }

  #atom(): Regex {
    const at = this.#at;
    const character = this.#next();
    switch (character) {
      case '.':
        return this.#set(DOT);
      case '^':
        return { kind: 'start' };
      case '$':
        return { kind: 'end' };
      case '(':
        return this.#group(at);
      case '[':
        return this.#set(this.#class(at));
      case '\\':
        return this.#escape(at);
      case '*':
      case '+':
      case '?':
      case '{':
        return this.#refuse(`dangling ${character}`, at);
      default:
        return this.#literal(character);
    }
  }

  #group(at: number): Regex {
    if (this.#take('?') && !this.#take(':')) this.#refuse('only (?: groups and a leading (?i) are supported', at);
    if (++this.#nesting > MAX_NESTING) this.#refuse(`groups nested deeper than ${MAX_NESTING}`, at);
    const inner = this.#choice();
    if (!this.#take(')')) this.#refuse('the group has no )', at);
    this.#nesting--;
    return inner;
  }

  #escape(at: number): Regex {
    const ranges = this.#escapedClass();
    if (ranges !== undefined) return this.#set(ranges);
    const code = this.#escapedCode(at);
    return this.#set([[code, code]]);
  }

  /** After the backslash: a class, or undefined with nothing taken. */
  #escapedClass(): Ranges | undefined {
    const simple = ESCAPED_CLASSES.get(this.#peek());
    if (simple !== undefined) {
      this.#at++;
      return simple;
    }
    const match = /^([pP])\{(\w+)\}/.exec(this.#pattern.slice(this.#at));
    if (match === null) return undefined;
    const posix = POSIX_CLASSES.get(match[2] ?? '');
    if (posix === undefined) this.#refuse(`the class \\${match[0]} is not supported`, this.#at - 1);
    this.#at += match[0].length;
    return match[1] === 'p' ? posix : negate(posix);
  }

  /** After the backslash: one character. */
  #escapedCode(at: number): number {
    const hex = /^(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4}))/.exec(this.#pattern.slice(this.#at));
    if (hex !== null) {
      this.#at += hex[0].length;
      return this.#joined(Number.parseInt(hex[1] ?? hex[2] ?? '', 16), at);
    }
    const character = this.#next();
    if (character === '') this.#refuse('the pattern ends in a backslash', at);
    const control = CONTROLS.get(character);
    if (control !== undefined) return control;
    if (/[A-Za-z0-9]/.test(character)) this.#refuse(`the escape \\${character} is not supported`, at);
    return character.codePointAt(0) ?? 0;
  }

  /** Two escapes of a surrogate pair are one character, as in Java; half of one is none. */
  #joined(code: number, at: number): number {
    if (code < 0xd800 || code > 0xdfff) return code;
    const low = /^\\u([dD][c-fC-F][0-9A-Fa-f]{2})/.exec(this.#pattern.slice(this.#at));
    if (code > 0xdbff || low === null) this.#refuse('half of a surrogate pair is not supported', at);
    this.#at += low[0].length;
    return ((code - 0xd800) << 10) + (Number.parseInt(low[1] ?? '', 16) - 0xdc00) + 0x10000;
  }

  #class(at: number): Ranges {
    const isNegated = this.#take('^');
    const ranges: (readonly [number, number])[] = [];
    while (!this.#take(']')) {
      if (this.#at >= this.#pattern.length) this.#refuse('the class has no ]', at);
      ranges.push(...this.#classItem());
    }
    if (ranges.length === 0) this.#refuse('the class is empty; write \\] for the character', at);
    const folded = this.#foldsCase ? foldCase(ranges) : ranges;
    return isNegated ? negate(folded) : folded;
  }

  #classItem(): Ranges {
    const at = this.#at;
    if (this.#peek() === '[') this.#refuse('classes within classes are not supported; write \\[ for the character', at);
    if (this.#take('&&')) this.#refuse('intersections of classes are not supported', at);
    if (this.#take('\\')) {
      const ranges = this.#escapedClass();
      if (ranges !== undefined) return ranges;
      return this.#range(this.#escapedCode(at), at);
    }
    return this.#range(this.#next().codePointAt(0) ?? 0, at);
  }

  /** A range where a hyphen and another end follow, else the one character. */
  #range(from: number, at: number): Ranges {
    const rest = this.#pattern.slice(this.#at);
    if (!rest.startsWith('-') || rest.startsWith('-]') || rest === '-') return [[from, from]];
    this.#at++;
    if (this.#peek() === '[') this.#refuse('classes within classes are not supported; write \\[ for the character');
    const to = this.#take('\\') ? this.#escapedCode(this.#at - 1) : (this.#next().codePointAt(0) ?? 0);
    if (to < from) this.#refuse('the range ends before it begins', at);
    return [[from, to]];
  }
}

/** @throws InvalidParameterException CQL_REGEX with the column in the expression. */
export function parseRegex(pattern: string, place: PatternPlace = alone(pattern)): Regex {
  return new RegexParser(pattern, place).whole();
}
