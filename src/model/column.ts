/**
 * Columns of tables that callers hand over as typed arrays: each value is checked, and what is wrong is named with its index.
 * Used by the tables of scaling decisions; checking costs one comparison or two a value.
 */
import { refuse, show } from './read.ts';

/** The range of CloudWatch metrics, and of target values (CloudWatch, MetricDatum; Application Auto Scaling). */
export const MOST_METRIC = 2 ** 360;

function wrongType(expected: string, value: unknown, path: string): never {
  refuse('WRONG_TYPE', `${path} must be ${expected}, but was ${show(value)}.`, { path, value, expected: [expected] });
}

function checkLength(length: number, expected: number | undefined, path: string): void {
  if (expected === undefined || length === expected) return;
  refuse('WRONG_LENGTH', `${path} must have ${expected} values, as the other columns, but had ${length}.`, {
    path,
    value: length,
    limit: expected,
  });
}

function outOfRange(path: string, index: number, value: number | undefined, least: number, most: number): never {
  const at = `${path}[${index}]`;
  refuse('OUT_OF_RANGE', `${at} must be from ${least} to ${most}, but was ${value}.`, {
    path: at,
    value,
    limit: (value as number) > most ? most : least,
  });
}

/** Whole numbers between the bounds; `length` of them, where that is given. */
export function intColumn(value: unknown, path: string, length: number | undefined, least: number, most: number): void {
  if (!(value instanceof Int32Array)) wrongType('an Int32Array', value, path);
  checkLength(value.length, length, path);
  const wrong = value.findIndex((one) => one < least || one > most);
  if (wrong >= 0) outOfRange(path, wrong, value[wrong], least, most);
}

/** Numbers between the bounds, both included. NaN is none, unless it stands for a missing value. */
export function doubleColumn(
  value: unknown,
  path: string,
  length: number | undefined,
  least: number,
  most: number,
  missing = false,
): void {
  if (!(value instanceof Float64Array)) wrongType('a Float64Array', value, path);
  checkLength(value.length, length, path);
  const wrong = value.findIndex((one) => !((one >= least && one <= most) || (missing && Number.isNaN(one))));
  if (wrong >= 0) outOfRange(path, wrong, value[wrong], least, most);
}

/** Where the values of each row end in a longer column of `total`: they never fall, and the last is `total`. */
export function endColumn(value: unknown, path: string, length: number, total: number): void {
  intColumn(value, path, length, 0, total);
  const ends = value as Int32Array;
  const falling = ends.findIndex((end, k) => k > 0 && end < (ends[k - 1] as number));
  if (falling >= 0) outOfRange(path, falling, ends[falling], ends[falling - 1] as number, total);
  const last = length === 0 ? 0 : (ends[length - 1] as number);
  if (last !== total) outOfRange(path, Math.max(0, length - 1), last, total, total);
}

/** Of two columns of bounds, the upper one is nowhere below the lower one. */
export function boundColumns(lower: Int32Array, upper: Int32Array, path: string, most: number): void {
  const wrong = upper.findIndex((bound, k) => bound < (lower[k] as number));
  if (wrong >= 0) outOfRange(path, wrong, upper[wrong], lower[wrong] as number, most);
}
