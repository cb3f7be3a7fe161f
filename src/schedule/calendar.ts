/**
 * Weekdays and wall clocks as numbers: no zone. Called by cron and by the reading of instants. Months are
 * 1 to 12, weekdays 0 (Sunday) to 6; local times are milliseconds as if the wall clock stood in UTC.
 */

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Years that schedules may name (EventBridge user guide, eb-create-rule-schedule). */
export const FIRST_YEAR = 1970;
export const LAST_YEAR = 2199;

/** 0 is Sunday. */
export function weekdayOf(year: number, month: number, day: number): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}

export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

/** Wall clock of local milliseconds; seconds are cut off. */
export function localTime(localMs: number): LocalTime {
  const date = new Date(localMs);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
  };
}

export function localMs({ year, month, day, hour, minute }: LocalTime): number {
  return Date.UTC(year, month - 1, day, hour, minute);
}
