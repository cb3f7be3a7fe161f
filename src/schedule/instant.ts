/** Points in time as callers give them: ISO 8601 text, a Date or epoch milliseconds. Text without a zone is UTC. */
import { wallClockMs } from '../base/calendar.ts';
import { refuse, show } from '../model/read.ts';
import { MINUTE } from './calendar.ts';

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:Z|([+-])(\d\d):?(\d\d))?)?$/;
/** The largest time of a Date, about the year 275760. */
const MOST_MS = 8.64e15;

/** Milliseconds since 1970 UTC; NaN for what is no date. */
function fromText(text: string): number {
  const parts = ISO.exec(text);
  if (parts === null) return Number.NaN;
  const wallClock = [1, 2, 3, 4, 5, 6].map((k) => Number(parts[k] ?? 0)) as Parameters<typeof wallClockMs>;
  const ahead = Number(parts[9] ?? 0) * 60 + Number(parts[10] ?? 0);
  if (Number(parts[1]) < 1000 || Number(parts[10] ?? 0) > 59) return Number.NaN;
  const ms = Number((parts[7] ?? '').slice(0, 3).padEnd(3, '0'));
  return wallClockMs(...wallClock) + ms - ahead * MINUTE * (parts[8] === '-' ? -1 : 1);
}

/**
 * @returns whole milliseconds since 1970 UTC.
 * @throws InvalidParameterException INSTANT for anything that is no point in time.
 */
export function parseInstant(value: unknown, path: string): number {
  const ms = value instanceof Date ? value.getTime() : typeof value === 'string' ? fromText(value) : (value as number);
  if (typeof ms === 'number' && Number.isInteger(ms) && Math.abs(ms) <= MOST_MS) return ms;
  return refuse('INSTANT', `${path} must be ISO 8601 text, a Date or epoch milliseconds, but was ${show(value)}.`, {
    path,
    value,
    expected: ['2026-01-05T08:00:00Z'],
  });
}
