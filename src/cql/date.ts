/** Dates of `registeredAt`: the four documented formats; without a zone UTC, without a time midnight. */

const FORMAT = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(Z|[+-]\d\d:\d\d)?)?$/;

/** Seconds since 1970 UTC, or NaN for other text. */
export function secondsOf(text: string): number {
  const match = FORMAT.exec(text);
  if (!match) return Number.NaN;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const days = new Date(0);
  days.setUTCFullYear(year, month - 1, day);
  if (days.getUTCMonth() !== month - 1 || days.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59)
    return Number.NaN;
  const zone = match[7] ?? 'Z';
  const [zoneHours, zoneMinutes] = zone === 'Z' ? [0, 0] : [Number(zone.slice(1, 3)), Number(zone.slice(4, 6))];
  if (zoneHours > 23 || zoneMinutes > 59) return Number.NaN;
  const offset = (zoneHours * 60 + zoneMinutes) * 60 * (zone.startsWith('-') ? -1 : 1);
  return days.getTime() / 1000 + (hour * 60 + minute) * 60 + second - offset;
}
