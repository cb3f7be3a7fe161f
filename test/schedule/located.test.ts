/** Schedules of calls: refused with their path, and when they can never fire. */
import { describe, expect, it } from 'vitest';
import { BayplanError } from '../../src/errors.ts';
import { readSchedule, readZone } from '../../src/schedule/located.ts';
import { parseSchedule } from '../../src/schedule/parse.ts';

const paths = { schedule: 'actions[3].Schedule', timezone: 'actions[3].Timezone' };

function refusalOf(read: () => unknown): BayplanError | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof BayplanError) return error;
    throw error;
  }
}

describe('a schedule of a call', () => {
  it.each<[string, string, string, object, string]>([
    ['syntax', 'crn(0 8 * * ? *)', 'SCHEDULE_SYNTAX', {}, paths.schedule],
    ['value', 'cron(61 8 * * ? *)', 'SCHEDULE_VALUE', {}, paths.schedule],
    ['zone', 'rate(1 hour)', 'TIME_ZONE', { timezone: 'Mars/Olympus' }, paths.timezone],
    ['31 February', 'cron(0 0 31 2 ? *)', 'SCHEDULE_NEVER', {}, paths.schedule],
    ['a skipped hour', 'at(2026-03-29T02:30:00)', 'SCHEDULE_NEVER', { timezone: 'Europe/Berlin' }, paths.schedule],
    ['a window in reverse', 'rate(1 hour)', 'SCHEDULE_NEVER', { startMs: 9e9, endMs: 8e9 }, paths.schedule],
  ])('is refused for its %s, with the path', (_name, expression, code, options, path) => {
    const error = refusalOf(() => readSchedule(expression, parseSchedule, paths, options));
    expect(error).toMatchObject({ name: 'ValidationException', code, facts: { path } });
    expect(error?.message.startsWith(`${path}`)).toBe(true);
    expect(error?.message.split(path)).toHaveLength(2);
  });

  it('passes when it fires at least once', () => {
    const schedule = 'at(2026-03-29T03:30:00)';
    expect(readSchedule(schedule, parseSchedule, paths, { timezone: 'Europe/Berlin' }).kind).toBe('at');
    expect(readZone('Europe/Berlin', 'x')).toBeDefined();
  });
});
