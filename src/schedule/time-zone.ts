/**
 * Time zones by their IANA name, from the platform's own database (Intl, in Node and browsers): no dependency, and the
 * same answers for the same version of that database. Called by nextFireTimes. A zone is cut into stretches of one offset;
 * probes are days apart, so a stretch is missed only where a zone changes twice within one probe.
 */
import { BayplanError } from '../errors.ts';
import { DAY, SECOND } from './calendar.ts';

/** Longest wait between two probes of an offset. */
const PROBE = 4 * DAY;

/** Time during which the wall clock is so far ahead of UTC. */
export interface Stretch {
  readonly fromMs: number;
  /** Exclusive; the offset may go on behind it. */
  readonly toMs: number;
  readonly offsetMs: number;
  /** Wall clock times before this one have been shown already, before the clock was put back. */
  readonly firstLocalMs: number;
}

export interface TimeZone {
  /** The stretch around a time; it need not start where the offset does. */
  stretchAt(utcMs: number): Stretch;
}

const UTC: TimeZone = {
  stretchAt: () => ({
    fromMs: Number.NEGATIVE_INFINITY,
    toMs: Number.POSITIVE_INFINITY,
    offsetMs: 0,
    firstLocalMs: Number.NEGATIVE_INFINITY,
  }),
};

type Offset = (utcMs: number) => number;

/** How far the wall clock is ahead of UTC, in milliseconds. */
function offsetOf(format: Intl.DateTimeFormat): Offset {
  return (utcMs) => {
    const second = Math.floor(utcMs / SECOND) * SECOND;
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(second)) part[type] = Number(value);
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second: seconds = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, seconds) - second;
  };
}

/** The first second after `fromMs` at which the offset is no longer that of `fromMs`; at `toMs` it is not. */
function changeBetween(offset: Offset, fromMs: number, toMs: number): number {
  const before = offset(fromMs);
  let [low, high] = [Math.floor(fromMs / SECOND), Math.ceil(toMs / SECOND)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offset(middle * SECOND) === before) low = middle;
    else high = middle;
  }
  return high * SECOND;
}

function stretch(offset: Offset, fromMs: number): Stretch {
  const offsetMs = offset(fromMs);
  const before = offset(fromMs - DAY);
  const firstLocalMs =
    before > offsetMs ? changeBetween(offset, fromMs - DAY, fromMs) + before : Number.NEGATIVE_INFINITY;
  const probe = fromMs + PROBE;
  const toMs = offset(probe) === offsetMs ? probe : changeBetween(offset, fromMs, probe);
  return { fromMs, toMs, offsetMs, firstLocalMs };
}

function refuseZone(name: string, path: string): never {
  throw new BayplanError('InvalidParameterException', 'TIME_ZONE', `${path} ${JSON.stringify(name)} is no time zone.`, {
    path,
    value: name,
    expected: ['an IANA name such as Europe/Berlin', 'UTC'],
  });
}

function intlZone(name: string, path: string): TimeZone {
  // Offsets such as +01:00 are no names; newer platforms would take them.
  if (!/^[A-Za-z]/.test(name)) refuseZone(name, path);
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      calendar: 'gregory',
      numberingSystem: 'latn',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return refuseZone(name, path);
  }
  const offset = offsetOf(format);
  let last: Stretch | undefined;
  return {
    stretchAt(utcMs) {
      if (last === undefined || utcMs < last.fromMs || utcMs >= last.toMs) last = stretch(offset, utcMs);
      return last;
    },
  };
}

/** Making one costs a thousand times what asking it does. Zones depend on nothing but their name. */
const ZONES = new Map<string, TimeZone>([['UTC', UTC]]);
/** A little more than the names there are, in whatever case. */
const MOST_ZONES = 1000;

/** @throws InvalidParameterException TIME_ZONE for a name that the platform does not know. */
export function timeZone(name: string, path = 'timezone'): TimeZone {
  const known = ZONES.get(name);
  if (known !== undefined) return known;
  const zone = intlZone(name, path);
  if (ZONES.size < MOST_ZONES) ZONES.set(name, zone);
  return zone;
}
