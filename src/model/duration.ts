/** Lengths of time as ISO 8601 writes them, such as PT2H30M. Called for scenarios and for options of commands. */
import { refuse, show, text } from './read.ts';

const SECOND = 1000;
const DAY = 86_400 * SECOND;
const UNITS = [7 * DAY, DAY, 3600 * SECOND, 60 * SECOND, SECOND];
const DURATION =
  /^P(?!$)(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?=\d)(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
/** A century: years and months have no fixed length and are not taken. */
const MOST = 36_525 * DAY;

/**
 * @returns milliseconds, rounded to whole ones.
 * @throws InvalidParameterException DURATION for anything but weeks, days, hours, minutes and seconds, and for zero.
 */
export function parseDuration(value: unknown, path: string): number {
  const parts = DURATION.exec(text(value, path).toUpperCase());
  const total = parts === null ? 0 : UNITS.reduce((sum, unit, k) => sum + Number(parts[k + 1] ?? 0) * unit, 0);
  const ms = Math.round(total);
  if (ms > 0 && ms <= MOST) return ms;
  return refuse(
    'DURATION',
    `${path} must be an ISO 8601 duration such as PT2H, PT90S or P1DT12H, up to a century, but was ${show(value)}.`,
    { path, value, expected: ['PT2H'] },
  );
}
