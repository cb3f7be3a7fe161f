/**
 * Plain copies of untrusted input: what an engine keeps is its own, however the caller changes its objects later. Members
 * that are null or undefined are left out: for AWS both mean absent.
 */
import { elementPath, memberPath, refuse, show } from './read.ts';

const MAX_DEPTH = 32;

function copyMembers(value: object, path: string, depth: number): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined || member === null) continue;
    const kept = copyValue(member, path === '' ? key : memberPath(path, key), depth + 1);
    // A member called __proto__ is data like any other.
    if (key === '__proto__')
      Object.defineProperty(copy, key, { value: kept, enumerable: true, writable: true, configurable: true });
    else copy[key] = kept;
  }
  return copy;
}

function copyValue(value: unknown, path: string, depth: number): unknown {
  if (depth > MAX_DEPTH)
    refuse('TOO_DEEP', `${path.slice(0, 60)} is nested deeper than ${MAX_DEPTH}.`, {
      path: path.split('.')[0],
      limit: MAX_DEPTH,
    });
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null)
    return value;
  if (value instanceof Date) return new Date(value);
  if (Array.isArray(value)) return value.map((entry, k) => copyValue(entry, elementPath(path, k), depth + 1));
  if (typeof value === 'object') return copyMembers(value, path, depth);
  return refuse('WRONG_TYPE', `${path} must be JSON, but was ${show(value)}.`, { path, value: show(value) });
}

/** @throws InvalidParameterException for what JSON cannot hold: functions, BigInts, cycles. */
export function plainCopy<T>(value: T, path: string): T {
  return copyValue(value, path, 0) as T;
}

/** What a value must be for a plain copy of it to equal one made before. */
export type Pattern = string | number | boolean | null | undefined | PatternOfList | PatternOfMembers;

interface PatternOfList {
  readonly keys: undefined;
  readonly values: readonly Pattern[];
}

interface PatternOfMembers {
  readonly keys: readonly string[];
  readonly values: readonly Pattern[];
}

/** Pattern of a plain copy. A date matches nothing: it is copied each time. */
export function patternOf(copy: unknown): Pattern {
  if (typeof copy !== 'object' || copy === null) return copy as Pattern;
  if (copy instanceof Date) return Number.NaN;
  if (Array.isArray(copy)) return { keys: undefined, values: copy.map(patternOf) };
  return { keys: Object.keys(copy), values: Object.values(copy).map(patternOf) };
}

/** Whether the copy that the pattern was made of can serve for this value too; members stand in the same order. */
export function matches(value: unknown, pattern: Pattern): boolean {
  if (typeof value !== 'object' || value === null) return value === pattern;
  if (typeof pattern !== 'object' || pattern === null) return false;
  const { keys, values } = pattern;
  if (Array.isArray(value)) return keys === undefined && listMatches(value, values);
  if (keys === undefined || (keys.length === 0 && value instanceof Date)) return false;
  return membersMatch(value as Readonly<Record<string, unknown>>, keys, values);
}

function listMatches(list: readonly unknown[], values: readonly Pattern[]): boolean {
  if (list.length !== values.length) return false;
  for (let k = 0; k < list.length; k++) if (!matches(list[k], values[k])) return false;
  return true;
}

function membersMatch(
  value: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  values: readonly Pattern[],
): boolean {
  let found = 0;
  // Much faster than Object.keys: V8 then finds members by their number.
  for (const key in value) {
    const member = value[key];
    if (member === undefined || member === null) continue;
    if (keys[found] !== key || !matches(member, values[found])) return false;
    found++;
  }
  return found === keys.length;
}
