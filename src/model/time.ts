/** Timestamps as AWS answers carry them: a Date, ISO 8601 text (the CLI) or epoch seconds (the wire). */
import { refuse, show } from './read.ts';

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;
const MOST_SECONDS = 0xfffffffe - 1; // the engine keeps seconds + 1 in a u32

function fromText(value: string): number {
  const match = ISO.exec(value);
  if (!match) return Number.NaN;
  const [, year, month, day, hour = '0', minute = '0', second = '0', zone = 'Z'] = match;
  const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const check = new Date(local);
  if (check.getUTCMonth() !== Number(month) - 1 || check.getUTCDate() !== Number(day)) return Number.NaN;
  if (zone === 'Z') return local / 1000;
  const digits = zone.replace(':', '');
  const offset = Number(digits.slice(1, 3)) * 3600 + Number(digits.slice(3, 5)) * 60;
  return local / 1000 - (digits[0] === '-' ? -offset : offset);
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
