/**
 * A cron expression as sets of numbers, and its next time on the wall clock. Made by the two parsers, walked here by
 * fields: the cost of a step is the length of the lists, never the time between two firings.
 */
import { type LocalTime, localMs, localTime } from './calendar.ts';

export interface Cron {
  /** Each list is ascending and not empty. */
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  /** 1 to 12. */
  readonly months: readonly number[];
  readonly years: readonly number[];
  /** Days of that month on which it fires, ascending; often none. */
  readonly daysOf: (year: number, month: number) => readonly number[];
}

function atLeast(values: readonly number[], least: number): number | undefined {
  return values.find((value) => value >= least);
}

/** Hour and minute at or after those given, on the same day. */
function timeOfDay({ hours, minutes }: Cron, hour: number, minute: number): [number, number] | undefined {
  const thisHour = atLeast(minutes, minute);
  if (thisHour !== undefined && hours.includes(hour)) return [hour, thisHour];
  const later = atLeast(hours, hour + 1);
  return later === undefined ? undefined : [later, minutes[0] as number];
}

/** The first time of a day in that month from that day on. */
function inMonth(cron: Cron, year: number, month: number, from: LocalTime | undefined): LocalTime | undefined {
  const days = cron.daysOf(year, month);
  if (from !== undefined && days.includes(from.day)) {
    const today = timeOfDay(cron, from.hour, from.minute);
    if (today !== undefined) return { year, month, day: from.day, hour: today[0], minute: today[1] };
  }
  const day = atLeast(days, from === undefined ? 1 : from.day + 1);
  if (day === undefined) return undefined;
  return { year, month, day, hour: cron.hours[0] as number, minute: cron.minutes[0] as number };
}

/**
 * The first whole minute at or after the given one at which the expression fires.
 * @param fromMs wall clock time in milliseconds, on a whole minute.
 * @returns undefined when no year that it names has one: at most 12 months for each of those years are looked at.
 */
export function nextLocal(cron: Cron, fromMs: number): number | undefined {
  const from = localTime(fromMs);
  for (const year of cron.years) {
    if (year < from.year) continue;
    for (const month of cron.months) {
      if (year === from.year && month < from.month) continue;
      const isFirst = year === from.year && month === from.month;
      const found = inMonth(cron, year, month, isFirst ? from : undefined);
      if (found !== undefined) return localMs(found);
    }
  }
  return undefined;
}
