/** Timestamps as AWS answers carry them: a Date, ISO 8601 text (the CLI) or epoch seconds (the wire). */
import { refuse, show } from './read.ts';

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;
const MOST_SECONDS = 0xfffffffe - 1; // the engine keeps seconds + 1 in a u32

/** Seconds of a UTC date and time, NaN where a part is out of its range. */
function utcSeconds(parts: readonly number[]): number {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const exists =
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  return exists ? date.getTime() / 1000 + (hour * 60 + minute) * 60 + second : Number.NaN;
}

function fromText(value: string): number {
  const match = ISO.exec(value);
  if (!match) return Number.NaN;
  const zone = (match[7] ?? 'Z').replace(':', '');
  const hours = zone === 'Z' ? 0 : Number(zone.slice(1, 3));
  const minutes = zone === 'Z' ? 0 : Number(zone.slice(3, 5));
  if (hours > 23 || minutes > 59) return Number.NaN;
  const offset = (hours * 60 + minutes) * 60 * (zone.startsWith('-') ? -1 : 1);
  return utcSeconds(match.slice(1, 7).map((part) => Number(part ?? 0))) - offset;
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
