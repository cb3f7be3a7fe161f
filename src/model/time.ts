/** Timestamps as AWS answers carry them: a Date, ISO 8601 text (the CLI) or epoch seconds (the wire). */
import { wallClockMs } from '../base/calendar.ts';
import { refuse, show } from './read.ts';

const ISO = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;
const MOST_SECONDS = 0xfffffffe - 1; // the engine keeps seconds + 1 in a u32

/** Number that two digits spell. */
function two(text: string, at: number): number {
  return (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;
}

/** Seconds that the zone at the end is ahead of UTC, NaN where it is out of its range. */
function zoneSeconds(text: string): number {
  const end = text.charAt(text.length - 3) === ':' ? text.length - 6 : text.length - 5;
  const sign = text.charAt(end);
  if (text.length <= '2026-01-02T03:04'.length || (sign !== '+' && sign !== '-')) return 0;
  const [hours, minutes] = [two(text, end + 1), two(text, text.length - 2)];
  if (hours > 23 || minutes > 59) return Number.NaN;
  return (hours * 60 + minutes) * 60 * (sign === '-' ? -1 : 1);
}

/** Seconds of a date and time whose parts stand where ISO has them, NaN where a part is out of its range. */
function fromText(text: string): number {
  if (!ISO.test(text)) return Number.NaN;
  const [year, month, day] = [two(text, 0) * 100 + two(text, 2), two(text, 5), two(text, 8)];
  const hasTime = text.length > '2026-01-02'.length;
  const [hour, minute] = hasTime ? [two(text, 11), two(text, 14)] : [0, 0];
  const second = text.charAt(16) === ':' ? two(text, 17) : 0;
  return wallClockMs(year, month, day, hour, minute, second) / 1000 - zoneSeconds(text);
}

/** Whole seconds since 1970 UTC, truncated; `undefined` stays. */
export function parseTimestamp(value: unknown, path: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  const seconds =
    value instanceof Date
      ? value.getTime() / 1000
      : typeof value === 'string'
        ? fromText(value)
        : typeof value === 'number'
          ? value
          : Number.NaN;
  const truncated = Math.floor(seconds);
  if (!(truncated >= 0 && truncated <= MOST_SECONDS)) {
    refuse(
      'TIMESTAMP',
      `${path} must be a Date, ISO 8601 text or epoch seconds from 1970 on, but was ${show(value)}.`,
      { path, value },
    );
  }
  return truncated;
}
