/** Dates of `registeredAt`: the four documented formats; without a zone UTC, without a time midnight. */
import { wallClockMs } from '../base/calendar.ts';

const FORMAT = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(Z|[+-]\d\d:\d\d)?)?$/;

/** Seconds since 1970 UTC, or NaN for other text. */
export function secondsOf(text: string): number {
  const match = FORMAT.exec(text);
  if (!match) return Number.NaN;
  const wallClock = match.slice(1, 7).map((part) => Number(part ?? 0)) as Parameters<typeof wallClockMs>;
  const zone = match[7] ?? 'Z';
  const [zoneHours, zoneMinutes] = zone === 'Z' ? [0, 0] : [Number(zone.slice(1, 3)), Number(zone.slice(4, 6))];
  if (zoneHours > 23 || zoneMinutes > 59) return Number.NaN;
  const offset = (zoneHours * 60 + zoneMinutes) * 60 * (zone.startsWith('-') ? -1 : 1);
  return wallClockMs(...wallClock) / 1000 - offset;
}
