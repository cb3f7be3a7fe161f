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

function sameLists(value: readonly unknown[], kept: unknown): boolean {
  if (!Array.isArray(kept) || value.length !== kept.length) return false;
  for (let k = 0; k < value.length; k++) if (!isCopy(kept[k], value[k])) return false;
  return true;
}

function sameMembers(value: Record<string, unknown>, kept: Record<string, unknown>): boolean {
  const keys = Object.keys(kept);
  let found = 0;
  for (const key of Object.keys(value)) {
    const member = value[key];
    if (member === undefined || member === null) continue;
    if (keys[found] !== key || !isCopy(kept[key], member)) return false;
    found++;
  }
  return found === keys.length;
}

/** Whether `kept`, made by `plainCopy`, is what it would make of `value`: then the copy can serve twice. */
export function isCopy(kept: unknown, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return Object.is(value, kept);
  if (Array.isArray(value)) return sameLists(value, kept);
  if (typeof kept !== 'object' || kept === null || Array.isArray(kept)) return false;
  if (value instanceof Date || kept instanceof Date)
    return value instanceof Date && kept instanceof Date && value.getTime() === kept.getTime();
  return sameMembers(value as Record<string, unknown>, kept as Record<string, unknown>);
}
