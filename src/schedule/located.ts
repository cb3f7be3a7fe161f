/**
 * Schedules of calls: where they stand in the input, and that they can fire at all. Called by whoever puts scheduled actions
 * and rules. Invariant: a schedule that passes fires at least once after 1970 within its window.
 */
import { BayplanError } from '../errors.ts';
import { refuse, show } from '../model/read.ts';
import { type FireWindow, nextFireTime } from './next-fire-times.ts';
import type { Schedule } from './parse.ts';
import { type TimeZone, timeZone } from './time-zone.ts';

/** What is read at a path; a refusal that does not know the path gets it, with the exception of PutScheduledAction and PutRule. */
function readAt<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BayplanError)) throw error;
    const { code, message, facts } = error;
    const told = facts.path === path ? message : `${path}: ${message}`;
    throw new BayplanError('ValidationException', code, told, { ...facts, path });
  }
}

/** @throws ValidationException TIME_ZONE, with the path. */
export function readZone(name: string, path: string): TimeZone {
  return readAt(path, () => timeZone(name, path));
}

/** Where the parts of a schedule stand, such as `scheduledActions[0].Schedule`. */
export interface SchedulePaths {
  readonly schedule: string;
  readonly timezone?: string;
}

/**
 * @param window within which it must fire once.
 * @throws ValidationException SCHEDULE_* and TIME_ZONE of the parsers, with the path; SCHEDULE_NEVER for one that never fires.
 */
export function readSchedule(
  expression: string,
  parse: (expression: string) => Schedule,
  paths: SchedulePaths,
  { timezone = 'UTC', ...window }: FireWindow & { readonly timezone?: string } = {},
): Schedule {
  const schedule = readAt(paths.schedule, () => parse(expression));
  const zone = readZone(timezone, paths.timezone ?? paths.schedule);
  if (nextFireTime(schedule, 0, zone, window) === undefined)
    refuse(
      'SCHEDULE_NEVER',
      `${paths.schedule}: ${show(expression)} never fires: no such time exists${timezone === 'UTC' ? '' : ` in ${timezone}`}${
        window.startMs === undefined && window.endMs === undefined ? '' : ' between its start and its end'
      }.`,
      { path: paths.schedule, value: expression },
      'ValidationException',
    );
  return schedule;
}
