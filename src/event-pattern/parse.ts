/**
 * Reads EventBridge event patterns (EventBridge user guide; what it leaves open as in the event-ruler library). Called by
 * PutRule, so that a bad pattern is refused before an event comes. Invariant: all conditions of a pattern hold together.
 */
import { refusePattern } from './error.ts';
import { isOperator, type Matcher, parseMatcher } from './matchers.ts';
import { NumberText, parseJsonText } from './number-text.ts';

export type Condition =
  /** One of the matchers holds for a leaf at the path. */
  | { readonly path: readonly string[]; readonly matchers: readonly Matcher[] }
  /** `$or`: one of the alternatives holds. */
  | { readonly alternatives: readonly EventPattern[] };

export type EventPattern = readonly Condition[];

const MOST_CHARACTERS = 4096;
const MOST_COMBINATIONS = 1000;
const OR = '$or';

function isObject(given: unknown): given is Record<string, unknown> {
  return typeof given === 'object' && given !== null && !Array.isArray(given) && !(given instanceof NumberText);
}

/** Two alternatives at least, none of which has an operator; else `$or` is the name of a field. */
function isOr(name: string, given: unknown): given is Record<string, unknown>[] {
  return (
    name === OR &&
    Array.isArray(given) &&
    given.length > 1 &&
    given.every((one) => isObject(one) && !Object.keys(one).some(isOperator))
  );
}

function parseField(given: unknown, names: readonly string[], path: string): Condition[] {
  if (isObject(given)) return parseNode(given, names, path);
  if (!Array.isArray(given)) refusePattern(path, 'A field must be an object or an array', given);
  if (given.length === 0) refusePattern(path, 'Empty arrays are not allowed', given);
  return [{ path: names, matchers: given.map((one, k) => parseMatcher(one, `${path}[${k}]`)) }];
}

function parseNode(given: Record<string, unknown>, names: readonly string[], path: string): Condition[] {
  const entries = Object.entries(given);
  if (entries.length === 0) refusePattern(path, 'Empty objects are not allowed', given);
  return entries.flatMap(([name, value]) => {
    const at = `${path}.${name}`;
    if (!isOr(name, value)) return parseField(value, [...names, name], at);
    return [{ alternatives: value.map((one, k) => parseNode(one, names, `${at}[${k}]`)) }];
  });
}

function combinations(pattern: EventPattern): number {
  return pattern.reduce(
    (product, one) =>
      'alternatives' in one ? product * one.alternatives.reduce((sum, each) => sum + combinations(each), 0) : product,
    1,
  );
}

function fromText(given: string, path: string): unknown {
  try {
    return parseJsonText(given);
  } catch {
    return refusePattern(path, 'Filter is not valid JSON', given);
  }
}

/**
 * @param given AWS's JSON text, or the object itself.
 * @throws InvalidEventPatternException EVENT_PATTERN with the JSON path and the offending value.
 */
export function parseEventPattern(given: unknown, path: string): EventPattern {
  const json = typeof given === 'string' ? fromText(given, path) : given;
  const length = typeof given === 'string' ? given.length : JSON.stringify(json).length;
  if (length > MOST_CHARACTERS) refusePattern(path, `More than ${MOST_CHARACTERS} characters`, length);
  if (!isObject(json)) refusePattern(path, 'Filter is not an object', json);
  const pattern = parseNode(json, [], path);
  const count = combinations(pattern);
  if (count > MOST_COMBINATIONS) refusePattern(path, `More than ${MOST_COMBINATIONS} combinations of ${OR}`, count);
  return pattern;
}
