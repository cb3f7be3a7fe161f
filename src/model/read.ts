/**
 * Reading untrusted values: each function returns the value in its type or throws, naming the value and its JSON path.
 * Used by every parser of this folder.
 */
import { MAX_AMOUNT } from '../../assembly/abi.ts';
import { BayplanError, type ErrorFacts, type ExceptionName } from '../errors.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** The path of values that are read for the first time: they are read again with their own when that refuses them. */
export const NO_PATH = '\0';

/** Path of a member, for readers of many values: making paths costs more than the reading. */
export function memberPath(path: string, name: string): string {
  return path === NO_PATH ? path : `${path}.${name}`;
}

export function elementPath(path: string, index: number): string {
  return path === NO_PATH ? path : `${path}[${index}]`;
}

/** A short picture of a value for a message. */
export function show(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : safeJson(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

function safeJson(value: unknown): string {
  if (typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol') return String(value);
  if (typeof value === 'number') return String(value);
  try {
    return JSON.stringify(value) ?? 'undefined';
  } catch {
    return Object.prototype.toString.call(value);
  }
}

export function refuse(
  code: string,
  message: string,
  facts: ErrorFacts,
  name: ExceptionName = 'InvalidParameterException',
): never {
  throw new BayplanError(name, code, message, facts);
}

function wrongType(expected: string, value: unknown, path: string): never {
  refuse('WRONG_TYPE', `${path || 'input'} must be ${expected}, but was ${show(value)}.`, {
    path,
    value,
    expected: [expected],
  });
}

export function fields(value: unknown, path: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) wrongType('an object', value, path);
  return value as Fields;
}

export function list(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) wrongType('a list', value, path);
  // What walks over a list leaves holes out; an undefined element in their place is refused like any other.
  return value.includes(undefined) ? Array.from(value) : value;
}

/** An absent list is empty. */
export function optionalList(value: unknown, path: string): readonly unknown[] {
  return value === undefined || value === null ? [] : list(value, path);
}

export function text(value: unknown, path: string): string {
  if (typeof value !== 'string') wrongType('a string', value, path);
  return value;
}

export function nonEmptyText(value: unknown, path: string): string {
  if (text(value, path) === '') refuse('EMPTY', `${path} must not be empty.`, { path, value });
  return value as string;
}

export function optionalText(value: unknown, path: string): string | undefined {
  return value === undefined || value === null ? undefined : text(value, path);
}

export function optionalFlag(value: unknown, path: string): boolean | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'boolean') wrongType('true or false', value, path);
  return value;
}

/** A whole number between the bounds. */
export function whole(value: unknown, path: string, least = 0, most = MAX_AMOUNT): number {
  if (typeof value !== 'number') wrongType('a whole number', value, path);
  if (!Number.isInteger(value) || value < least || value > most) {
    refuse('OUT_OF_RANGE', `${path} must be a whole number from ${least} to ${most}, but was ${show(value)}.`, {
      path,
      value,
      limit: value > most ? most : least,
    });
  }
  return value;
}

export function optionalWhole(value: unknown, path: string, least = 0, most = MAX_AMOUNT): number | undefined {
  return value === undefined || value === null ? undefined : whole(value, path, least, most);
}

/** A finite number between the bounds. */
export function real(value: unknown, path: string, least: number, most: number): number {
  if (typeof value !== 'number') wrongType('a number', value, path);
  if (!(value >= least && value <= most) || !Number.isFinite(value)) {
    refuse('OUT_OF_RANGE', `${path} must be a number from ${least} to ${most}, but was ${show(value)}.`, {
      path,
      value,
      limit: value > most ? most : least,
    });
  }
  return value;
}

export function oneOf<T extends string>(value: unknown, path: string, allowed: readonly T[]): T {
  if (typeof value !== 'string' || !(allowed as readonly string[]).includes(value)) {
    refuse('NOT_ALLOWED', `${path} must be one of ${allowed.join(', ')}, but was ${show(value)}.`, {
      path,
      value,
      expected: allowed,
    });
  }
  return value as T;
}

export function optionalOneOf<T extends string>(value: unknown, path: string, allowed: readonly T[]): T | undefined {
  return value === undefined || value === null ? undefined : oneOf(value, path, allowed);
}
