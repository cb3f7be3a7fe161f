/**
 * cron(minutes hours day-of-month month day-of-week year) as EventBridge rules, EventBridge Scheduler and Application
 * Auto Scaling read it. Called by parse. Weekdays are 1 (Sunday) to 7; one of the two day fields is `?`.
 */
import { FIRST_YEAR, LAST_YEAR } from './calendar.ts';
import type { Cron } from './cron.ts';
import { type Field, fieldValue, fieldValues, HOURS, MINUTES, MONTHS, WEEKDAY_NAMES, words } from './cron-items.ts';
import {
  anyOf,
  type DayRule,
  lastDay,
  lastWeekday,
  lastWorkday,
  monthDays,
  nthWeekday,
  weekdays,
  workdayNearest,
} from './day-rules.ts';
import { type Part, refuseSchedule, slice, splitPart } from './error.ts';

const MONTH_DAYS: Field = {
  ...MINUTES,
  name: 'day-of-month',
  least: 1,
  most: 31,
  expected: '1-31 with , - * ? / L W',
};
const WEEKDAYS: Field = {
  ...MINUTES,
  name: 'day-of-week',
  least: 1,
  most: 7,
  names: WEEKDAY_NAMES,
  steps: false,
  expected: '1-7 or SUN-SAT with , - * ? L #',
};
const YEARS: Field = {
  ...MINUTES,
  name: 'year',
  least: FIRST_YEAR,
  most: LAST_YEAR,
  wraps: false,
  expected: `${FIRST_YEAR}-${LAST_YEAR} with , - * /`,
};

const SIX_FIELDS = ['minutes, hours, day-of-month, month, day-of-week and year'];

export interface CronOptions {
  /** Takes `*` in one day field beside a value or `*` in the other as `?`, as some of AWS's examples write it. */
  readonly laxCron?: boolean;
}

function monthDayRule(item: Part): DayRule {
  const { text } = item;
  if (/^L$/i.test(text)) return lastDay;
  if (/^LW$/i.test(text)) return lastWorkday;
  if (/^\d+W$/i.test(text)) return workdayNearest(fieldValue(slice(item, 0, text.length - 1), MONTH_DAYS));
  return monthDays(fieldValues(item, MONTH_DAYS));
}

function weekdayRule(item: Part): DayRule {
  const { text } = item;
  const hash = text.indexOf('#');
  if (hash >= 0) {
    const nth = text.slice(hash + 1);
    if (!/^[1-5]$/.test(nth))
      refuseSchedule('SCHEDULE_VALUE', slice(item, hash + 1), `${JSON.stringify(nth)} is no week of a month`, ['1-5']);
    return nthWeekday(fieldValue(slice(item, 0, hash), WEEKDAYS) - 1, Number(nth));
  }
  // L alone is the last day of the week.
  if (/^L$/i.test(text)) return weekdays([6]);
  if (/^\w+L$/i.test(text)) return lastWeekday(fieldValue(slice(item, 0, text.length - 1), WEEKDAYS) - 1);
  return weekdays(fieldValues(item, WEEKDAYS).map((day) => day - 1));
}

function days(field: Part, rule: (item: Part) => DayRule): DayRule {
  return anyOf(splitPart(field, ',').map(rule));
}

/** A question mark stands alone. */
function isAny(field: Part, name: string): boolean {
  const mark = field.text.indexOf('?');
  if (mark >= 0 && field.text !== '?')
    refuseSchedule('SCHEDULE_SYNTAX', slice(field, mark), `? stands alone in ${name}`, ['?']);
  return mark >= 0;
}

/** Only one # in a field (EventBridge user guide). */
function checkHashes(field: Part): void {
  const second = field.text.indexOf('#', field.text.indexOf('#') + 1);
  if (field.text.includes('#') && second > 0)
    refuseSchedule('SCHEDULE_DAYS', slice(field, second), 'a second # in day-of-week', ['one # at most']);
}

/** Which of the two day fields counts. */
function chosenDays(dayOfMonth: Part, dayOfWeek: Part, isLax: boolean): DayRule {
  const [anyMonthDay, anyWeekday] = [isAny(dayOfMonth, 'day-of-month'), isAny(dayOfWeek, 'day-of-week')];
  if (anyMonthDay && anyWeekday)
    refuseSchedule('SCHEDULE_DAYS', dayOfWeek, 'both day-of-month and day-of-week are ?', ['? in one of them only']);
  checkHashes(dayOfWeek);
  const monthRule = anyMonthDay ? undefined : days(dayOfMonth, monthDayRule);
  const weekRule = anyWeekday ? undefined : days(dayOfWeek, weekdayRule);
  if (monthRule === undefined) return weekRule as DayRule;
  if (weekRule === undefined || (isLax && dayOfWeek.text === '*')) return monthRule;
  if (isLax && dayOfMonth.text === '*') return weekRule;
  return refuseSchedule('SCHEDULE_DAYS', dayOfWeek, 'both day-of-month and day-of-week are set', ['? in one of them']);
}

/**
 * @param body what stands between the parentheses.
 * @throws BayplanError with the column in the whole expression.
 */
export function parseEventBridgeCron(body: Part, { laxCron = false }: CronOptions): Cron {
  const fields = words(body);
  if (fields.length !== 6)
    refuseSchedule('SCHEDULE_SYNTAX', fields[6] ?? body, `cron has ${fields.length} fields`, [
      `six fields: ${SIX_FIELDS}`,
    ]);
  const [minutes, hours, dayOfMonth, month, dayOfWeek, year] = fields as [Part, Part, Part, Part, Part, Part];
  return {
    minutes: fieldValues(minutes, MINUTES),
    hours: fieldValues(hours, HOURS),
    months: fieldValues(month, MONTHS),
    years: fieldValues(year, YEARS),
    daysOf: chosenDays(dayOfMonth, dayOfWeek, laxCron),
  };
}
