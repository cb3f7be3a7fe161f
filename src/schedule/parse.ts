/**
 * Schedule expressions in both dialects: at(...), rate(...), cron(...) of EventBridge and Application Auto Scaling, and
 * the five fields of Auto Scaling groups. Called by scheduled actions and rules when they are made, so that a bad
 * expression is refused there and not when it should fire.
 */
import { wallClockMs } from '../base/calendar.ts';
import { DAY, FIRST_YEAR, HOUR, LAST_YEAR, MINUTE } from './calendar.ts';
import type { Cron } from './cron.ts';
import { type Part, refuseSchedule, slice } from './error.ts';
import { type CronOptions, parseEventBridgeCron } from './eventbridge-cron.ts';
import { parseUnixCron } from './unix-cron.ts';

export type Schedule =
  /** Once, at that minute of the wall clock: milliseconds as if it stood in UTC. */
  | { readonly kind: 'at'; readonly localMs: number }
  | { readonly kind: 'rate'; readonly everyMs: number }
  | { readonly kind: 'cron'; readonly cron: Cron };

/** EventBridge's limit of ScheduleExpression; Auto Scaling allows more, which no expression needs. */
const MOST_LENGTH = 256;
/** AWS publishes no bound; beyond it a rate never fires within the years that schedules know. */
const MOST_RATE_MS = 100 * 366 * DAY;

const UNITS: Readonly<Record<string, number>> = { minute: MINUTE, hour: HOUR, day: DAY };
const AT = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)$/;

/** Seconds are tolerated and not honoured: schedules run on whole minutes. */
function parseAt(body: Part): Schedule {
  const parts = AT.exec(body.text);
  if (parts === null)
    refuseSchedule('SCHEDULE_SYNTAX', body, `${JSON.stringify(body.text)} is no date and time`, [
      'yyyy-mm-ddThh:mm:ss',
    ]);
  const [year, ...rest] = parts.slice(1).map(Number) as Parameters<typeof wallClockMs>;
  const localMs = wallClockMs(year, ...rest);
  if (year < FIRST_YEAR || year > LAST_YEAR || Number.isNaN(localMs))
    refuseSchedule('SCHEDULE_VALUE', body, `${body.text} does not exist`, [
      `a date from ${FIRST_YEAR} to ${LAST_YEAR} and a time to 23:59:59`,
    ]);
  return { kind: 'at', localMs: Math.floor(localMs / MINUTE) * MINUTE };
}

function parseRate(body: Part): Schedule {
  const parts = /^(\s*)(\d+)(\s+)([a-z]+)\s*$/.exec(body.text);
  if (parts === null)
    refuseSchedule('SCHEDULE_SYNTAX', body, `${JSON.stringify(body.text)} is no rate`, [
      'a whole number and minute(s), hour(s) or day(s)',
    ]);
  const [, space, digits, gap, unit] = parts as unknown as [string, string, string, string, string];
  const value = slice(body, space.length, space.length + digits.length);
  const word = slice(body, space.length + digits.length + gap.length);
  const count = Number(digits);
  const unitMs = UNITS[unit.replace(/s$/, '')];
  if (count < 1) refuseSchedule('SCHEDULE_VALUE', value, 'a rate of 0', ['a whole number from 1']);
  const isPlural = unit.endsWith('s');
  if (unitMs === undefined || isPlural !== count > 1)
    refuseSchedule(
      'SCHEDULE_VALUE',
      word,
      `${JSON.stringify(unit)} after ${digits}`,
      count === 1 ? ['minute', 'hour', 'day'] : ['minutes', 'hours', 'days'],
    );
  if (count * unitMs > MOST_RATE_MS)
    refuseSchedule('SCHEDULE_VALUE', value, `a rate of ${digits} ${unit}`, ['at most a hundred years']);
  return { kind: 'rate', everyMs: count * unitMs };
}

function parseCall(whole: Part, name: string, options: CronOptions): Schedule {
  const start = whole.text.indexOf('(');
  const end = whole.text.trimEnd().length;
  if (whole.text[end - 1] !== ')')
    refuseSchedule('SCHEDULE_SYNTAX', slice(whole, end), 'the expression has no end', [')']);
  const body = slice(whole, start + 1, end - 1);
  if (name === 'at') return parseAt(body);
  return name === 'rate' ? parseRate(body) : { kind: 'cron', cron: parseEventBridgeCron(body, options) };
}

function wholeOf(expression: string): Part {
  const whole = { expression, text: expression, at: 0 };
  if (expression.length > MOST_LENGTH)
    refuseSchedule('SCHEDULE_LENGTH', { expression, at: MOST_LENGTH }, `${expression.length} characters`, [
      `at most ${MOST_LENGTH}`,
    ]);
  return whole;
}

/**
 * at(yyyy-mm-ddThh:mm:ss), rate(value unit) or cron(six fields).
 * @throws InvalidParameterException SCHEDULE_SYNTAX, SCHEDULE_VALUE, SCHEDULE_DAYS or SCHEDULE_LENGTH, with the column.
 */
export function parseSchedule(expression: string, options: CronOptions = {}): Schedule {
  const whole = wholeOf(expression);
  const name = /^(at|rate|cron)\(/.exec(expression)?.[1];
  if (name === undefined)
    refuseSchedule('SCHEDULE_SYNTAX', whole, 'no schedule starts like this', ['at(', 'rate(', 'cron(']);
  return parseCall(whole, name, options);
}

/**
 * Recurrence of an Auto Scaling group's scheduled action: five fields of Unix cron.
 * @throws InvalidParameterException SCHEDULE_SYNTAX, SCHEDULE_VALUE or SCHEDULE_LENGTH, with the column.
 */
export function parseRecurrence(expression: string): Schedule {
  return { kind: 'cron', cron: parseUnixCron(wholeOf(expression)) };
}
