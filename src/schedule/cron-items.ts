/**
 * What both cron dialects share: lists, ranges, steps and names of one field. Called by their parsers. Every number is
 * checked against its field, so that no expression names a minute 60.
 */
import { type Part, refuseSchedule, slice, splitPart } from './error.ts';

export interface Field {
  /** As messages call it. */
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** Where `*` and a value with a step end, when not at `most`. */
  readonly openEnd?: number;
  /** Names of values, the first one of `least`. */
  readonly names?: readonly string[];
  /** A range whose end is before its start goes on at `least`. */
  readonly wraps: boolean;
  /** Whether `/` is part of it. */
  readonly steps: boolean;
  /** What may stand here, for messages. */
  readonly expected: string;
}

export const MONTH_NAMES = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
export const WEEKDAY_NAMES = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

export const MINUTES: Field = {
  name: 'minutes',
  least: 0,
  most: 59,
  wraps: true,
  steps: true,
  expected: '0-59 with , - * /',
};
export const HOURS: Field = { ...MINUTES, name: 'hours', most: 23, expected: '0-23 with , - * /' };
export const MONTHS: Field = {
  ...MINUTES,
  name: 'month',
  least: 1,
  most: 12,
  names: MONTH_NAMES,
  expected: '1-12 or JAN-DEC with , - * /',
};

/** A value or its name. */
export function fieldValue(part: Part, field: Field): number {
  const { text } = part;
  const named = field.names?.indexOf(text.toUpperCase()) ?? -1;
  if (named >= 0) return field.least + named;
  const value = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= field.least && value <= field.most) return value;
  const problem =
    text === '' ? `a value is missing in ${field.name}` : `${JSON.stringify(text)} is no ${field.name} value`;
  return refuseSchedule('SCHEDULE_VALUE', part, problem, [field.expected]);
}

function fieldStep(part: Part, field: Field): number {
  const step = /^\d{1,4}$/.test(part.text) ? Number(part.text) : Number.NaN;
  if (step >= 1 && step <= field.most) return step;
  return refuseSchedule('SCHEDULE_VALUE', part, `${JSON.stringify(part.text)} is no step of ${field.name}`, [
    `1-${field.most}`,
  ]);
}

/** First and last value; a last value beyond `most` goes on at `least`. */
function range(part: Part, field: Field): [number, number] {
  const dash = part.text.indexOf('-');
  const start = fieldValue(slice(part, 0, dash), field);
  const end = fieldValue(slice(part, dash + 1), field);
  if (end >= start) return [start, end];
  if (field.wraps) return [start, end + field.most - field.least + 1];
  return refuseSchedule('SCHEDULE_VALUE', part, `the range ${part.text} ends before it starts`, [field.expected]);
}

/** The values of `*`, a value, a range, or one of these with a step: a value with a step runs to the end. */
function itemValues(part: Part, field: Field): number[] {
  const slash = part.text.indexOf('/');
  if (slash >= 0 && !field.steps)
    refuseSchedule('SCHEDULE_SYNTAX', slice(part, slash), `${field.name} takes no steps`, [field.expected]);
  const base = slash < 0 ? part : slice(part, 0, slash);
  const step = slash < 0 ? 1 : fieldStep(slice(part, slash + 1), field);
  const [start, end] = bounds(base, field, slash >= 0);
  const values: number[] = [];
  const count = field.most - field.least + 1;
  for (let value = start; value <= end; value += step) values.push(value > field.most ? value - count : value);
  return values;
}

function bounds(base: Part, field: Field, hasStep: boolean): [number, number] {
  const openEnd = field.openEnd ?? field.most;
  if (base.text === '*') return [field.least, openEnd];
  if (base.text.includes('-')) return range(base, field);
  const value = fieldValue(base, field);
  return [value, hasStep ? Math.max(value, openEnd) : value];
}

export function ascending(values: Iterable<number>): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

/** @throws BayplanError SCHEDULE_VALUE or SCHEDULE_SYNTAX with the column of the item. */
export function fieldValues(part: Part, field: Field): number[] {
  return ascending(splitPart(part, ',').flatMap((item) => itemValues(item, field)));
}

/** The words between white space, each where it stands. */
export function words(part: Part): Part[] {
  return [...part.text.matchAll(/\S+/g)].map((match) => slice(part, match.index, match.index + match[0].length));
}
