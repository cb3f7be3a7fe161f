/**
 * When a schedule fires. Called by controllers that wait for the next time, and by whoever shows a schedule. A wall clock
 * time that daylight saving skips does not run; one that it repeats runs once, the first time (ours: AWS is silent).
 */
import { onlyMembers } from '../model/known-members.ts';
import { fields, text, whole } from '../model/read.ts';
import { HOUR, MINUTE } from './calendar.ts';
import { nextLocal } from './cron.ts';
import type { CronOptions } from './eventbridge-cron.ts';
import { parseInstant } from './instant.ts';
import { parseRecurrence, parseSchedule, type Schedule } from './parse.ts';
import { type TimeZone, timeZone } from './time-zone.ts';

export interface FireOptions extends CronOptions {
  /** IANA name of the wall clock that `at` and `cron` mean. Default UTC. */
  readonly timezone?: string;
  /** Nothing fires before it; a rate starts here. ISO 8601, a Date or epoch milliseconds. */
  readonly startTime?: string | number | Date;
  /** Nothing fires after it. */
  readonly endTime?: string | number | Date;
}

export interface FireWindow {
  readonly startMs?: number | undefined;
  readonly endMs?: number | undefined;
}

const FIRE_OPTIONS = ['timezone', 'startTime', 'endTime', 'laxCron'] as const;
/** Firings of one call: two years of minutes. */
const MOST_FIRINGS = 1_000_000;
/** No zone is further ahead of UTC. */
const FURTHEST_AHEAD = 15 * HOUR;

function wholeMinute(ms: number): number {
  return Math.ceil(ms / MINUTE) * MINUTE;
}

/** The first time from `fromMs` on at which the wall clock shows a minute that `next` accepts. */
function firstShown(zone: TimeZone, fromMs: number, next: (localMs: number) => number | undefined): number | undefined {
  let utcMs = fromMs;
  for (;;) {
    const { toMs, offsetMs, firstLocalMs } = zone.stretchAt(utcMs);
    const local = next(wholeMinute(Math.max(utcMs + offsetMs, firstLocalMs)));
    if (local === undefined) return undefined;
    if (local < toMs + offsetMs) return local - offsetMs;
    // Not in this stretch. It goes on at its end, or shortly before the wall clock can show that time.
    utcMs = Math.max(toMs, local - FURTHEST_AHEAD);
  }
}

function nextOf(schedule: Schedule, fromMs: number, zone: TimeZone, anchorMs: number): number | undefined {
  switch (schedule.kind) {
    case 'rate': {
      const { everyMs } = schedule;
      return anchorMs + Math.max(0, Math.ceil((fromMs - anchorMs) / everyMs)) * everyMs;
    }
    case 'at':
      return firstShown(zone, fromMs, (local) => (local <= schedule.localMs ? schedule.localMs : undefined));
    case 'cron':
      return firstShown(zone, fromMs, (local) => nextLocal(schedule.cron, local));
  }
}

/**
 * The first firing later than `afterMs` and within the window.
 * @param anchorMs where a rate counts from when the window has no start: the time at which the schedule was made.
 * @returns epoch milliseconds; undefined when it never fires again.
 */
export function nextFireTime(
  schedule: Schedule,
  afterMs: number,
  zone: TimeZone,
  { startMs, endMs = Number.POSITIVE_INFINITY }: FireWindow = {},
  anchorMs = afterMs,
): number | undefined {
  const fromMs = Math.max(afterMs + 1, startMs ?? Number.NEGATIVE_INFINITY);
  if (fromMs > endMs) return undefined;
  const found = nextOf(schedule, fromMs, zone, startMs ?? anchorMs);
  return found === undefined || found > endMs ? undefined : found;
}

function parseEither(expression: string, options: CronOptions): Schedule {
  return /^\s*[A-Za-z]+\s*\(|\)\s*$/.test(expression)
    ? parseSchedule(expression, options)
    : parseRecurrence(expression);
}

/**
 * The next firings of an expression: `at(...)`, `rate(...)` and `cron(...)` of EventBridge and Application Auto Scaling,
 * or the five fields of an Auto Scaling group.
 *
 * @param after ISO 8601 text or epoch milliseconds; firings are strictly later. A rate without `startTime` counts from it.
 * @param count how many are wanted, a million at most; fewer come back when there are no more (30 February, the year 2199, `endTime`).
 * @returns epoch milliseconds, ascending.
 * @throws InvalidParameterException SCHEDULE_SYNTAX, SCHEDULE_VALUE, SCHEDULE_DAYS or SCHEDULE_LENGTH with `column`;
 * TIME_ZONE; INSTANT; WRONG_TYPE, OUT_OF_RANGE. ValidationException UNKNOWN_MEMBER for an option that does not exist.
 */
export function nextFireTimes(
  expression: string,
  after: string | number | Date,
  count: number,
  options: FireOptions = {},
): number[] {
  onlyMembers(fields(options, 'options'), 'options', FIRE_OPTIONS);
  whole(count, 'count', 0, MOST_FIRINGS);
  const schedule = parseEither(text(expression, 'expression'), options);
  const zone = timeZone(options.timezone ?? 'UTC');
  const anchorMs = parseInstant(after, 'after');
  const window = {
    startMs: options.startTime === undefined ? undefined : parseInstant(options.startTime, 'startTime'),
    endMs: options.endTime === undefined ? undefined : parseInstant(options.endTime, 'endTime'),
  };
  const times: number[] = [];
  for (let last = anchorMs; times.length < count; ) {
    const next = nextFireTime(schedule, last, zone, window, anchorMs);
    if (next === undefined) break;
    times.push(next);
    last = next;
  }
  return times;
}
