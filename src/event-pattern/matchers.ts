/**
 * The values of one field of a pattern: literals and operators (EventBridge user guide, comparison operators). Called by
 * parse. Invariant: a test sees scalars only; whether the field is there at all is told apart.
 */
import { parseCidr } from './cidr.ts';
import { refusePattern } from './error.ts';
import { NumberText, numberOf, sameLiteral } from './number-text.ts';
import { parseNumeric } from './numeric.ts';
import { parseWildcard } from './wildcard.ts';

/** A leaf of an event. */
export type Scalar = string | number | NumberText | boolean | null;

export interface Matcher {
  readonly test: (value: Scalar) => boolean;
  /** `{"exists": false}`: it matches when the event has no such leaf. */
  readonly isAbsent?: true;
}

type Read = (given: unknown, path: string) => Matcher;

function ofText(test: (text: string) => boolean): Matcher {
  return { test: (value) => typeof value === 'string' && test(value) };
}

function textOf(given: unknown, path: string, operator: string): string {
  if (typeof given !== 'string') refusePattern(path, `${operator} match pattern must be a string`, given);
  return given;
}

function isObject(given: unknown): given is Record<string, unknown> {
  return typeof given === 'object' && given !== null && !Array.isArray(given) && !(given instanceof NumberText);
}

function onlyEntry(given: Record<string, unknown>, path: string): [string, unknown] {
  const entries = Object.entries(given);
  if (entries.length !== 1) refusePattern(path, 'Only one key allowed in match expression', given);
  return entries[0] as [string, unknown];
}

function fold(text: string): string {
  return text.toLowerCase();
}

/** prefix and suffix; both may ignore case. */
function affix(operator: 'prefix' | 'suffix'): Read {
  const at = (text: string, part: string): boolean =>
    operator === 'prefix' ? text.startsWith(part) : text.endsWith(part);
  return (given, path) => {
    if (!isObject(given)) {
      const part = textOf(given, path, operator);
      return ofText((text) => at(text, part));
    }
    const [name, value] = onlyEntry(given, path);
    if (name !== 'equals-ignore-case') refusePattern(path, `Unsupported expression in ${operator}`, given);
    const part = fold(textOf(value, path, operator));
    return ofText((text) => at(fold(text), part));
  };
}

function equalsIgnoreCase(given: unknown, path: string): Matcher {
  const wanted = fold(textOf(given, path, 'equals-ignore-case'));
  return ofText((text) => fold(text) === wanted);
}

function wildcard(given: unknown, path: string): Matcher {
  return ofText(parseWildcard(textOf(given, path, 'wildcard'), path));
}

function exists(given: unknown, path: string): Matcher {
  if (typeof given !== 'boolean') refusePattern(path, 'exists match pattern must be either true or false', given);
  return given ? { test: () => true } : { test: () => false, isAbsent: true };
}

const NEGATED: Readonly<Record<string, Read>> = {
  prefix: affix('prefix'),
  suffix: affix('suffix'),
  'equals-ignore-case': equalsIgnoreCase,
  wildcard,
};

function not(matchers: readonly Matcher[]): Matcher {
  return { test: (value) => !matchers.some(({ test }) => test(value)) };
}

/** A value, a list of one kind, or an operator with one of both. */
function anythingBut(given: unknown, path: string): Matcher {
  if (isObject(given)) {
    const [name, value] = onlyEntry(given, path);
    const read = Object.hasOwn(NEGATED, name) ? NEGATED[name] : undefined;
    if (read === undefined) refusePattern(path, 'Unsupported anything-but pattern', given);
    const values = Array.isArray(value) ? value : [value];
    if (values.length === 0) refusePattern(path, 'Empty arrays are not allowed', given);
    if (values.includes('')) refusePattern(path, `Null or empty ${name} not allowed`, given);
    return not(values.map((one) => read(one, path)));
  }
  const values: unknown[] = Array.isArray(given) ? given : [given];
  if (values.length === 0) refusePattern(path, 'Empty arrays are not allowed', given);
  const kinds = new Set(values.map((one) => typeof numberOf(one)));
  const [kind] = kinds;
  if ((kind !== 'string' && kind !== 'number') || kinds.size > 1)
    refusePattern(path, 'Inside anything-but, either all values are numbers or all are strings', given);
  return not(values.map((one) => ({ test: (value) => sameLiteral(value, one) })));
}

const OPERATORS: Readonly<Record<string, Read>> = {
  prefix: affix('prefix'),
  suffix: affix('suffix'),
  'equals-ignore-case': equalsIgnoreCase,
  wildcard,
  exists,
  'anything-but': anythingBut,
  cidr: (given, path) => ofText(parseCidr(textOf(given, path, 'cidr'), path)),
  numeric: (given, path) => {
    const test = parseNumeric(Array.isArray(given) ? given.map(numberOf) : given, path);
    return {
      test: (value) => {
        const number = numberOf(value);
        return typeof number === 'number' && test(number);
      },
    };
  },
};

/** Whether a name is an operator: an object with one is a value, never a part of an event. */
export function isOperator(name: string): boolean {
  return Object.hasOwn(OPERATORS, name);
}

/** One entry of a field's list. @throws InvalidEventPatternException */
export function parseMatcher(given: unknown, path: string): Matcher {
  if (given === null || ['string', 'number', 'boolean'].includes(typeof numberOf(given)))
    return { test: (value) => sameLiteral(value, given) };
  if (!isObject(given)) refusePattern(path, 'Match value must be String, number, true, false, or null', given);
  const [name, value] = onlyEntry(given, path);
  const read = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (read === undefined) refusePattern(path, `Unrecognized match type ${name}`, given);
  return read(value, `${path}.${name}`);
}
