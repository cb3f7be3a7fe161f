/**
 * Days of a month that depend on the month: L, W, # and weekdays. Called by the parsers of cron, which combine them.
 * A rule answers days that the month has, in any order.
 */
import { daysIn } from '../base/calendar.ts';
import { weekdayOf } from './calendar.ts';

export type DayRule = (year: number, month: number) => readonly number[];

const SATURDAY = 6;
const SUNDAY = 0;

/** Days of the month by number; a month without the 31st has none. */
export function monthDays(days: readonly number[]): DayRule {
  return (year, month) => days.filter((day) => day <= daysIn(year, month));
}

export const lastDay: DayRule = (year, month) => [daysIn(year, month)];

/** The day from Monday to Friday that is nearest, in the same month. */
function nearestWorkday(year: number, month: number, day: number): number {
  const weekday = weekdayOf(year, month, day);
  if (weekday === SATURDAY) return day === 1 ? 3 : day - 1;
  if (weekday === SUNDAY) return day === daysIn(year, month) ? day - 2 : day + 1;
  return day;
}

/** `3W`; a month that lacks the day has none. */
export function workdayNearest(day: number): DayRule {
  return (year, month) => (day > daysIn(year, month) ? [] : [nearestWorkday(year, month, day)]);
}

/** `LW`: the last day from Monday to Friday. */
export const lastWorkday: DayRule = (year, month) => [nearestWorkday(year, month, daysIn(year, month))];

/** Every day on one of these weekdays, 0 being Sunday. */
export function weekdays(wanted: readonly number[]): DayRule {
  return (year, month) => {
    const first = weekdayOf(year, month, 1);
    return Array.from({ length: daysIn(year, month) }, (_, k) => k + 1).filter((day) =>
      wanted.includes((first + day - 1) % 7),
    );
  };
}

/** `3#2`: the nth such weekday; a month may lack a fifth one. */
export function nthWeekday(weekday: number, nth: number): DayRule {
  return (year, month) => weekdays([weekday])(year, month).slice(nth - 1, nth);
}

/** `6L`: the last such weekday. */
export function lastWeekday(weekday: number): DayRule {
  return (year, month) => weekdays([weekday])(year, month).slice(-1);
}

/** Days that any of the rules names, ascending. */
export function anyOf(rules: readonly DayRule[]): DayRule {
  return (year, month) => [...new Set(rules.flatMap((rule) => rule(year, month)))].sort((a, b) => a - b);
}
