/**
 * The five fields of Unix cron, as Recurrence of an Auto Scaling group has them: minutes, hours, day of month, month, day of
 * week. Called by parse. Weekdays are 0 (Sunday) to 6, and 7 is Sunday too; when both day fields are restricted, a day
 * that fits either fires (crontab(5)).
 */
import { FIRST_YEAR, LAST_YEAR } from './calendar.ts';
import type { Cron } from './cron.ts';
import { type Field, fieldValues, HOURS, MINUTES, MONTHS, WEEKDAY_NAMES, words } from './cron-items.ts';
import { anyOf, type DayRule, monthDays, weekdays } from './day-rules.ts';
import { type Part, refuseSchedule } from './error.ts';

const MONTH_DAYS: Field = { ...MINUTES, name: 'day of month', least: 1, most: 31, expected: '1-31 with , - * /' };
const WEEKDAYS: Field = {
  ...MINUTES,
  name: 'day of week',
  most: 7,
  // 7 is Sunday only where it is written: 1/1 ends on Saturday.
  openEnd: 6,
  names: WEEKDAY_NAMES,
  wraps: false,
  expected: '0-7 or SUN-SAT with , - * /',
};
const YEARS = Array.from({ length: LAST_YEAR - FIRST_YEAR + 1 }, (_, k) => FIRST_YEAR + k);

function both(one: DayRule, other: DayRule): DayRule {
  return (year, month) => {
    const fitting = other(year, month);
    return one(year, month).filter((day) => fitting.includes(day));
  };
}

function chosenDays(dayOfMonth: Part, dayOfWeek: Part): DayRule {
  const monthRule = monthDays(fieldValues(dayOfMonth, MONTH_DAYS));
  const weekRule = weekdays(fieldValues(dayOfWeek, WEEKDAYS).map((day) => day % 7));
  // A field that starts with * is no restriction of its own, but its step still counts.
  if (dayOfMonth.text.startsWith('*') || dayOfWeek.text.startsWith('*')) return both(monthRule, weekRule);
  return anyOf([monthRule, weekRule]);
}

/** @throws BayplanError with the column of the field. */
export function parseUnixCron(body: Part): Cron {
  const fields = words(body);
  if (fields.length !== 5)
    refuseSchedule('SCHEDULE_SYNTAX', fields[5] ?? body, `a recurrence has ${fields.length} fields`, [
      'at(...), rate(...), cron(...) or five fields: minutes, hours, day of month, month and day of week',
    ]);
  const [minutes, hours, dayOfMonth, month, dayOfWeek] = fields as [Part, Part, Part, Part, Part];
  return {
    minutes: fieldValues(minutes, MINUTES),
    hours: fieldValues(hours, HOURS),
    months: fieldValues(month, MONTHS),
    years: YEARS,
    daysOf: chosenDays(dayOfMonth, dayOfWeek),
  };
}
