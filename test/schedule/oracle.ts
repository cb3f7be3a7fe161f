/**
 * The obvious way to find firing times: walk over every minute, ask the platform what the wall clock shows, and test it
 * against predicates that were drawn together with the text. Shares nothing with the code under test.
 */

/** What the wall clock shows; weekday 0 is Sunday. */
export interface Shown {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly weekday: number;
  /** How many days the month has. */
  readonly monthDays: number;
}

export type Fires = (shown: Shown) => boolean;

const MINUTE = 60_000;
const FORMATS = new Map<string, Intl.DateTimeFormat>();

function formatOf(timezone: string): Intl.DateTimeFormat {
  const known = FORMATS.get(timezone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', { timeZone: timezone, dateStyle: 'short', timeStyle: 'medium' });
  FORMATS.set(timezone, made);
  return made;
}

/** From text such as `29/03/2026, 03:30:00`. */
export function shownAt(timezone: string, utcMs: number): Shown {
  const [day, month, year, hour, minute] = (formatOf(timezone).format(utcMs).match(/\d+/g) as string[]).map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const weekday = new Date(`${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}T12:00:00Z`);
  const monthDays = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return { year, month, day, hour: hour % 24, minute, weekday: weekday.getUTCDay(), monthDays };
}

/** Minutes from the first on, without the last, that fire; a wall clock time counts only when it is shown first. */
export function minuteByMinute(fires: Fires, timezone: string, fromMs: number, toMs: number): number[] {
  const before = 26 * 60;
  const seen = new Set<string>();
  const times: number[] = [];
  for (let at = fromMs - before * MINUTE; at < toMs; at += MINUTE) {
    const shown = shownAt(timezone, at);
    const label = `${shown.year}-${shown.month}-${shown.day} ${shown.hour}:${shown.minute}`;
    const isFirst = !seen.has(label);
    seen.add(label);
    if (at >= fromMs && isFirst && fires(shown)) times.push(at);
  }
  return times;
}
