/**
 * Days of the Gregorian calendar: which exist, and the milliseconds since 1970 of a wall clock as if it stood in UTC. Called
 * by whoever reads dates. Months are 1 to 12.
 */

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** 0 for a month that does not exist. */
export function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : (DAYS[month - 1] ?? 0);
}

/** NaN for a date or time that does not exist; there are no leap seconds. */
export function wallClockMs(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number {
  const exists = day >= 1 && day <= daysIn(year, month) && hour < 24 && minute < 60 && second < 60;
  if (!exists) return Number.NaN;
  // Not Date.UTC of it all: it takes years below 100 for those of the last century.
  return new Date(0).setUTCFullYear(year, month - 1, day) + Date.UTC(1970, 0, 1, hour, minute, second);
}
